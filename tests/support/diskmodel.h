// SPDX-License-Identifier: MIT
#pragma once

#include "diskwatch.h"

#include <QByteArray>
#include <QMap>
#include <QRandomGenerator>
#include <QSet>
#include <QString>

#include <functional>
#include <map>
#include <vector>

namespace longhaul::test {

using DiskTrace = std::vector<diskwatch::Entry>;
bool saveTrace(const DiskTrace &trace, const QString &path);
DiskTrace loadTrace(const QString &path);

// What a disk holds below the folder that was watched: by absolute path.
struct DiskState {
    QSet<QString> folders;
    QMap<QString, QByteArray> files;
    bool operator==(const DiskState &) const = default;

    // What is in `folder` now.
    static DiskState of(const QString &folder);
    // In the place of all that is in `folder`. False when that cannot be done.
    bool write(const QString &folder) const;
    // What of it is below `from`, as if it were below `to`.
    DiskState moved(const QString &from, const QString &to) const;
};

// What may be on a disk after a power cut, for any file system that keeps what POSIX promises of fsync() and
// rename(), and nothing else: the bytes of a file are there when the file was synced, its name when its
// folder was. Of the rest each page (4 KiB) holds what it held at any time since the file was synced, one of
// them torn between two sectors; a file has any size it had since; and of the changes to names none, all, the
// first few, or any of them have happened. A rename has happened or it has not.
class DiskModel
{
public:
    void apply(const diskwatch::Entry &entry);

    DiskState now() const; // nothing is lost
    DiskState afterCut(QRandomGenerator &random) const;

private:
    using FileId = quint64;
    struct File {
        QByteArray synced;
        std::vector<diskwatch::Entry> since; // writes and resizes
    };
    struct Names {
        QMap<QString, FileId> files;
        QSet<QString> folders;
    };
    struct NameChange {
        diskwatch::Op op;
        QString path, to;
        FileId file; // what is created, linked or renamed
    };

    static void change(Names *names, const NameChange &change);
    static void change(QByteArray *bytes, const diskwatch::Entry &entry);
    void changeName(const NameChange &change);
    void syncFolder(const QString &folder);
    Names namesAfterCut(QRandomGenerator &random) const;
    static QByteArray bytesAfterCut(const File &file, QRandomGenerator &random);
    static QByteArray anyPages(const File &file, QRandomGenerator &random);
    DiskState stateOf(const Names &names, const std::function<QByteArray(const File &)> &bytes) const;

    std::map<FileId, File> m_files;
    Names m_now, m_synced;
    std::vector<NameChange> m_since; // m_synced was
};

} // namespace longhaul::test
