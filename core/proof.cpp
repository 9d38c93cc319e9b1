// SPDX-License-Identifier: MIT
#include "proof.h"

#include <QRandomGenerator>

#include <algorithm>

namespace longhaul {

namespace {

constexpr qint64 kWhole = 1 << 20;
constexpr qint64 kEdge = 64 << 10;
constexpr qint64 kSpot = 16 << 10;
constexpr int kSpots = 8;
constexpr qint64 kRangeEdge = 4 << 10;
constexpr qsizetype kMostRanges = 64;

} // namespace

RangeSet overlapToProve(const RangeSet &received, quint32 seed)
{
    if (received.size() <= kWhole)
        return received;
    QRandomGenerator random(seed);
    const qint64 end = received.end();
    RangeSet chosen;
    chosen.add({0, kEdge});
    chosen.add({end - kEdge, end});
    const qint64 part = end / kSpots;
    for (int i = 0; i < kSpots; ++i) {
        const qint64 begin = i * part + random.bounded(std::max<qint64>(1, part - kSpot));
        chosen.add({begin, begin + kSpot});
    }
    for (const ByteRange &range : received.ranges().first(std::min(received.ranges().size(), kMostRanges))) {
        chosen.add({range.begin, range.begin + kRangeEdge});
        chosen.add({std::max(range.begin, range.end - kRangeEdge), range.end});
    }
    RangeSet result;
    for (const ByteRange &range : chosen.ranges()) {
        const RangeSet there = received.intersected(range);
        for (const ByteRange &piece : there.ranges())
            result.add(piece);
    }
    return result.isEmpty() ? received : result;
}

} // namespace longhaul
