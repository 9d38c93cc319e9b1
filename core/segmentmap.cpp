// SPDX-License-Identifier: MIT
#include "segmentmap.h"

#include <algorithm>

namespace longhaul {

namespace {

// Seconds until a claim ends below which its tail is left to it: a request takes as long.
constexpr double kSoon = 0.2;
constexpr qint64 kBlock = 64 << 10; // where tails begin: at multiples, so that writes meet whole pages

double secondsFor(qint64 bytes, qint64 rate) { return double(bytes) / double(std::max<qint64>(1, rate)); }

} // namespace

SegmentMap::SegmentMap(RangeSet received, std::optional<qint64> total)
{
    restart(std::move(received), total);
}

void SegmentMap::restart(RangeSet received, std::optional<qint64> total)
{
    m_received = std::move(received);
    m_running.clear();
    setTotal(total);
}

void SegmentMap::setTotal(std::optional<qint64> total)
{
    m_total = total;
    if (!total)
        return;
    m_received = m_received.intersected({0, *total});
    for (Running &running : m_running)
        running.end = std::max(running.next, std::min(running.end, *total));
}

SegmentMap::Claim SegmentMap::start(ByteRange range)
{
    m_running.append({++m_lastId, range.begin, range.begin, range.end});
    return {m_lastId, range};
}

SegmentMap::Claim SegmentMap::claimRange(ByteRange range) { return start(range); }

// Of those with at least `least` bytes to go, and an end; those of unknown speed are as fast as `rate`.
SegmentMap::Running *SegmentMap::lastToEnd(qint64 least, qint64 rate)
{
    const auto seconds = [rate](const Running &r) {
        return secondsFor(r.rest(), r.rate > 0 ? r.rate : rate);
    };
    Running *last = nullptr;
    for (Running &running : m_running) {
        const bool fits = running.end != ByteRange::kOpenEnd && running.rest() >= least;
        if (fits && (!last || seconds(running) > seconds(*last)))
            last = &running;
    }
    return last;
}

std::optional<SegmentMap::Claim> SegmentMap::claim(qint64 least, qint64 rate)
{
    RangeSet busy = m_received;
    for (const Running &running : std::as_const(m_running))
        busy.add({running.begin, running.end});
    const RangeSet free = busy.gaps({0, m_total.value_or(ByteRange::kOpenEnd)});
    if (!free.isEmpty())
        return start(free.ranges().first());
    least = std::max<qint64>(1, least);
    Running *last = lastToEnd(2 * least, rate);
    if (!last || (last->rate > 0 && secondsFor(last->rest(), last->rate) < kSoon))
        return {};
    const double share = last->rate > 0 && rate > 0 ? double(rate) / double(rate + last->rate) : 0.5;
    const qint64 rest = last->rest();
    qint64 begin = last->end - std::clamp(qint64(double(rest) * share), least, rest - least);
    if (rest >= 4 * kBlock)
        begin = std::clamp(begin - begin % kBlock, last->next + least, last->end - least);
    const ByteRange tail{begin, last->end};
    last->end = begin;
    return start(tail);
}

std::optional<SegmentMap::Claim> SegmentMap::claimAgain(qint64 rate)
{
    if (rate <= 0)
        return {};
    Running *last = nullptr;
    for (Running &running : m_running) {
        const double seconds = secondsFor(running.rest(), std::max<qint64>(1, running.rate));
        const bool worth = seconds > 2 * (secondsFor(running.rest(), rate) + kSoon);
        if (running.doubled || running.end == ByteRange::kOpenEnd || isDone(running.id) || !worth)
            continue;
        if (!last || seconds > secondsFor(last->rest(), std::max<qint64>(1, last->rate)))
            last = &running;
    }
    if (!last)
        return {};
    last->doubled = true;
    const Claim again = start({last->next, last->end});
    m_running.last().doubled = true;
    return again;
}

SegmentMap::Running *SegmentMap::find(int id)
{
    const auto found =
        std::find_if(m_running.begin(), m_running.end(), [id](const Running &r) { return r.id == id; });
    return found == m_running.end() ? nullptr : &*found;
}

const SegmentMap::Running *SegmentMap::find(int id) const { return const_cast<SegmentMap *>(this)->find(id); }

void SegmentMap::advance(int id, qint64 next, qint64 rate)
{
    Running *running = find(id);
    Q_ASSERT(running && next >= running->next && next <= running->end);
    running->next = next;
    running->rate = rate;
}

void SegmentMap::markReceived(ByteRange range) { m_received.add(range); }

void SegmentMap::release(int id)
{
    const Running *gone = find(id);
    if (!gone)
        return;
    const ByteRange range{gone->begin, gone->end};
    const bool untouched = gone->next == gone->begin && m_received.intersected(range).isEmpty();
    for (Running &running : m_running) {
        if (gone->doubled && running.end == range.end)
            running.doubled = false; // its other half is gone
        else if (untouched && !gone->doubled && running.id != id && running.end == range.begin)
            running.end = range.end;
    }
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

bool SegmentMap::isDone(int id) const
{
    const Running *running = find(id);
    return !running || m_received.contains({running->next, running->end});
}

bool SegmentMap::isComplete() const { return m_total && m_received.contains({0, *m_total}); }

} // namespace longhaul
