// SPDX-License-Identifier: MIT
#include "platformfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#ifdef Q_OS_LINUX
#include <linux/magic.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#endif
#ifdef Q_OS_UNIX
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#endif

namespace longhaul::platformfile {

namespace {

constexpr qint64 kReserveStep = 32 << 20; // bytes

#ifdef Q_OS_UNIX
// Repeats a call that a signal interrupted; 0 or errno.
template <typename Call>
int errorOf(Call call)
{
    while (call() != 0) {
        if (errno != EINTR)
            return errno;
    }
    return 0;
}

qint64 sizeOf(int fd)
{
    struct stat file = {};
    return ::fstat(fd, &file) == 0 ? qint64(file.st_size) : 0;
}
#endif

#ifdef Q_OS_LINUX
// Whether the open file could not be `size` bytes long, whatever of it has its space already.
bool lacksRoom(int fd, qint64 size)
{
    struct stat file = {};
    struct statvfs disk = {};
    if (::fstat(fd, &file) != 0 || ::fstatvfs(fd, &disk) != 0 || disk.f_blocks == 0) // it does not tell
        return false;
    constexpr qint64 kBlock = 512; // of st_blocks (inode(7))
    const auto room = double(disk.f_bavail) * double(disk.f_frsize);
    return double(size - qint64(file.st_blocks) * kBlock) > room;
}

bool isInMemory(int fd)
{
    struct statfs disk = {};
    return ::fstatfs(fd, &disk) == 0 && disk.f_type == TMPFS_MAGIC;
}
#endif

[[maybe_unused]] bool cannot(int error)
{
    return error == EOPNOTSUPP || error == ENOSYS || error == EINVAL || error == ENODEV;
}

bool makeFolders(const QString &path, const std::function<bool(const QString &)> &make)
{
    if (QFileInfo(path).isDir())
        return true;
    const QString parent = QFileInfo(path).absolutePath();
    if (parent != path && !makeFolders(parent, make))
        return false;
    if (!make(path))
        return QFileInfo(path).isDir(); // another process was quicker
    errno = syncFolder(parent);
    return errno == 0;
}

} // namespace

bool isAbsolutePath(const QString &path)
{
    return QDir::isAbsolutePath(path) && !path.startsWith(QLatin1Char(':')) && !path.contains(QChar::Null);
}

int reserve(int fd, qint64 *done, qint64 size)
{
#if defined(Q_OS_LINUX)
    if (isInMemory(fd)) {
        if (lacksRoom(fd, size))
            return ENOSPC;
    } else {
        const qint64 begin = std::exchange(*done, std::min(size, *done + kReserveStep));
        // Not posix_fallocate(): where the file system cannot reserve, glibc's writes every block instead.
        const int error = errorOf([&] { return ::fallocate(fd, 0, off_t(begin), off_t(*done - begin)); });
        if (!error)
            return begin == 0 && *done < size && lacksRoom(fd, size) ? ENOSPC : 0;
        if (!cannot(error))
            return error;
    }
#endif
    *done = size;
#if defined(Q_OS_UNIX)
    return sizeOf(fd) >= size ? 0 : errorOf([&] { return ::ftruncate(fd, off_t(size)); });
#else
    QFile file;
    return file.open(fd, QIODevice::ReadWrite) && (file.size() >= size || file.resize(size)) ? 0 : EIO;
#endif
}

int syncData(int fd)
{
#ifdef Q_OS_LINUX
    return errorOf([fd] { return ::fdatasync(fd); });
#else
    return syncAll(fd);
#endif
}

int syncAll(int fd)
{
#ifdef Q_OS_UNIX
    return errorOf([fd] { return ::fsync(fd); });
#else
    Q_UNUSED(fd)
    return 0;
#endif
}

int syncFolder(const QString &folder)
{
#ifdef Q_OS_UNIX
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == EACCES ? 0 : errno; // a folder that may be entered but not read cannot be synced
    const int error = errorOf([fd] { return ::fsync(fd); });
    ::close(fd);
    return cannot(error) ? 0 : error;
#else
    Q_UNUSED(folder)
    return 0;
#endif
}

int renameWithoutReplacing(const QString &from, const QString &to)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
#ifdef Q_OS_LINUX
    const int error = errorOf([&] {
        return ::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE);
    });
    if (!cannot(error))
        return error;
