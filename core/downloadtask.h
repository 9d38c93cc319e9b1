// SPDX-License-Identifier: MIT
#pragma once

#include "checksumsearch.h"
#include "fetchjob.h"
#include "finishing.h"
#include "networkpolicy.h"
#include "retrypolicy.h"
#include "tally.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <variant>

namespace longhaul {

// Where a task stands, for showing it.
struct TaskProgress {
    qint64 onDisk = 0;           // bytes
    std::optional<qint64> total; // bytes; nothing while unknown
    qint64 rate = 0;             // bytes per second
    std::optional<std::chrono::seconds> timeLeft;
};

// How a task's run came to its end.
struct TaskReport {
    QUrl url;
    QUrl finalUrl;
    QString filePath;           // of the finished file; empty when it failed
    std::optional<Error> error; // nothing when it completed
    qint64 bytes = 0;           // fetched since start()
    qint64 bytesReused = 0;     // of the file, kept from earlier
    qint64 size = 0;            // on disk now
    std::chrono::milliseconds duration{0};
    int retries = 0;
    QString resumable; // in words
};

// What happened to a task and when.
struct LogLine {
    QDateTime at; // UTC
    QString text; // a sentence
};

class DownloadTask;

// Who keeps tasks and acts for them. Called directly, before the signal of the same news: connections to a
// hundred thousand tasks at rest would cost more than the tasks.
class TaskKeeper
{
public:
    virtual ~TaskKeeper() = default;
    // task->resumeData() is to be recorded; task->recorded() must be called when it has come as far as
    // `durability`.
    virtual void record(DownloadTask *task, Durability durability) = 0;
    // task->url() is another one than `old`: as record(task, Synced), and then the record of `old` is
    // removed.
    virtual void moved(DownloadTask *task, const QUrl &old) = 0;
    virtual void stateChanged(DownloadTask *task) = 0;
    virtual void holdChanged(DownloadTask *task) = 0;
    virtual void progressChanged(DownloadTask *task) = 0;
    virtual void ended(const TaskReport &report) = 0; // completed or failed
    // The part files of all others, which no new one may be.
    virtual QStringList partsOfOthers(const DownloadTask *task) const = 0;
    // The files of others, finished or not, that have the name of the one `task` is to adopt; those that they
    // are to adopt of older ones alone.
    virtual QStringList filesOfOthers(const DownloadTask *task) const = 0;
};

// The task the user sees. Its state changes only in one place, by the table in taskstate.h; what a state
// needs lives and dies with it.
//
// Owner's thread. Each start() is followed by exactly one completed() or failed(), unless pause() comes
// first: then the task ends up Paused and neither is emitted.
class DownloadTask : public QObject
{
    Q_OBJECT

public:
    // `settings`, `tools` and `network` must outlive the task. Settings are read at each start.
    DownloadTask(ResumeData data, const Settings &settings, FetchTools tools, NetworkPolicy &network,
                 QObject *parent = nullptr);
    ~DownloadTask() override;

    // `number`: the keeper's order of tasks. Without a keeper nothing is recorded.
    void setKeeper(TaskKeeper *keeper, quint64 number);
    quint64 number() const { return m_number; }

    const ResumeData &resumeData() const { return m_data; }
    QUrl url() const;
    TaskState state() const { return m_data.state; }
    TaskProgress progress() const;
    // Why it waits (or waited last, when Queued), or the error it failed with.
    std::optional<Error> reason() const;
    // Until the next try; 0 when not Waiting.
    std::chrono::milliseconds untilRetry() const;
    TaskReport report() const;
    // Why the task may not run on the present network: a Queued one with a hold stays so until that ends.
    // None while all of its bytes are there.
    Hold hold() const;
    // The address that readdress() gave, while it is not known where it leads; else empty.
    QUrl candidate() const { return m_live ? m_live->candidate : QUrl(); }
    // Running, its address tells when it stops working, and by the present speed that comes first.
    bool isLate() const { return stage<Running>() && m_live->lateTicks >= kLateTicks; }
    // What is being fetched just now: from the next byte to where its transfer must stop; open at the end
    // while the size is unknown. Empty unless Running.
    QList<ByteRange> inFlight() const;
    // What happened since the program started, the oldest first; at most kMostLogLines.
    QList<LogLine> log() const { return m_live ? m_live->log : QList<LogLine>(); }
    static constexpr qsizetype kMostLogLines = 200;

