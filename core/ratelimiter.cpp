// SPDX-License-Identifier: MIT
#include "ratelimiter.h"

#include <QTimerEvent>

#include <algorithm>

namespace longhaul {

namespace {

constexpr double kBurst = 0.25; // seconds
constexpr int kTick = 50;       // ms
constexpr qint64 kLeastBuffer = 16 << 10;

} // namespace

RateLimiter::RateLimiter(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
}

void RateLimiter::setLimit(qint64 bytesPerSecond)
{
    if (m_limit == bytesPerSecond)
        return;
    m_limit = bytesPerSecond;
    m_bucket = 0;
    m_clock.restart();
    Q_EMIT replenished();
}

void RateLimiter::fill()
{
    const double seconds = double(m_clock.nsecsElapsed()) / 1e9;
    m_clock.restart();
    m_bucket = std::min(m_bucket + seconds * double(m_limit), std::max(1.0, kBurst * double(m_limit)));
}

qint64 RateLimiter::take(qint64 wanted)
{
    if (m_limit <= 0)
        return wanted;
    fill();
    // Nothing rather than a crumb: reading and writing byte by byte would cost more than it moves.
    const double least = std::min(double(wanted), std::max(1.0, double(m_limit) * kTick / 1000));
    const qint64 given = m_bucket >= least ? std::min(wanted, qint64(m_bucket)) : 0;
    m_bucket -= double(given);
    if (given < wanted && !m_timer.isActive())
        m_timer.start(kTick, Qt::PreciseTimer, this);
    return given;
}

qint64 RateLimiter::bufferSize(qint64 otherwise) const
{
    return m_limit > 0 ? std::min(otherwise, std::max(m_limit / 4, kLeastBuffer)) : otherwise;
}

void RateLimiter::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop(); // whoever is still short starts it again
    Q_EMIT replenished();
}

} // namespace longhaul
