// SPDX-License-Identifier: MIT
#pragma once

#include "checksum.h"
#include "error.h"
#include "settings.h"

#include <QFile>
#include <QStringList>

#include <atomic>
#include <optional>
#include <variant>

namespace longhaul {

// What PartFile does to the disk, where it says what each of these is for. All of it blocks: for one I/O
// thread at a time, but for `cancelled`. Each function returns an Error or its result.
class PartDisk
{
public:
    struct Opened {
        QString target;
        QString part;
    };

    std::variant<Opened, Error> create(const QString &folder, const QString &name, ConflictPolicy policy,
                                       const QStringList &others);
    std::optional<Error> open(const QString &path, QIODevice::OpenMode mode = QIODevice::ReadWrite);
    // Size of the part file; nothing when it is not there.
    std::variant<std::optional<qint64>, Error> openExisting(const QString &partPath);
    // Whether that name was free.
    std::variant<bool, Error> moveTo(const QString &path, const QStringList &others);
    // Takes space for `total` bytes, a step at a time: from `done`, 0 at first, to what it is then.
    std::optional<Error> reserve(qint64 *done, qint64 total);
    std::optional<Error> write(qint64 offset, const QByteArray &bytes);
    std::variant<qint64, Error> compare(qint64 offset, const QByteArray &bytes);
    std::optional<Error> sync();
    std::optional<Error> rest(std::optional<qint64> total);
    qint64 size() const { return m_file.size(); }
    QByteArray stamp() const; // platformfile::stampOf()
    std::optional<Error> verify(qint64 total, const std::optional<ExpectedDigest> &digest);
    // The name the file now has, or the free one to try next.
    struct Committed {
        QString target;
        bool done;
    };
    std::variant<Committed, Error> commit(const QString &target, ConflictPolicy policy);

    std::atomic_bool cancelled = false; // by the owner, from its thread
    bool failed = false;                // from then on nothing is done any more

private:
    bool isReplaced() const;
    std::optional<Error> syncBy(int (*call)(int));
    std::optional<Error> cut(qint64 total);
    bool at(qint64 offset) { return m_file.pos() == offset || m_file.seek(offset); }

    QFile m_file;
    bool m_nameIsSafe = false; // the folder was synced since the file was opened
};

} // namespace longhaul
