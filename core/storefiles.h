// SPDX-License-Identifier: MIT
#pragma once

#include "storeformat.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

namespace longhaul {

// The files of the store (resumestore.h has their names), read and written step by step. Everything blocks.
// A kill or power cut at any point leaves a state from which load() gets every record that was appended.
//
// Why compact() is safe at each step: the older generation (downloads.json.1, then downloads.journal.1 on top
// of it) always gives what downloads.json gives, and the last line of a key wins, so replaying a journal on
// a snapshot that already holds its changes alters nothing. Each step is on the disk before the next begins.
//
// Not thread-safe: one thread at a time.
class StoreFiles
{
    Q_DECLARE_TR_FUNCTIONS(longhaul::StoreFiles)

public:
    explicit StoreFiles(const QString &folder);
    Q_DISABLE_COPY_MOVE(StoreFiles)

    // Makes the folder (and its parents), for its owner alone.
    bool makeFolder();
    // Takes the rights of others away where the folder belongs to the owner of `ownFile` and is not one that
    // everybody shares, such as the system's temporary folder.
    void closeFolderToOthers(const QString &ownFile);

    struct Loaded {
        storeformat::Records records;
        QStringList notices; // one sentence for each thing that was damaged and what was done
        qint64 journalBytes = 0;
    };
    // Copies damaged files aside, cuts off the torn end of the journal and opens it.
    // When the journal cannot be opened isOpen() is false. So it is when a file that is needed cannot be
    // opened for reading, which may pass: then nothing was changed.
    Loaded load();
    bool isOpen() const { return m_journal.isOpen(); }

    // Appends whole lines, or none, with one write, and syncs all that was appended if that is wanted. Unless
    // it is Done errorString() says why: when Failed the same lines are to be appended again, before others;
    // when Unconfirmed they are not to be appended again, but synced later: until then, as long as the system
    // runs, they are there.
    enum class Appended { Done, Unconfirmed, Failed };
    Appended append(const QByteArray &lines, bool sync);

    // Makes `records`, which are what the files say, the new snapshot and the present files the older
    // generation. With `rebuild` the present files are not trusted but replaced.
    bool compact(const storeformat::Records &records, bool rebuild);

    // The files do not hold all that was appended any more (the journal was removed, or a sync failed and
    // nobody knows what it lost), or are not to stay as they are: compact(all records, true) is due.
    bool needsRebuild() const { return m_needsRebuild; }
    void requireRebuild() { m_needsRebuild = true; }
    qint64 snapshotBytes() const { return m_snapshotBytes; }
    QString errorString() const { return m_errorString; }

    void close() { m_journal.close(); }

private:
    struct Content {
        QByteArray text;
        bool exists = false;
        bool readable = false;
    };
    // What was appended to the journal since it was opened or synced, from `begin` on.
    struct Unconfirmed {
        qint64 begin = 0;
        QByteArray bytes;
        bool isWhole = true; // else it has grown too large to be kept, or nobody knows its place
        void add(const QByteArray &appended);
    };
    Content read(const QString &name);
    storeformat::Loaded loadSnapshots(Loaded *loaded);
    void setAside(const QString &name, const QString &suffix, bool copy, QStringList *notices);
    bool openJournal();
    bool writeAll(QFile *file, const QByteArray &bytes);
    bool syncJournal();
    bool writeAgain();
    bool writeNew(const storeformat::Records &records);
    bool replaceAll(const storeformat::Records &records);
    bool rename(const QString &from, const QString &to);
    bool removeIfThere(const QString &name);
    bool syncFolder();
    bool fail(const QString &what, int error);
    QString path(const QString &name) const;

    QString m_folder;
    QString m_errorString;
    QFile m_journal;
    qint64 m_journalEnd = 0; // behind the last whole line
    Unconfirmed m_unconfirmed;
    bool m_lost = false;       // that is to be written again
    bool m_atLineStart = true; // else a newline goes first
    bool m_nameIsSafe = false; // the folder was synced since the journal was made
    bool m_needsRebuild = false;
    bool m_cannotRead = false;
    qint64 m_snapshotBytes = 0;
};

} // namespace longhaul
