// SPDX-License-Identifier: MIT
#pragma once

#include "ioqueue.h"
#include "resumedata.h"
#include "storeformat.h"

#include <QLockFile>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>

namespace longhaul {

class StoreWriter;

// How far a change must have come before `recorded` is emitted.
enum class Durability {
    Written, // handed to the system: survives the death of this process. A new entry, or one that is removed,
             // is on the disk within a second
    Synced,  // on the disk: survives a power cut
};

// The crash-safe JSON store keyed by URL (core/README.md, "The store").
//
//   downloads.json      a snapshot: one JSON object, each record on a line of its own
//   downloads.journal   one compact JSON line per change; the last one of a URL wins
//   downloads.json.1, downloads.journal.1   the generation before: together they equal the snapshot
//   lock                held while a process has the store open
//
// Each record and journal line carries a checksum of itself, so a damaged one is known and skipped, and all
// others are kept. Damaged files are copied aside ("downloads.json.damaged-1", ... at most five), a snapshot
// of a newer version as "downloads.json.version2-1". storeformat.h has the text, storefiles.h the files.
//
// Threads: all functions and signals belong to the owner's thread; the records are made into text, kept and
// written on an I/O thread, in the order of the calls but for those that stand in for older ones
// (StoreWriter). Files are 0600, the folder 0700.
class ResumeStore : public QObject
{
    Q_OBJECT

public:
    ResumeStore(const QString &folder, QThreadPool &threads, QObject *parent = nullptr);
    ~ResumeStore() override; // close()s, emitting nothing

    enum class OpenResult { Opened, LockedByOther, NotWritable };
    // Locks and loads; blocks. Unless Opened, errorString() says why not, and nothing was changed.
    OpenResult open();
    QString errorString() const { return m_errorString; }
    // One sentence for each thing that was damaged and what was done; empty when all was well.
    QStringList notices() const { return m_notices; }

    // Every record in the store, in the order they were added. This and what follows, but find(), wait while
    // there are changes under way: for the beginning. `take` must make none.
    QList<ResumeData> records() const;
    // The same, in no order, one after the other: a hundred thousand at once would weigh 60 MB.
    void forEachRecord(const std::function<void(ResumeData)> &take) const;
    // Of those alone that have a part file of their own: the others are not taken apart.
    void forEachWithPart(const std::function<void(const ResumeData &)> &take) const;
    int count() const;
    // With all that was put and removed. Blocks for no disk.
    std::optional<ResumeData> find(const QUrl &url) const;

    // Replaces the record of data.url; `recorded` follows. Returns the number by which it names the change.
    // Only while the store is open (open() succeeded, close() was not called).
    quint64 put(const ResumeData &data, Durability durability);
    quint64 remove(const QUrl &url);

    // Writes everything, compacts where it is worth it, emits what is left to emit, unlocks. Blocks; for the
    // end of the process.
    // In a hurry: without compaction, unless the files do not hold the list any more. What a listener puts
    // when it is told of the last changes comes too late.
    void close(bool inAHurry = false);

Q_SIGNALS:
    // The change `number` and all before it have come as far as was asked. Once per put() and remove().
    void recorded(quint64 number);
    // A write failed, for this reason (a sentence); the change is kept in memory and written again with the
    // next one, before it. `recorded` is emitted only when it succeeded.
    void writeFailed(const QString &reason);

private:
    bool lock();
    bool repair(storeformat::Records *records);
    bool isOpen() const { return m_io != nullptr; }
    std::unique_ptr<StoreWriter> newWriter();
    const storeformat::Records &settledRecords() const;
    void post(bool wanted);
    void syncSoon();
    void syncNow();
    void deliver();

    QString m_folder;
    QThreadPool &m_threads;
    QString m_errorString;
    QStringList m_notices;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<StoreWriter> m_writer;
    std::unique_ptr<IoQueue> m_io; // while open; goes first: its jobs use m_writer
    quint64 m_lastNumber = 0;
    QTimer m_syncSoon;      // runs while entries came or went that may not be on the disk
    bool m_removed = false; // some of them went
};

} // namespace longhaul
