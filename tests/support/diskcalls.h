// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include <sys/types.h>

// What diskwatch does around each call of the C library: `real` is that call. Returns and sets errno as the
// call does.
namespace longhaul::test::diskwatch {

using Call = std::function<int()>;
using WriteCall = std::function<ssize_t(const void *bytes, size_t size)>;

constexpr off_t kHere = -1; // where the file's position is

int aroundOpen(int folder, const char *path, int flags, const Call &real);
int aroundClose(int fd, const Call &real);
ssize_t aroundWrite(int fd, const void *bytes, size_t size, off_t offset, const WriteCall &real);
int aroundResize(int fd, const Call &real);
int aroundSync(int fd);
int aroundRename(int fromFolder, const char *from, int toFolder, const char *to, const Call &real);
int aroundLink(int fromFolder, const char *from, int toFolder, const char *to, const Call &real);
int aroundUnlink(int folder, const char *path, bool isFolder, const Call &real);
int aroundMakeFolder(int folder, const char *path, const Call &real);

} // namespace longhaul::test::diskwatch
