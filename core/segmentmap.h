// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"

#include <optional>

namespace longhaul {

// Who fetches which missing range, and whether all is there. A value: no I/O, no time.
//
// A claim is a range that one transfer works on, front to back: what it has *taken* (read from the network)
// lies before nextOf(), and is *received* once it is written. Its end may move towards the front when another
// claim takes over its tail, but never below what was taken.
class SegmentMap
{
public:
    struct Claim {
        int id = -1;
        ByteRange range; // end is kOpenEnd while the total is unknown
    };

    static constexpr qint64 kLeastPiece = 1 << 20; // bytes: less is not worth a request

    SegmentMap() = default;
    SegmentMap(RangeSet received, std::optional<qint64> total);

    // The first gap that nobody works on; else the tail of the claim that will end last, so long that both
    // end at the same time when the new one moves `rate` bytes per second (0: as fast as the other), and
    // that each has `least` bytes (never of one with an open end, nor of one that ends soon anyway); else
    // nothing.
    std::optional<Claim> claim(qint64 least = kLeastPiece, qint64 rate = 0);
    // The rest of the claim that will end last, once more, where one of `rate` would overtake it by far:
    // whoever is first has it. No claim is doubled twice. 0 bytes per second: nothing.
    std::optional<Claim> claimAgain(qint64 rate);
    // `range`, which nobody else works on: for an answer that is there already.
    Claim claimRange(ByteRange range);

    // The claim has taken all before `next` and moves `rate` bytes per second (0: not known).
    void advance(int id, qint64 next, qint64 rate);
    void markReceived(ByteRange range); // these bytes are on disk
    // Ends the claim: what of it was not received is free again. One that took nothing gives its range back
    // to the claim that ends where it begins.
    void release(int id);
    qint64 nextOf(int id) const; // first byte not yet taken
    qint64 endOf(int id) const;  // where it must stop
    // Nothing of its rest is missing any more: another claim brought it, or it has taken all.
    bool isDone(int id) const;

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
        qint64 begin;
        qint64 next;
        qint64 end;
        qint64 rate = 0;
        bool doubled = false;

        qint64 rest() const { return end - next; }
    };
    Running *find(int id);
    const Running *find(int id) const;
    Running *lastToEnd(qint64 least, qint64 rate);
    Claim start(ByteRange range);

    RangeSet m_received;
    QList<Running> m_running;
    std::optional<qint64> m_total;
    int m_lastId = 0;
};

} // namespace longhaul
