// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QObject>

namespace longhaul {

class Files;

// What the window does to tasks: all of it through the manager's and the tasks' public calls. Removing can be
// undone until the next removal. One thread; manager and files outlive it.
class TaskCommands : public QObject
{
    Q_OBJECT

public:
    using Tasks = QList<DownloadTask *>;

    TaskCommands(DownloadManager &manager, Files &files, QObject *parent = nullptr);

    static void resume(const Tasks &tasks);
    static void pause(const Tasks &tasks);
    // Pauses what is under way, resumes what rests; finished ones are opened.
    void toggle(DownloadTask *task);
    // Pauses all that are under way; when there are none, resumes all that rest.
    static void toggleMany(const Tasks &tasks);
    static void repair(const Tasks &tasks); // those that mayRepair()
    static void startOver(const Tasks &tasks);
    static void copyAddresses(const Tasks &tasks); // to the clipboard, one a line
    static void allowMetered(const Tasks &tasks, bool allow);
    static void setPriority(const Tasks &tasks, Priority priority);
    void moveInQueue(const Tasks &tasks, DownloadManager::QueueMove move);
    void open(DownloadTask *task);
    void showInFolder(DownloadTask *task);

    // Off the list; files stay. removed() follows, and undo() brings them back.
    void remove(const Tasks &tasks);
    void removeFinished();
    // Off the list, and their files to the trash.
    void trash(const Tasks &tasks);
    void undo();
    bool canUndo() const { return !m_removed.isEmpty(); }

Q_SIGNALS:
    void removed(int count, const QString &name); // name: of one of them
    void undone();
    void said(const QString &sentence);

private:
    DownloadManager &m_manager;
    Files &m_files;
    QList<ResumeData> m_removed; // by the last removal
};

} // namespace longhaul
