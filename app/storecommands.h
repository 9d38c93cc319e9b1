// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"

#include "core/resumestore.h"

namespace longhaul {

// `longhaul list` and `longhaul remove`, on an open store. They print and give the exit code.
int listStore(const ListCommand &command, const ResumeStore &store);
int removeFromStore(const RemoveCommand &command, ResumeStore &store);

// Why the store in `folder` is not open, and what to do, in one sentence or two; empty when it is.
QString whyNotOpen(const ResumeStore &store, ResumeStore::OpenResult result, const QString &folder);
// To standard error: what was damaged in it.
void tellNotices(const ResumeStore &store);
// "longhaul: ..." as one line, and the exit code for it.
int fail(const QString &sentence);

} // namespace longhaul
