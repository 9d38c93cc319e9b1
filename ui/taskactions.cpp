// SPDX-License-Identifier: MIT
#include "taskactions.h"

#include "actions.h"
#include "taskcommands.h"
#include "tasklist.h"
#include "taskquestions.h"

#include <QAction>

namespace longhaul {

namespace {

using Tasks = QList<DownloadTask *>;

struct Joint {
    QWidget &window;
    const Actions &actions;
    const TaskList &list;

    template <typename What>
    void on(Act act, What what) const
    {
        QAction *action = actions.of(act);
        window.addAction(action);
        QObject::connect(action, &QAction::triggered, &window, [&list = list, what] {
            const Tasks tasks = list.selectedTasks();
            if (!tasks.isEmpty())
                what(tasks);
        });
    }
};

void connectQueue(const Joint &joint, TaskCommands &commands)
{
    using enum QueueMove;
    for (const auto &[act, move] : {std::pair(Act::QueueTop, Top), std::pair(Act::QueueUp, Up),
                                    std::pair(Act::QueueDown, Down), std::pair(Act::QueueBottom, Bottom)})
        joint.on(act, [&commands, m = move](const Tasks &tasks) { commands.moveInQueue(tasks, m); });
    for (const auto &[act, priority] :
         {std::pair(Act::PriorityHigh, Priority::High), std::pair(Act::PriorityNormal, Priority::Normal),
          std::pair(Act::PriorityLow, Priority::Low)})
        joint.on(act, [p = priority](const Tasks &tasks) { TaskCommands::setPriority(tasks, p); });
}

} // namespace

void connectTaskActions(QWidget &window, const Actions &actions, const TaskList &list, TaskCommands &commands,
                        TaskQuestions &questions)
{
    const Joint joint{window, actions, list};
    joint.on(Act::Resume, [](const Tasks &tasks) { TaskCommands::resume(tasks); });
    joint.on(Act::Pause, [](const Tasks &tasks) { TaskCommands::pause(tasks); });
    joint.on(Act::StartOver, [](const Tasks &tasks) { TaskCommands::startOver(tasks); });
    joint.on(Act::Repair, [](const Tasks &tasks) { TaskCommands::repair(tasks); });
    joint.on(Act::Open, [&](const Tasks &tasks) { commands.open(tasks.constFirst()); });
    joint.on(Act::ShowInFolder, [&](const Tasks &tasks) { commands.showInFolder(tasks.constFirst()); });
    joint.on(Act::CopyAddress, [](const Tasks &tasks) { TaskCommands::copyAddresses(tasks); });
    joint.on(Act::AllowMetered, [metered = actions.of(Act::AllowMetered)](const Tasks &tasks) {
        TaskCommands::allowMetered(tasks, metered->isChecked());
    });
    joint.on(Act::NewAddress, [&](const Tasks &tasks) { questions.askAddress(tasks.constFirst(), {}); });
    joint.on(Act::Checksum, [&](const Tasks &tasks) { questions.askChecksum(tasks.constFirst()); });
    joint.on(Act::Rename, [&](const Tasks &tasks) { questions.askName(tasks.constFirst()); });
    joint.on(Act::Remove, [&](const Tasks &tasks) { commands.remove(tasks); });
    joint.on(Act::DeleteFile, [&](const Tasks &tasks) { questions.askDelete(tasks); });
    joint.on(Act::Properties, [&](const Tasks &tasks) { questions.askProperties(tasks); });
    connectQueue(joint, commands);
}

} // namespace longhaul
