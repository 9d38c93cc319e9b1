// SPDX-License-Identifier: MIT
#include "taskmodel.h"

#include "icons.h"

#include "core/words.h"

#include <QFont>
#include <QLocale>
#include <QSet>
#include <QTimerEvent>

#include <algorithm>
#include <tuple>
#include <utility>

namespace longhaul {

namespace {

constexpr int kTickMs = 250;
constexpr qsizetype kFewRows = 50;

// The run of columns that the live ones lie in.
std::pair<int, int> liveColumns()
{
    const auto isLive = [](const ColumnEntry &entry) { return entry.isLive; };
    const auto all = columns();
    const auto first = std::find_if(all.begin(), all.end(), isLive);
    const auto last = std::find_if(all.rbegin(), all.rend(), isLive);
    return {int(first->column), int(last->column)};
}

// What the name's cell says beyond the name: who moves from row to row hears how each one stands.
QString standingOf(const DownloadTask &task)
{
    const QString progress = progressInWords(task);
    return task.state() == TaskState::Completed || progress.isEmpty()
               ? statusInWords(task)
               : TaskModel::tr("%1, %2", "status, progress").arg(statusInWords(task), progress);
}

} // namespace

TaskModel::TaskModel(DownloadManager &manager, QObject *parent)
    : QAbstractTableModel(parent)
    , m_manager(manager)
{
    m_rows.reserve(manager.tasks().size());
    m_numbers.reserve(qsizetype(manager.tasks().size()));
    for (const auto &task : manager.tasks())
        append(task.get());
    connect(&manager, &DownloadManager::added, this, &TaskModel::tellSoon);
    connect(&manager, &DownloadManager::aboutToRemoveMany, this, &TaskModel::onAboutToRemove);
    connect(&manager, &DownloadManager::changed, this, &TaskModel::onChanged);
    connect(&manager, &DownloadManager::recordChanged, this, &TaskModel::onRecordChanged);
    connect(&manager, &DownloadManager::progressed, this, &TaskModel::onProgressed);
}

TaskModel::~TaskModel() = default;

DownloadTask *TaskModel::taskAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? m_rows[size_t(row)].task : nullptr;
}

int TaskModel::rowOf(const DownloadTask *task) const
{
    const auto number = m_numbers.constFind(task);
    if (number == m_numbers.cend())
        return -1;
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), *number,
                                     [](const Row &row, quint32 wanted) { return row.number < wanted; });
    return int(at - m_rows.begin());
}

int TaskModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int TaskModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(columns().size());
}

QString TaskModel::textOf(const DownloadTask &task, Column column) const
{
    const ColumnEntry &entry = entryOf(column);
    return entry.text ? entry.text(task) : placeOf(task);
}

QString TaskModel::placeOf(const DownloadTask &task) const
{
    if (!std::exchange(m_placesKnown, true)) {
        m_places.clear();
        int place = 0;
        for (const DownloadTask *queued : m_manager.queue())
            m_places.insert(queued, ++place);
    }
    const int place = m_places.value(&task);
    return place > 0 ? QLocale().toString(place) : QString();
}

// Where somebody has seen them, and one has changed, all that have moved with it are told.
void TaskModel::reviewPlaces()
{
    if (!std::exchange(m_placesKnown, false))
        return;
    int place = 0;
    for (DownloadTask *queued : m_manager.queue()) {
        if (m_places.value(queued) != ++place)
            change(queued, Change::All);
    }
}

// Tips may be taken for HTML, and what stands in these came from a server.
QString TaskModel::tipOf(const DownloadTask &task, Column column) const
{
    const auto plain = [](const QString &text) {
        return QStringLiteral("<div>%1</div>").arg(text.toHtmlEscaped());
    };
    if (column == Column::Name)
        return plain(textOf(task, column)) + plain(shownUrl(task.url()));
    const std::optional<Error> reason = task.reason();
    if (column == Column::Status && task.state() == TaskState::Failed && reason)
        return plain(message(*reason)) + plain(advice(reason->code));
    const QString text = textOf(task, column);
    return text.isEmpty() ? QString() : plain(text);
}

QVariant TaskModel::data(const QModelIndex &index, int role) const
{
    const DownloadTask *task = taskAt(index.row());
    if (!task || index.column() < 0 || index.column() >= columnCount())
        return {};
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole: return textOf(*task, column);
    case Qt::TextAlignmentRole: return int(entryOf(column).alignment);
    case Qt::DecorationRole:
        return column == Column::Name ? QVariant(fileIcon(textOf(*task, column))) : QVariant();
    case Qt::FontRole:
        if (column == Column::Name && task->resumeData().unseen) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::ToolTipRole: return tipOf(*task, column);
    case Qt::AccessibleDescriptionRole:
        return column == Column::Name ? QVariant(standingOf(*task)) : QVariant();
    case Qt::AccessibleTextRole: return textOf(*task, column);
    case TaskRole: return QVariant::fromValue<QObject *>(m_rows[size_t(index.row())].task);
    case FractionRole: {
        const std::optional<double> fraction = fractionOf(*task);
        return fraction ? QVariant(*fraction) : QVariant();
    }
    default: return {};
    }
}

QVariant TaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ColumnEntry &entry = entryOf(Column(section));
    switch (role) {
    case Qt::DisplayRole: return titleOf(entry.column);
    case Qt::TextAlignmentRole: return int(entry.alignment);
    case Qt::InitialSortOrderRole: return entry.largestFirst ? Qt::DescendingOrder : Qt::AscendingOrder;
    default: return {};
    }
}

