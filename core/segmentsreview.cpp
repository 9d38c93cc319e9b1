// SPDX-License-Identifier: MIT
// What Segments measures, and whom it gives up for that.
#include "segments.h"

#include <QTimerEvent>

#include <algorithm>
#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

// One that moves less than a quarter of what the others do is given up, after this time, and when it would
// take this long.
constexpr int kSlow = 4;
constexpr auto kSlowAfter = 1500ms;
constexpr int kSlowSeconds = 2;

} // namespace

int Segments::running() const
{
    return int(
        std::count_if(m_segments.begin(), m_segments.end(), [](const auto &s) { return !s->leaving; }));
}

int Segments::delivering() const
{
    return int(
        std::count_if(m_segments.begin(), m_segments.end(), [](const auto &s) { return s->delivers; }));
}

// What the next one may be expected to move; 0 when nobody knows.
qint64 Segments::usualRate() const
{
    qint64 sum = 0;
    int known = 0;
    for (const auto &segment : m_segments) {
        sum += segment->meter.rate();
        known += segment->meter.rate() > 0;
    }
    // One alone says little of the next; of one that has ended no more is known than that it was possible.
    return known > 1 ? sum / known : std::max(m_lastRate, sum);
}

void Segments::takePosition(const Segment &segment)
{
    if (segment.exchange->isSent())
        m_map.advance(segment.claim, segment.exchange->position(), segment.meter.rate());
}

void Segments::takePositions()
{
    for (const auto &segment : m_segments)
        takePosition(*segment);
}

void Segments::measure()
{
    for (const auto &segment : m_segments) {
        if (segment->exchange->isSent()) {
            const qint64 position = segment->exchange->position();
            segment->meter.add(position - std::exchange(segment->metered, position), now());
        }
    }
}

void Segments::setEnds()
{
    for (const auto &segment : m_segments) {
        if (segment->exchange->isSent())
            segment->exchange->setEnd(m_map.endOf(segment->claim));
    }
}

void Segments::review()
{
    bool held = false;
    for (const auto &segment : m_segments) {
        segment->held = segment->exchange->takeHeld() || segment->held;
        held = held || segment->held;
    }
    m_growth.review(now(), m_bytes, delivering(), most(), held);
    fill();
}

// The user, another run or what the last one brought leaves room for fewer.
void Segments::giveUpSome()
{
    int tooMany = running() - std::min(m_growth.wanted(), most());
    for (size_t i = m_segments.size(); i-- > 0 && tooMany > 0;) {
        if (m_segments[i]->own && !m_segments[i]->leaving) {
            cut(m_segments[i].get());
            --tooMany;
        }
    }
}

// Of two that fetch the same, one was first.
void Segments::dropOvertaken()
{
    takePositions();
    for (const auto &segment : m_segments) {
        const bool atEnd = m_map.nextOf(segment->claim) >= m_map.endOf(segment->claim);
        if (!atEnd && m_map.isDone(segment->claim))
            cut(segment.get());
    }
}

// Another connection may be better served. Once for each place: where the server is slow for everybody, it
// would not help.
void Segments::replaceSlowest()
{
    qint64 sum = 0;
    for (const auto &segment : m_segments)
        sum += segment->meter.rate();
    const int others = int(m_segments.size()) - 1;
    for (const auto &segment : m_segments) {
        const qint64 rate = segment->meter.rate();
        const bool old = segment->exchange->isSent() && now() - segment->since >= kSlowAfter;
        if (!old || segment->held || segment->leaving || rate * kSlow * others >= sum - rate)
            continue;
        const ByteRange rest{segment->exchange->position(), m_map.endOf(segment->claim)};
        const bool again = !m_replaced.intersected({rest.begin, rest.begin + 1}).isEmpty();
        if (again || rest.size() < rate * kSlowSeconds)
            continue;
        m_replaced.add(rest);
        cut(segment.get());
        return;
    }
}

void Segments::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_tick.timerId())
        return;
    measure();
    review();
    if (!m_over && !m_draining)
        replaceSlowest();
    for (const auto &segment : m_segments)
        segment->held = false;
}

} // namespace longhaul
