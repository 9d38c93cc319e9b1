// SPDX-License-Identifier: MIT
#pragma once

#include "taskmodel.h"

#include <QSortFilterProxyModel>

namespace longhaul {

// The groups at the left of the window.
enum class TaskGroup { All, Active, Waiting, Paused, Finished, Failed };

// Every state belongs to exactly one group besides All: Running and Verifying are Active; Queued and Waiting
// are Waiting.
TaskGroup groupOf(TaskState state);

// Which tasks are shown and in which order. Sorting reads the tasks themselves (ColumnEntry::compare), equal
// ones stay in the order they were added.
class TaskFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit TaskFilter(TaskModel &model, QObject *parent = nullptr);

    void setGroup(TaskGroup group);
    TaskGroup group() const { return m_group; }
    // Words that must all occur in the name or the address, whatever their case.
    void setSearch(const QString &text);

    DownloadTask *taskAt(const QModelIndex &index) const; // of this proxy; null for an invalid one
    QModelIndex indexOf(const DownloadTask *task) const; // of this proxy, column 0; invalid when filtered out

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    TaskModel &m_model;
    TaskGroup m_group = TaskGroup::All;
    QStringList m_words;
};

} // namespace longhaul
