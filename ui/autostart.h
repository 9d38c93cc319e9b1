// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QThreadPool;

namespace longhaul {

// The XDG autostart entry (autostart/longhaul.desktop in the user's configuration folder) that starts
// "PROGRAM --background" at login.
QString autostartEntry(const QString &program); // the text of the file; the program's path is quoted
// Writes or deletes the entry on a thread of `ioThreads`, only when it is not so already.
void setAutostart(bool wanted, const QString &program, QThreadPool &ioThreads);

} // namespace longhaul
