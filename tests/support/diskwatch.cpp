// SPDX-License-Identifier: MIT
#include "diskwatch.h"

#include "diskcalls.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace longhaul::test::diskwatch {

namespace {

using Clock = std::chrono::steady_clock;
using Inode = std::pair<dev_t, ino_t>;
using Lock = std::lock_guard<std::recursive_mutex>;

struct OpenFile {
    uint64_t file = 0; // 0: a folder
    std::string path;
    bool appends = false;
};

struct Watch {
    std::recursive_mutex mutex; // for all of it
    std::string folder;         // empty while nothing is watched
    Clock::time_point begin;
    std::vector<Entry> entries;
    std::map<int, OpenFile> open;
    std::map<Inode, uint64_t> files;
    std::map<uint64_t, std::vector<std::pair<off_t, size_t>>> unsynced; // by file
    uint64_t lastFile = 0;
    Fault fault;
    std::array<int, std::size(kKinds)> calls{};
    bool failed = false;
    bool wasShort = false;  // a write, for want of space
    bool failsNext = false; // the write after it
    std::string bootId;
};

// Never destroyed: files are closed until the very end.
Watch &state()
{
    static auto *const watch = new Watch;
    return *watch;
}

constexpr int kMostFiles = 1 << 16;
std::array<std::atomic<bool>, kMostFiles> watched{}; // by descriptor: sockets must not be held up

bool isWatched(int fd) { return fd >= 0 && fd < kMostFiles && watched[size_t(fd)]; }

// The path, if it is one of those that are watched.
std::optional<std::string> ours(int folder, const char *path)
{
    const Watch &w = state();
    if (w.folder.empty() || !path || path[0] != '/' || folder != AT_FDCWD)
        return {};
    std::string text = path;
    while (text.size() > 1 && text.back() == '/')
        text.pop_back();
    return (text + '/').starts_with(w.folder + '/') ? std::optional(text) : std::nullopt;
}

void record(Entry entry)
{
    Watch &w = state();
    entry.at = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - w.begin).count();
    w.entries.push_back(std::move(entry));
}

// Whether this call of the kind is to fail; errno is set then.
bool fails(Kind kind)
{
    Watch &w = state();
    const int call = ++w.calls[size_t(kind)];
    const bool now = w.fault.error != 0 && w.fault.kind == kind
                     && (call == w.fault.nth || (w.fault.onwards && call > w.fault.nth));
    w.failed = w.failed || now;
    errno = now ? w.fault.error : errno;
    return now;
}

void remember(int fd, const std::string &path, int flags, bool isNew)
{
    Watch &w = state();
    struct stat info = {};
    if (fd >= kMostFiles || ::fstat(fd, &info) != 0 || (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)))
        return;
    OpenFile file{0, path, (flags & O_APPEND) != 0};
    if (S_ISREG(info.st_mode)) {
        uint64_t &number = w.files[{info.st_dev, info.st_ino}];
        if (isNew)
            number = ++w.lastFile;
        file.file = number;
        if (isNew)
            record({.op = Op::Create, .file = number, .path = path});
        else if ((flags & O_TRUNC) != 0)
            record({.op = Op::Resize, .file = number});
    }
    w.open[fd] = file;
    watched[size_t(fd)] = true;
}

int openBootId()
{
    const std::string text = state().bootId + '\n';
    const int fd = ::memfd_create("boot_id", MFD_CLOEXEC);
    const bool written = fd >= 0 && ::write(fd, text.data(), text.size()) == ssize_t(text.size());
    return written && ::lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

void wrote(int fd, const void *bytes, size_t size, off_t offset)
{
    const uint64_t file = state().open[fd].file;
    const std::string text(static_cast<const char *>(bytes), size);
    record({.op = Op::Write, .file = file, .offset = offset, .bytes = text});
    state().unsynced[file].emplace_back(offset, size);
}

// What a disk that failed has instead of what it was given.
void lose(int fd)
{
    Watch &w = state();
    const auto lost = std::exchange(w.unsynced[w.open[fd].file], {});
    // By another way into the file, for one that appends writes nowhere else.
    const std::string path = "/proc/self/fd/" + std::to_string(fd);
    const int again = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    struct stat info = {};
    if (again < 0 || ::fstat(again, &info) != 0)
        return;
    for (auto [offset, size] : lost) {
        const std::string zeros(size_t(std::clamp<off_t>(info.st_size - offset, 0, off_t(size))), '\0');
        if (::pwrite(again, zeros.data(), zeros.size(), offset) == ssize_t(zeros.size()))
            wrote(fd, zeros.data(), zeros.size(), offset);
    }
    ::close(again);
    w.unsynced[w.open[fd].file].clear();
}

// Two names of one step.
int aroundNames(Op op, std::pair<int, const char *> from, std::pair<int, const char *> to, const Call &real)
{
    const Lock lock(state().mutex);
    const auto source = ours(from.first, from.second);
    const auto target = ours(to.first, to.second);
    if (!source && !target)
        return real();
    if (fails(Kind::Rename))
        return -1;
    const int result = real();
    if (result == 0 && source && target)
        record({.op = op, .path = *source, .to = *target});
    return result;
}

[[gnu::constructor]] void obeyEnvironment()
{
    const char *const folder = ::getenv("LONGHAUL_DISK_WATCH");
    const char *const fault = ::getenv("LONGHAUL_DISK_FAULT");
    int kind = 0;
    int nth = 0;
    int error = 0;
    int onwards = 0;
    if (folder && fault && ::sscanf(fault, "%d %d %d %d", &kind, &nth, &error, &onwards) == 4) {
        watch(folder);
        failOn({Kind(kind), nth, error, onwards != 0});
    }
}

} // namespace