Qt::ItemFlags TaskModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

void TaskModel::append(DownloadTask *task)
{
    m_rows.push_back({task, ++m_lastNumber});
    m_numbers.insert(task, m_lastNumber);
    followCountdown(task);
}

// Both lists have the same order, so what this one lacks is the end of the manager's.
void TaskModel::takeNew()
{
    const auto &tasks = m_manager.tasks();
    if (m_rows.size() >= tasks.size())
        return;
    beginInsertRows({}, int(m_rows.size()), int(tasks.size()) - 1);
    for (size_t i = m_rows.size(); i < tasks.size(); ++i)
        append(tasks[i].get());
    endInsertRows();
}

// A few by their rows, which keeps selection and place; many at once, as each row costs as much as all rows
// do.
void TaskModel::onAboutToRemove(const QList<DownloadTask *> &tasks)
{
    if (tasks.size() > kFewRows) {
        const QSet<DownloadTask *> leaving(tasks.begin(), tasks.end());
        beginResetModel();
        std::erase_if(m_rows, [&](const Row &row) { return leaving.contains(row.task); });
        for (DownloadTask *task : tasks)
            forget(task);
        endResetModel();
        return;
    }
    for (DownloadTask *task : tasks) {
        const int row = rowOf(task);
        if (row < 0)
            continue; // came and went in one turn
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        forget(task);
        endRemoveRows();
    }
}

void TaskModel::forget(DownloadTask *task)
{
    m_numbers.remove(task);
    m_places.remove(task);
    m_placesAreOld = true;
    tellSoon();
    m_changed.remove(task);
    m_paths.remove(task);
    m_countingDown.remove(task);
}

void TaskModel::onChanged(DownloadTask *task)
{
    change(task, Change::All);
    if (!m_tick.isActive()) // else with it: many small files change their states all the time
        tellSoon();
}

void TaskModel::onRecordChanged(DownloadTask *task)
{
    const TaskState state = task->state();
    if (state != TaskState::Running && state != TaskState::Verifying)
        onChanged(task); // else it comes twice a second, and progress tells what of it can be seen
}

void TaskModel::onProgressed(DownloadTask *task)
{
    // The first answer gives the file its name and place.
    const bool renamed = m_paths.value(task) != task->resumeData().targetPath;
    change(task, renamed ? Change::All : Change::Progress);
    if (!m_tick.isActive())
        m_tick.start(kTickMs, this);
}

void TaskModel::change(DownloadTask *task, Change what)
{
    if (m_numbers.contains(task))
        m_changed.insert(task, std::max(what, m_changed.value(task, what)));
}

void TaskModel::tellSoon()
{
    if (std::exchange(m_tellingSoon, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_tellingSoon) // else it was told meanwhile
                tellNow();
        },
        Qt::QueuedConnection);
}

// Whether it has a countdown is known only after its signal: it gets its timer then.
void TaskModel::followCountdown(DownloadTask *task)
{
    if (task->state() == TaskState::Waiting && task->untilRetry() > std::chrono::milliseconds(0))
        m_countingDown.insert(task);
    else
        m_countingDown.remove(task);
    if (m_countingDown.isEmpty())
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start(1000, this);
}

void TaskModel::tellNow()
{
    m_tellingSoon = false;
    const auto isOften = [](Change change) { return change != Change::Countdown; };
    if (std::any_of(m_changed.cbegin(), m_changed.cend(), isOften))
        m_tick.start(kTickMs, this);
    else
        m_tick.stop();
    takeNew();
    if (std::exchange(m_placesAreOld, false)
        || std::any_of(m_changed.cbegin(), m_changed.cend(), [](Change c) { return c == Change::All; }))
        reviewPlaces();

    std::vector<std::pair<int, Change>> rows;
    rows.reserve(size_t(m_changed.size()));
    for (auto it = m_changed.cbegin(); it != m_changed.cend(); ++it) {
        rows.emplace_back(rowOf(it.key()), it.value());
        if (it.value() != Change::All)
            continue;
        followCountdown(it.key());
        if (it.key()->state() == TaskState::Running)
            m_paths.insert(it.key(), it.key()->resumeData().targetPath);
        else
            m_paths.remove(it.key());
    }
    m_changed.clear();
    std::sort(rows.begin(), rows.end());

    const auto [firstLive, lastLive] = liveColumns();
    for (size_t from = 0, to = 0; from < rows.size(); from = to) {
        const auto [row, what] = rows[from];
        for (to = from + 1; to < rows.size() && rows[to] == std::pair(row + int(to - from), what);)
            ++to;
        int first = int(Column::Status);
        int last = first;
        if (what == Change::Progress)
            std::tie(first, last) = std::pair(firstLive, lastLive);
        else if (what == Change::All)
            std::tie(first, last) = std::pair(0, columnCount() - 1);
        Q_EMIT dataChanged(index(row, first), index(row + int(to - from) - 1, last));
    }
}

void TaskModel::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_second.timerId()) {
        for (DownloadTask *task : std::as_const(m_countingDown))
            change(task, Change::Countdown);
    } else if (event->timerId() != m_tick.timerId()) {
        QAbstractTableModel::timerEvent(event);
        return;
    }
    tellNow();
}

} // namespace longhaul
