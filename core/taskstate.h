// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace longhaul {

// Where a task is. Cancel is removal, not a state.
enum class TaskState { Queued, Running, Waiting, Verifying, Paused, Completed, Failed };

// The one table of legal changes. A state never changes to itself.
bool isLegalChange(TaskState from, TaskState to);

// Neither running nor about to: Paused, Completed, Failed.
bool isAtRest(TaskState state);

// What a recorded state means once the process that recorded it has ended: nothing is under way, but what was
// goes on when its turn comes (Queued).
TaskState stateFound(TaskState recorded);

// The stable name used in the store and in `--json`: "queued", "running", ...
QString stateName(TaskState state);
std::optional<TaskState> stateFromName(const QString &name);

} // namespace longhaul
