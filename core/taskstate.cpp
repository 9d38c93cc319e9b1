// SPDX-License-Identifier: MIT
#include "taskstate.h"

namespace longhaul {

bool isLegalChange(TaskState from, TaskState to)
{
    using enum TaskState;
    switch (from) {
    case Queued: return to == Running || to == Paused || to == Failed;
    case Running: return to == Verifying || to == Waiting || to == Paused || to == Queued || to == Failed;
    case Waiting: return to == Queued || to == Paused;
    case Verifying: return to == Completed || to == Failed || to == Paused;
    case Paused: return to == Queued;
    case Failed: return to == Queued || to == Paused;
    case Completed: return to == Queued;
    }
    return false;
}

bool isAtRest(TaskState state)
{
    using enum TaskState;
    return state == Paused || state == Completed || state == Failed;
}

TaskState stateFound(TaskState recorded) { return isAtRest(recorded) ? recorded : TaskState::Queued; }

QString stateName(TaskState state)
{
    switch (state) {
    case TaskState::Queued: return QStringLiteral("queued");
    case TaskState::Running: return QStringLiteral("running");
    case TaskState::Waiting: return QStringLiteral("waiting");
    case TaskState::Verifying: return QStringLiteral("verifying");
    case TaskState::Paused: return QStringLiteral("paused");
    case TaskState::Completed: return QStringLiteral("completed");
    case TaskState::Failed: return QStringLiteral("failed");
    }
    return {};
}

std::optional<TaskState> stateFromName(const QString &name)
{
    using enum TaskState;
    for (const TaskState state : {Queued, Running, Waiting, Verifying, Paused, Completed, Failed}) {
        if (stateName(state) == name)
            return state;
    }
    return {};
}

} // namespace longhaul
