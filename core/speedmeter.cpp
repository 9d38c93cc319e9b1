// SPDX-License-Identifier: MIT
#include "speedmeter.h"

namespace longhaul {

using namespace std::chrono_literals;

void SpeedMeter::add(qint64 bytes, std::chrono::milliseconds now)
{
    m_total += bytes;
    m_moments.push_back({now, m_total});
    while (m_moments.size() > 2 && now - m_moments[1].at >= m_window)
        m_moments.pop_front();
}

void SpeedMeter::reset()
{
    m_moments.clear();
    m_total = 0;
}

qint64 SpeedMeter::rate() const
{
    if (m_moments.size() < 2)
        return 0;
    const auto time = m_moments.back().at - m_moments.front().at;
    return time > 0ms ? (m_moments.back().bytes - m_moments.front().bytes) * 1000 / time.count() : 0;
}

std::optional<std::chrono::seconds> SpeedMeter::timeLeft(qint64 missingBytes) const
{
    const qint64 now = rate();
    return now > 0 ? std::optional(std::chrono::seconds((missingBytes + now - 1) / now)) : std::nullopt;
}

} // namespace longhaul