void watch(const std::string &folder)
{
    Watch &w = state();
    const Lock lock(w.mutex);
    stop();
    w.folder = folder;
    w.begin = Clock::now();
}

std::vector<Entry> stop()
{
    Watch &w = state();
    const Lock lock(w.mutex);
    for (const auto &[fd, file] : w.open)
        watched[size_t(fd)] = false;
    w.open.clear();
    w.files.clear();
    w.unsynced.clear();
    w.folder.clear();
    w.fault = {};
    return std::exchange(w.entries, {});
}

void mark(const std::string &what)
{
    const Lock lock(state().mutex);
    record({.op = Op::Mark, .path = what});
}

void failOn(const Fault &fault)
{
    Watch &w = state();
    const Lock lock(w.mutex);
    w.fault = fault;
    w.calls.fill(0);
    w.failed = w.wasShort = w.failsNext = false;
}

bool heal()
{
    Watch &w = state();
    const Lock lock(w.mutex);
    w.fault = {};
    w.failsNext = false;
    return w.failed;
}

void pretendBoot(const std::string &id)
{
    const Lock lock(state().mutex);
    state().bootId = id;
}

int aroundOpen(int folder, const char *path, int flags, const Call &real)
{
    Watch &w = state();
    std::unique_lock lock(w.mutex);
    if (!w.bootId.empty() && path == std::string_view("/proc/sys/kernel/random/boot_id"))
        return openBootId();
    const auto name = ours(folder, path);
    if (!name) {
        lock.unlock(); // it may take long
        return real();
    }
    if (fails(Kind::Open))
        return -1;
    struct stat info = {};
    const bool isNew = (flags & O_CREAT) != 0 && ::lstat(path, &info) != 0;
    const int fd = real();
    if (fd >= 0)
        remember(fd, *name, flags, isNew);
    return fd;
}

int aroundClose(int fd, const Call &real)
{
    if (!isWatched(fd))
        return real();
    const Lock lock(state().mutex);
    watched[size_t(fd)] = false;
    state().open.erase(fd);
    const int result = real();
    return fails(Kind::Close) ? -1 : result;
}

ssize_t aroundWrite(int fd, const void *bytes, size_t size, off_t offset, const WriteCall &real)
{
    if (!isWatched(fd))
        return real(bytes, size);
    Watch &w = state();
    const Lock lock(w.mutex);
    if (std::exchange(w.failsNext, false)) {
        errno = ENOSPC;
        return -1;
    }
    if (fails(Kind::Write)) {
        if (errno != ENOSPC || size < 2 || std::exchange(w.wasShort, true))
            return -1;
        w.failsNext = true;
        size /= 2;
    }
    if (w.open[fd].appends)
        offset = ::lseek(fd, 0, SEEK_END);
    else if (offset == kHere)
        offset = ::lseek(fd, 0, SEEK_CUR);
    const ssize_t done = real(bytes, size);
    if (done > 0)
        wrote(fd, bytes, size_t(done), offset);
    return done;
}

int aroundResize(int fd, const Call &real)
{
    if (!isWatched(fd))
        return real();
    const Lock lock(state().mutex);
    if (fails(Kind::Resize))
        return -1;
    struct stat before = {};
    struct stat after = {};
    ::fstat(fd, &before);
    const int result = real();
    if (::fstat(fd, &after) == 0 && before.st_size != after.st_size)
        record({.op = Op::Resize, .file = state().open[fd].file, .offset = after.st_size});
    return result;
}

int aroundSync(int fd)
{
    if (!isWatched(fd))
        return 0;
    Watch &w = state();
    const Lock lock(w.mutex);
    const OpenFile &file = w.open[fd];
    if (fails(Kind::Sync)) {
        const int error = errno;
        if (file.file != 0)
            lose(fd);
        errno = error;
        return -1;
    }
    w.unsynced.erase(file.file);
    record({.op = file.file != 0 ? Op::Sync : Op::SyncFolder, .file = file.file, .path = file.path});
    return 0;
}

int aroundRename(int fromFolder, const char *from, int toFolder, const char *to, const Call &real)
{
    return aroundNames(Op::Rename, {fromFolder, from}, {toFolder, to}, real);
}

int aroundLink(int fromFolder, const char *from, int toFolder, const char *to, const Call &real)
{
    return aroundNames(Op::Link, {fromFolder, from}, {toFolder, to}, real);
}

int aroundUnlink(int folder, const char *path, bool isFolder, const Call &real)
{
    const Lock lock(state().mutex);
    const auto name = ours(folder, path);
    if (!name)
        return real();
    if (fails(Kind::Unlink))
        return -1;
    const int result = real();
    if (result == 0)
        record({.op = isFolder ? Op::RemoveFolder : Op::Unlink, .path = *name});
    return result;
}

int aroundMakeFolder(int folder, const char *path, const Call &real)
{
    const Lock lock(state().mutex);
    const auto name = ours(folder, path);
    if (!name)
        return real();
    if (fails(Kind::MakeFolder))
        return -1;
    const int result = real();
    if (result == 0)
        record({.op = Op::MakeFolder, .path = *name});
    return result;
}

} // namespace longhaul::test::diskwatch
