// SPDX-License-Identifier: MIT
// The functions of the C library that change files, with diskwatch around them.
#include "diskcalls.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace longhaul::test::diskwatch;

namespace {

template <typename Function>
Function *next(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

// The function that would have been called were it not for this file.
#define NEXT(function)                                                                                       \
    (*[] {                                                                                                   \
        static const auto real = next<decltype(function)>(#function);                                        \
        return real;                                                                                         \
    }())

mode_t modeIn(int flags, va_list &arguments)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

std::string joined(const iovec *parts, int count)
{
    std::string bytes;
    for (int i = 0; i < count; ++i)
        bytes.append(static_cast<const char *>(parts[i].iov_base), parts[i].iov_len);
    return bytes;
}

ssize_t writeAt(int fd, const void *bytes, size_t size, off_t offset)
{
    return aroundWrite(fd, bytes, size, offset,
                       [=](const void *b, size_t n) { return NEXT(pwrite64)(fd, b, n, offset); });
}

} // namespace

extern "C" {

#define DEFINE_OPEN(name)                                                                                    \
    int name(const char *path, int flags, ...)                                                               \
    {                                                                                                        \
        va_list arguments;                                                                                   \
        va_start(arguments, flags);                                                                          \
        const mode_t mode = modeIn(flags, arguments);                                                        \
        va_end(arguments);                                                                                   \
        return aroundOpen(AT_FDCWD, path, flags, [=] { return NEXT(name)(path, flags, mode); });             \
    }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_OPENAT(name)                                                                                  \
    int name(int folder, const char *path, int flags, ...)                                                   \
    {                                                                                                        \
        va_list arguments;                                                                                   \
        va_start(arguments, flags);                                                                          \
        const mode_t mode = modeIn(flags, arguments);                                                        \
        va_end(arguments);                                                                                   \
        return aroundOpen(folder, path, flags, [=] { return NEXT(name)(folder, path, flags, mode); });       \
    }
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)

int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd)
{
    return aroundClose(fd, [=] { return NEXT(close)(fd); });
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    return aroundWrite(fd, bytes, size, kHere,
                       [=](const void *b, size_t n) { return NEXT(write)(fd, b, n); });
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return writeAt(fd, bytes, size, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    return writeAt(fd, bytes, size, offset);
}
ssize_t writev(int fd, const iovec *parts, int count)
{
    const std::string bytes = joined(parts, count);
    return aroundWrite(fd, bytes.data(), bytes.size(), kHere,
                       [=](const void *b, size_t n) { return NEXT(write)(fd, b, n); });
}
ssize_t pwritev(int fd, const iovec *parts, int count, off_t offset)
{
    const std::string bytes = joined(parts, count);
    return writeAt(fd, bytes.data(), bytes.size(), offset);
}
ssize_t pwritev64(int fd, const iovec *parts, int count, off64_t offset)
{
    return pwritev(fd, parts, count, offset);
}

int ftruncate(int fd, off_t size) noexcept
{
    return aroundResize(fd, [=] { return NEXT(ftruncate)(fd, size); });
}
int ftruncate64(int fd, off64_t size) noexcept
{
    return aroundResize(fd, [=] { return NEXT(ftruncate64)(fd, size); });
}
int fallocate(int fd, int mode, off_t offset, off_t size)
{
    return aroundResize(fd, [=] { return NEXT(fallocate)(fd, mode, offset, size); });
}
int fallocate64(int fd, int mode, off64_t offset, off64_t size)
{
    return aroundResize(fd, [=] { return NEXT(fallocate64)(fd, mode, offset, size); });
}

int fsync(int fd) { return aroundSync(fd); }
int fdatasync(int fd) { return aroundSync(fd); }

int rename(const char *from, const char *to) noexcept
{
    return aroundRename(AT_FDCWD, from, AT_FDCWD, to, [=] { return NEXT(rename)(from, to); });
}
int renameat(int fromFolder, const char *from, int toFolder, const char *to) noexcept
{
    return aroundRename(fromFolder, from, toFolder, to,
                        [=] { return NEXT(renameat)(fromFolder, from, toFolder, to); });
}
int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned int flags) noexcept
{
    return aroundRename(fromFolder, from, toFolder, to,
                        [=] { return NEXT(renameat2)(fromFolder, from, toFolder, to, flags); });
}
int link(const char *from, const char *to) noexcept
{
    return aroundLink(AT_FDCWD, from, AT_FDCWD, to, [=] { return NEXT(link)(from, to); });
}
int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    return aroundLink(fromFolder, from, toFolder, to,
                      [=] { return NEXT(linkat)(fromFolder, from, toFolder, to, flags); });
}
int unlink(const char *path) noexcept
{
    return aroundUnlink(AT_FDCWD, path, false, [=] { return NEXT(unlink)(path); });
}
int unlinkat(int folder, const char *path, int flags) noexcept
{
    return aroundUnlink(folder, path, (flags & AT_REMOVEDIR) != 0,
                        [=] { return NEXT(unlinkat)(folder, path, flags); });
}
int rmdir(const char *path) noexcept
{
    return aroundUnlink(AT_FDCWD, path, true, [=] { return NEXT(rmdir)(path); });
}
int mkdir(const char *path, mode_t mode) noexcept
{
    return aroundMakeFolder(AT_FDCWD, path, [=] { return NEXT(mkdir)(path, mode); });
}
int mkdirat(int folder, const char *path, mode_t mode) noexcept
{
    return aroundMakeFolder(folder, path, [=] { return NEXT(mkdirat)(folder, path, mode); });
}

} // extern "C"
