// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

#include <limits>

namespace longhaul {

// A half-open range of bytes, [begin, end). `end` may be kOpenEnd: "to wherever the file ends".
struct ByteRange {
    static constexpr qint64 kOpenEnd = std::numeric_limits<qint64>::max();

    qint64 begin = 0;
    qint64 end = 0;

    qint64 size() const { return end - begin; }
    bool isEmpty() const { return end <= begin; }
    bool operator==(const ByteRange &) const = default;
};

// The part that two ranges share; empty when they share nothing.
ByteRange intersected(ByteRange a, ByteRange b);

// A set of bytes, kept as sorted ranges that neither touch nor overlap. Empty ranges are ignored.
class RangeSet
{
public:
    RangeSet() = default;
    RangeSet(ByteRange range) { add(range); }

    void add(ByteRange range);
    void remove(ByteRange range);
    void clear() { m_ranges.clear(); }

    bool isEmpty() const { return m_ranges.isEmpty(); }
    bool contains(ByteRange range) const; // true for an empty range
    qint64 size() const;                  // number of bytes in the set
    qint64 end() const;                   // one past the last byte, 0 when empty
    const QList<ByteRange> &ranges() const { return m_ranges; }

    // What lies within `bounds` and is not in the set, in order.
    RangeSet gaps(ByteRange bounds) const;
    // What lies in both.
    RangeSet intersected(ByteRange bounds) const;
    RangeSet intersected(const RangeSet &other) const;

    bool operator==(const RangeSet &) const = default;

private:
    QList<ByteRange> m_ranges;
};

} // namespace longhaul
