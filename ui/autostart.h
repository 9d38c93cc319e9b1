// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace longhaul {

class IoQueue;

// The XDG autostart entry (autostart/longhaul.desktop in the user's configuration folder) that starts
// "PROGRAM --background" at login.
QString autostartEntry(const QString &program); // the text of the file; the program's path is quoted
// Writes or deletes the entry on an I/O thread, only when it is not so already. Several calls take effect in
// their order.
void setAutostart(bool wanted, const QString &program, IoQueue &io);

} // namespace longhaul
