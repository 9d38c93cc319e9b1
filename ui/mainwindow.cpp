// SPDX-License-Identifier: MIT
#include "mainwindow.h"

#include "actions.h"
#include "addflow.h"
#include "detailspane.h"
#include "droptarget.h"
#include "emptystate.h"
#include "files.h"
#include "icons.h"
#include "messagebar.h"
#include "preferences.h"
#include "settingsdialog.h"
#include "statusline.h"
#include "taskactions.h"
#include "taskcommands.h"
#include "tasklist.h"
#include "taskquestions.h"
#include "windowdialogs.h"
#include "windowmenus.h"

#include "core/words.h"

#include <QAction>
#include <QCloseEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

QString mainName() { return QStringLiteral("main"); }

QString encoded(const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); }
QByteArray decoded(const QJsonValue &value) { return QByteArray::fromBase64(value.toString().toLatin1()); }

} // namespace

MainWindow::MainWindow(DownloadManager &manager, Preferences &preferences, Files &files,
                       QThreadPool &ioThreads, QWidget *parent)
    : QMainWindow(parent)
    , m_manager(manager)
    , m_preferences(preferences)
    , m_files(files)
    , m_actions(new Actions(this))
    , m_commands(new TaskCommands(manager, files, this))
    , m_adding(new AddFlow(manager, preferences, ioThreads, this))
    , m_questions(new TaskQuestions(manager, *m_commands, this))
    , m_model(new TaskModel(manager, this))
    , m_filter(new TaskFilter(*m_model, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Longhaul"));
    setWindowIcon(applicationIcon());
    m_search = makeToolBar(*this, *m_actions); // before what is below it: so the Tab key goes
    buildCenter();
    makeMenus(*this, *m_actions, m_list->columnMenu(), m_list->sortMenu());
    m_status = new StatusLine(m_actions->of(Act::LimitSpeed));
    setStatusBar(m_status);
    connectActions();
    connectTaskActions(*this, *m_actions, *m_list, *m_commands, *m_questions);
    connectParts();
    restoreState();
    onSelection();
    refresh();
    (m_groups->isHidden() ? static_cast<QWidget *>(m_list) : m_groups)->setFocus();
    if (const QString problem = m_preferences.problem(); !problem.isEmpty()) // before there was a window
        say(problem);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCenter()
{
    m_groups = new GroupBar;
    m_list = new TaskList(*m_filter);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty = new EmptyState(m_actions->of(Act::Add));
    m_details = new DetailsPane(m_manager);
    m_messages = new MessageBar;

    m_center = new QStackedWidget;
    m_center->addWidget(m_empty);
    m_center->addWidget(m_list);
    m_columns = new QSplitter(Qt::Horizontal);
    m_columns->setObjectName(QStringLiteral("columnsSplitter"));
    m_columns->addWidget(m_groups);
    m_columns->addWidget(m_center);
    m_columns->setStretchFactor(1, 1);
    m_columns->setChildrenCollapsible(false);
    m_rows = new QSplitter(Qt::Vertical);
    m_rows->setObjectName(QStringLiteral("rowsSplitter"));
    m_rows->addWidget(m_columns);
    m_rows->addWidget(m_details);
    m_rows->setStretchFactor(0, 1);
    m_rows->setChildrenCollapsible(false);

    auto *center = new QWidget;
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_rows, 1);
    layout->addWidget(m_messages);
    setCentralWidget(center);
}

void MainWindow::connectActions()
{
    const auto on = [this](Act act, auto &&what) {
        QAction *action = m_actions->of(act);
        addAction(action); // its keys work wherever the focus is
        connect(action, &QAction::triggered, this, std::forward<decltype(what)>(what));
    };
    on(Act::Add, [this] { m_adding->ask(); });
    on(Act::Paste, [this] { m_adding->paste(); });
    on(Act::OpenList, [this] { m_adding->openFile(); });
    on(Act::Settings, [this] { openSettings(); });
    on(Act::Quit, [this] { Q_EMIT quitWanted(); });
    on(Act::Close, [this] { close(); });
    on(Act::ResumeAll, [this] { m_manager.resumeAll(); });
    on(Act::PauseAll, [this] { m_manager.pauseAll(); });
    on(Act::RemoveFinished, [this] { m_commands->removeFinished(); });
    on(Act::Undo, [this] { m_commands->undo(); });
    on(Act::SelectAll, [this] { m_list->selectAll(); });
    on(Act::Find, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    on(Act::LimitSpeed, [this] { toggleLimit(); });
    on(Act::ShowDetails, [this](bool shown) { m_details->setVisible(shown); });
    on(Act::ShowGroups, [this](bool shown) { m_groups->setVisible(shown); });
    on(Act::About, [this] { showAbout(*this); });
}

void MainWindow::connectParts()
{
    connect(m_list, &TaskList::selectedTasksChanged, this, &MainWindow::onSelection);
    connect(m_list, &TaskList::stateChanged, this, &MainWindow::rememberState);
    connect(m_list, &TaskList::toggled, m_commands, &TaskCommands::toggle);
    connect(m_list, &TaskList::manyToggled, m_commands, &TaskCommands::toggleMany);
    connect(m_list, &TaskList::opened, m_commands, &TaskCommands::open);
    connect(m_list, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        popUpTaskMenu(*this, *m_actions, m_list->viewport()->mapToGlobal(at));
    });
    connect(m_groups, &GroupBar::groupChanged, this, [this](TaskGroup group) {
        m_filter->setGroup(group);
        refreshSoon();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setSearch(text);
        refreshSoon();
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &MainWindow::refreshSoon);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &MainWindow::refreshSoon);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &MainWindow::refreshSoon);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &MainWindow::refreshSoon);
    connect(&m_manager, &DownloadManager::totalsChanged, this, &MainWindow::refreshSoon);
    connect(&m_manager, &DownloadManager::completed, this, [this] { m_spaceIsOld = true; });
    connect(m_details, &DetailsPane::newAddressWanted, this,
            [this](DownloadTask *task) { m_questions->askAddress(task, {}); });
    connect(m_details, &DetailsPane::repairWanted, this,
            [](DownloadTask *task) { TaskCommands::repair({task}); });
    connect(m_adding, &AddFlow::said, this, &MainWindow::say);
    connect(m_adding, &AddFlow::added, this, &MainWindow::reveal);
    connect(m_adding, &AddFlow::droppedOnto, this, &MainWindow::onDroppedOnto);
    connect(m_questions, &TaskQuestions::said, this, &MainWindow::say);
    connect(&m_files, &Files::failed, this, &MainWindow::say);
    connect(&m_files, &Files::freeSpace, this,
            [this](const QString &, qint64 bytes) { m_status->setFreeSpace(bytes); });
    connect(m_commands, &TaskCommands::removed, this, [this](int count, const QString &name) {
        m_actions->of(Act::Undo)->setEnabled(true);
        m_messages->show(
            count == 1 ? tr("“%1” was removed from the list; its file stays.").arg(name)
                       : tr("%n downloads were removed from the list; their files stay.", nullptr, count),
            m_actions->of(Act::Undo));
        refreshSoon();
    });
    connect(m_commands, &TaskCommands::said, this, &MainWindow::say);
    connect(m_commands, &TaskCommands::undone, this, &MainWindow::refreshSoon);
    connect(&m_preferences, &Preferences::notWritten, this, &MainWindow::say);
    connect(&m_preferences, &Preferences::settingsChanged, this, [this] {
        m_spaceIsOld = true;
        refreshSoon();
    });
    connect(new DropTarget(this), &DropTarget::dropped, this, &MainWindow::onDropped);
}

