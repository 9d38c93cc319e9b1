// SPDX-License-Identifier: MIT
#include "watchdog.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <execinfo.h>
#include <fcntl.h>
#include <numeric>
#include <string>
#include <unistd.h>

namespace longhaul::test {

using namespace std::chrono_literals;

namespace {

constexpr auto kEvery = 1ms;
constexpr size_t kSteps = 20'000; // tenths of a millisecond: two seconds, and what is beyond

const QEvent::Type kAsked = QEvent::Type(QEvent::registerEventType());

double inMilliseconds(std::chrono::steady_clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

} // namespace

Watchdog::Watchdog(std::chrono::milliseconds limit)
    : m_limit(limit)
    , m_late(kSteps)
{
    ::pthread_getcpuclockid(m_watched, &m_processorClock);
    const std::string path = "/proc/self/task/" + std::to_string(::gettid()) + "/schedstat";
    m_queue = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    std::array<void *, 1> frame = {};
    ::backtrace(frame.data(), int(frame.size())); // loads what it needs, which no signal handler may
    std::signal(SIGUSR1, &Watchdog::printStack);
    m_thread = std::thread(&Watchdog::watch, this);
}

Watchdog::~Watchdog()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_answer.notify_one();
    m_thread.join();
    ::close(m_queue);
}

bool Watchdog::event(QEvent *event)
{
    if (event->type() != kAsked)
        return QObject::event(event);
    {
        const std::lock_guard lock(m_mutex);
        m_answered = true;
    }
    m_answer.notify_one();
    return true;
}

void Watchdog::watch()
{
    std::unique_lock lock(m_mutex);
    for (auto next = Clock::now(); !m_ending; next += kEvery) {
        m_answered = false;
        const Wait before = now();
        const int round = m_round;
        QCoreApplication::postEvent(this, new QEvent(kAsked), Qt::HighEventPriority);
        const auto isOver = [this] { return m_answered || m_ending; };
        if (!m_answer.wait_for(lock, m_limit, isOver)) {
            ::pthread_kill(m_watched, SIGUSR1);
            m_answer.wait(lock, isOver);
        }
        const Wait after = now();
        if (m_answered && round == m_round)
            note({after.all - before.all, after.computed - before.computed, after.queued - before.queued});
        next = std::max(next, Clock::now() - kEvery);
        m_answer.wait_until(lock, next + kEvery, [this] { return m_ending; });
    }
}

void Watchdog::note(const Wait &wait)
{
    if (wait.all > m_findings.worst.all)
        m_findings.worst = wait;
    m_findings.computed = std::max(m_findings.computed, wait.computed);
    m_findings.slept = std::max(m_findings.slept, wait.slept());
    m_findings.over += wait.all > double(m_limit.count());
    for (double late = wait.all; late > 0; late -= double(kEvery.count()))
        ++m_late[std::min(size_t(late * 10), kSteps - 1)];
}

Watchdog::Findings Watchdog::take()
{
    const std::lock_guard lock(m_mutex);
    ++m_round;
    Findings findings = std::exchange(m_findings, {});
    const double all = std::accumulate(m_late.begin(), m_late.end(), 0.0);
    double seen = 0;
    for (size_t i = 0; i < kSteps && seen <= all * 0.999; ++i) {
        seen += m_late[i];
        findings.percentile = double(i + 1) / 10;
    }
    std::fill(m_late.begin(), m_late.end(), 0);
    return findings;
}

Watchdog::Wait Watchdog::now() const
{
    timespec computed{};
    ::clock_gettime(m_processorClock, &computed);
    std::array<char, 128> text = {}; // nanoseconds that it ran, that it was queued, and how often
    long long queued = 0;
    if (::pread(m_queue, text.data(), text.size() - 1, 0) > 0)
        std::sscanf(text.data(), "%*s %lld", &queued);
    return {inMilliseconds(Clock::now().time_since_epoch()),
            double(computed.tv_sec) * 1e3 + double(computed.tv_nsec) / 1e6, double(queued) / 1e6};
}

void Watchdog::printStack(int)
{
    constexpr char title[] = "The event loop is blocked in:\n";
    std::array<void *, 64> frames = {};
    const int count = ::backtrace(frames.data(), int(frames.size()));
    if (::write(STDERR_FILENO, title, sizeof title - 1) > 0)
        ::backtrace_symbols_fd(frames.data(), count, STDERR_FILENO);
}

} // namespace longhaul::test
