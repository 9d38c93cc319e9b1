// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace longhaul::platform {

// What the edges of the process ask of the system and Qt has no call for, each with a portable fallback.

// The process at the other end of a local socket belongs to our user. True where the system cannot tell:
// there the rights of the socket decide.
bool isOwnPeer(qintptr socket);

// A folder, no link to one, that is ours and closed to others.
bool isPrivateFolder(const QString &path);
// Makes it when it is not there; whether it is private then.
bool makePrivateFolder(const QString &path);

// The longest path of a local socket, in bytes.
qsizetype mostSocketPathBytes();

// Our user, as a part of a name.
QString userId();

// Whether the process runs.
bool isAlive(qint64 pid);

// Enough open files and sockets, as far as the system lets us: each connection takes several.
void allowManyFiles();

// Blocks of a download's bytes come from memory that was freed before, not from the system each time: a tenth
// of the processor's time (measured). Before any thread is started.
void reuseMemory();

// Whether there is a display to show a window on.
bool hasDisplay();

} // namespace longhaul::platform
