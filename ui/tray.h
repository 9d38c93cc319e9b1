// SPDX-License-Identifier: MIT
#pragma once

#include "overall.h"
#include "trayhost.h"

#include "core/downloadmanager.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>

class QAction;
class QMenu;
class QSystemTrayIcon;

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
    bool isThere() const { return m_isThere; }
    // A balloon at the icon, for Notifier::message(); nothing while no host is there. In an XEmbed tray it is
    // a window of this process, which Qt's own timer closes after 10 s.
    void showMessage(const QString &title, const QString &text);

Q_SIGNALS:
    void isThereChanged(bool isThere);
    void showWanted();   // the menu
    void toggleWanted(); // left click: show, or hide when it is in front
    void addFromClipboardWanted();
    void quitWanted();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void onHostChanged();
    void makeIcon();
    void makeMenu();
    void updateSoon();
    void update();
    void updateLimit();
    void showOverall(const Overall &overall);

    DownloadManager &m_manager;
    Preferences &m_preferences;
    TrayHost m_host;
    std::unique_ptr<QMenu> m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon; // from the first host on; goes first: it uses the menu
    QAction *m_pauseAll = nullptr;           // of m_menu
    QAction *m_resumeAll = nullptr;
    QAction *m_limit = nullptr;
    QBasicTimer m_tick;           // while bytes flow and the icon is shown
    std::optional<int> m_percent; // that the icon shows
    QString m_toolTip;
    bool m_isThere = false;
    bool m_updating = false; // update() is due in this turn of the event loop
};

} // namespace longhaul
