// SPDX-License-Identifier: MIT
#include "tasklist.h"

#include "progressdelegate.h"
#include "textdelegate.h"

#include <QActionGroup>
#include <QDateTime>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QJsonArray>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSet>
#include <QStyle>

#include <algorithm>
#include <tuple>
#include <utility>

namespace longhaul {

namespace {

constexpr int kStateDelayMs = 300;
constexpr int kName = int(Column::Name);
constexpr int kWidest = 5000; // pixels

int columnByKey(const QString &key)
{
    for (const ColumnEntry &entry : columns()) {
        if (key == QLatin1String(entry.key))
            return int(entry.column);
    }
    return -1;
}

QString keyOf(int column) { return QLatin1String(entryOf(Column(column)).key); }

} // namespace

TaskList::TaskList(TaskFilter &filter, QWidget *parent)
    : QTreeView(parent)
    , m_filter(filter)
    , m_columnMenu(new QMenu(this))
    , m_sortMenu(new QMenu(this))
{
    setObjectName(QStringLiteral("taskList"));
    setAccessibleName(tr("Downloads"));
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setModel(&filter);

    auto *progress = new ProgressDelegate(*this);
    connect(progress, &ProgressDelegate::clicked, this, &TaskList::toggled);
    setItemDelegateForColumn(int(Column::Progress), progress);
    setItemDelegate(new TextDelegate(Qt::ElideRight, this));
    // Names and paths: what tells them apart is more often at the end.
    auto *elided = new TextDelegate(Qt::ElideMiddle, this);
    setItemDelegateForColumn(kName, elided);
    setItemDelegateForColumn(int(Column::Folder), elided);

    fitIcons();
    setUpHeader();
    setUpColumnMenu();
    setUpSortMenu();
    resetColumns();
    m_stateTimer.stop(); // nothing of that is the user's

    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &index) {
        if (DownloadTask *task = m_filter.taskAt(index))
            Q_EMIT opened(task);
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &TaskList::tellSelectionSoon);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &TaskList::tellSelectionSoon);
    // What another group or search hides is not selected any more, and nobody else says so.
    connect(&filter, &QAbstractItemModel::layoutChanged, this, [this] {
        if (m_toldSelection != std::pair(selectedRows(), currentTask()))
            tellSelectionSoon();
    });
}

void TaskList::setUpHeader()
{
    QHeaderView *head = header();
    head->setSectionsMovable(true);
    head->setFirstSectionMovable(true);
    head->setStretchLastSection(false);
    head->setHighlightSections(false);
    head->setMinimumSectionSize(fontMetrics().averageCharWidth() * 5);
    head->setTextElideMode(Qt::ElideRight);
    head->setSortIndicator(int(Column::Added), Qt::DescendingOrder); // what is new is at the top
    setSortingEnabled(true);
    head->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(head, &QWidget::customContextMenuRequested, m_columnMenu,
            [this, head](const QPoint &at) { m_columnMenu->popup(head->viewport()->mapToGlobal(at)); });
    connect(head, &QHeaderView::sectionResized, this, &TaskList::onSectionResized);
    connect(head, &QHeaderView::sectionMoved, this, &TaskList::tellStateSoon);
    connect(head, &QHeaderView::sortIndicatorChanged, this, &TaskList::tellStateSoon);
}

void TaskList::setUpColumnMenu()
{
    m_columnMenu->setObjectName(QStringLiteral("columnMenu"));
    m_columnMenu->setTitle(tr("Columns"));
    for (const ColumnEntry &entry : columns()) {
        QAction *action = m_columnMenu->addAction(titleOf(entry.column));
        action->setObjectName(QStringLiteral("show") + QLatin1String(entry.key));
        action->setCheckable(true);
        action->setEnabled(entry.column != Column::Name); // it names the row
        connect(action, &QAction::triggered, this,
                [this, column = int(entry.column)](bool shown) { showColumn(column, shown); });
    }
    m_columnMenu->addSeparator();
    QAction *reset = m_columnMenu->addAction(tr("Reset columns"));
    reset->setObjectName(QStringLiteral("resetColumns"));
    connect(reset, &QAction::triggered, this, [this] {
        resetColumns();
        tellStateSoon();
    });
    connect(m_columnMenu, &QMenu::aboutToShow, this, [this] {
        const QList<QAction *> actions = m_columnMenu->actions();
        for (int column = 0; column < int(columns().size()); ++column)
            actions.at(column)->setChecked(!isColumnHidden(column));
    });
}

