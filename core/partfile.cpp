// SPDX-License-Identifier: MIT
#include "partfile.h"

#include "filename.h"
#include "partclaims.h"
#include "platformfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMutex>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <variant>

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

// Runs on the I/O thread alone; each function returns an Error or its result.
class PartFile::Disk
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
    std::optional<Error> write(qint64 offset, const QByteArray &bytes);
    std::variant<qint64, Error> compare(qint64 offset, const QByteArray &bytes);
    std::optional<Error> sync();
    std::optional<Error> verify(qint64 total, const std::optional<ExpectedDigest> &digest);
    // The name the file now has, or the free one to try next.
    struct Committed {
        QString target;
        bool done;
    };
    std::variant<Committed, Error> commit(const QString &target, ConflictPolicy policy);

    QFile file;
    std::atomic_bool cancelled = false;
    bool failed = false; // from then on nothing is done any more

private:
    bool at(qint64 offset) { return file.pos() == offset || file.seek(offset); }

    bool m_nameIsSafe = false; // the folder was synced since the file was opened
};

std::variant<PartFile::Disk::Opened, Error> PartFile::Disk::create(const QString &folder, const QString &name,
                                                                   ConflictPolicy policy,
                                                                   const QStringList &others)
{
    errno = 0;
    if (!platformfile::makeFolder(folder))
        return fileError(ErrorCode::FolderNotWritable, errno);
    if (QFile::encodeName(name).size() > kMostNameBytes)
        return Error{ErrorCode::NameTooLong, 0, {}, {}};
    if (policy == ConflictPolicy::Skip && isTaken(pathIn(folder, name)))
        return Error{ErrorCode::TargetExists, 0, name, {}};
    for (int n = 1; n <= kMostNumbers; ++n) {
        const QString numbered = numberedName(name, n);
        const QString target = pathIn(folder, policy == ConflictPolicy::Rename ? numbered : name);
        const QString part = pathIn(folder, partName(numbered));
        if ((policy == ConflictPolicy::Rename && isTaken(target)) || isOneOf(part, others))
            continue;
        file.setFileName(part);
        errno = 0;
        if (file.open(QIODevice::ReadWrite | QIODevice::NewOnly | QIODevice::Unbuffered))
            return Opened{target, file.fileName()};
        if (errno != EEXIST)
            return fileError(ErrorCode::FolderNotWritable, errno);
    }
    return Error{ErrorCode::TargetExists, 0, name, {}};
}