void MainWindow::refreshSoon()
{
    if (!std::exchange(m_refreshing, true))
        QTimer::singleShot(0, this, &MainWindow::refresh);
}

void MainWindow::refresh()
{
    m_refreshing = false;
    const GroupCounts counts = countGroups(m_manager);
    m_groups->setCounts(counts);
    m_status->setCounts(counts);
    if (m_manager.tasks().empty())
        m_empty->inviteDrop();
    else
        m_empty->sayNothingFound();
    m_center->setCurrentWidget(m_filter->rowCount() > 0 ? static_cast<QWidget *>(m_list) : m_empty);
    m_actions->of(Act::Undo)->setEnabled(m_commands->canUndo());
    m_actions->of(Act::RemoveFinished)->setEnabled(counts.tasks[size_t(TaskGroup::Finished)] > 0);
    const Settings &settings = m_preferences.settings();
    QAction *limit = m_actions->of(Act::LimitSpeed);
    limit->setChecked(settings.effectiveRateLimit() > 0);
    limit->setText(settings.rateLimit > 0 ? tr("&Limit to %1").arg(rateInWords(settings.rateLimit))
                                          : tr("&Limit speed"));
    limit->setIconText(buttonText(limit->text()));
    m_actions->update(m_list->selectedTasks(), m_preferences.settings().allowMetered);
    if (isVisible() && std::exchange(m_spaceIsOld, false))
        m_files.askFreeSpace(settings.folder);
}

void MainWindow::onSelection()
{
    const QList<DownloadTask *> selected = m_list->selectedTasks();
    m_actions->update(selected, m_preferences.settings().allowMetered);
    m_details->setTask(m_list->currentTask());
    for (DownloadTask *task : selected)
        task->setUnseen(false);
}

