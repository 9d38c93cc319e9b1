// SPDX-License-Identifier: MIT
#pragma once

#include "taskfilter.h"

#include <QJsonObject>
#include <QTreeView>

namespace longhaul {

// The list of tasks: sortable header with a menu that shows and hides columns, progress painted, a
// pause/resume button in each row, several rows selectable. objectName "taskList".
class TaskList : public QTreeView
{
    Q_OBJECT

public:
    explicit TaskList(TaskFilter &filter, QWidget *parent = nullptr);

    QList<DownloadTask *> selectedTasks() const; // in the order shown
    DownloadTask *currentTask() const;           // null when none
    void select(DownloadTask *task); // alone, made current, scrolled to; nothing when filtered out

    QJsonObject state() const; // columns' order, widths, visibility, sorting
    void restoreState(const QJsonObject &state);

Q_SIGNALS:
    void selectionChanged();                    // which tasks are selected, or which is current
    void toggled(longhaul::DownloadTask *task); // its row's button was pressed
    void opened(longhaul::DownloadTask *task);  // double click or Return
    void stateChanged();                        // state() is worth remembering
};

} // namespace longhaul
