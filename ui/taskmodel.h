// SPDX-License-Identifier: MIT
#pragma once

#include "taskcolumns.h"

#include "core/downloadmanager.h"

#include <QAbstractTableModel>
#include <QBasicTimer>

namespace longhaul {

// The manager's tasks as a table: a row a task in the order they were added, a column an entry of columns().
// Listens to the manager and to each task; what has changed is told once per tick (250 ms) in as few
// dataChanged as there are runs of rows, progress columns alone where only progress changed. The tick runs
// only while there is something to tell, or a countdown to show. Never touches a disk. The manager outlives
// it.
class TaskModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        TaskRole = Qt::UserRole, // DownloadTask *, as QVariant::fromValue<QObject *>
        FractionRole,            // double 0..1; invalid while the size is unknown
    };

    explicit TaskModel(DownloadManager &manager, QObject *parent = nullptr);
    ~TaskModel() override;

    DownloadTask *taskAt(int row) const;       // rows are this model's, not a proxy's
    int rowOf(const DownloadTask *task) const; // -1 when it is not there; O(1)

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    // (the implementer's)
};

} // namespace longhaul
