// SPDX-License-Identifier: MIT
#include "ratelimiter.h"

#include <QPointer>
#include <QTimerEvent>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace longhaul {

namespace {

constexpr double kBurst = 0.25; // seconds
constexpr qint64 kLeastBuffer = 16 << 10;

// At least so much is given at once, shared by those who wait, unless less is wanted: reading and writing
// byte by byte would cost more than it moves.
constexpr double kGift = 0.04; // seconds
constexpr double kSmallGift = 4 << 10;
constexpr double kLargeGift = 64 << 10;

// Ticks are short enough for readers of 2 MiB to keep up, and for their turns to come often.
constexpr qint64 kBytesATick = 1 << 20;
constexpr qint64 kShortestTick = 2; // ms
constexpr qint64 kLongestTick = 50;

} // namespace

RateLimiter::RateLimiter(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
}

RateLimiter::RateLimiter(RateLimiter &whole, QObject *parent)
    : QObject(parent)
    , m_whole(&whole)
{
    m_clock.start();
    connect(m_whole, &RateLimiter::limitChanged, this, &RateLimiter::limitChanged);
}

RateLimiter::~RateLimiter()
{
    for (RateTap *tap : m_taps) {
        whole().setWaiting(*tap, 0);
        tap->m_limiter = nullptr;
    }
}

void RateLimiter::setLimit(qint64 bytesPerSecond)
{
    if (m_limit == bytesPerSecond)
        return;
    m_limit = bytesPerSecond;
    m_bucket = 0;
    m_filledAt = m_clock.nsecsElapsed();
    Q_EMIT limitChanged();
    whole().m_timer.stop(); // its ticks may be too long now
    whole().serve();
}

qint64 RateLimiter::leastLimit() const
{
    const qint64 all = m_whole ? m_whole->m_limit : 0;
    return m_limit > 0 && all > 0 ? std::min(m_limit, all) : std::max(m_limit, all);
}

qint64 RateLimiter::bufferSize(qint64 otherwise) const
{
    const qint64 limit = leastLimit();
    return limit > 0 ? std::min(otherwise, std::max(limit / 4, kLeastBuffer)) : otherwise;
}

void RateLimiter::fill()
{
    const qint64 now = m_clock.nsecsElapsed();
    const double seconds = double(now - std::exchange(m_filledAt, now)) / 1e9;
    m_bucket = std::min(m_bucket + seconds * double(m_limit), std::max(1.0, kBurst * double(m_limit)));
}

double RateLimiter::left() const { return m_limit > 0 ? m_bucket : std::numeric_limits<double>::infinity(); }

// What must be left before anything is given to one of so many who wait.
double RateLimiter::leastGift(double wanted, size_t waiting) const
{
    if (m_limit <= 0)
        return wanted;
    const double most = std::max(1.0, kGift * double(m_limit));
    const double share = std::clamp(most / double(waiting), kSmallGift, kLargeGift);
    return std::min({wanted, most, share});
}

void RateLimiter::setWaiting(RateTap &tap, qint64 wanted)
{
    if (wanted > 0 && tap.m_wanted == 0)
        m_waiting.push_back(&tap);
    else if (wanted == 0 && tap.m_wanted > 0)
        m_waiting.erase(std::find(m_waiting.begin(), m_waiting.end(), &tap));
    tap.m_wanted = wanted;
}

bool RateLimiter::isBefore(const RateTap &first, const RateTap &second) const
{
    const auto turn = [this](const RateTap &tap) {
        const RateLimiter &task = *tap.m_limiter;
        return std::tuple(std::max(task.m_given, m_tasksAt), std::max(tap.m_given, task.m_tapsAt));
    };
    return turn(first) < turn(second);
}

// Whose turn it is to be given something: null when that must wait. A task that is held up by its own limit
// holds up nobody else.
RateTap *RateLimiter::next() const
{
    RateTap *first = nullptr;
    for (RateTap *tap : m_waiting) {
        const RateLimiter &task = *tap->m_limiter;
        const bool may = task.left() >= task.leastGift(double(tap->m_wanted), m_waiting.size());
        if (may && (!first || isBefore(*tap, *first)))
            first = tap;
    }
    return first && giftFor(*first) > 0 ? first : nullptr;
}

