// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"

namespace longhaul {

// A download that is to be added.
struct NewDownload {
    QUrl url; // normalised
    TaskOptions options;
};

} // namespace longhaul
