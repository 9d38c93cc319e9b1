// SPDX-License-Identifier: MIT
#pragma once

#include "bodysink.h"
#include "connectionpool.h"
#include "dripwatch.h"
#include "ratelimiter.h"
#include "transfer.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <utility>

namespace longhaul {

// What every run shares. The owner outlives all runs.
struct FetchTools {
    ConnectionPool &connections;
    RateLimiter &limiter;
    QThreadPool &ioThreads;
};

// One request and what becomes of its answer: moves the bytes from the network to the disk as far as both,
// and the limit, allow. Owner's thread. Its owner decides what they are for, and retires it from within any
// of its signals.
class Exchange : public QObject
{
    Q_OBJECT

public:
    Exchange(Transfer::Request request, FetchTools tools, QObject *parent = nullptr);
    ~Exchange() override; // silence()s

    void start();

    // Once answered() was Accepted: where the bytes go, from accepted().begin on. `old` is what is on disk.
    void sendTo(PartFile &part, BodySink::Mode mode, const RangeSet &old);
    // After differs() or caughtUp() of an Overlay, caughtUp() of a Check: the rest of the copy is written.
    void appendFromHere();
    // Bytes from `end` on belong to another (or do not any more): the exchange settles in front of them. Not
    // before position().
    void setEnd(qint64 end) { m_transfer.setEnd(end); }
    // From here on an answer that only drips (see DripWatch), judged each time that silence would have been
    // given twice its time, is drained, and its error is Stalled. Once, before sendTo(), by an owner who can
    // go on from there at no cost.
    void refuseDrip();
    bool refusesDrip() const { return m_window.isActive(); }
    // Takes what has already arrived, whatever the limit says, and no more of the network.
    void drain();
    // Takes nothing more of the network.
    void cut();
    // The same, and nothing is emitted any more: before deleteLater().
    void silence();

    const Accepted &accepted() const { return m_accepted; }
    const QUrl &finalUrl() const { return m_transfer.finalUrl(); }
    bool isEndUnmarked() const { return m_transfer.isEndUnmarked(); }
    BodySink::Mode mode() const { return m_sink ? m_sink->mode() : BodySink::Mode::Append; }
    qint64 position() const { return m_sink ? m_sink->position() : 0; }
    qint64 fetched() const { return m_fetched; } // bytes of the body read so far
    bool wasAnswered() const { return m_isAnswered; }
    bool isSent() const { return m_sink != nullptr; }
    // Whether, since the last call, more had come than the disk, the limit or we could take.
    bool takeHeld() { return std::exchange(m_held, false); }
    // After differs(): the bytes from there on that were read already.
    const QByteArray &held() const { return m_rest; }
    // How the transfer ended; meant for settled().
    const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    void answered(const longhaul::Verdict &verdict);
    void stored(longhaul::ByteRange range); // written: Append
    void equal(longhaul::ByteRange range);  // compared: Prove
    void differs(qint64 offset);            // but for Prove, nothing moves before appendFromHere()
    void caughtUp();                        // likewise
    // The transfer is over and the disk has done all it was given. Last signal, once; not before an accepted
    // answer was sent somewhere.
    void settled();

private:
    void sizeBuffer();
    void pump();
    void onStep();
    void onWindow();
    std::chrono::milliseconds now() const { return std::chrono::milliseconds(m_clock.elapsed()); }

    FetchTools m_tools;
    RateTap m_tap;
    const QUrl m_url;
    const std::chrono::milliseconds m_patience; // twice that with silence
    Transfer m_transfer;
    std::unique_ptr<BodySink> m_sink;
    Accepted m_accepted;
    std::optional<Error> m_error;
    DripWatch m_drip;
    QTimer m_window;       // of m_drip
    QElapsedTimer m_clock; // since refuseDrip()
    QByteArray m_rest;     // read from the network, held until appendFromHere()
    qint64 m_fetched = 0;
    bool m_lent = true; // a connection, until silence()
    bool m_isAnswered = false;
    bool m_isAccepted = false;
    bool m_holding = false; // until appendFromHere()
    bool m_held = false;
    bool m_draining = false;
    bool m_dripped = false;
    bool m_over = false; // of the transfer
    bool m_settled = false;
};

} // namespace longhaul
