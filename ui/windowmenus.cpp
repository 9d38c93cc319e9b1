// SPDX-License-Identifier: MIT
#include "windowmenus.h"

#include "actions.h"
#include "searchfield.h"

#include <QAction>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QToolBar>
#include <QToolButton>

#include <optional>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Menus)
};

using Entries = std::initializer_list<std::optional<Act>>; // nothing: a separator
constexpr std::nullopt_t kLine = std::nullopt;

void fill(QWidget *bar, const Actions &actions, Entries entries)
{
    for (const std::optional<Act> entry : entries) {
        if (entry) {
            bar->addAction(actions.of(*entry));
        } else {
            auto *line = new QAction(bar);
            line->setSeparator(true);
            bar->addAction(line);
        }
    }
}

QMenu *addMenu(QMenu *menu, const QString &title, const char *name)
{
    QMenu *added = menu->addMenu(title);
    added->setObjectName(QLatin1String(name));
    return added;
}

void fillTaskMenu(QMenu *menu, const Actions &actions)
{
    fill(menu, actions,
         {Act::Resume, Act::Pause, Act::StartOver, Act::Repair, kLine, Act::Open, Act::ShowInFolder, kLine,
          Act::CopyAddress, Act::NewAddress, Act::Checksum, kLine});
    fill(addMenu(menu, Text::tr("&Queue"), "queueMenu"), actions,
         {Act::QueueTop, Act::QueueUp, Act::QueueDown, Act::QueueBottom});
    fill(addMenu(menu, Text::tr("Priori&ty"), "priorityMenu"), actions,
         {Act::PriorityHigh, Act::PriorityNormal, Act::PriorityLow});
    fill(
        menu, actions,
        {Act::AllowMetered, kLine, Act::Rename, kLine, Act::Remove, Act::DeleteFile, kLine, Act::Properties});
}

} // namespace

void makeMenus(QMainWindow &window, const Actions &actions, QMenu *columns, QMenu *sorting)
{
    const auto add = [&](const QString &title, const char *name) {
        QMenu *menu = window.menuBar()->addMenu(title);
        menu->setObjectName(QLatin1String(name));
        return menu;
    };
    fill(add(Text::tr("&File"), "fileMenu"), actions,
         {Act::Add, Act::Paste, Act::OpenList, kLine, Act::Settings, kLine, Act::Close, Act::Quit});
    fillTaskMenu(add(Text::tr("&Download"), "downloadMenu"), actions);
    fill(add(Text::tr("&List"), "listMenu"), actions,
         {Act::ResumeAll, Act::PauseAll, Act::LimitSpeed, kLine, Act::Undo, Act::RemoveFinished, kLine,
          Act::SelectAll, Act::Find});
    QMenu *view = add(Text::tr("&View"), "viewMenu");
    fill(view, actions, {Act::ShowGroups, Act::ShowDetails});
    columns->setTitle(Text::tr("&Columns"));
    view->addMenu(sorting);
    view->addMenu(columns);
    fill(add(Text::tr("&Help"), "helpMenu"), actions, {Act::About});
}

QString buttonText(QString text)
{
    static const QRegularExpression key(QStringLiteral("\\s*\\(&.\\)|&|…"));
    return text.remove(key);
}

QLineEdit *makeToolBar(QMainWindow &window, const Actions &actions)
{
    QToolBar *bar = window.addToolBar(Text::tr("Toolbar"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fill(bar, actions,
         {Act::Add, kLine, Act::Resume, Act::Pause, kLine, Act::Remove, kLine, Act::ShowInFolder});
    auto *stretch = new QWidget;
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(stretch);

    auto *search = new SearchField(Text::tr("Search"), Text::tr("Search in the list"));
    search->setObjectName(QStringLiteral("searchEdit"));
    search->setAcceptDrops(false); // the window takes them
    search->setMaximumWidth(search->fontMetrics().averageCharWidth() * 36);
    search->addAction(actions.of(Act::Find)->icon(), QLineEdit::LeadingPosition)
        ->setText(search->accessibleName()); // a screen reader takes it for a button
    auto *clear = new QAction(search);
    clear->setShortcut(QKeySequence(Qt::Key_Escape));
    clear->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(clear, &QAction::triggered, search, &QLineEdit::clear);
    search->addAction(clear);
    bar->addWidget(search);
    for (const Act act : {Act::Add, Act::Resume, Act::Pause, Act::Remove, Act::ShowInFolder}) {
        QAction *action = actions.of(act);
        action->setIconText(buttonText(action->text()));
        QWidget *button = bar->widgetForAction(action);
        button->setObjectName(action->objectName().replace(QLatin1String("Action"), QLatin1String("Button")));
        button->setAccessibleName(action->iconText());
        button->setFocusPolicy(Qt::TabFocus);
    }
    return search;
}

QMenu *newMenu(QWidget &window, const QString &name)
{
    auto *menu = new QMenu(&window);
    menu->setObjectName(name);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

void popUpTaskMenu(QWidget &window, const Actions &actions, const QPoint &at)
{
    QMenu *menu = newMenu(window, QStringLiteral("taskMenu"));
    fillTaskMenu(menu, actions);
    menu->setDefaultAction(actions.of(Act::Open)->isEnabled() ? actions.of(Act::Open) : nullptr);
    menu->popup(at);
}

} // namespace longhaul
