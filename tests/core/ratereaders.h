// SPDX-License-Identifier: MIT
#pragma once

#include "core/ratelimiter.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <memory>
#include <numeric>

// Readers that draw from a limiter on a real clock, and what watches them.
namespace longhaul::ratereaders {

inline constexpr double kBurst = 0.25; // seconds

// A reader whose buffer holds `room` bytes and is filled at `supply` bytes per second; it takes `bite` bytes
// at once, and what it gets is read.
class Reader
{
public:
    Reader(RateLimiter &limiter, double supply, qint64 room = 2 << 20, qint64 bite = 1 << 20)
        : m_tap(limiter)
        , m_supply(supply)
        , m_room(room)
        , m_bite(bite)
    {
        m_clock.start();
        QObject::connect(&m_tap, &RateTap::replenished, &m_tap, [this] { read(); });
        QObject::connect(&m_arrival, &QTimer::timeout, &m_tap, [this] { arrive(); });
        m_arrival.setTimerType(Qt::PreciseTimer);
        m_arrival.start(1);
    }

    qint64 total() const { return m_total; }
    void forget() { m_total = 0; }
    RateTap &tap() { return m_tap; }

private:
    void arrive()
    {
        const double now = double(m_clock.nsecsElapsed()) / 1e9;
        m_there = std::min(m_there + (now - std::exchange(m_then, now)) * m_supply, double(m_room));
        read();
    }

    void read()
    {
        while (const qint64 wanted = std::min(qint64(m_there), m_bite)) {
            const qint64 given = m_tap.take(wanted);
            QVERIFY(given >= 0 && given <= wanted);
            m_there -= double(given);
            m_total += given;
            if (given == 0)
                return;
        }
    }

    RateTap m_tap;
    const double m_supply;
    const qint64 m_room;
    const qint64 m_bite;
    QTimer m_arrival;
    QElapsedTimer m_clock;
    double m_there = 0;
    double m_then = 0;
    qint64 m_total = 0;
};

// So many of one kind.
inline std::vector<std::unique_ptr<Reader>> readers(int number, RateLimiter &limiter, double supply)
{
    std::vector<std::unique_ptr<Reader>> all;
    for (int i = 0; i < number; ++i)
        all.push_back(std::make_unique<Reader>(limiter, supply));
    return all;
}

inline qint64 totalOf(const std::vector<std::unique_ptr<Reader>> &all)
{
    return std::accumulate(all.begin(), all.end(), qint64(0),
                           [](qint64 sum, const auto &reader) { return sum + reader->total(); });
}

// What readers were given by the clock: how near to the limit, and whether it was ever too much at once. Time
// in which a busy machine let nobody look is no limiter's fault: no bucket holds it.
class Witness
{
public:
    Witness(qint64 limit, const std::vector<std::unique_ptr<Reader>> &all)
        : m_limit(double(limit))
        , m_all(all)
    {
        m_clock.start();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
        m_timer.start(5);
    }

    double share() const // 1: exactly the limit
    {
        return m_total / (m_limit * (m_then - m_slept));
    }
    double mostAtOnce() const { return m_ahead / m_limit; } // seconds' worth

    void look()
    {
        const double now = double(m_clock.nsecsElapsed()) / 1e9;
        m_slept += std::max(0.0, now - m_then - kBurst);
        m_total = double(totalOf(m_all));
        m_ahead = std::max(m_ahead, m_total - m_limit * now - m_least);
        m_least = std::min(m_least, m_total - m_limit * now);
        m_then = now;
    }

private:
    const double m_limit;
    const std::vector<std::unique_ptr<Reader>> &m_all;
    QElapsedTimer m_clock;
    QTimer m_timer;
    double m_then = 0;
    double m_slept = 0;
    double m_total = 0;
    double m_least = 0; // of what was given beyond the limit so far
    double m_ahead = 0;
};

inline constexpr double kFast = 4e9; // bytes per second: more than any limit here

inline bool isNear(double value, double expected, double tolerance)
{
    if (std::abs(value - expected) <= tolerance * expected)
        return true;
    qWarning("%f is not near %f", value, expected);
    return false;
}

} // namespace longhaul::ratereaders
