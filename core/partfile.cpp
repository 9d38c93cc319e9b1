// SPDX-License-Identifier: MIT
#include "partfile.h"

#include "partdisk.h"

#include <QFileInfo>
#include <QMutex>

#include <utility>

namespace longhaul {

// The owner may die while a job runs.
struct PartFile::Mailbox {
    QMutex mutex;
    PartFile *owner;
};

PartFile::PartFile(QThreadPool &ioThreads, QObject *parent)
    : QObject(parent)
    , m_disk(std::make_shared<PartDisk>())
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

void PartFile::post(std::function<Answer(PartDisk &)> job)
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

PartFile::Answer PartFile::failure(PartDisk &disk, const Error &error)
{
    disk.failed = true;
    return [error, stamp = disk.stamp()](PartFile *self) {
        self->m_failed = true;
        Q_EMIT self->failed(error, stamp);
    };
}

void PartFile::create(const QString &folder, const QString &name, ConflictPolicy policy,
                      const QStringList &others)
{
    post([=](PartDisk &disk) -> Answer {
        const auto result = disk.create(folder, name, policy, others);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        return [made = std::get<PartDisk::Opened>(result)](PartFile *self) {
            Q_EMIT self->opened(made.target, made.part, {}, {});
        };
    });
}

void PartFile::openExisting(const QString &partPath, const QString &targetPath, const RangeSet &received)
{
    post([=](PartDisk &disk) -> Answer {
        const auto result = disk.openExisting(partPath);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        const auto size = std::get<std::optional<qint64>>(result);
        const QString folder = QFileInfo(targetPath).absolutePath();
        // Perhaps on a drive that is not mounted now.
        if (!size && !received.isEmpty() && !QFileInfo(folder).isDir())
            return failure(disk, Error{ErrorCode::FolderMissing, 0, folder, {}});
        if (size) {
            return [=, holds = received.intersected({0, *size}), stamp = disk.stamp()](PartFile *self) {
                Q_EMIT self->opened(targetPath, partPath, holds, stamp);
            };
        }
        const QFileInfo target(targetPath);
        const auto targetSize = target.isFile() ? std::optional(target.size()) : std::nullopt;
        return [targetSize](PartFile *self) { Q_EMIT self->missing(targetSize); };
    });
}

void PartFile::moveTo(const QString &path, const QStringList &others)
{
    post([=](PartDisk &disk) -> Answer {
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
    post([path](PartDisk &disk) -> Answer {
        const auto error = disk.open(path, QIODevice::ReadOnly);
        return error ? failure(disk, *error) : Answer();
    });
}

void PartFile::reserve(qint64 total)
{
    if (std::exchange(m_reserving, total) != total)
        reserveOn(0, total);
}

void PartFile::reserveOn(qint64 done, qint64 total)
{
    post([done, total](PartDisk &disk) mutable -> Answer {
        if (const auto error = disk.reserve(&done, total))
            return failure(disk, *error);
        return [=](PartFile *self) {
            if (self->m_reserving != total) // not wanted any more
                return;
            if (done < total)
                self->reserveOn(done, total);
            else
                self->m_reserving = 0;
        };
    });
}

void PartFile::write(qint64 offset, const QByteArray &bytes)
{
    m_queued += bytes.size();
    m_restedSize.reset();
    post([offset, bytes](PartDisk &disk) -> Answer {
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
    post([offset, bytes](PartDisk &disk) -> Answer {
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
    post([](PartDisk &disk) -> Answer {
        const auto error = disk.sync();
        return error ? failure(disk, *error) : [](PartFile *self) { Q_EMIT self->synced(); };
    });
}

void PartFile::rest(std::optional<qint64> total)
{
    endReserving();
    post([total](PartDisk &disk) -> Answer {
        if (const auto error = disk.rest(total))
            return failure(disk, *error);
        return [stamp = disk.stamp(), size = disk.size()](PartFile *self) {
            self->m_restedSize = size;
            Q_EMIT self->rested(stamp);
        };
    });
}

void PartFile::verify(qint64 total, const std::optional<ExpectedDigest> &digest)
{
    endReserving();
    post([=](PartDisk &disk) -> Answer {
        const auto error = disk.verify(total, digest);
        return error ? failure(disk, *error) : [](PartFile *self) { Q_EMIT self->verified(); };
    });
}

void PartFile::commit(const QString &targetPath, ConflictPolicy policy)
{
    post([=](PartDisk &disk) -> Answer {
        const auto result = disk.commit(targetPath, policy);
        if (const auto *error = std::get_if<Error>(&result))
            return failure(disk, *error);
        return [outcome = std::get<PartDisk::Committed>(result)](PartFile *self) {
            if (outcome.done)
                Q_EMIT self->committed(outcome.target);
            else
                Q_EMIT self->targetTaken(outcome.target);
        };
    });
}

} // namespace longhaul
