// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QSet>
#include <QString>

#include <functional>
#include <limits>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace longhaul {

// What decides where a task stands in the queue.
struct QueuePlace {
    int priority = 0;     // the highest goes first,
    qint64 place = 0;     // then the lowest of these,
    quint64 number = 0;   // then the oldest; each task has another one
    qint64 dies = kNever; // before `number`: whose link dies first, in seconds since 1970
    static constexpr qint64 kNever = std::numeric_limits<qint64>::max();
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

// The tasks that wait for their turn, by number: in order, and found without a look at those that cannot
// start because their host is busy. A value; a change costs the logarithm of their count.
class TaskQueue
{
public:
    // It is there, at `place` from now on, whether it was or not.
    void put(const QueuePlace &place, const QString &host);
    void remove(quint64 number);

    // All of them, in order.
    std::vector<QueuePlace> order() const;
    // The numbers of those to start now, in order, beside those that run already, `running` on each host: at
    // most `atOnce` in all and `perHost` on each host. `may` tells whether one is free to run.
    std::vector<quint64> toStart(const QHash<QString, int> &running, int atOnce,
                                 const std::function<int(const QString &)> &perHost,
                                 const std::function<bool(quint64)> &may) const;

private:
    struct Before {
        bool operator()(const QueuePlace &a, const QueuePlace &b) const { return comesBefore(a, b); }
    };
    using Places = std::set<QueuePlace, Before>;
    std::map<QString, Places> m_hosts; // none of them empty
    QHash<quint64, std::pair<QString, QueuePlace>> m_tasks;
};

} // namespace longhaul
