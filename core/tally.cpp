// SPDX-License-Identifier: MIT
#include "tally.h"

#include <algorithm>
#include <utility>

namespace longhaul {

Tally::Tally(qint64 onDisk)
    : m_highWater(onDisk)
{
    m_clock.start();
}

void Tally::beginRun() { m_meter.reset(); }

void Tally::tick(qint64 fetched)
{
    const qint64 all = m_fetched + fetched;
    m_meter.add(all - std::exchange(m_metered, all), duration());
}

void Tally::endRun(qint64 fetched, qint64 stored, qint64 onDisk)
{
    const qint64 compared = fetched - stored;
    m_fetched += fetched;
    m_stored += stored;
    m_metered = m_fetched;
    if (onDisk > m_highWater || (compared > 0 && compared > m_bestProof)) {
        m_tries = 0;
        m_highWater = std::max(m_highWater, onDisk);
        m_bestProof = std::max(m_bestProof, compared);
    }
}

void Tally::stopClock()
{
    m_time = duration();
    m_clock.invalidate();
}

std::chrono::milliseconds Tally::duration() const
{
    return m_clock.isValid() ? std::chrono::milliseconds(m_clock.elapsed()) : m_time;
}

} // namespace longhaul
