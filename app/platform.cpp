// SPDX-License-Identifier: MIT
#include "platform.h"

#include <QDir>
#include <QFile>

#include <algorithm>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace longhaul::platform {

#ifdef Q_OS_UNIX

bool isOwnPeer(qintptr socket)
{
#if defined(SO_PEERCRED) && defined(Q_OS_LINUX)
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
#else
    uid_t user = 0;
    gid_t group = 0;
    return ::getpeereid(int(socket), &user, &group) == 0 && user == ::geteuid();
#endif
}

bool isPrivateFolder(const QString &path)
{
    struct stat info {
    };
    return ::lstat(QFile::encodeName(path).constData(), &info) == 0 && S_ISDIR(info.st_mode)
           && info.st_uid == ::geteuid() && (info.st_mode & 077) == 0;
}

bool makePrivateFolder(const QString &path)
{
    return (::mkdir(QFile::encodeName(path).constData(), 0700) == 0 || errno == EEXIST)
           && isPrivateFolder(path);
}

void allowManyFiles()
{
    constexpr rlim_t kEnough = 65'536; // more only costs those who close them all in a loop
    rlimit files{};
    const bool known = ::getrlimit(RLIMIT_NOFILE, &files) == 0;
    const rlim_t wanted = std::min(files.rlim_max, kEnough);
    if (known && files.rlim_cur < wanted) {
        files.rlim_cur = wanted;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

qsizetype mostSocketPathBytes() { return qsizetype(sizeof(sockaddr_un::sun_path)) - 1; }

QString userId() { return QString::number(::geteuid()); }

bool isAlive(qint64 pid)
{
    if (::kill(pid_t(pid), 0) != 0 && errno == ESRCH)
        return false;
#ifdef Q_OS_LINUX
    // It may have ended without anybody having asked how.
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = status.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
#else
    return true;
#endif
}

#else

bool isOwnPeer(qintptr) { return true; }

bool isPrivateFolder(const QString &path) { return QFileInfo(path).isDir(); }

bool makePrivateFolder(const QString &path) { return QDir().mkpath(path); }

void allowManyFiles() {}

qsizetype mostSocketPathBytes() { return 200; }

QString userId() { return qEnvironmentVariable("USERNAME"); }

bool isAlive(qint64) { return true; }

#endif

void reuseMemory()
{
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(name))
            return true;
    }
    return false;
#else
    return true;
#endif
}

} // namespace longhaul::platform
