// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "growth.h"
#include "resumedata.h"
#include "segmentmap.h"
#include "speedmeter.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace longhaul {

// The transfers of one run that fetch side by side: the one whose answer came first (the lead, which its
// owner keeps), and others beside it, each for the tail of what another still has to bring. Their number
// grows as long as more of them add speed, within what the user, the host and other runs leave to it.
//
// Only for a file of known size that a strong validator vouches for: bytes of an answer that does not carry
// the same one, in a 206 of just what was asked, are never written. A server that refuses, breaks or has
// another version costs connections, never the run, as long as one transfer works. Owner's thread.
class Segments : public QObject
{
    Q_OBJECT

public:
    // Whether answers for `entity` can be told apart well enough.
    static bool areSafe(const Entity &entity);

    // `request`: what each request is made of, but for its range. `map`, `part` must outlive it.
    Segments(Transfer::Request request, const Entity &entity, FetchTools tools, SegmentMap &map,
             PartFile &part, QObject *parent = nullptr);
    ~Segments() override; // silence()s

    // `lead` appends `range`, and may be on its way already; the others put up with a drip if it does. It
    // must live until leadEnded(), which is to be called when it has settled.
    void start(Exchange &lead, ByteRange range);
    void leadEnded(const std::optional<Error> &error);
    // At most so many at once, the lead among them; >= 1. May change at any time.
    void setMost(int connections);
    // Takes what has arrived and no more: ended() follows, once the lead has ended, too.
    void drain();
    // Nothing is emitted any more: before deleteLater().
    void silence();

    qint64 fetched() const; // bytes of the file that came over the network, but for the lead's
    // What is still to come of each, the lead too: from its next byte to where it must stop.
    QList<ByteRange> inFlight() const;
    // How one of them broke last; nothing when a byte came since.
    const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    void stored(longhaul::ByteRange range); // written, but for the lead's
    void detailed(const QString &sentence); // for the task's log
    // No transfer runs any more: all is there, or error() says why not. Once; never from within start().
    void ended();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    using Time = Growth::Time;

    struct Segment {
        Exchange *exchange = nullptr;
        std::unique_ptr<Exchange> own; // null for the lead
        int claim = -1;
        Time since{0}; // it was answered
        qint64 stored = 0;
        qint64 bytesBefore = 0; // m_bytes when it was opened
        SpeedMeter meter{std::chrono::seconds(1)};
        qint64 metered = 0; // position up to which
        bool delivers = false;
        bool held = false;    // since the last tick
        bool leaving = false; // told to end: it settles soon
    };
    using List = std::vector<std::unique_ptr<Segment>>;

    Time now() const { return Time(m_clock.elapsed()); }
    int most() const;
    int delivering() const;
    qint64 usualRate() const;
    void open(const SegmentMap::Claim &claim);
    void onAnswered(Segment *segment, const Verdict &verdict);
    void onStored(Segment *segment, ByteRange range);
    void onSettled(Segment *segment);
    void onRefused(Segment *segment, const std::optional<Error> &error);
    void settle(Segment *segment, const std::optional<Error> &error);
    void retire(Segment *segment);
    void letGo(Segment &segment);
    void cut(Segment *segment);
    int running() const;
    void wait(const std::optional<Error> &error);
    void review();
    void fill();
    void giveUpSome();
    void takePosition(const Segment &segment);
    void takePositions();
    void measure();
    void setEnds();
    void dropOvertaken();
    void replaceSlowest();
    void endIfOver();

    const Transfer::Request m_request;
    const Entity m_entity;
    FetchTools m_tools;
    SegmentMap &m_map;
    PartFile &m_part;
    List m_segments;
    Growth m_growth;
    QElapsedTimer m_clock;
    QBasicTimer m_tick;
    int m_most = 1;
    int m_share = 1;     // of what its host may have, as the pool says
    int m_proven = 1;    // so many have delivered at once
    int m_troubles = 0;  // refusals and breaks since one that was opened later has brought something
    Time m_troubleAt{0}; // the last of them
    Time m_notBefore{0}; // no transfer is opened
    RangeSet m_replaced; // where a slow transfer was given up once
    std::optional<Error> m_error;
    qint64 m_lastRate = 0; // of the last one that has ended, bytes per second
    qint64 m_bytes = 0;    // stored, the lead's too
    qint64 m_fetched = 0;  // by transfers that are over
    bool m_refusesDrip = false;
    bool m_doubled = false;
    bool m_draining = false;
    bool m_over = false;
};

} // namespace longhaul
