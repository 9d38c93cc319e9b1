// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace longhaul::platformfile {

// Whether this is an absolute path of the file system. QDir takes one in Qt's resources (":/...") for
// absolute, and a NUL ends a path early. Pure; any thread.
bool isAbsolutePath(const QString &path);

// What Qt has no call for, in one place, each with a portable fallback. All of them block: for I/O threads.
// They return 0 or an errno value.

// Takes space for an open file of `size` bytes and makes it that long, a step at a time: some file systems
// take a quarter of a second for a GiB, and writes would wait for it. Moves `done`, 0 at first, on; `size` at
// the end. Where the file system cannot reserve, the file becomes sparse; also in memory (tmpfs), which is
// better left to others until it is needed. The first step returns ENOSPC when there is not room for all of
// it, so that a full disk shows at the start.
int reserve(int fd, qint64 *done, qint64 size);

// The file's data, and what is needed to read it back, is on the disk when this returns 0.
int syncData(int fd);
// The same, and its times, which stampOf() tells.
int syncAll(int fd);

// The names in a folder are on the disk when this returns 0. Where folders cannot be synced: 0.
int syncFolder(const QString &folder);

// Renames within one file system; EEXIST when `to` is there. In one step where the system can, else by link
// and unlink.
int renameWithoutReplacing(const QString &from, const QString &to);

// Renames within one file system, replacing `to` in one step.
int renameReplacing(const QString &from, const QString &to);

// Whether the open file is the one that has this name now. True where the system cannot tell.
bool isNameOf(int fd, const QString &path);

// Tells an open file as it is now from any other, and from itself once somebody has written to it: which file
// it is, its size, the time of the last change. Some file systems (FAT, FUSE, those of a network) give
// another one for the same file later. Opaque; empty where the system does not tell.
QByteArray stampOf(int fd);

// Makes the folder, and its parents that are missing; each name that is made is on the disk when this
// returns. True when it is there; else errno tells why. The second kind is for its owner alone.
bool makeFolder(const QString &path);
bool makeOwnFolder(const QString &path);

// For a connection that has ended: whether it was reset, as against closed in order. `socket` is a duplicate
// made while it was open (duplicateSocket), -1 for none. False where the system cannot tell.
int duplicateSocket(qintptr socket);
bool wasReset(int socket);
bool hasInput(int socket);       // bytes, or the end, are there to be read
bool hasUnconfirmed(int socket); // bytes were written that the other side has not confirmed
void closeSocket(int socket);

// The system's words for an errno value, e.g. "No space left on device".
QString errorText(int error);

} // namespace longhaul::platformfile
