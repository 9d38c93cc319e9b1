// SPDX-License-Identifier: MIT
#include "partdisk.h"

#include "filename.h"
#include "partclaims.h"
#include "platformfile.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace longhaul {

namespace {

constexpr qsizetype kMostNameBytes = 255;
constexpr int kMostNumbers = 10'000; // "name (10000).ext": somebody is in trouble

Error fileError(ErrorCode otherwise, int error)
{
    ErrorCode code = otherwise;
    if (error == ENOSPC || error == EDQUOT)
        code = ErrorCode::DiskFull;
    else if (error == EFBIG)
        code = ErrorCode::FileTooLarge;
    else if (error == ENAMETOOLONG)
        code = ErrorCode::NameTooLong;
    return {code, 0, error ? platformfile::errorText(error) : QString(), {}};
}

// Never another code, whatever the reason: it means that bytes are unknown that were written before.
Error syncError(int error) { return {ErrorCode::SyncFailed, 0, platformfile::errorText(error), {}}; }

QString pathIn(const QString &folder, const QString &name) { return QDir(folder).filePath(name); }

// Anything of that name, also a link that leads nowhere.
bool isTaken(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

} // namespace

std::variant<PartDisk::Opened, Error> PartDisk::create(const QString &folder, const QString &name,
                                                       ConflictPolicy policy, const QStringList &others)
{
    errno = 0;
    if (!platformfile::makeFolder(folder))
        return fileError(ErrorCode::FolderNotWritable, errno);
    if (QFile::encodeName(name).size() > kMostNameBytes)
        return Error{ErrorCode::NameTooLong, 0, {}, {}};
    const QString wanted = pathIn(folder, name);
    if ((policy == ConflictPolicy::Skip && isTaken(wanted))
        || (policy == ConflictPolicy::Overwrite && isOneOf(wanted, others)))
        return Error{ErrorCode::TargetExists, 0, name, {}};
    for (int n = 1; n <= kMostNumbers; ++n) {
        const QString numbered = numberedName(name, n);
        const QString target = pathIn(folder, policy == ConflictPolicy::Rename ? numbered : name);
        const QString part = pathIn(folder, partName(numbered));
        const bool isFree = policy != ConflictPolicy::Rename || !(isTaken(target) || isOneOf(target, others));
        if (!isFree || isOneOf(part, others))
            continue;
        m_file.setFileName(part);
        errno = 0;
        if (m_file.open(QIODevice::ReadWrite | QIODevice::NewOnly | QIODevice::Unbuffered))
            return Opened{target, m_file.fileName()};
        if (errno != EEXIST)
            return fileError(ErrorCode::FolderNotWritable, errno);
    }
    return Error{ErrorCode::TargetExists, 0, name, {}};
}

std::optional<Error> PartDisk::open(const QString &path, QIODevice::OpenMode mode)
{
    m_file.setFileName(path);
    errno = 0;
    if (m_file.open(mode | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return {};
    const auto code = mode == QIODevice::ReadOnly ? ErrorCode::ReadFailed : ErrorCode::FolderNotWritable;
    return fileError(code, errno);
}

std::variant<std::optional<qint64>, Error> PartDisk::openExisting(const QString &partPath)
{
    const QFileInfo info(partPath);
    if (!info.isFile() || info.isSymLink())
        return std::optional<qint64>();
    if (const auto error = open(partPath))
        return *error;
    return std::optional(m_file.size());
}

std::variant<bool, Error> PartDisk::moveTo(const QString &path, const QStringList &others)
{
    const bool isNamed = m_file.fileName() == path;
    const bool isOthers = isOneOf(path, others);
    // Another program has put another one there, or it has become another task's meanwhile.
    if (!platformfile::isNameOf(m_file.handle(), m_file.fileName()) || (isNamed && isOthers))
        return Error{ErrorCode::NotAdoptable, 0, {}, {}};
    if (isOthers)
        return false;
    if (const int error = isNamed ? 0 : platformfile::renameWithoutReplacing(m_file.fileName(), path))
        return error == EEXIST ? std::variant<bool, Error>(false) : fileError(ErrorCode::RenameFailed, error);
    m_file.close(); // it knows itself by its name
    if (const auto error = open(path))
        return *error;
    if (const int unsynced = platformfile::syncFolder(QFileInfo(path).absolutePath()))
        return syncError(unsynced);
    return true;
}

std::optional<Error> PartDisk::reserve(qint64 *done, qint64 total)
{
    const bool isLong = *done == 0 && m_file.size() >= total;
    if (isLong || !m_file.isOpen()) { // or finished meanwhile
        *done = total;
        return {};
    }
    const int error = platformfile::reserve(m_file.handle(), done, total);
    return error ? std::optional(fileError(ErrorCode::WriteFailed, error)) : std::nullopt;
}

std::optional<Error> PartDisk::write(qint64 offset, const QByteArray &bytes)
{
    errno = 0;
    if (!at(offset) || m_file.write(bytes) != bytes.size())
        return fileError(ErrorCode::WriteFailed, errno);
    return {};
}

std::variant<qint64, Error> PartDisk::compare(qint64 offset, const QByteArray &bytes)
{
    QByteArray there(bytes.size(), Qt::Uninitialized);
    errno = 0;
    qint64 got = at(offset) ? 0 : -1;
    while (got >= 0 && got < bytes.size()) {
        const qint64 n = m_file.read(there.data() + got, bytes.size() - got);
        if (n == 0)
            break; // shorter than the record said: what is missing is not equal
        got = n < 0 ? -1 : got + n;
    }
    if (got < 0)
        return fileError(ErrorCode::ReadFailed, errno);
    const auto differs = std::mismatch(there.cbegin(), there.cbegin() + got, bytes.cbegin());
    return qint64(differs.first - there.cbegin());
}

// Somebody has put another file in its place.
bool PartDisk::isReplaced() const
{
    return !platformfile::isNameOf(m_file.handle(), m_file.fileName()) && isTaken(m_file.fileName());
}

// Its name, too, or nobody would find it after a power cut: or find another file there.
std::optional<Error> PartDisk::syncBy(int (*call)(int))
{
    if (isReplaced())
        return Error{ErrorCode::PartReplaced, 0, {}, {}};
    int error = call(m_file.handle());
    if (!error && !std::exchange(m_nameIsSafe, true))
        error = platformfile::syncFolder(QFileInfo(m_file.fileName()).absolutePath());
    // A folder that is gone: commit() tells of it.
    return error && error != ENOENT ? std::optional(syncError(error)) : std::nullopt;
}

std::optional<Error> PartDisk::sync() { return syncBy(platformfile::syncData); }

std::optional<Error> PartDisk::rest(std::optional<qint64> total)
{
    const std::optional<Error> error = total ? cut(*total) : std::nullopt;
    return error ? error : syncBy(platformfile::syncAll);
}

std::optional<Error> PartDisk::cut(qint64 total)
{
    errno = 0;
    const bool done = m_file.size() <= total || m_file.resize(total);
    return done ? std::nullopt : std::optional(fileError(ErrorCode::WriteFailed, errno));
}

QByteArray PartDisk::stamp() const { return platformfile::stampOf(m_file.handle()); }

std::optional<Error> PartDisk::verify(qint64 total, const std::optional<ExpectedDigest> &digest)
{
    if (m_file.size() < total)
        return Error{ErrorCode::BodyTooShort, 0, {}, {}};
    if (const auto error = cut(total))
        return error;
    if (const auto error = sync())
        return error;
    if (!digest)
        return {};
    const auto actual = digestOfFile(m_file.fileName(), digest->algorithm, &cancelled);
    if (!actual)
        return Error{ErrorCode::ReadFailed, 0, {}, {}};
    if (*actual != digest->value)
        return Error{ErrorCode::ChecksumMismatch, 0, {}, {}};
    return {};
}

std::variant<PartDisk::Committed, Error> PartDisk::commit(const QString &target, ConflictPolicy policy)
{
    const QFileInfo info(target);
    const QString folder = info.absolutePath();
    if (policy == ConflictPolicy::Overwrite && info.isDir())
        return Error{ErrorCode::TargetExists, 0, info.fileName(), {}};
    if (isReplaced())
        return Error{ErrorCode::PartReplaced, 0, {}, {}};
    const int error = policy == ConflictPolicy::Overwrite
                          ? platformfile::renameReplacing(m_file.fileName(), target)
                          : platformfile::renameWithoutReplacing(m_file.fileName(), target);
    if (error == EEXIST && policy == ConflictPolicy::Rename) {
        for (int n = 2; n <= kMostNumbers; ++n) {
            const QString next = pathIn(folder, numberedName(info.fileName(), n));
            if (!isTaken(next))
                return Committed{next, false};
        }
    }
    if (error == EEXIST)
        return Error{ErrorCode::TargetExists, 0, info.fileName(), {}};
    if (error)
        return fileError(ErrorCode::RenameFailed, error);
    m_file.close();
    if (const int unsynced = platformfile::syncFolder(folder))
        return syncError(unsynced);
    return Committed{target, true};
}

} // namespace longhaul
