// SPDX-License-Identifier: MIT
#pragma once

#include "partfile.h"

#include <QObject>

namespace longhaul {

// What becomes of the bytes of one answer, which come in order from `begin` on. Several sinks may share a
// part file. Owner's thread; signals come from the part file's answers, never from within take().
class BodySink : public QObject
{
    Q_OBJECT

public:
    enum class Mode {
        Append,  // written where they belong
        Prove,   // only compared with what is on disk
        Overlay, // compared where the disk has bytes already, until they differ or go beyond the last of
                 // them: a whole new copy that destroys nothing before it has shown what it is
        Check,   // the same, and nothing is written in the gaps between them either
    };

    // `old`: what is on disk, for Overlay and Check. `part` must outlive the sink.
    BodySink(PartFile &part, Mode mode, qint64 begin, const RangeSet &old = {}, QObject *parent = nullptr);

    Mode mode() const { return m_mode; }
    qint64 position() const { return m_next; } // offset of the next byte to take
    // How many bytes it can take now; 0 while it waits for the disk.
    qint64 room() const;
    // At most room() bytes, at least one.
    void take(const QByteArray &bytes);
    bool isIdle() const { return m_pending.isEmpty(); }

    // Goes on as Append from position().
    void becomeAppend() { m_mode = Mode::Append; }

Q_SIGNALS:
    void stored(longhaul::ByteRange range); // written, Append only
    void equal(longhaul::ByteRange range);  // Prove only
    // The byte at `offset` is another one. Prove, Check: the proof failed. Overlay: all before `offset` is as
    // in the new copy, and `rest` (from `offset` on) was taken but not written; nothing more must be given
    // before becomeAppend() and take(rest).
    void differs(qint64 offset, const QByteArray &rest);
    // Overlay, Check: the last bytes taken were dealt with, and there is more to compare.
    void stepped();
    // Overlay, Check: everything old was compared and is equal. Overlay: [begin, position) is on disk.
    void caughtUp();

private:
    bool isOurs(qint64 begin);
    void onCompared(ByteRange range, qint64 equalBytes);
    void onWritten(ByteRange range);
    void checkCaughtUp();

    PartFile &m_part;
    Mode m_mode;
    qint64 m_next;
    RangeSet m_old;
    QByteArray m_held;          // being compared, in Overlay
    QList<ByteRange> m_pending; // given to the disk, the oldest first: others write there as well
    qint64 m_pendingBytes = 0;
};

} // namespace longhaul
