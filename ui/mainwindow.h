// SPDX-License-Identifier: MIT
#pragma once

#include "groupbar.h"

#include "core/downloadmanager.h"
#include "core/linkfile.h"

#include <QMainWindow>

#include <memory>

class QLineEdit;
class QMimeData;
class QSplitter;
class QStackedWidget;

namespace longhaul {

class Actions;
class AddFlow;
class DetailsPane;
class EmptyState;
class Files;
class MessageBar;
class Preferences;
class SettingsDialog;
class StatusLine;
class TaskCommands;
class TaskFilter;
class TaskList;
class TaskModel;
class TaskQuestions;

// The window. Everything it does it does through the manager and the preferences, as the tray and the control
// socket do. Closing it only hides it while it can be reached again; else, with downloads under way, it asks.
// What it remembers of itself is in the preferences as "main".
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    // All of them must outlive the window.
    MainWindow(DownloadManager &manager, Preferences &preferences, Files &files, QThreadPool &ioThreads,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    // Whether a hidden window can be reached again (a tray is there).
    void setReachable(bool reachable) { m_reachable = reachable; }

    // Shown, not minimised, in front, as far as the desktop lets us.
    void showAndRaise();
    // Asks what to do with these: the dialog for one, the checkable list for many. Those that are in the list
    // already are shown instead.
    void offer(const QList<Link> &links);
    void addFromClipboard();
    // Shows the task in the list, whatever is filtered, and its details.
    void reveal(DownloadTask *task);
    // One sentence at the bottom, for a while.
    void say(const QString &sentence);

Q_SIGNALS:
    void quitWanted();
    void shownOrHidden(); // isVisible() is as it will stay
    // Hidden to the tray; `firstTime`: it has never been before, so the user should be told.
    void wentToBackground(bool firstTime);

protected:
    void closeEvent(QCloseEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildCenter();
    void connectActions();
    void connectParts();
    void restoreState();
    void rememberState();
    void refreshSoon(); // once for all that changes in this turn of the event loop
    void refresh();
    void onSelection();
    void onDropped(const QMimeData &mime, const QPoint &at);
    void onDroppedOnto(DownloadTask *under, const QPoint &at, const Link &link);
    void toggleLimit();
    SettingsDialog *openSettings();

    DownloadManager &m_manager;
    Preferences &m_preferences;
    Files &m_files;
    Actions *m_actions;
    TaskCommands *m_commands;
    AddFlow *m_adding;
    TaskQuestions *m_questions;
    TaskModel *m_model;
    TaskFilter *m_filter;
    TaskList *m_list;
    GroupBar *m_groups;
    EmptyState *m_empty;
    QStackedWidget *m_center;
    DetailsPane *m_details;
    MessageBar *m_messages;
    StatusLine *m_status;
    QLineEdit *m_search;
    QSplitter *m_columns; // groups | list
    QSplitter *m_rows;    // those / details
    bool m_reachable = false;
    bool m_refreshing = false;
    bool m_spaceIsOld = true; // free space is to be asked for again
};

} // namespace longhaul
