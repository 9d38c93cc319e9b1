// SPDX-License-Identifier: MIT
#include "files.h"

#include "dbuscall.h"
#include "plaintext.h"

#include <QDBusMessage>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMutex>
#include <QStandardPaths>
#include <QStorageInfo>
#include <QUrl>

namespace longhaul {

namespace {

// Anything of that name, also a link that leads nowhere.
bool isThere(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

// For showing it.
QString nameOf(const QString &path) { return plainText(QFileInfo(path).fileName()); }
QString folderOf(const QString &path) { return QFileInfo(path).absolutePath(); }

// `folder`, or the nearest one above it that is there.
QString nearestFolder(const QString &folder)
{
    QString path = QDir::cleanPath(folder);
    while (!QFileInfo::exists(path)) {
        const QString above = folderOf(path);
        if (above == path)
            break;
        path = above;
    }
    return path;
}

// Where the home's trash cannot be made, Qt 6.4 moves the file into "files" in the current folder and calls
// that a success. It makes "Trash" itself, but nothing above it.
bool canHaveTrash()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    const QFileInfo trash(data + QStringLiteral("/Trash"));
    if (trash.exists())
        return trash.isDir() && trash.isWritable();
    return QDir().mkpath(data) && QFileInfo(data).isWritable();
}

} // namespace

struct Files::Mailbox {
    QMutex mutex;
    Files *owner = nullptr;
};

Files::Files(QThreadPool &ioThreads, QObject *parent)
    : QObject(parent)
    , m_ioThreads(ioThreads)
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
}

Files::~Files()
{
    const QMutexLocker lock(&m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

// Each job on its own: a disk that does not answer holds up no other.
void Files::onIoThread(std::function<Then()> job)
{
    m_ioThreads.start([mailbox = m_mailbox, job = std::move(job)] {
        const Then then = job();
        const QMutexLocker lock(&mailbox->mutex);
        if (mailbox->owner)
            QMetaObject::invokeMethod(mailbox->owner, then, Qt::QueuedConnection); // dies with it
    });
}

void Files::open(const QString &path)
{
    onIoThread([this, path]() -> Then {
        if (!QFileInfo::exists(path))
            return [this, path] {
                Q_EMIT failed(tr("%1 is not there any more. It was moved or deleted.").arg(nameOf(path)));
            };
        return
            [this, path] { openUrl(path, tr("No program was found that can open %1.").arg(nameOf(path))); };
    });
}

void Files::openUrl(const QString &path, const QString &otherwise)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        Q_EMIT failed(otherwise);
}

void Files::showInFolder(const QString &path)
{
    onIoThread([this, path]() -> Then {
        const QString folder = folderOf(path);
        if (isThere(path))
            return [this, path, folder] { askFileManager(path, folder); };
        if (QFileInfo::exists(folder))
            return [this, folder] {
                openUrl(folder,
                        tr("No program was found that can open the folder %1.").arg(plainText(folder)));
            };
        return [this, folder] {
            Q_EMIT failed(
                tr("The folder %1 is not there any more. It was moved or deleted.").arg(plainText(folder)));
        };
    });
}

void Files::askFileManager(const QString &path, const QString &folder)
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("/org/freedesktop/FileManager1"),
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    call << QStringList{QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded)} << QString();
    callBus(Bus::Session, call, this, [this, folder](const QDBusMessage &reply) {
        if (reply.type() == QDBusMessage::ErrorMessage)
            openUrl(folder, tr("No program was found that can open the folder %1.").arg(plainText(folder)));
    });
}

void Files::trash(const QString &path)
{
    onIoThread([this, path]() -> Then {
        if (!isThere(path))
            return [this, path] {
                Q_EMIT failed(tr("%1 is not there any more. It was moved or deleted.").arg(nameOf(path)));
            };
        if (!canHaveTrash() || !QFile::moveToTrash(path))
            return [this, path] {
                Q_EMIT failed(
                    tr("%1 could not be moved to the trash. It is still where it was.").arg(nameOf(path)));
            };
        return [this, path] { Q_EMIT trashed(path); };
    });
}

void Files::askFreeSpace(const QString &folder)
{
    if (m_askedFor.contains(folder))
        return;
    m_askedFor.insert(folder);
    onIoThread([this, folder]() -> Then {
        const qint64 bytes = QStorageInfo(nearestFolder(folder)).bytesAvailable();
        return [this, folder, bytes] {
            m_askedFor.remove(folder);
            if (bytes >= 0)
                Q_EMIT freeSpace(folder, bytes);
        };
    });
}

} // namespace longhaul
