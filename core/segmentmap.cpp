// SPDX-License-Identifier: MIT
#include "segmentmap.h"

#include <algorithm>

namespace longhaul {

SegmentMap::SegmentMap(RangeSet received, std::optional<qint64> total)
{
    restart(std::move(received), total);
}

void SegmentMap::restart(RangeSet received, std::optional<qint64> total)
{
    m_received = m_taken = std::move(received);
    m_running.clear();
    setTotal(total);
}

void SegmentMap::setTotal(std::optional<qint64> total)
{
    m_total = total;
    if (!total)
        return;
    m_received = m_received.intersected({0, *total});
    m_taken = m_taken.intersected({0, *total});
    for (Running &running : m_running)
        running.end = std::max(running.next, std::min(running.end, *total));
}

std::optional<SegmentMap::Claim> SegmentMap::claim(qint64 minSize)
{
    RangeSet busy = m_taken;
    for (const Running &running : std::as_const(m_running))
        busy.add({running.next, running.end});
    const RangeSet free = busy.gaps({0, m_total.value_or(ByteRange::kOpenEnd)});
    if (!free.isEmpty()) {
        const ByteRange range = free.ranges().first();
        m_running.append({++m_lastId, range.begin, range.end});
        return Claim{m_lastId, range};
    }
    const auto largest =
        std::max_element(m_running.begin(), m_running.end(),
                         [](const auto &a, const auto &b) { return a.end - a.next < b.end - b.next; });
    if (largest == m_running.end() || largest->end == ByteRange::kOpenEnd
        || largest->end - largest->next < 2 * std::max<qint64>(1, minSize))
        return {};
    const qint64 middle = largest->next + (largest->end - largest->next) / 2;
    const ByteRange tail{middle, largest->end};
    largest->end = middle;
    m_running.append({++m_lastId, tail.begin, tail.end});
    return Claim{m_lastId, tail};
}

const SegmentMap::Running *SegmentMap::find(int id) const
{
    const auto found =
        std::find_if(m_running.begin(), m_running.end(), [id](const Running &r) { return r.id == id; });
    return found == m_running.end() ? nullptr : &*found;
}

void SegmentMap::take(int id, qint64 bytes)
{
    auto *running = const_cast<Running *>(find(id));
    Q_ASSERT(running && running->next + bytes <= running->end);
    m_taken.add({running->next, running->next + bytes});
    running->next += bytes;
}

void SegmentMap::markReceived(ByteRange range)
{
    m_received.add(range);
    m_taken.add(range);
}

void SegmentMap::release(int id)
{
    m_running.removeIf([id](const Running &r) { return r.id == id; });
}

qint64 SegmentMap::endOf(int id) const
{
    const Running *running = find(id);
    return running ? running->end : 0;
}

qint64 SegmentMap::nextOf(int id) const
{
    const Running *running = find(id);
    return running ? running->next : 0;
}

bool SegmentMap::isComplete() const { return m_total && m_received.contains({0, *m_total}); }

} // namespace longhaul
