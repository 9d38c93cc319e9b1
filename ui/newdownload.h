// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"

namespace longhaul {

// A download that is to be added.
struct NewDownload {
    QUrl url; // normalised
    TaskOptions options;
    QString foreign = {}; // path of what another program has left of it; mostly empty
};

} // namespace longhaul
