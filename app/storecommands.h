// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"

#include "core/resumestore.h"

namespace longhaul {

// `longhaul list` and `longhaul remove`, on an open store. They print and give the exit code.
int runList(const ListCommand &command, const ResumeStore &store);
int runRemove(const RemoveCommand &command, ResumeStore &store);

} // namespace longhaul
