// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QSet>
#include <QString>

#include <vector>

namespace longhaul {

// What decides where a task stands in the queue.
struct QueuePlace {
    int priority = 0;   // the highest goes first,
    qint64 place = 0;   // then the lowest of these,
    quint64 number = 0; // then the oldest; each task has another one
    bool operator==(const QueuePlace &) const = default;
};

bool comesBefore(const QueuePlace &a, const QueuePlace &b);

// The queue `order` (sorted by comesBefore) once those with the `chosen` numbers were moved, each only among
// its own priority; they keep their order among themselves, and what touches the edge stays there. Sorted
// again; of the places only those change that must, and none is above 0, so that what comes later (with 0)
// stays behind. Pure.
enum class QueueMove { Top, Up, Down, Bottom };
std::vector<QueuePlace> rearranged(std::vector<QueuePlace> order, const QSet<quint64> &chosen,
                                   QueueMove move);

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