void TaskList::setUpSortMenu()
{
    m_sortMenu->setObjectName(QStringLiteral("sortMenu"));
    m_sortMenu->setTitle(tr("&Sort by"));
    const auto add = [this](QActionGroup *group, const QString &text, const QString &name) {
        QAction *action = group->addAction(m_sortMenu->addAction(text));
        action->setObjectName(QStringLiteral("sort") + name);
        action->setCheckable(true);
        return action;
    };
    auto *byColumn = new QActionGroup(m_sortMenu);
    for (const ColumnEntry &entry : columns())
        connect(add(byColumn, titleOf(entry.column), QLatin1String(entry.key)), &QAction::triggered, this,
                [this, column = int(entry.column)] { sortByColumn(column, header()->sortIndicatorOrder()); });
    m_sortMenu->addSeparator();
    auto *byOrder = new QActionGroup(m_sortMenu);
    for (const auto &[order, text, name] :
         {std::tuple(Qt::AscendingOrder, tr("&Ascending"), QStringLiteral("Ascending")),
          std::tuple(Qt::DescendingOrder, tr("&Descending"), QStringLiteral("Descending"))})
        connect(add(byOrder, text, name), &QAction::triggered, this,
                [this, order = order] { sortByColumn(header()->sortIndicatorSection(), order); });
    connect(m_sortMenu, &QMenu::aboutToShow, this, [this, byColumn, byOrder] {
        byColumn->actions().at(header()->sortIndicatorSection())->setChecked(true);
        byOrder->actions().at(header()->sortIndicatorOrder())->setChecked(true);
    });
    m_columnMenu->addMenu(m_sortMenu);
}

int TaskList::firstWidth(const ColumnEntry &entry) const
{
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    if (entry.width != kAsDate)
        return entry.width * digit;
    const QDateTime longest(QDate(2028, 12, 28), QTime(22, 58, 58));
    return fontMetrics().horizontalAdvance(dateInWords(longest)) + 2 * digit;
}

void TaskList::resetColumns()
{
    const QScopedValueRollback<bool> arranging(m_arranging, true);
    QHeaderView *head = header();
    for (const ColumnEntry &entry : columns()) {
        const int column = int(entry.column);
        head->moveSection(head->visualIndex(column), column);
        // Never so narrow that its own title would be cut.
        head->resizeSection(column, std::max(firstWidth(entry), head->sectionSizeHint(column)));
        setColumnHidden(column, !entry.shownAtFirst);
    }
    m_nameWidth = head->sectionSize(kName);
    fillWidth();
}

void TaskList::showColumn(int column, bool shown)
{
    if (column == kName || isColumnHidden(column) != shown)
        return;
    setColumnHidden(column, !shown);
    fillWidth();
    tellStateSoon();
}

// The name takes what the other columns leave, when there is more than it needs.
void TaskList::fillWidth()
{
    const QScopedValueRollback<bool> arranging(m_arranging, true);
    QHeaderView *head = header();
    const int others = head->length() - head->sectionSize(kName);
    head->resizeSection(kName, std::max(m_nameWidth, viewport()->width() - others));
}

void TaskList::onSectionResized(int column, int, int newWidth)
{
    if (m_arranging)
        return;
    if (column == kName && newWidth > 0)
        m_nameWidth = newWidth;
    tellStateSoon();
}

QList<DownloadTask *> TaskList::selectedTasks() const
{
    QList<DownloadTask *> tasks;
    QItemSelection selection = selectionModel()->selection();
    std::sort(selection.begin(), selection.end(),
              [](const QItemSelectionRange &a, const QItemSelectionRange &b) { return a.top() < b.top(); });
    for (const QItemSelectionRange &range : std::as_const(selection)) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            tasks.append(m_filter.taskAt(m_filter.index(row, 0)));
    }
    return tasks;
}

