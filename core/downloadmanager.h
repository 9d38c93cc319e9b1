// SPDX-License-Identifier: MIT
#pragma once

#include "downloadtask.h"
#include "partclaims.h"
#include "scheduler.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <map>
#include <variant>
#include <vector>

namespace longhaul {

// Where a task stands, or would stand, in the queue.
QueuePlace queuePlaceOf(const DownloadTask &task);

// Owns all tasks, the queue and the shared limits. Whoever wants to know how a download ended listens here.
// One thread, with an event loop.
class DownloadManager : public QObject, private TaskKeeper
{
    Q_OBJECT

public:
    // `store` is open. All of them must outlive the manager.
    DownloadManager(ResumeStore &store, NetworkPolicy &network, QThreadPool &ioThreads,
                    const Settings &settings, QObject *parent = nullptr);
    ~DownloadManager() override;

    // For a manager that does not restore(): what records tell of part files counts though they are no tasks.
    // Before the first add().
    void claimStored();

    // Makes a task of every record in the store; those that were under way when the program ended are queued
    // and go on. Emits added() for each.
    void restore();

    // The task for `url`: the one that is there, or that is trying this address; else one made from its
    // record, at rest, with its bytes; else a new one, queued. Options are those of the record where there is
    // one.
    DownloadTask *add(const QUrl &url, const TaskOptions &options = {});
    // A new task, queued, that continues the file at `path` (absolute), which another program has left
    // unfinished (see surveyForeign()): in its folder, under the name that it is meant to get or that of
    // `options`. Its bytes are proved against `url` first; until then the file is as it was, name included,
    // also when that fails (NotOfThisFile, NotAdoptable). The Error is InvalidUrl, UnsupportedScheme,
    // KnownAddress or, when a task has the file already, NotAdoptable; nothing was changed.
    std::variant<DownloadTask *, Error> adopt(const QUrl &url, const QString &path, TaskOptions options = {});
    DownloadTask *find(const QUrl &url) const;
    const std::vector<std::unique_ptr<DownloadTask>> &tasks() const { return m_tasks; }

    // Takes the task off the list, stopping it first, and deletes it. `withPart` also deletes its part file,
    // never a finished file. Returns its record, for putBack().
    ResumeData remove(DownloadTask *task, bool withPart)
    {
        return remove(QList{task}, withPart).constFirst();
    }
    // The same for many, in one go; each of them once. The records are in the order given.
    QList<ResumeData> remove(const QList<DownloadTask *> &tasks, bool withPart);
    // Undoes remove(): the task is in the list again and goes on where it was. Null when its URL is there.
    DownloadTask *putBack(ResumeData data);

    // Gives a Paused or Failed task another address and lets it run: size and proof by overlap decide whether
    // it leads to the same file. When they agree, the record moves to the new key and remembers the old one
    // (readdressed() follows); else the task fails with OtherFile and all is as before. Whatever else ends
    // the run, or pausing it, leaves the old address and its bytes as they were, too. A task without bytes
    // takes the new address at once. Returns what is wrong, before anything was changed (InvalidUrl,
    // UnsupportedScheme, KnownAddress, UnderWay); nothing when the task is queued.
    std::optional<Error> readdress(DownloadTask *task, const QUrl &url);

    // The Queued tasks, in the order in which they will start: by priority, then by place, then the one whose
    // link dies first, then the oldest first.
    std::vector<DownloadTask *> queue() const;
    // Moves those of `tasks` that are Queued within the queue, as rearranged() does. Their new places are
    // recorded.
    using QueueMove = longhaul::QueueMove;
    void moveInQueue(const QList<DownloadTask *> &tasks, QueueMove move);

    void pauseAll();
    void resumeAll(); // those that are Paused
    // For the end of the program: starts nothing any more and stops what runs; hasStopped() follows when that
    // is handed to the store, soon and once. Tasks that were under way go on at the next start.
    void shutDown();
    void apply(const Settings &settings);
    const Settings &settings() const { return m_settings; }
    // No task runs, waits or verifies: nothing will happen by itself.
    bool isAtRest() const { return m_busy.empty(); }

Q_SIGNALS:
    void added(longhaul::DownloadTask *task);
    // First all that go in one go, then each of them.
    void aboutToRemoveMany(const QList<longhaul::DownloadTask *> &tasks);
    void aboutToRemove(longhaul::DownloadTask *task);
    // Exactly one of them for each start of a task that was not paused or removed (see DownloadTask).
    void completed(const longhaul::TaskReport &report);
    void failed(const longhaul::TaskReport &report);
    // `task` is now known by task->url(), no longer by `old`.
    void readdressed(longhaul::DownloadTask *task, const QUrl &old);
    // Some task changed its state.
    void totalsChanged();
    void hasStopped(); // see shutDown()
    // Of every task, so that whoever watches all of them needs no connection to each: its state, its hold or
    // its address; its progress.
    void changed(longhaul::DownloadTask *task);
    void progressed(longhaul::DownloadTask *task);
    void recordChanged(longhaul::DownloadTask *task);

private:
    std::unique_ptr<DownloadTask> make(ResumeData data);
    DownloadTask *take(std::unique_ptr<DownloadTask> made);
    DownloadTask *addNew(ResumeData data);
    void claimFor(const ResumeData &record);
    bool hasFile(const QString &path) const;
    DownloadTask *known(const QUrl &url) const;
    void record(DownloadTask *task, Durability durability) override;
    void moved(DownloadTask *task, const QUrl &old) override;
    void stateChanged(DownloadTask *task) override;
    void holdChanged(DownloadTask *task) override;
    void progressChanged(DownloadTask *task) override { Q_EMIT progressed(task); }
    void ended(const TaskReport &report) override;
    QStringList partsOfOthers(const DownloadTask *task) const override
    {
        return m_parts.ofOthers(task->number());
    }
    QStringList filesOfOthers(const DownloadTask *task) const override;
    void onRecorded(quint64 number);
    void onWriteFailed(const QString &reason);
    std::vector<DownloadTask *> busy() const;
    void sortIn(DownloadTask *task);
    void reviewHolds();
    void scheduleSoon();
    void schedule();
    void stopped();

    ResumeStore &m_store;
    NetworkPolicy &m_network;
    QThreadPool &m_ioThreads;
    Settings m_settings;
    ConnectionPool m_connections;
    RateLimiter m_limiter;
    std::vector<std::unique_ptr<DownloadTask>> m_tasks; // in the order they were added, by number()
    std::map<quint64, DownloadTask *> m_busy;           // those that are not at rest, by number()
    std::map<quint64, QString> m_running;               // the hosts of those of them in Running or Verifying
    PartClaims m_parts;
    QHash<QByteArray, quint64> m_stored; // by the address of a record that is no task: what has its part file
    QSet<quint64> m_confused; // what several have in a damaged list: nobody knows whose bytes they are
    TaskQueue m_queue;        // and those in Queued
    QHash<QByteArray, DownloadTask *> m_byUrl;   // its text, which they share with their task
    QHash<QUrl, DownloadTask *> m_byCandidate;   // once theirs; DownloadTask::candidate() knows whether still
    QHash<quint64, DownloadTask *> m_awaited;    // record number -> whose it is
    QHash<DownloadTask *, quint64> m_lastRecord; // the one that counts for each, while it is awaited
    quint64 m_lastTask = 0;
    QDateTime m_lastAdded; // of a new task
    bool m_scheduling = false;
    bool m_leaving = false; // shutDown() was called
    bool m_stopped = false; // hasStopped() was emitted
};

} // namespace longhaul

Q_DECLARE_METATYPE(longhaul::TaskReport)