#endif
#ifdef Q_OS_UNIX
    const int linked = errorOf([&] { return ::link(source.constData(), target.constData()); });
    if (linked == 0)
        return errorOf([&] { return ::unlink(source.constData()); });
    if (linked != EPERM && !cannot(linked))
        return linked;
#endif
    // A file system without hard links: the check and the rename are two steps.
    if (QFile::exists(to))
        return EEXIST;
    return QFile::rename(from, to) ? 0 : EIO;
}

int renameReplacing(const QString &from, const QString &to)
{
#ifdef Q_OS_UNIX
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    return errorOf([&] { return ::rename(source.constData(), target.constData()); });
#else
    std::error_code error;
    std::filesystem::rename(from.toStdU16String(), to.toStdU16String(), error);
    return error ? error.value() : 0;
#endif
}

bool isNameOf(int fd, const QString &path)
{
#ifdef Q_OS_UNIX
    struct stat open;
    struct stat named;
    return ::fstat(fd, &open) == 0 && ::lstat(QFile::encodeName(path).constData(), &named) == 0
           && open.st_dev == named.st_dev && open.st_ino == named.st_ino;
#else
    Q_UNUSED(fd)
    Q_UNUSED(path)
    return true;
#endif
}

QByteArray stampOf(int fd)
{
#ifdef Q_OS_LINUX
    struct stat file;
    if (::fstat(fd, &file) != 0)
        return {};
    return QByteArray::number(qulonglong(file.st_ino)) + ' ' + QByteArray::number(qlonglong(file.st_size))
           + ' ' + QByteArray::number(qlonglong(file.st_mtim.tv_sec)) + '.'
           + QByteArray::number(qlonglong(file.st_mtim.tv_nsec));
#else
    Q_UNUSED(fd)
    return {};
#endif
}

int duplicateSocket(qintptr socket)
{
#ifdef Q_OS_LINUX
    return socket < 0 ? -1 : ::fcntl(int(socket), F_DUPFD_CLOEXEC, 0);
#else
    Q_UNUSED(socket)
    return -1;
#endif
}

bool wasReset(int socket)
{
#ifdef Q_OS_LINUX
    // A reset leaves nothing; an orderly end leaves this side still to be closed.
    tcp_info info{};
    socklen_t size = sizeof info;
    return socket >= 0 && ::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0
           && info.tcpi_state == TCP_CLOSE;
#else
    Q_UNUSED(socket)
    return false;
#endif
}

bool hasInput(int socket)
{
#ifdef Q_OS_UNIX
    pollfd wanted{socket, POLLIN, 0};
    return socket >= 0 && ::poll(&wanted, 1, 0) > 0;
#else
    Q_UNUSED(socket)
    return false;
#endif
}

bool hasUnconfirmed(int socket)
{
#ifdef Q_OS_LINUX
    int bytes = 0;
    return socket >= 0 && ::ioctl(socket, SIOCOUTQ, &bytes) == 0 && bytes > 0;
#else
    Q_UNUSED(socket)
    return false;
#endif
}

void closeSocket(int socket)
{
#ifdef Q_OS_UNIX
    if (socket >= 0)
        ::close(socket);
#else
    Q_UNUSED(socket)
#endif
}

bool makeFolder(const QString &path)
{
    return makeFolders(path, [](const QString &missing) { return QDir().mkdir(missing); });
}

bool makeOwnFolder(const QString &path)
{
    // Once more by name: the mode given to mkdir is cut by the umask.
    static constexpr auto kOwner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    return makeFolders(path, [](const QString &missing) {
        return QDir().mkdir(missing, kOwner) && QFile::setPermissions(missing, kOwner);
    });
}

QString errorText(int error) { return QString::fromStdString(std::generic_category().message(error)); }

} // namespace longhaul::platformfile
