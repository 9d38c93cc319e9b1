// SPDX-License-Identifier: MIT
#include "bodysink.h"

#include <algorithm>

namespace longhaul {

namespace {

constexpr qint64 kBlock = 1 << 20;       // bytes a write: large enough that its cost is the copy's
constexpr qint64 kMostPending = 2 << 20; // so that nobody takes all the room of a slow disk
constexpr qint64 kLeastRoom = 256 << 10; // less cuts what has arrived in two, which copies it

} // namespace

BodySink::BodySink(PartFile &part, Mode mode, qint64 begin, const RangeSet &old, QObject *parent)
    : QObject(parent)
    , m_part(part)
    , m_mode(mode)
    , m_next(begin)
    , m_old(old)
{
    connect(&m_part, &PartFile::written, this, &BodySink::onWritten);
    connect(&m_part, &PartFile::compared, this, &BodySink::onCompared);
}

qint64 BodySink::room() const
{
    if (m_mode == Mode::Append || m_mode == Mode::Prove) {
        const qint64 room = std::min(m_part.room(), kMostPending - m_pendingBytes);
        return room < kLeastRoom && !isIdle() ? 0 : std::clamp(room, qint64(0), kBlock);
    }
    if (!isIdle()) // one step at a time: what follows depends on it
        return 0;
    const ByteRange block{m_next, m_next + kBlock};
    const RangeSet there = m_old.intersected(block);
    if (there.isEmpty())
        return kBlock;
    const ByteRange first = there.ranges().first();
    return first.begin > m_next ? first.begin - m_next : first.size();
}

void BodySink::take(const QByteArray &bytes)
{
    const ByteRange range{m_next, m_next + bytes.size()};
    m_pending.append(range);
    m_pendingBytes += range.size();
    m_next = range.end;
    if (m_mode == Mode::Append) {
        m_part.write(range.begin, bytes);
    } else if (m_mode == Mode::Prove) {
        m_part.compare(range.begin, bytes);
    } else if (m_old.contains(range)) {
        m_held = bytes;
        m_part.compare(range.begin, bytes);
    } else if (m_mode == Mode::Check) {
        m_part.compare(range.begin, {}); // a step like the others
    } else {
        m_part.write(range.begin, bytes); // a gap: nothing of worth is there
    }
}

// The disk answers in the order in which it was asked.
bool BodySink::isOurs(qint64 begin)
{
    if (m_pending.isEmpty() || m_pending.constFirst().begin != begin)
        return false;
    m_pendingBytes -= m_pending.takeFirst().size();
    return true;
}

void BodySink::onWritten(ByteRange range)
{
    if (!isOurs(range.begin))
        return;
    if (m_mode == Mode::Append)
        Q_EMIT stored(range);
    else
        checkCaughtUp();
}

void BodySink::onCompared(ByteRange range, qint64 equalBytes)
{
    if (!isOurs(range.begin))
        return;
    if (equalBytes < range.size()) {
        const qint64 offset = range.begin + equalBytes;
        if (m_mode != Mode::Prove)
            m_next = offset;
        Q_EMIT differs(offset, std::exchange(m_held, {}).mid(equalBytes));
    } else if (m_mode == Mode::Prove) {
        Q_EMIT equal(range);
    } else {
        checkCaughtUp();
    }
}

void BodySink::checkCaughtUp()
{
    if (m_next >= m_old.end())
        Q_EMIT caughtUp();
    else
        Q_EMIT stepped();
}

} // namespace longhaul
