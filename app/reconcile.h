// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadtask.h"

namespace longhaul {

// Brings together what was asked of a task earlier and what is asked now, and lets it run. For tasks at rest.
// `wanted` has a folder only where the user named one: a download that was begun stays where it is, a
// finished one is fetched anew to another place. Returns what the user should know, a sentence; mostly empty.
// `repair`: one that failed by its checksum is compared with a second fetch rather than fetched anew.
QString continueTask(DownloadTask &task, const TaskOptions &wanted, bool repair = false);
// The same of a task that is under way: what was said of the line and of the queue counts at once, all else
// is as it was.
void adjustTask(DownloadTask &task, const TaskOptions &wanted);

} // namespace longhaul