int TaskList::selectedRows() const
{
    int count = 0;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        count += range.height();
    return count;
}

DownloadTask *TaskList::currentTask() const { return m_filter.taskAt(currentIndex()); }

void TaskList::select(DownloadTask *task)
{
    m_filter.model().tellNow(); // it may have been added just now
    const QModelIndex index = m_filter.indexOf(task);
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

QJsonObject TaskList::state() const
{
    const QHeaderView *head = header();
    QJsonArray sections;
    for (int visual = 0; visual < head->count(); ++visual) {
        const int column = head->logicalIndex(visual);
        QJsonObject section{{QStringLiteral("column"), keyOf(column)},
                            {QStringLiteral("shown"), !isColumnHidden(column)}};
        if (!isColumnHidden(column))
            section.insert(QStringLiteral("width"),
                           column == kName ? m_nameWidth : head->sectionSize(column));
        sections.append(section);
    }
    const QJsonObject sorting{
        {QStringLiteral("column"), keyOf(head->sortIndicatorSection())},
        {QStringLiteral("descending"), head->sortIndicatorOrder() == Qt::DescendingOrder}};
    return {{QStringLiteral("columns"), sections}, {QStringLiteral("sorting"), sorting}};
}

void TaskList::restoreState(const QJsonObject &state)
{
    const QScopedValueRollback<bool> arranging(m_arranging, true);
    QHeaderView *head = header();
    QSet<int> placed;
    const QJsonArray sections = state.value(QLatin1String("columns")).toArray();
    for (const auto &value : sections) {
        const QJsonObject section = value.toObject();
        const int column = columnByKey(section.value(QLatin1String("column")).toString());
        if (column < 0 || placed.contains(column))
            continue;
        head->moveSection(head->visualIndex(column), int(placed.size()));
        placed.insert(column);
        const int width = section.value(QLatin1String("width")).toInt();
        if (width > 0) {
            head->resizeSection(column, std::clamp(width, head->minimumSectionSize(), kWidest));
            if (column == kName)
                m_nameWidth = head->sectionSize(kName);
        }
        const bool shown = section.value(QLatin1String("shown")).toBool(!isColumnHidden(column));
        setColumnHidden(column, !shown && column != kName);
    }
    const QJsonObject sorting = state.value(QLatin1String("sorting")).toObject();
    if (const int column = columnByKey(sorting.value(QLatin1String("column")).toString()); column >= 0)
        sortByColumn(column, sorting.value(QLatin1String("descending")).toBool() ? Qt::DescendingOrder
                                                                                 : Qt::AscendingOrder);
    fillWidth();
}

void TaskList::fitIcons()
{
    const int side =
        std::max(style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this), fontMetrics().height());
    setIconSize({side, side});
}

void TaskList::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitIcons();
}

void TaskList::keyPressEvent(QKeyEvent *event)
{
    DownloadTask *task = currentTask();
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (task && plain && event->key() == Qt::Key_Space) {
        if (!event->isAutoRepeat()) // once, however long it is held down
            toggleSelected();
    } else if (task && plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT opened(task);
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void TaskList::toggleSelected()
{
    const QList<DownloadTask *> selected = selectedTasks();
    if (selected.size() > 1)
        Q_EMIT manyToggled(selected);
    else
        Q_EMIT toggled(currentTask());
}

void TaskList::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fillWidth();
}

void TaskList::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_stateTimer.timerId()) {
        QTreeView::timerEvent(event);
        return;
    }
    m_stateTimer.stop();
    Q_EMIT stateChanged();
}

void TaskList::tellStateSoon()
{
    if (!m_arranging)
        m_stateTimer.start(kStateDelayMs, this);
}

void TaskList::tellSelectionSoon()
{
    if (std::exchange(m_tellingSelection, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_tellingSelection = false;
            m_toldSelection = {selectedRows(), currentTask()};
            Q_EMIT selectedTasksChanged();
        },
        Qt::QueuedConnection);
}

} // namespace longhaul
