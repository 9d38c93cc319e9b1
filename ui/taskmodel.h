// SPDX-License-Identifier: MIT
#pragma once

#include "taskcolumns.h"

#include "core/downloadmanager.h"

#include <QAbstractTableModel>
#include <QBasicTimer>
#include <QHash>
#include <QSet>

#include <vector>

namespace longhaul {

// The manager's tasks as a table: a row a task in the order they were added, a column an entry of columns().
// Listens to the manager alone, which speaks for all of them. Rows go at once; rows that come are told
// together at the next turn of the event loop. What changes is gathered and told once per tick (250 ms), in
// as few dataChanged as there are runs of rows: progress for the live columns alone; a state or record at the
// next turn already when nothing was told for a tick. The tick runs only while there is something to tell;
// another, once a second, only while a task counts down to its next try. Places in the queue are told when
// some task changed its own. Never touches a disk. The manager outlives it.
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
    int rowOf(const DownloadTask *task) const; // -1 when it is not there; O(log n), whatever was removed
    // What a cell says.
    QString textOf(const DownloadTask &task, Column column) const;

    // Tells all that is gathered now: for who cannot wait for the event loop to see a task just added.
    void tellNow();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    // What of a row has changed; the greater one includes the lesser.
    enum class Change { Countdown, Progress, All };
    // Numbers grow from row to row, so that a task's row is found by its number, whatever was removed.
    struct Row {
        DownloadTask *task;
        quint32 number;
    };

    QString placeOf(const DownloadTask &task) const;
    void reviewPlaces();
    QString tipOf(const DownloadTask &task, Column column) const;
    void append(DownloadTask *task);
    void onAboutToRemove(const QList<DownloadTask *> &tasks);
    void forget(DownloadTask *task);
    void onChanged(DownloadTask *task);
    void onRecordChanged(DownloadTask *task);
    void onProgressed(DownloadTask *task);
    void change(DownloadTask *task, Change what);
    void tellSoon();
    void takeNew();
    void followCountdown(DownloadTask *task);

    DownloadManager &m_manager;
    std::vector<Row> m_rows;
    QHash<const DownloadTask *, quint32> m_numbers;
    quint32 m_lastNumber = 0;
    QHash<DownloadTask *, Change> m_changed; // not yet told
    QHash<DownloadTask *, QString> m_paths;  // of those that run: the target path that was told
    QSet<DownloadTask *> m_countingDown;     // to the next try
    // Places in the queue, from 1: looked up when a cell first asks, so that nobody pays for a hidden column.
    mutable QHash<const DownloadTask *, int> m_places;
    mutable bool m_placesKnown = false;
    bool m_placesAreOld = false; // somebody has left the list
    QBasicTimer m_tick;
    QBasicTimer m_second;
    bool m_tellingSoon = false;
};

} // namespace longhaul
