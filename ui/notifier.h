// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QObject>

namespace longhaul {

class Preferences;

// Tells of downloads that have ended, through the manager's completed() and failed() alone:
// org.freedesktop.Notifications with the actions Open and Show in folder (QtDBus, never blocking), else
// QSystemTrayIcon::showMessage through `message`. Several ends within a second or two become one summary.
// Silent while Settings::notifications is off, or while setQuiet(true) (the window is in front).
class Notifier : public QObject
{
    Q_OBJECT

public:
    Notifier(DownloadManager &manager, Preferences &preferences, QObject *parent = nullptr);
    ~Notifier() override;

    void setQuiet(bool quiet);
    // At once, whatever the settings: for what must be said.
    void say(const QString &title, const QString &text);

Q_SIGNALS:
    void openWanted(const QString &filePath);
    void showInFolderWanted(const QString &filePath);
    void showWanted(); // the notification itself was clicked
    // No notification service is there: show this some other way.
    void message(const QString &title, const QString &text);
};

} // namespace longhaul
