// SPDX-License-Identifier: MIT
#include "taskfilter.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr int kFew = 50; // rows
constexpr int kUnknown = -1;

// As it is shown. Of most the text is what parsing it would give, which takes its time with ten thousand.
QString addressOf(const DownloadTask &task)
{
    const QByteArray &text = task.resumeData().url.text();
    const bool isPlain = !text.contains('%') && !text.contains('@') && !text.contains("xn--");
    return isPlain ? QString::fromLatin1(text)
                   : task.url().toString(QUrl::PrettyDecoded | QUrl::RemoveUserInfo);
}

bool containsAll(const DownloadTask &task, const QStringList &words)
{
    const QString name = shownName(task.resumeData());
    const auto inName = [&](const QString &word) { return name.contains(word, Qt::CaseInsensitive); };
    if (std::all_of(words.begin(), words.end(), inName))
        return true;
    const QString address = addressOf(task);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return address.contains(word, Qt::CaseInsensitive) || inName(word);
    });
}

} // namespace

TaskGroup groupOf(TaskState state)
{
    switch (state) {
    case TaskState::Running:
    case TaskState::Verifying: return TaskGroup::Active;
    case TaskState::Queued:
    case TaskState::Waiting: return TaskGroup::Waiting;
    case TaskState::Paused: return TaskGroup::Paused;
    case TaskState::Completed: return TaskGroup::Finished;
    case TaskState::Failed: return TaskGroup::Failed;
    }
    return TaskGroup::All;
}

TaskFilter::TaskFilter(TaskModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    // Around what the base class does with new rows: it connects itself between the two.
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this](const QModelIndex &, int first, int last) {
                if (last - first > kFew)
                    beginMany(last + 1);
            });
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                if (first.column() <= sortColumn() && sortColumn() <= last.column())
                    forgetRanks(first.row(), last.row());
            });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) {
        const auto at = [this](int row) { return m_ranks.begin() + std::min(row, int(m_ranks.size())); };
        m_ranks.erase(at(first), at(last + 1));
    });
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_ranks.clear(); });
    setSourceModel(&model);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &TaskFilter::endMany);
}

TaskFilter::~TaskFilter() = default;

void TaskFilter::beginMany(int rows)
{
    m_keys.resize(size_t(rows));
    forgetFickleRanks();
}

void TaskFilter::endMany()
{
    if (std::any_of(m_keys.begin(), m_keys.end(), [](const auto &key) { return key.has_value(); }))
        rankShown();
    m_keys = {};
}

// Not where more is known already: of a search that leaves three of ten thousand.
void TaskFilter::rankShown()
{
    const auto isKnown = [](int rank) { return rank != kUnknown; };
    if (std::count_if(m_ranks.begin(), m_ranks.end(), isKnown) > rowCount())
        return;
    std::vector<int> ranks(size_t(m_model.rowCount()), kUnknown);
    const bool ascending = sortOrder() == Qt::AscendingOrder;
    QModelIndex before;
    for (int row = 0, rank = 0; row < rowCount(); ++row) {
        const QModelIndex source = mapToSource(index(ascending ? row : rowCount() - 1 - row, sortColumn()));
        const int order = before.isValid() ? compareTexts(before, source) : 0;
        if (order > 0) { // one of them stands where its text of before does: it will be told of, and moved
            m_ranks.clear();
            return;
        }
        rank += order < 0;
        ranks[size_t(source.row())] = rank;
        before = source;
    }
    m_ranks = std::move(ranks);
}

void TaskFilter::forgetRanks(int first, int last)
{
    for (int row = first; row <= std::min(last, int(m_ranks.size()) - 1); ++row)
        m_ranks[size_t(row)] = kUnknown;
}

// The name of one that runs may have changed without the model having noticed: to go by its old place beside
// others' new ones would be no order.
void TaskFilter::forgetFickleRanks()
{
    for (int row = 0; row < int(m_ranks.size()); ++row) {
        if (groupOf(m_model.taskAt(row)->state()) == TaskGroup::Active)
            m_ranks[size_t(row)] = kUnknown;
    }
}

void TaskFilter::setGroup(TaskGroup group)
{
    if (std::exchange(m_group, group) != group)
        refilter();
}

void TaskFilter::setSearch(const QString &text)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (std::exchange(m_words, words) != words)
        refilter();
}

// All anew: to take out and put in each row by itself costs the square of their number.
void TaskFilter::refilter()
{
    m_model.tellNow();
    beginMany(m_model.rowCount());
    invalidate();
    rowCount(); // filters and sorts
    endMany();
}

void TaskFilter::sort(int column, Qt::SortOrder order)
{
    m_model.tellNow();
    if (column != sortColumn())
        m_ranks.clear();
    beginMany(m_model.rowCount());
    QSortFilterProxyModel::sort(column, order);
    rowCount();
    endMany();
}

DownloadTask *TaskFilter::taskAt(const QModelIndex &index) const
{
    return index.isValid() ? m_model.taskAt(mapToSource(index).row()) : nullptr;
}

QModelIndex TaskFilter::indexOf(const DownloadTask *task) const
{
    const int row = m_model.rowOf(task);
    return row < 0 ? QModelIndex() : mapFromSource(m_model.index(row, 0));
}

bool TaskFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const DownloadTask *task = m_model.taskAt(row);
    if (!task || (m_group != TaskGroup::All && groupOf(task->state()) != m_group))
        return false;
    return m_words.isEmpty() || containsAll(*task, m_words);
}

bool TaskFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const ColumnEntry &entry = longhaul::entryOf(Column(left.column()));
    const int order = entry.compare ? entry.compare(*m_model.taskAt(left.row()), *m_model.taskAt(right.row()))
                                    : compareTexts(left, right);
    if (order != 0)
        return order < 0;
    // Two were never added at the same time, even if the clock says so.
    const bool backwards = sortOrder() == Qt::DescendingOrder && entry.column != Column::Added;
    return backwards ? left.row() > right.row() : left.row() < right.row();
}

int TaskFilter::rankOf(int row) const
{
    return size_t(row) < m_ranks.size() ? m_ranks[size_t(row)] : kUnknown;
}

int TaskFilter::compareTexts(const QModelIndex &left, const QModelIndex &right) const
{
    const int leftRank = rankOf(left.row());
    const int rightRank = rankOf(right.row());
    if (leftRank != kUnknown && rightRank != kUnknown)
        return leftRank - rightRank;
    if (m_keys.empty())
        return keyOf(left).compare(keyOf(right));
    for (const QModelIndex &index : {left, right}) {
        std::optional<QCollatorSortKey> &key = m_keys[size_t(index.row())];
        if (!key)
            key = keyOf(index);
    }
    return m_keys[size_t(left.row())]->compare(*m_keys[size_t(right.row())]);
}

QCollatorSortKey TaskFilter::keyOf(const QModelIndex &index) const
{
    if (!m_collator) {
        const QLocale locale;
        m_collator =
            std::make_unique<QCollator>(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
        m_collator->setCaseSensitivity(Qt::CaseInsensitive);
        m_collator->setNumericMode(true);
    }
    const DownloadTask &task = *m_model.taskAt(index.row());
    return m_collator->sortKey(m_model.textOf(task, Column(index.column())));
}

} // namespace longhaul