    // Queued -> Running; called by the manager when there is room and no hold().
    void start();
    // The network, or what is allowed on it, has changed: a Running task that has a hold() now is stopped as
    // by pause(), and is Queued again a moment later; a Queued one tells by holdChanged().
    void reviewHold();
    // What is allowed of connections has changed: a Running task has more or fewer from now on.
    void reviewConnections();
    // -> Paused, from any state but Completed and Failed. While Running, what has arrived is written first,
    // so that stateChanged comes a moment later.
    void pause();
    // For the end of the program: Running -> Queued once what has arrived is written, so that it goes on at
    // the next start; nothing in any other state.
    void leave();
    // Running, and told to pause: what has arrived is still being written.
    bool isPausing() const;
    // Paused (or about to be), Failed, Completed -> Queued. A Completed one whose file is still there, with
    // its size, completes again without the network (its digest, if one is wanted, is checked); else it is
    // fetched anew.
    void resume();
    // The same, but forgets every byte first.
    void startOver();
    // Of a task that mayRepair(): Failed -> Queued, to compare all bytes with a second fetch, piece by piece,
    // fetch again those that differ, and check the file again. Else as resume().
    void repair();
    // Paused, Failed -> Queued, to go on from `url` (valid, normalised) if that leads to the same file: see
    // DownloadManager::readdress(). Pausing forgets `url` while that is not decided.
    void readdress(const QUrl &url);
    // New wishes. Of a task that is Running or Verifying, allowMetered, connections, rateLimit and priority
    // alone count, and at once. A digest other than before lets a file that failed by its checksum be judged
    // again without fetching it.
    void setOptions(const TaskOptions &options);
    // Another name for the file of a task at rest, made safe as a server's would be. An unfinished one gets
    // it when it is whole; a finished file is renamed where it is, never over another one, a moment later
    // (resumeDataChanged; when it cannot be, noted() says why).
    void rename(const QString &name);
    // Of a task at rest or Queued: another one has its part file, so that its bytes are not known.
    void losePart();
    // Where it stands in the queue (see ResumeData::place).
    void setPlace(qint64 place);
    // Ended while nobody looked (see ResumeData::unseen).
    void setUnseen(bool unseen);

    // The last record that the keeper was asked for is made, or cannot be made.
    void recorded();
    void recordFailed(const QString &reason);

Q_SIGNALS:
    void stateChanged(longhaul::TaskState state);
    void progressChanged(); // at most four times a second, while Running or Verifying
    void holdChanged();     // of a Queued task
    void resumeDataChanged(longhaul::Durability durability); // and is being recorded
    void completed(const longhaul::TaskReport &report);
    void failed(const longhaul::TaskReport &report);
    void noted(const QString &sentence); // it is in the log already: the last line
    void told(const QString &sentence);  // likewise, of those that one should know at once

private:
    struct Idle {
    };
    struct InLine {
        Hold told = Hold::None; // by holdChanged()
    };
    struct Running {
        std::unique_ptr<RateLimiter> limiter; // the job's
        std::unique_ptr<FetchJob> job;
        std::unique_ptr<QTimer> tick;
        bool pausing = false;
        bool yielding = false; // to a hold
    };
    struct Waiting {
        std::unique_ptr<QTimer> timer;
    };
    struct Verifying {
        std::unique_ptr<ChecksumSearch> search; // first; null when there is none
        std::unique_ptr<PartFile> part;         // meanwhile
        std::unique_ptr<Finishing> work;        // then; null when there is none
    };
    using Stage = std::variant<Idle, InLine, Running, Waiting, Verifying>;
    // What only a task needs with which something has happened since the program started.
    struct Live {
        Stage stage;
        std::optional<Error> reason; // of the last wait
        std::function<void()> onRecorded;
        QUrl candidate;
        ParsedUrl url;
        std::unique_ptr<Tally> tally; // of the present round, or the last one; null before the first
        QList<LogLine> log;
        QDateTime dies;        // when its link does, by what that says itself
        int lateTicks = 0;     // in a row, in which the link seemed to die too early
        bool lateTold = false; // in this run
    };
    static constexpr int kLateTicks = 20; // a speed needs some seconds to settle

    Live &live();
    template <typename T>
    const T *stage() const
    {
        return m_live ? std::get_if<T>(&m_live->stage) : nullptr;
    }
    void enter(TaskState to, Stage stage, std::function<void()> then = {});
    void changeState(TaskState to, Stage stage = Idle(), std::function<void()> then = {});
    void leaveStage();
    void tellOfState(TaskState state);
    void tellOfMove(const QUrl &old);
    void end(const TaskReport &report);
    void record(Durability durability, std::function<void()> then = {});
    void askToRecord(Durability durability);
    void follow(FetchJob *job);
    void takeFrom(const FetchJob &job);
    void onTick();
    void onJobEnded(const std::optional<Error> &error);
    bool doubtBytes(const std::optional<Error> &error);
    void retryOrFail(const Error &error);
    void waitFor(std::chrono::milliseconds delay);
    void queue();
    void verify(std::unique_ptr<PartFile> part);
    bool seeksChecksum() const;
    void onSought(const std::optional<FoundDigest> &found);
    void check(std::unique_ptr<PartFile> part);
    void onCheckFailed(Error error, const QByteArray &stamp);
    void reviewLateness();
    void finish(const QString &path);
    void fail(const Error &error);
    void renameFile(const QString &to);
    void forgetBytes();
    void forgetPart();
    void note(const QString &sentence);
    void tell(const QString &sentence);

    ResumeData m_data;
    const Settings &m_settings;
    FetchTools m_tools;
    NetworkPolicy &m_network;
    std::unique_ptr<Live> m_live; // null before that
    TaskKeeper *m_keeper = nullptr;
    quint64 m_number = 0;
};

} // namespace longhaul
