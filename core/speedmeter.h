// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>
#include <optional>

namespace longhaul {

// Byte counts over time -> a rate that is steady enough to read, and the time left. A value; the caller
// brings the clock (monotonic, any start).
class SpeedMeter
{
public:
    // `window`: over how much of the past it looks.
    explicit SpeedMeter(std::chrono::milliseconds window = std::chrono::seconds(4))
        : m_window(window)
    {}

    // `bytes` more came by the time `now`. Also call it with 0 while nothing comes, or the rate stays.
    void add(qint64 bytes, std::chrono::milliseconds now);
    void reset();

    // Bytes per second over the window; 0 before two moments are known.
    qint64 rate() const;
    // Nothing when the rate is 0.
    std::optional<std::chrono::seconds> timeLeft(qint64 missingBytes) const;

private:
    struct Moment {
        std::chrono::milliseconds at;
        qint64 bytes; // since the beginning
    };
    std::chrono::milliseconds m_window;
    std::deque<Moment> m_moments;
    qint64 m_total = 0;
};

} // namespace longhaul
