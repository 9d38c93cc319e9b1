// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"
#include "checksum.h"
#include "error.h"
#include "ioqueue.h"
#include "settings.h"

#include <QObject>

#include <memory>
#include <optional>

namespace longhaul {

class PartDisk;

// The part file beside the target. Every operation is queued and done in order on an I/O thread; its answer
// comes as a signal on the owner's thread. After failed() nothing more is done and nothing more is emitted.
//
// The destructor waits for nothing: the operation that runs now (a write, a sync) comes to its end, queued
// ones are dropped. A caller that wants its bytes kept waits for written() first.
class PartFile : public QObject
{
    Q_OBJECT

public:
    explicit PartFile(QThreadPool &ioThreads, QObject *parent = nullptr);
    ~PartFile() override;

    // Makes a new part file for `name` (safe, see filename.h) in `folder`, which is made where missing. The
    // name is taken only if neither it nor its part file exists; else Rename numbers it, Overwrite keeps it
    // (numbering only the part file), Skip fails with TargetExists. A part file of `others` counts as
    // existing, whether it does or not. Answer: opened.
    void create(const QString &folder, const QString &name, ConflictPolicy policy,
                const QStringList &others = {});

    // Opens a part file that is there; `received` is what the record says it holds. Answer: opened, with
    // what it can really hold (a shortened file holds less) and its stamp as found (see ResumeData), or
    // missing.
    void openExisting(const QString &partPath, const QString &targetPath, const RangeSet &received);

    // Gives the open file another path in its folder, never that of another one or of `others`, and syncs the
    // folder. Answer: moved, or nameTaken.
    void moveTo(const QString &path, const QStringList &others = {});

    // Opens a finished file for verify() alone. No answer when it worked.
    void openFinished(const QString &path);

    // Reserves space for the whole file, little by little: what is queued meanwhile does not wait for all of
    // it. Fails with DiskFull, at once where the file system tells
    // its free space and nobody else takes it, or FileTooLarge. No answer when it worked.
    void reserve(qint64 total);
    // It is as long as it is going to be.
    void endReserving() { m_reserving = 0; }

    // Bytes that may be queued now before the bound is reached; <= 0 when it is. Grows with each written().
    qint64 room() const { return kQueueLimit - m_queued; }
    bool isIdle() const { return m_pending == 0; }

    void write(qint64 offset, const QByteArray &bytes);   // Answer: written
    void compare(qint64 offset, const QByteArray &bytes); // Answer: compared
    void sync();                                          // Answer: synced
    // It is left alone now: cut to `total` bytes where it is longer, and synced with its times. Answer:
    // rested.
    void rest(std::optional<qint64> total);
    // How long it is, when it has rested and nothing was written here since.
    std::optional<qint64> restedSize() const { return m_restedSize; }
    void forgetRest() { m_restedSize.reset(); }

    // Cuts the file to `total` bytes, syncs it, and compares its digest. Answer: verified, or failed with
    // ChecksumMismatch and the file as it was.
    void verify(qint64 total, const std::optional<ExpectedDigest> &digest);
    // Gives the verified file its name and syncs the folder. Answer: committed; or targetTaken, with the
    // next free name, when a file of that name has appeared and the policy is Rename: commit again with it.
    void commit(const QString &targetPath, ConflictPolicy policy);

    static constexpr qint64 kQueueLimit = 4 << 20;

Q_SIGNALS:
    void opened(const QString &targetPath, const QString &partPath, const longhaul::RangeSet &holds,
                const QByteArray &stamp);
    // There is no such part file. `targetSize` is that of a file at the target path, if one is there.
    void missing(std::optional<qint64> targetSize);
    void moved();
    void nameTaken();
    void written(longhaul::ByteRange range);
    void compared(longhaul::ByteRange range, qint64 equalBytes);
    void synced();
    void rested(const QByteArray &stamp);
    void verified();
    void committed(const QString &targetPath);
    void targetTaken(const QString &nextTargetPath);
    // `stamp` is that of the open file as it is left, or empty.
    void failed(const longhaul::Error &error, const QByteArray &stamp);

private:
    struct Mailbox; // how answers find back

    using Answer = std::function<void(PartFile *)>;
    // Queues `job`; what it returns is called on the owner's thread, unless failed() came before.
    void post(std::function<Answer(PartDisk &)> job);
    static Answer failure(PartDisk &disk, const Error &error);
    void reserveOn(qint64 done, qint64 total);

    std::shared_ptr<PartDisk> m_disk;
    std::shared_ptr<Mailbox> m_mailbox;
    IoQueue m_io;
    qint64 m_queued = 0;    // bytes on their way to the disk
    int m_pending = 0;      // operations not yet answered
    qint64 m_reserving = 0; // what it is made long for, until it is
    std::optional<qint64> m_restedSize;
    bool m_failed = false;
};

} // namespace longhaul
