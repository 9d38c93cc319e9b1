// SPDX-License-Identifier: MIT
#include "byterange.h"

#include <algorithm>

namespace longhaul {

ByteRange intersected(ByteRange a, ByteRange b)
{
    const qint64 begin = std::max(a.begin, b.begin);
    return {begin, std::max(begin, std::min(a.end, b.end))};
}

void RangeSet::add(ByteRange range)
{
    if (range.isEmpty())
        return;
    if (m_ranges.isEmpty()) { // most sets are one range: no room for more
        m_ranges = {range};
        return;
    }
    // Everything that touches the new range is swallowed by it.
    const auto first = std::lower_bound(m_ranges.cbegin(), m_ranges.cend(), range.begin,
                                        [](const ByteRange &r, qint64 begin) { return r.end < begin; });
    auto last = first;
    while (last != m_ranges.cend() && last->begin <= range.end) {
        range.begin = std::min(range.begin, last->begin);
        range.end = std::max(range.end, last->end);
        ++last;
    }
    const qsizetype index = first - m_ranges.cbegin();
    m_ranges.remove(index, last - first);
    m_ranges.insert(index, range);
}

void RangeSet::remove(ByteRange range)
{
    if (range.isEmpty())
        return;
    QList<ByteRange> kept;
    for (const ByteRange &r : std::as_const(m_ranges)) {
        const ByteRange before{r.begin, std::min(r.end, range.begin)};
        const ByteRange behind{std::max(r.begin, range.end), r.end};
        if (!before.isEmpty())
            kept.append(before);
        if (!behind.isEmpty())
            kept.append(behind);
    }
    m_ranges = kept;
}

bool RangeSet::contains(ByteRange range) const
{
    return range.isEmpty() || std::any_of(m_ranges.begin(), m_ranges.end(), [range](const ByteRange &r) {
               return r.begin <= range.begin && range.end <= r.end;
           });
}

qint64 RangeSet::size() const
{
    qint64 sum = 0;
    for (const ByteRange &r : m_ranges)
        sum += r.size();
    return sum;
}

qint64 RangeSet::end() const { return m_ranges.isEmpty() ? 0 : m_ranges.last().end; }

RangeSet RangeSet::gaps(ByteRange bounds) const
{
    RangeSet result;
    qint64 next = bounds.begin;
    for (const ByteRange &r : m_ranges) {
        if (r.begin >= bounds.end)
            break;
        result.add({next, r.begin});
        next = std::max(next, r.end);
    }
    result.add({next, bounds.end});
    return result;
}

RangeSet RangeSet::intersected(ByteRange bounds) const
{
    RangeSet result;
    for (const ByteRange &r : m_ranges)
        result.add(longhaul::intersected(r, bounds));
    return result;
}

RangeSet RangeSet::intersected(const RangeSet &other) const
{
    RangeSet result;
    auto a = m_ranges.cbegin();
    auto b = other.m_ranges.cbegin();
    while (a != m_ranges.cend() && b != other.m_ranges.cend()) {
        result.add(longhaul::intersected(*a, *b));
        if (a->end < b->end)
            ++a;
        else
            ++b;
    }
    return result;
}

} // namespace longhaul
