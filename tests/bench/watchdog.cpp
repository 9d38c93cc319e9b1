// SPDX-License-Identifier: MIT
#include "watchdog.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <array>
#include <csignal>
#include <execinfo.h>
#include <numeric>
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
        const auto asked = Clock::now();
        const double before = processor();
        QCoreApplication::postEvent(this, new QEvent(kAsked), Qt::HighEventPriority);
        const auto isOver = [this] { return m_answered || m_ending; };
        if (!m_answer.wait_for(lock, m_limit, isOver)) {
            ::pthread_kill(m_watched, SIGUSR1);
            m_answer.wait(lock, isOver);
        }
        if (m_answered)
            note(Clock::now() - asked, processor() - before);
        next = std::max(next, Clock::now() - kEvery);
        m_answer.wait_until(lock, next + kEvery, [this] { return m_ending; });
    }
}

void Watchdog::note(Clock::duration late, double processor)
{
    if (inMilliseconds(late) > m_findings.worst) {
        m_findings.worst = inMilliseconds(late);
        m_findings.processor = processor;
    }
    m_findings.over += late > m_limit;
    for (; late > 0ms; late -= kEvery)
        ++m_late[std::min(size_t(late / 100us), kSteps - 1)];
}

Watchdog::Findings Watchdog::take()
{
    const std::lock_guard lock(m_mutex);
    Findings findings = std::exchange(m_findings, {});
    const double all = std::accumulate(m_late.begin(), m_late.end(), 0.0);
    double seen = 0;
    for (size_t i = 0; i < kSteps && seen <= all * 0.999; ++i) {
        seen += m_late[i];
        findings.most = double(i + 1) / 10;
    }
    std::fill(m_late.begin(), m_late.end(), 0);
    return findings;
}

double Watchdog::processor() const
{
    timespec now{};
    ::clock_gettime(m_processorClock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
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
