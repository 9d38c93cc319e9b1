// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <array>
#include <span>

class QAction;

namespace longhaul {

class DownloadTask;

// Everything that can be done from a menu, the toolbar or the keyboard.
enum class Act {
    Add,
    Paste,
    OpenList,
    Settings,
    Quit,
    Resume,
    Pause,
    StartOver,
    Repair,
    Open,
    ShowInFolder,
    CopyAddress,
    NewAddress,
    Checksum,
    QueueTop,
    QueueUp,
    QueueDown,
    QueueBottom,
    PriorityHigh,
    PriorityNormal,
    PriorityLow,
    Rename,
    AllowMetered,
    Remove,
    DeleteFile,
    Properties,
    ResumeAll,
    PauseAll,
    RemoveFinished,
    Undo,
    SelectAll,
    Find,
    LimitSpeed,
    ShowDetails,
    ShowGroups,
    Close,
    About,
};

// Whether it may be given another address now.
bool mayReaddress(const DownloadTask &task);

// One QAction for each Act, made from one table; objectName e.g. "resumeAction". Which of them make sense for
// the tasks that are selected is decided in one place.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject *parent = nullptr);

    QAction *of(Act act) const { return m_actions[size_t(act)]; }

    // Enables, and words, what can be done with these tasks.
    // `allowMetered`: what holds for those that say nothing of it.
    void update(std::span<DownloadTask *const> selected, bool allowMetered = false);

private:
    void updatePriorities(std::span<DownloadTask *const> selected);

    static constexpr size_t kCount = size_t(Act::About) + 1;
    std::array<QAction *, kCount> m_actions{};
};

} // namespace longhaul