std::optional<Error> PartFile::Disk::open(const QString &path, QIODevice::OpenMode mode)
{
    file.setFileName(path);
    errno = 0;
    if (file.open(mode | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return {};
    const auto code = mode == QIODevice::ReadOnly ? ErrorCode::ReadFailed : ErrorCode::FolderNotWritable;
    return fileError(code, errno);
}

std::variant<std::optional<qint64>, Error> PartFile::Disk::openExisting(const QString &partPath)
{
    const QFileInfo info(partPath);
    if (!info.isFile() || info.isSymLink())
        return std::optional<qint64>();
    if (const auto error = open(partPath))
        return *error;
    return std::optional(file.size());
}

std::variant<bool, Error> PartFile::Disk::moveTo(const QString &path, const QStringList &others)
{
    if (!platformfile::isNameOf(file.handle(), file.fileName())) // another program has put another one there
        return Error{ErrorCode::NotAdoptable, 0, {}, {}};
    if (isOneOf(path, others))
        return false;
    const bool isNamed = file.fileName() == path;
    if (const int error = isNamed ? 0 : platformfile::renameWithoutReplacing(file.fileName(), path))
        return error == EEXIST ? std::variant<bool, Error>(false) : fileError(ErrorCode::RenameFailed, error);
    file.close(); // it knows itself by its name
    if (const auto error = open(path))
        return *error;
    if (const int unsynced = platformfile::syncFolder(QFileInfo(path).absolutePath()))
        return syncError(unsynced);
    return true;
}

std::optional<Error> PartFile::Disk::write(qint64 offset, const QByteArray &bytes)
{
    errno = 0;
    if (!at(offset) || file.write(bytes) != bytes.size())
        return fileError(ErrorCode::WriteFailed, errno);
    return {};
}

std::variant<qint64, Error> PartFile::Disk::compare(qint64 offset, const QByteArray &bytes)
{
    QByteArray there(bytes.size(), Qt::Uninitialized);
    errno = 0;
    qint64 got = at(offset) ? 0 : -1;
    while (got >= 0 && got < bytes.size()) {
        const qint64 n = file.read(there.data() + got, bytes.size() - got);
        if (n == 0)
            break; // shorter than the record said: what is missing is not equal
        got = n < 0 ? -1 : got + n;
    }
    if (got < 0)
        return fileError(ErrorCode::ReadFailed, errno);
    const auto differs = std::mismatch(there.cbegin(), there.cbegin() + got, bytes.cbegin());
    return qint64(differs.first - there.cbegin());
}

// Its name, too, or nobody would find it after a power cut: or find another file there.
std::optional<Error> PartFile::Disk::sync()
{
    int error = platformfile::syncData(file.handle());
    if (!error && !std::exchange(m_nameIsSafe, true))
        error = platformfile::syncFolder(QFileInfo(file.fileName()).absolutePath());
    // A folder that is gone: commit() tells of it.
    return error && error != ENOENT ? std::optional(syncError(error)) : std::nullopt;
}

std::optional<Error> PartFile::Disk::verify(qint64 total, const std::optional<ExpectedDigest> &digest)
{
    errno = 0;
    if (file.size() < total)
        return Error{ErrorCode::BodyTooShort, 0, {}, {}};
    if (file.size() != total && !file.resize(total))
        return fileError(ErrorCode::WriteFailed, errno);
    if (const auto error = sync())
        return error;
    if (!digest)
        return {};
    const auto actual = digestOfFile(file.fileName(), digest->algorithm, &cancelled);
    if (!actual)
        return Error{ErrorCode::ReadFailed, 0, {}, {}};
    if (*actual != digest->value)
        return Error{ErrorCode::ChecksumMismatch, 0, {}, {}};
    return {};
}

std::variant<PartFile::Disk::Committed, Error> PartFile::Disk::commit(const QString &target,
                                                                      ConflictPolicy policy)
{
    const QFileInfo info(target);
    const QString folder = info.absolutePath();
    if (policy == ConflictPolicy::Overwrite && info.isDir())
        return Error{ErrorCode::TargetExists, 0, info.fileName(), {}};
    const bool isOwn = platformfile::isNameOf(file.handle(), file.fileName());
    if (!isOwn && isTaken(file.fileName())) // somebody has put another file there
        return Error{ErrorCode::RenameFailed, 0, {}, {}};
    const int error = policy == ConflictPolicy::Overwrite
                          ? platformfile::renameReplacing(file.fileName(), target)
                          : platformfile::renameWithoutReplacing(file.fileName(), target);
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
    file.close();
    if (const int unsynced = platformfile::syncFolder(folder))
        return syncError(unsynced);
    return Committed{target, true};
}

// The owner may die while a job runs.
struct PartFile::Mailbox {
    QMutex mutex;
    PartFile *owner;
};

PartFile::PartFile(QThreadPool &ioThreads, QObject *parent)
    : QObject(parent)
    , m_disk(std::make_shared<Disk>())
    , m_mailbox(std::make_shared<Mailbox>())
    , m_io(ioThreads)
{
    m_mailbox->owner = this;
}

PartFile::~PartFile()
{
    m_disk->cancelled = true;
    const QMutexLocker lock(&m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

void PartFile::post(std::function<Answer(Disk &)> job)
{
    ++m_pending;
    m_io.post([disk = m_disk, mailbox = m_mailbox, job = std::move(job)] {
        if (disk->cancelled)
            return;
        Answer answer = disk->failed ? Answer() : job(*disk);
        const QMutexLocker lock(&mailbox->mutex);
        PartFile *self = mailbox->owner;
        if (!self)
            return;
        QMetaObject::invokeMethod(
            self, // dies with it
            [self, answer = std::move(answer)] {
                --self->m_pending;
                if (!self->m_failed && answer)
                    answer(self);
            },
            Qt::QueuedConnection);
    });
}

PartFile::Answer PartFile::failure(Disk &disk, const Error &error)
{
    disk.failed = true;
    return [error](PartFile *self) {
        self->m_failed = true;
        Q_EMIT self->failed(error);
    };
}

void PartFile::create(const QString &folder, const QString &name, ConflictPolicy policy,
                      const QStringList &others)
{
    post([=](Disk &disk) -> Answer {
        const auto result = disk.create(folder, name, policy, others);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        return [made = std::get<Disk::Opened>(result)](PartFile *self) {
            Q_EMIT self->opened(made.target, made.part, {});
        };
    });
}

void PartFile::openExisting(const QString &partPath, const QString &targetPath, const RangeSet &received)
{
    post([=](Disk &disk) -> Answer {
        const auto result = disk.openExisting(partPath);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        const auto size = std::get<std::optional<qint64>>(result);
        const QString folder = QFileInfo(targetPath).absolutePath();
        // Perhaps on a drive that is not mounted now.
        if (!size && !received.isEmpty() && !QFileInfo(folder).isDir())
            return failure(disk, Error{ErrorCode::FolderMissing, 0, folder, {}});
        if (size) {
            return [=, holds = received.intersected({0, *size})](PartFile *self) {
                Q_EMIT self->opened(targetPath, partPath, holds);
            };
        }
        const QFileInfo target(targetPath);
        const auto targetSize = target.isFile() ? std::optional(target.size()) : std::nullopt;
        return [targetSize](PartFile *self) { Q_EMIT self->missing(targetSize); };
    });
}

void PartFile::moveTo(const QString &path, const QStringList &others)
{
    post([=](Disk &disk) -> Answer {
        const auto result = disk.moveTo(path, others);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        return [done = std::get<bool>(result)](PartFile *self) {
            if (done)
                Q_EMIT self->moved();
            else
                Q_EMIT self->nameTaken();
        };
    });
}

void PartFile::openFinished(const QString &path)
{
    post([path](Disk &disk) -> Answer {
        const auto error = disk.open(path, QIODevice::ReadOnly);
        return error ? failure(disk, *error) : Answer();
    });
}

void PartFile::reserve(qint64 total) { reserveOn(0, total); }

void PartFile::reserveOn(qint64 done, qint64 total)
{
    post([done, total](Disk &disk) mutable -> Answer {
        const bool isLong = done == 0 && disk.file.size() >= total;
        if (isLong || !disk.file.isOpen()) // or finished meanwhile
            return {};
        if (const int error = platformfile::reserve(disk.file.handle(), &done, total))
            return failure(disk, fileError(ErrorCode::WriteFailed, error));
        return done < total ? [=](PartFile *self) { self->reserveOn(done, total); } : Answer();
    });
}

void PartFile::write(qint64 offset, const QByteArray &bytes)
{
    m_queued += bytes.size();
    post([offset, bytes](Disk &disk) -> Answer {
        if (const auto error = disk.write(offset, bytes))
            return failure(disk, *error);
        return [offset, size = bytes.size()](PartFile *self) {
            self->m_queued -= size;
            Q_EMIT self->written({offset, offset + size});
        };
    });
}

void PartFile::compare(qint64 offset, const QByteArray &bytes)
{
    m_queued += bytes.size();
    post([offset, bytes](Disk &disk) -> Answer {
        const auto result = disk.compare(offset, bytes);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        return [offset, size = bytes.size(), equal = std::get<qint64>(result)](PartFile *self) {
            self->m_queued -= size;
            Q_EMIT self->compared({offset, offset + size}, equal);
        };
    });
}

void PartFile::sync()
{
    post([](Disk &disk) -> Answer {
        const auto error = disk.sync();
        return error ? failure(disk, *error) : [](PartFile *self) { Q_EMIT self->synced(); };
    });
}

void PartFile::verify(qint64 total, const std::optional<ExpectedDigest> &digest)
{
    post([=](Disk &disk) -> Answer {
        const auto error = disk.verify(total, digest);
        return error ? failure(disk, *error) : [](PartFile *self) { Q_EMIT self->verified(); };
    });
}

void PartFile::commit(const QString &targetPath, ConflictPolicy policy)
{
    post([=](Disk &disk) -> Answer {
        const auto result = disk.commit(targetPath, policy);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        return [outcome = std::get<Disk::Committed>(result)](PartFile *self) {
            if (outcome.done)
                Q_EMIT self->committed(outcome.target);
            else
                Q_EMIT self->targetTaken(outcome.target);
        };
    });
}

} // namespace longhaul
