// SPDX-License-Identifier: MIT
#include "actions.h"

#include "icons.h"

#include "core/downloadtask.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>

#include <algorithm>

namespace longhaul {

namespace {

struct Entry {
    Act act;
    const char *name; // objectName, with "Action" behind it
    const char *icon; // empty: none
    const char *text;
    const char *keys; // portable, several divided by spaces
    bool checkable = false;
};

constexpr Entry kEntries[] = {
    {Act::Add, "add", "add", QT_TRANSLATE_NOOP("longhaul::Actions", "&Add…"), "Ctrl+N"},
    {Act::Paste, "paste", "link", QT_TRANSLATE_NOOP("longhaul::Actions", "Add from &clipboard"), "Ctrl+V"},
    {Act::OpenList, "openList", "open", QT_TRANSLATE_NOOP("longhaul::Actions", "Add from &file…"), "Ctrl+O"},
    {Act::Settings, "settings", "settings", QT_TRANSLATE_NOOP("longhaul::Actions", "Se&ttings…"), "Ctrl+,"},
    {Act::Quit, "quit", "quit", QT_TRANSLATE_NOOP("longhaul::Actions", "&Quit"), "Ctrl+Q"},
    {Act::Resume, "resume", "resume", QT_TRANSLATE_NOOP("longhaul::Actions", "&Resume"), "Ctrl+R F5"},
    {Act::Pause, "pause", "pause", QT_TRANSLATE_NOOP("longhaul::Actions", "&Pause"), "Ctrl+P"},
    {Act::StartOver, "startOver", "retry", QT_TRANSLATE_NOOP("longhaul::Actions", "&Start over"), ""},
    {Act::Repair, "repair", "check", QT_TRANSLATE_NOOP("longhaul::Actions", "R&epair"), ""},
    {Act::Open, "open", "open", QT_TRANSLATE_NOOP("longhaul::Actions", "&Open"), ""},
    {Act::ShowInFolder, "showInFolder", "folder", QT_TRANSLATE_NOOP("longhaul::Actions", "Open &folder"),
     "Ctrl+Return"},
    {Act::CopyAddress, "copyAddress", "copy", QT_TRANSLATE_NOOP("longhaul::Actions", "&Copy address"),
     "Ctrl+C"},
    {Act::NewAddress, "newAddress", "link", QT_TRANSLATE_NOOP("longhaul::Actions", "&New address…"), ""},
    {Act::Checksum, "checksum", "check", QT_TRANSLATE_NOOP("longhaul::Actions", "Check c&hecksum…"),
     "Ctrl+K"},
    {Act::QueueTop, "queueTop", "", QT_TRANSLATE_NOOP("longhaul::Actions", "Move to &top"), "Alt+Home"},
    {Act::QueueUp, "queueUp", "up", QT_TRANSLATE_NOOP("longhaul::Actions", "Move &up"), "Alt+Up"},
    {Act::QueueDown, "queueDown", "down", QT_TRANSLATE_NOOP("longhaul::Actions", "Move &down"), "Alt+Down"},
    {Act::QueueBottom, "queueBottom", "", QT_TRANSLATE_NOOP("longhaul::Actions", "Move to &bottom"),
     "Alt+End"},
    {Act::PriorityHigh, "priorityHigh", "", QT_TRANSLATE_NOOP("longhaul::Actions", "&High"), "", true},
    {Act::PriorityNormal, "priorityNormal", "", QT_TRANSLATE_NOOP("longhaul::Actions", "&Normal"), "", true},
    {Act::PriorityLow, "priorityLow", "", QT_TRANSLATE_NOOP("longhaul::Actions", "&Low"), "", true},
    {Act::Rename, "rename", "", QT_TRANSLATE_NOOP("longhaul::Actions", "Re&name…"), "F2"},
    {Act::AllowMetered, "allowMetered", "network",
     QT_TRANSLATE_NOOP("longhaul::Actions", "Allow on &metered networks"), "", true},
    {Act::Remove, "remove", "remove", QT_TRANSLATE_NOOP("longhaul::Actions", "Re&move from list"), "Del"},
    {Act::DeleteFile, "deleteFile", "trash", QT_TRANSLATE_NOOP("longhaul::Actions", "&Delete file…"),
     "Shift+Del"},
    {Act::Properties, "properties", "info", QT_TRANSLATE_NOOP("longhaul::Actions", "Propert&ies…"),
     "Alt+Return"},
    {Act::ResumeAll, "resumeAll", "resume", QT_TRANSLATE_NOOP("longhaul::Actions", "R&esume all"),
     "Ctrl+Shift+R"},
    {Act::PauseAll, "pauseAll", "pause", QT_TRANSLATE_NOOP("longhaul::Actions", "P&ause all"),
     "Ctrl+Shift+P"},
    {Act::RemoveFinished, "removeFinished", "",
     QT_TRANSLATE_NOOP("longhaul::Actions", "Remove all fi&nished from list"), "Ctrl+Shift+Del"},
    {Act::Undo, "undo", "undo", QT_TRANSLATE_NOOP("longhaul::Actions", "&Undo remove"), "Ctrl+Z"},
    {Act::SelectAll, "selectAll", "", QT_TRANSLATE_NOOP("longhaul::Actions", "Select &all"), "Ctrl+A"},
    {Act::Find, "find", "search", QT_TRANSLATE_NOOP("longhaul::Actions", "&Find"), "Ctrl+F"},
    {Act::LimitSpeed, "limitSpeed", "limit", QT_TRANSLATE_NOOP("longhaul::Actions", "&Limit speed"), "Ctrl+L",
     true},
    {Act::ShowDetails, "showDetails", "info", QT_TRANSLATE_NOOP("longhaul::Actions", "&Details"), "Ctrl+I",
     true},
    {Act::ShowGroups, "showGroups", "", QT_TRANSLATE_NOOP("longhaul::Actions", "&Groups"), "F9", true},
    {Act::Close, "close", "", QT_TRANSLATE_NOOP("longhaul::Actions", "Close &window"), "Ctrl+W"},
    {Act::About, "about", "", QT_TRANSLATE_NOOP("longhaul::Actions", "&About Longhaul"), "F1"},
};

QList<QKeySequence> shortcuts(const char *keys)
{
    QList<QKeySequence> sequences;
    const QStringList all = QString::fromLatin1(keys).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &one : all)
        sequences.append(QKeySequence(one, QKeySequence::PortableText));
    return sequences;
}

bool mayResume(const DownloadTask *task)
{
    return isAtRest(task->state()) && task->state() != TaskState::Completed;
}
bool mayPause(const DownloadTask *task) { return !isAtRest(task->state()); }
bool isFinished(const DownloadTask *task) { return task->state() == TaskState::Completed; }
bool mayBeRepaired(const DownloadTask *task) { return mayRepair(task->resumeData()); }
bool isQueued(const DownloadTask *task) { return task->state() == TaskState::Queued; }
bool mayRename(const DownloadTask *task) { return isAtRest(task->state()); }

} // namespace

