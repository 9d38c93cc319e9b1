// SPDX-License-Identifier: MIT
#pragma once

#include "ui/files.h"
#include "ui/notifier.h"
#include "ui/sleepinhibitor.h"
#include "ui/tray.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace longhaul {

class MainWindow;

// What the user meets: the window, the tray, notifications, joined to each other. The window is made when it
// is first shown. Sees to it that the window can always be reached: it is shown when no tray is there for it.
class Desktop : public QObject
{
    Q_OBJECT

public:
    // All of them must outlive it.
    Desktop(DownloadManager &manager, Preferences &preferences, QThreadPool &ioThreads,
            QObject *parent = nullptr);
    ~Desktop() override;

    // Brings the window to the front, with `task` selected where there is one. `activationToken`: what lets
    // it come there under Wayland; may be empty.
    void show(const QString &activationToken = {}, DownloadTask *task = nullptr);
    // Instead of show() at the start: waits for the tray, which may come late at login, and shows the window
    // minimised when none has come.
    void startHidden();
    // Takes the window away, for the moments until the program has ended.
    void hide();
    bool isWindowVisible() const;
    bool isWindowInSight() const;

Q_SIGNALS:
    void quitWanted();

private:
    MainWindow &window();
    void joinTray();
    void joinNotifier();
    void joinManager();
    void toggle();
    void updateQuiet();
    void onTrayChanged(bool isThere);

    DownloadManager &m_manager;
    Preferences &m_preferences;
    QThreadPool &m_ioThreads;
    Files m_files;
    Tray m_tray;
    Notifier m_notifier;
    SleepInhibitor m_inhibitor;
    std::unique_ptr<MainWindow> m_window; // null until it is first shown
};

} // namespace longhaul
