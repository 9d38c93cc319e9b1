// SPDX-License-Identifier: MIT
#pragma once

#include "fetchjob.h"
#include "networkpolicy.h"
#include "retrypolicy.h"
#include "speedmeter.h"

#include <QElapsedTimer>
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

    const ResumeData &resumeData() const { return m_data; }
    const QUrl &url() const { return m_data.url; }
    TaskState state() const { return m_data.state; }
    TaskProgress progress() const;
    // Why it waits, or the error it failed with.
    std::optional<Error> reason() const { return m_reason; }
    // Until the next try; 0 when not Waiting, or when it waits for the network.
    std::chrono::milliseconds untilRetry() const;
    TaskReport report() const;
    // Why a Queued task may not run on the present network.
    Hold hold() const;
    // What is being fetched just now: from the next byte to where its transfer must stop; open at the end
    // while the size is unknown. Empty unless Running.
    QList<ByteRange> inFlight() const;
    // What happened since the program started, the oldest first; at most kMostLogLines.
    const QList<LogLine> &log() const { return m_log; }
    static constexpr qsizetype kMostLogLines = 200;

    // Queued -> Running; called by the manager when there is room.
    void start();
    // -> Paused, from any state but Completed and Failed. While Running, what has arrived is written first,
    // so that stateChanged comes a moment later.
    void pause();
    // For the end of the program: Running -> Queued once what has arrived is written, so that it goes on at
    // the next start; nothing in any other state.
    void leave();
    // Paused, Failed, Completed -> Queued. A Completed one whose file is still there, with its size,
    // completes again without the network (its digest, if one is wanted, is checked); else it is fetched
    // anew.
    void resume();
    // The same, but forgets every byte first.
    void startOver();
    // New wishes for a task that is not Running or Verifying. A digest other than before lets a file that
    // failed by its checksum be judged again without fetching it.
    void setOptions(const TaskOptions &options);
    // Ended while nobody looked (see ResumeData::unseen).
    void setUnseen(bool unseen);

    // The record of the last resumeDataChanged() is made, or cannot be made.
    void recorded();
    void recordFailed(const QString &reason);

Q_SIGNALS:
    void stateChanged(longhaul::TaskState state);
    void progressChanged(); // at most four times a second, while Running or Verifying
    // resumeData() is to be recorded. recorded() must be called when that has come as far as `durability`.
    void resumeDataChanged(longhaul::Durability durability);
    void completed(const longhaul::TaskReport &report);
    void failed(const longhaul::TaskReport &report);
    void noted(const QString &sentence); // it is in the log already

private:
    struct Idle {
    };
    struct Running {
        std::unique_ptr<FetchJob> job;
        std::unique_ptr<QTimer> tick;
    };
    struct Waiting {
        std::unique_ptr<QTimer> timer; // null while it waits for the network
    };
    struct Verifying {
        std::unique_ptr<PartFile> part;
    };

    void changeState(TaskState to);
    void leaveStage();
    void record(Durability durability, std::function<void()> then = {});
    void onTick();
    void takeFrom(const FetchJob &job);
    void onJobEnded(const std::optional<Error> &error);
    void retryOrFail(const Error &error);
    void waitFor(std::chrono::milliseconds delay);
    void waitForNetwork();
    void verify(std::unique_ptr<PartFile> part);
    void commit();
    void finish(const QString &path);
    void fail(const Error &error);

    ResumeData m_data;
    const Settings &m_settings;
    FetchTools m_tools;
    NetworkPolicy &m_network;
    std::variant<Idle, Running, Waiting, Verifying> m_stage;
    std::optional<Error> m_reason;
    std::function<void()> m_onRecorded;
    QList<LogLine> m_log;
    std::optional<TaskState> m_stopTo; // the job was told to stop: what follows its end

    SpeedMeter m_meter;
    QElapsedTimer m_clock;  // since start() of this round; invalid before
    qint64 m_duration = 0;  // ms, once it has ended
    qint64 m_fetched = 0;   // in runs that have ended
    qint64 m_stored = 0;    // likewise
    qint64 m_highWater = 0; // most bytes ever on disk in this round: progress is what goes beyond
    qint64 m_metered = 0;   // fetched bytes that the meter has seen
    qint64 m_bestProof = 0; // most bytes compared in one run: proving more is progress too
    int m_tries = 0;        // in a row without progress
    int m_retries = 0;
};

} // namespace longhaul