bool mayReaddress(const DownloadTask &task)
{
    return task.state() == TaskState::Paused || task.state() == TaskState::Failed;
}

Actions::Actions(QObject *parent)
    : QObject(parent)
{
    for (const Entry &entry : kEntries) {
        auto *action = new QAction(this);
        action->setObjectName(QLatin1String(entry.name) + QLatin1String("Action"));
        action->setText(QCoreApplication::translate("longhaul::Actions", entry.text));
        if (*entry.icon)
            action->setIcon(icon(QLatin1String(entry.icon)));
        action->setShortcuts(shortcuts(entry.keys));
        action->setCheckable(entry.checkable);
        m_actions[size_t(entry.act)] = action;
    }
    auto *priorities = new QActionGroup(this);
    priorities->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional); // several may differ
    for (const Act act : {Act::PriorityHigh, Act::PriorityNormal, Act::PriorityLow})
        priorities->addAction(of(act));
    of(Act::Quit)->setMenuRole(QAction::QuitRole);
    of(Act::Settings)->setMenuRole(QAction::PreferencesRole);
    of(Act::About)->setMenuRole(QAction::AboutRole);
    update({});
}

void Actions::update(std::span<DownloadTask *const> selected, bool allowMetered)
{
    const bool any = !selected.empty();
    const bool one = selected.size() == 1;
    const auto some = [&](auto may) { return std::any_of(selected.begin(), selected.end(), may); };
    of(Act::Resume)->setEnabled(some(mayResume));
    of(Act::Pause)->setEnabled(some(mayPause));
    of(Act::StartOver)->setEnabled(any && std::all_of(selected.begin(), selected.end(), [](const auto *task) {
                                       return isAtRest(task->state());
                                   }));
    of(Act::Repair)->setEnabled(some(mayBeRepaired));
    of(Act::Open)->setEnabled(one && isFinished(selected[0]));
    of(Act::ShowInFolder)->setEnabled(one);
    of(Act::CopyAddress)->setEnabled(any);
    of(Act::NewAddress)->setEnabled(one && mayReaddress(*selected[0]));
    of(Act::Checksum)->setEnabled(one && isFinished(selected[0]));
    for (const Act act : {Act::QueueTop, Act::QueueUp, Act::QueueDown, Act::QueueBottom})
        of(act)->setEnabled(some(isQueued));
    updatePriorities(selected);
    of(Act::Rename)->setEnabled(one && mayRename(selected[0]));
    of(Act::AllowMetered)->setEnabled(any);
    of(Act::AllowMetered)
        ->setChecked(any && std::all_of(selected.begin(), selected.end(), [=](const auto *task) {
                         return task->resumeData().options.allowMetered.value_or(allowMetered);
                     }));
    for (const Act act : {Act::Remove, Act::DeleteFile, Act::Properties})
        of(act)->setEnabled(any);
}

// The one that all of them have is checked.
void Actions::updatePriorities(std::span<DownloadTask *const> selected)
{
    for (const auto &[act, priority] :
         {std::pair(Act::PriorityHigh, Priority::High), std::pair(Act::PriorityNormal, Priority::Normal),
          std::pair(Act::PriorityLow, Priority::Low)}) {
        of(act)->setEnabled(!selected.empty());
        of(act)->setChecked(
            !selected.empty()
            && std::all_of(selected.begin(), selected.end(), [p = priority](const auto *task) {
                   return task->resumeData().options.priority == p;
               }));
    }
}

} // namespace longhaul
