// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

// Sees, and can fail, what this process does to the files under one folder: a shared library that stands
// before the C library, linked (or preloaded) into a test. Linux; absolute paths; files that are not mapped.
// While it watches, nothing is really synced: what a sync would have saved is for DiskModel to say.
//
// Preloaded into a program it watches the folder LONGHAUL_DISK_WATCH from the beginning, and fails what
// LONGHAUL_DISK_FAULT="KIND NTH ERROR ONWARDS" says, in numbers as in Fault.
//
// All functions may be called from any thread. What happens at once is recorded one after the other.
namespace longhaul::test::diskwatch {

enum class Op {
    Create,       // `path` is a new, empty file: `file`
    Write,        // `bytes` at `offset` of `file`
    Resize,       // `file` is `offset` bytes long now
    Sync,         // of the data of `file`
    SyncFolder,   // of the names in `path`
    Rename,       // `path` to `to`, which it replaces
    Link,         // `path` has `to` as another name
    Unlink,       // of `path`
    MakeFolder,   // `path`
    RemoveFolder, // `path`
    Mark,         // what the test says: `path`
};

struct Entry {
    Op op = Op::Mark;
    int64_t at = 0; // microseconds since watch()
    uint64_t file = 0;
    int64_t offset = 0;
    std::string path = {};
    std::string to = {};
    std::string bytes = {};
};

// Begins with an empty folder. stop() returns all that happened, in order.
void watch(const std::string &folder);
std::vector<Entry> stop();
void mark(const std::string &what);

// What can fail. Open counts those for reading, too; Resize: reserving space as well.
enum class Kind { Open, Close, Write, Sync, Rename, Resize, Unlink, MakeFolder };
constexpr Kind kKinds[] = {Kind::Open,   Kind::Close,  Kind::Write,  Kind::Sync,
                           Kind::Rename, Kind::Resize, Kind::Unlink, Kind::MakeFolder};

// The `nth` call (from 1 on) of this kind under the watched folder fails with `error`, an errno value, and
// with `onwards` all later ones, too. A write that meets ENOSPC is a short one first. A sync that fails loses
// what was written since the last one: zeros are there now. A close closes all the same.
struct Fault {
    Kind kind = Kind::Open;
    int nth = 0;
    int error = 0;
    bool onwards = false;
};
void failOn(const Fault &fault);
// No faults from now on. Whether there was one since failOn().
bool heal();

// From now on the system's boot id is this one; for a process that has not asked for it yet.
void pretendBoot(const std::string &id);

} // namespace longhaul::test::diskwatch
