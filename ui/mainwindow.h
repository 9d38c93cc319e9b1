// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"
#include "core/linkfile.h"

#include <QMainWindow>

namespace longhaul {

class Preferences;

// The window. Everything it does it does through the manager and the preferences, as the tray and the control
// socket do. Closing it only hides it while background() says so; else it emits quitWanted() or asks.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(DownloadManager &manager, Preferences &preferences, QWidget *parent = nullptr);
    ~MainWindow() override;

    // Whether a hidden window can be reached again (a tray is there).
    void setReachable(bool reachable);

    // Shown, not minimised, in front, as far as the desktop lets us.
    void showAndRaise();
    // Asks what to do with these: the dialog for one, the checkable list for many. Those that are in the list
    // already are shown instead.
    void offer(const QList<Link> &links);
    void addFromClipboard();

Q_SIGNALS:
    void quitWanted();
    // Hidden to the tray; `firstTime`: it has never been before, so the user should be told.
    void wentToBackground(bool firstTime);
};

} // namespace longhaul
