// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fetchplan.h"
#include "foreignfile.h"
#include "resumestore.h"
#include "segments.h"

#include <QBasicTimer>
#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace longhaul {

// One run: fills the gaps of a part file until all bytes are there, or until an error that only time or the
// user can mend. FetchPlan says what to ask and what an answer is good for; an Exchange moves the bytes. Once
// an answer is being appended whose file can be told from any other, Segments help it.
//
// Owner's thread. After ended() (exactly once) it does nothing more.
class FetchJob : public QObject
{
    Q_OBJECT

public:
    // What is asked of a run besides its record.
    struct Wish {
        bool lastTry = false; // the task fails when this run does
        bool broke = false;   // the run before broke before it brought anything new
        // Another address for the file, or empty: only this one is asked. While it has not shown that it
        // leads to the same file, data() is as it was and nothing is written; then data().url is this one,
        // and mustRecord(Synced) comes.
        QUrl candidate;
        // Asked when a file is about to be taken: what other tasks have, see TaskKeeper.
        std::function<QStringList()> othersParts = [] { return QStringList(); };
        std::function<QStringList()> othersFiles = [] { return QStringList(); };
    };

    FetchJob(ResumeData data, const Settings &settings, FetchTools tools, Wish wish,
             QObject *parent = nullptr);
    ~FetchJob() override;

    // A file of another program (ResumeData::foreignPath) is proved as if it came from the old address of a
    // candidate: nothing is written to it, and it has its name, until it has shown that it is a part of the
    // file. Else: NotOfThisFile.
    void start();
    // Writes what has already arrived, and ends with Interrupted. What dataChanged() told before that is
    // right as it is, should there be no time to wait.
    void stop();
    // The record that mustRecord() asked for is made.
    void proceed();

    // How many connections it may have, >= 1; at first what its options and the settings say. At any time.
    void setConnections(int most);

    const ResumeData &data() const { return m_data; }
    qint64 fetched() const;                    // bytes of the file that came over the network in this run
    qint64 stored() const { return m_stored; } // of those, the ones written to the part file
    QList<ByteRange> inFlight() const;         // what transfers have still to bring, each from its next byte
    // The part file, for verifying and committing: after ended() without an error. Null when the finished
    // file is at data().targetPath already.
    std::unique_ptr<PartFile> takePart();

Q_SIGNALS:
    // data() has something worth recording soon: twice a second while bytes come, and at each turn.
    void dataChanged();
    // data() must be recorded before the job goes on; call proceed() then. Comes before the first byte of a
    // new part file (Written), before bytes are overwritten that a record may tell of, and when the candidate
    // was accepted (Synced).
    void mustRecord(longhaul::Durability durability);
    // What happened and why, in one sentence, for the task's log: what the user should know at once, and the
    // rest.
    void noted(const QString &sentence);
    void detailed(const QString &sentence);
    // Nothing: all bytes are there and data().entity.total is known. The part file was synced, unless the
    // disk has failed, and data() has its stamp.
    void ended(const std::optional<longhaul::Error> &error);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void makePart();
    void onOpened(const QString &targetPath, const QString &partPath, const RangeSet &holds,
                  const QByteArray &stamp);
    void onPartFailed(const Error &error, const QByteArray &stamp);
    void doubtPart(const QByteArray &stamp);
    void onMissing(std::optional<qint64> targetSize);
    void begin();
    void createPart();
    void survey();
    void onSurveyed(const std::variant<ForeignBytes, Error> &found);
    void takeOver(const std::function<void()> &then, int number = 1);
    void onMoved();
    std::optional<Error> letGoOfForeign(std::optional<Error> error);

    void ask();
    Transfer::Request requestFor(const RangeRequest &asked) const;
    void onAnswered(const Verdict &verdict);
    void describe(const Accepted &accepted);
    void compareWith(BodySink::Mode mode);
    void append();
    void onComplete();
    void onStored(ByteRange range);
    void onEqual(ByteRange range);
    void onDiffers(qint64 offset);
    void fetchAgain(qint64 offset);
    void onCaughtUp();
    void onSettled();
    void finishOrAsk();

    void sendToPart();
    void appendOn(qint64 begin);
    void sendOn(const std::function<void()> &send, qint64 begin);
    void beginSegments(qint64 begin);
    void onLeadSettled();
    void onSegmentsEnded();
    void retireSegments();

    void agree(const Entity &entity, std::function<void()> then);
    Entity entityOfProof() const;
    void adopt(const Entity &entity, const RangeSet &received);
    void writeOn();
    void whenSafe(std::function<void()> then);
    void mustRecordThen(Durability durability, std::function<void()> then);
    void unstamp();
    void leaveAs(const QByteArray &stamp);
    void sync();
    void retireExchange();
    void endStopped();
    void end(const std::optional<Error> &error);

    ResumeData m_data;
    const Settings m_settings;
    FetchTools m_tools;
    FetchPlan m_plan;
    SegmentMap m_map; // who appends what, while there are segments
    std::unique_ptr<PartFile> m_part;
    std::unique_ptr<Exchange> m_exchange; // the one that m_plan asked for
    std::unique_ptr<Segments> m_segments; // beside it; null while there are none
    Wish m_wish;
    const QUrl m_address; // which alone is asked; others share its host
    int m_connections;
    Validators m_proven;      // of the answers that proved what is on disk
    qint64 m_overlapEnd = -1; // where the present answer had shown that it continues what is on disk
    qint64 m_copyEnd = -1;    // where a whole copy had shown that all on disk before is equal
    bool m_described = false;
    std::function<void()> m_onRecorded;         // while mustRecord() is not answered
    std::function<void()> m_onMoved;            // while a proved foreign file gets its new name
    std::function<void()> m_onTaken;            // when that name is another one's
    std::shared_ptr<std::atomic_bool> m_survey; // of a foreign file, while it lasts: true cancels it
    QString m_foreignAt;                        // where that was found
    bool m_doubted = false;                     // a repair has met a difference
    bool m_forgot = false;                      // bytes that the record on the disk may still tell of
    bool m_broken = false;                      // the disk has failed
    bool m_stopping = false;
    bool m_resting = false;      // the part file is being left
    std::optional<Error> m_last; // with which the run ends then
    bool m_over = false;

    QBasicTimer m_checkpoint;
    int m_checkpoints = 0;
    QList<RangeSet> m_syncing; // what becomes durable with each synced() to come
    bool m_dirty = false;
    qint64 m_fetched = 0; // in exchanges before the present ones
    qint64 m_stored = 0;
};

} // namespace longhaul
