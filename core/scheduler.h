// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace longhaul {

// One task as the scheduler sees it.
struct Candidate {
    int index = 0; // the caller's name for it
    QString host;  // limits per host go by it
    bool running = false;
    bool queued = false;
};

// Which queued tasks to start now, in the order given: at most `atOnce` running in all and `perHost` on one
// host. Pure.
QList<int> tasksToStart(const QList<Candidate> &tasks, int atOnce, int perHost);

} // namespace longhaul
