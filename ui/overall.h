// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

namespace longhaul {

// All tasks at a glance. A value.
struct Overall {
    int active = 0;  // Running or Verifying
    int waiting = 0; // Queued or Waiting
    int paused = 0;
    std::optional<int> percent; // of all that is under way and whose size is known; 0..100
    qint64 rate = 0;            // bytes per second
    bool operator==(const Overall &) const = default;
};

Overall overallOf(const DownloadManager &manager);

// "3 downloads, 42 %, 5.1 MiB/s", "2 downloads waiting", "Longhaul": for a tooltip.
QString inWords(const Overall &overall);

} // namespace longhaul
