// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace longhaul {

// The path of the socket at which the owner of the list of downloads in `stateDir` answers: "control" in that
// folder. Where that is too long for a socket: a name made of a hash of it, in XDG_RUNTIME_DIR, else in a
// folder of our own among the temporary files. Empty when the folder is not there, or no place is safe from
// others. Whatever spells the folder, the same path. Makes the folder of our own.
QString controlPath(const QString &stateDir);

} // namespace longhaul
