// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"

#include <optional>

namespace longhaul {

// Who fetches which missing range, and whether all is there. A value: no I/O, no time.
//
// A claim is a range that one transfer works on, front to back. Its bytes are first *taken* (read from the
// network, on their way to the disk), then *received* (written). Its end may move towards the front when
// another claim takes over its tail, but never below what was taken.
class SegmentMap
{
public:
    struct Claim {
        int id = -1;
        ByteRange range; // end is kOpenEnd while the total is unknown
    };

    SegmentMap() = default;
    SegmentMap(RangeSet received, std::optional<qint64> total);

    // The first gap that nobody works on; else the second half of the largest rest of a running claim, when
    // each half would have at least `minSize` bytes (never of one with an open end); else nothing.
    std::optional<Claim> claim(qint64 minSize = 1 << 20);
    void take(int id, qint64 bytes);    // the next `bytes` of the claim are on their way
    void markReceived(ByteRange range); // these bytes are on disk
    void release(int id);               // what the claim has not taken is free again
    qint64 endOf(int id) const;         // where it must stop
    qint64 nextOf(int id) const;        // first byte not yet taken

    // True when the total is known and every byte of it was received.
    bool isComplete() const;
    const RangeSet &received() const { return m_received; }
    std::optional<qint64> total() const { return m_total; }
    void setTotal(std::optional<qint64> total);

    // Forgets all claims and goes on from `received` alone.
    void restart(RangeSet received, std::optional<qint64> total);

private:
    struct Running {
        int id;
        qint64 next;
        qint64 end;
    };
    const Running *find(int id) const;

    RangeSet m_received;
    RangeSet m_taken; // on its way to the disk, or received
    QList<Running> m_running;
    std::optional<qint64> m_total;
    int m_lastId = 0;
};

} // namespace longhaul
