// SPDX-License-Identifier: MIT
#include "scheduler.h"

#include <QHash>

namespace longhaul {

QList<int> tasksToStart(const QList<Candidate> &tasks, int atOnce, int perHost)
{
    int running = 0;
    QHash<QString, int> onHost;
    for (const Candidate &task : tasks) {
        if (task.running) {
            ++running;
            ++onHost[task.host];
        }
    }
    QList<int> chosen;
    for (const Candidate &task : tasks) {
        if (running >= atOnce)
            break;
        if (!task.queued || onHost.value(task.host) >= perHost)
            continue;
        chosen.append(task.index);
        ++running;
        ++onHost[task.host];
    }
    return chosen;
}

} // namespace longhaul