void MainWindow::onDropped(const QMimeData &mime, const QPoint &at)
{
    const QPoint inList = m_list->viewport()->mapFrom(this, at);
    DownloadTask *under = m_list->isVisible() && m_list->viewport()->rect().contains(inList)
                              ? m_filter->taskAt(m_list->indexAt(inList))
                              : nullptr;
    m_adding->read(mime, under, mapToGlobal(at));
}

void MainWindow::onDroppedOnto(DownloadTask *under, const QPoint &at, const Link &link)
{
    QMenu *menu = newMenu(*this, QStringLiteral("dropMenu"));
    const QPointer<DownloadTask> task(under);
    connect(menu->addAction(tr("Use as new address for “%1”").arg(shownName(under->resumeData()))),
            &QAction::triggered, this, [this, task, link] {
                if (task)
                    m_questions->askAddress(task, link.url);
            });
    connect(menu->addAction(tr("Add as another download")), &QAction::triggered, this,
            [this, link] { m_adding->offer({link}); });
    menu->popup(at);
}

void MainWindow::offer(const QList<Link> &links) { m_adding->offer(links); }

void MainWindow::addFromClipboard()
{
    showAndRaise();
    m_adding->paste();
}

void MainWindow::reveal(DownloadTask *task)
{
    m_model->tellNow();
    if (!m_filter->indexOf(task).isValid()) {
        m_search->clear();
        m_groups->setGroup(TaskGroup::All);
    }
    refresh();
    m_list->select(task);
}

void MainWindow::say(const QString &sentence) { m_messages->show(sentence); }

void MainWindow::toggleLimit()
{
    Settings settings = m_preferences.settings();
    if (settings.rateLimit <= 0) { // there is no limit to switch on yet
        refresh();
        openSettings()->showPage(SettingsDialog::Page::Network);
        return;
    }
    settings.limited = !settings.limited;
    m_preferences.setSettings(settings);
    refresh();
}

SettingsDialog *MainWindow::openSettings()
{
    auto *dialog = new SettingsDialog(m_preferences, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

void MainWindow::showAndRaise()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    refreshSoon();
    Q_EMIT shownOrHidden();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    if (!event->spontaneous()) // not by being minimised
        rememberState();
    QMainWindow::hideEvent(event);
    Q_EMIT shownOrHidden();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool busy = !m_manager.isAtRest();
    event->ignore();
    if (m_reachable && m_preferences.settings().background) {
        hide();
        const bool firstTime = m_preferences.remembered(QStringLiteral("background")).isEmpty();
        if (firstTime)
            m_preferences.remember(QStringLiteral("background"), {{QStringLiteral("told"), true}});
        Q_EMIT wentToBackground(firstTime);
    } else if (busy) {
        askBeforeQuit(*this, [this] { Q_EMIT quitWanted(); });
    } else {
        Q_EMIT quitWanted();
    }
}

void MainWindow::restoreState()
{
    const QJsonObject state = m_preferences.remembered(mainName());
    m_list->restoreState(state.value(QLatin1String("list")).toObject());
    const QFontMetrics metrics = fontMetrics();
    if (!restoreGeometry(decoded(state.value(QLatin1String("geometry")))))
        resize(QSize(metrics.averageCharWidth() * 205, metrics.height() * 45)
                   .boundedTo(screen()->availableSize()));
    if (!m_columns->restoreState(decoded(state.value(QLatin1String("columns")))))
        m_columns->setSizes({m_groups->sizeHint().width(), width()});
    if (!m_rows->restoreState(decoded(state.value(QLatin1String("rows")))))
        m_rows->setSizes({metrics.height() * 24, metrics.height() * 14});
    const bool details = state.value(QLatin1String("details")).toBool(true);
    const bool groups = state.value(QLatin1String("groups")).toBool(true);
    m_actions->of(Act::ShowDetails)->setChecked(details);
    m_actions->of(Act::ShowGroups)->setChecked(groups);
    m_details->setVisible(details);
    m_groups->setVisible(groups);
}

void MainWindow::rememberState()
{
    m_preferences.remember(mainName(),
                           {{QStringLiteral("geometry"), encoded(saveGeometry())},
                            {QStringLiteral("columns"), encoded(m_columns->saveState())},
                            {QStringLiteral("rows"), encoded(m_rows->saveState())},
                            {QStringLiteral("details"), m_actions->of(Act::ShowDetails)->isChecked()},
                            {QStringLiteral("groups"), m_actions->of(Act::ShowGroups)->isChecked()},
                            {QStringLiteral("list"), m_list->state()}});
}

} // namespace longhaul
