// SPDX-License-Identifier: MIT
#pragma once

#include "taskmodel.h"

#include <QCollator>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace longhaul {

// The groups at the left of the window.
enum class TaskGroup { All, Active, Waiting, Paused, Finished, Failed };

// Every state belongs to exactly one group besides All: Running and Verifying are Active; Queued and Waiting
// are Waiting.
TaskGroup groupOf(TaskState state);

// Which tasks are shown and in which order. Sorting reads the tasks themselves (ColumnEntry::compare), or
// their texts as the user's language orders them, numbers within by their value. Equal ones stay in the order
// they were added. Another group or search is told as layoutChanged.
class TaskFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit TaskFilter(TaskModel &model, QObject *parent = nullptr);
    ~TaskFilter() override;

    TaskModel &model() const { return m_model; }

    void setGroup(TaskGroup group);
    TaskGroup group() const { return m_group; }
    // Words that must all occur in the name or the address, whatever their case.
    void setSearch(const QString &text);

    DownloadTask *taskAt(const QModelIndex &index) const; // of this proxy; null for an invalid one
    QModelIndex indexOf(const DownloadTask *task) const; // of this proxy, column 0; invalid when filtered out

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void beginMany(int rows);
    void endMany();
    void rankShown();
    void forgetRanks(int first, int last);
    void forgetFickleRanks();
    void refilter();
    int compareTexts(const QModelIndex &left, const QModelIndex &right) const;
    QCollatorSortKey keyOf(const QModelIndex &index) const;
    int rankOf(int row) const;

    TaskModel &m_model;
    TaskGroup m_group = TaskGroup::All;
    QStringList m_words;
    mutable std::unique_ptr<QCollator> m_collator; // made when texts are first compared: it is costly
    // While many rows are sorted: the key of each source row that was looked at, so that a text is turned
    // into one once, and not at each of a hundred thousand comparisons. Empty otherwise.
    mutable std::vector<std::optional<QCollatorSortKey>> m_keys;
    // How the texts of source rows stand to each other in the column sorted by, or kUnknown; equal ones have
    // one rank. So another group or search needs no keys, which take most of a sort's time.
    std::vector<int> m_ranks;
};

} // namespace longhaul
