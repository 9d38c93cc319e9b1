// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QObject>

class QInputDialog;
class QWidget;

namespace longhaul {

class TaskCommands;

// What has to be asked before something is done to a task. Each dialog belongs to `window`, is opened without
// a loop of its own, and closes by itself when its task is removed.
class TaskQuestions : public QObject
{
    Q_OBJECT

public:
    TaskQuestions(DownloadManager &manager, TaskCommands &commands, QWidget *window);

    // `suggested` may be empty. objectName "addressDialog".
    void askAddress(DownloadTask *task, const QUrl &suggested);
    // A digest that the finished file must have; "checksumDialog".
    void askChecksum(DownloadTask *task);
    // Another name for the file; "renameDialog".
    void askName(DownloadTask *task);
    // What else can be changed of these; "propertiesDialog".
    void askProperties(const QList<DownloadTask *> &tasks);
    // Whether the files of these go to the trash; "deleteDialog".
    void askDelete(const QList<DownloadTask *> &tasks);

Q_SIGNALS:
    void said(const QString &sentence);

private:
    QInputDialog *inputFor(DownloadTask *task, const QString &name, const QString &title,
                           const QString &label);
    void closeWith(DownloadTask *task, QWidget *dialog);

    DownloadManager &m_manager;
    TaskCommands &m_commands;
    QWidget *m_window;
};

} // namespace longhaul