qint64 RateLimiter::giftFor(const RateTap &tap) const
{
    const RateLimiter &task = *tap.m_limiter;
    const size_t waiting = m_waiting.size();
    const double wanted = double(tap.m_wanted);
    const double least = std::min(leastGift(wanted, waiting), task.leastGift(wanted, waiting));
    const double there = std::min(left(), task.left());
    if (there < least)
        return 0;
    const double gift = std::min(there, std::max(least, there / double(waiting)));
    return gift < wanted ? qint64(gift) : tap.m_wanted;
}

void RateLimiter::count(RateTap &tap, qint64 bytes)
{
    RateLimiter &task = *tap.m_limiter;
    m_tasksAt = std::max(task.m_given, m_tasksAt);
    task.m_tapsAt = std::max(tap.m_given, task.m_tapsAt);
    task.m_given = m_tasksAt + double(bytes);
    tap.m_given = task.m_tapsAt + double(bytes);
    m_bucket -= double(bytes);
    if (&task != this)
        task.m_bucket -= double(bytes);
}

void RateLimiter::takeBack(RateTap &tap, qint64 bytes)
{
    RateLimiter &task = *tap.m_limiter;
    task.m_given -= double(bytes);
    tap.m_given -= double(bytes);
    m_bucket += double(bytes);
    if (&task != this)
        task.m_bucket += double(bytes);
}

// For a tap that asks of its own accord: it gets something when nobody who waits comes before it.
qint64 RateLimiter::draw(RateTap &tap)
{
    if (m_serving)
        return 0; // its turn comes
    fill();
    if (tap.m_limiter != this)
        tap.m_limiter->fill();
    if (next() != &tap)
        return 0;
    const qint64 gift = giftFor(tap);
    count(tap, gift);
    return gift;
}

// Gives what is there now to those who wait, in turns.
void RateLimiter::serve()
{
    if (std::exchange(m_serving, true))
        return; // the loop below goes by the new limit
    fill();
    for (const RateTap *tap : m_waiting) {
        if (tap->m_limiter != this)
            tap->m_limiter->fill();
    }
    while (RateTap *tap = next()) {
        const qint64 gift = giftFor(*tap);
        count(*tap, gift);
        setWaiting(*tap, 0);
        tap->m_granted = gift;
        const QPointer<RateTap> there(tap);
        Q_EMIT tap->replenished();
        if (there && tap->m_limiter)
            takeBack(*tap, std::exchange(tap->m_granted, 0));
    }
    m_serving = false;
    for (const RateTap *tap : m_waiting)
        tickFor(*tap);
}

void RateLimiter::tickFor(const RateTap &tap)
{
    const qint64 wanted = kBytesATick * 1000 / tap.m_limiter->leastLimit();
    const int tick = int(std::clamp(wanted, kShortestTick, kLongestTick));
    if (m_timer.isActive() && m_tick <= tick)
        return;
    m_tick = tick;
    m_timer.start(m_tick, Qt::PreciseTimer, this);
}

void RateLimiter::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    serve();
    if (m_waiting.empty())
        m_timer.stop();
}

RateTap::RateTap(RateLimiter &limiter, QObject *parent)
    : QObject(parent)
    , m_limiter(&limiter)
{
    m_limiter->m_taps.push_back(this);
}

RateTap::~RateTap()
{
    if (!m_limiter)
        return;
    m_limiter->whole().setWaiting(*this, 0);
    m_limiter->whole().takeBack(*this, m_granted);
    std::erase(m_limiter->m_taps, this);
}

qint64 RateTap::take(qint64 wanted)
{
    if (!m_limiter || !m_limiter->isLimited())
        return wanted;
    RateLimiter &whole = m_limiter->whole();
    whole.setWaiting(*this, wanted);
    if (m_granted == 0 && wanted > 0)
        m_granted = whole.draw(*this);
    const qint64 given = std::min(wanted, m_granted);
    m_granted -= given;
    whole.setWaiting(*this, wanted - given);
    if (given < wanted && !whole.m_serving)
        whole.tickFor(*this);
    return given;
}

} // namespace longhaul
