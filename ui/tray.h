// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QObject>

namespace longhaul {

class Preferences;

// The icon in the desktop's tray: progress of all together, and a menu (Show, Add from clipboard, Pause all,
// Resume all, Limit speed, Quit). Waits for a tray host that comes late (no QSystemTrayIcon is asked before
// the StatusNotifierWatcher's name is owned, or an XEmbed tray is there: Qt 6.4 caches its first answer),
// notices when the host dies and comes back with it. No timer runs while nothing is downloaded.
class Tray : public QObject
{
    Q_OBJECT

public:
    Tray(DownloadManager &manager, Preferences &preferences, QObject *parent = nullptr);
    ~Tray() override;

    // A host really shows the icon: a hidden window can be reached.
    bool isThere() const;

Q_SIGNALS:
    void isThereChanged(bool isThere);
    void showWanted();   // click, or the menu
    void toggleWanted(); // left click: show, or hide when it is in front
    void addFromClipboardWanted();
    void quitWanted();
};

} // namespace longhaul
