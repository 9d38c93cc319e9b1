// SPDX-License-Identifier: MIT
#include "scheduler.h"

#include <QHash>

#include <algorithm>
#include <functional>
#include <tuple>

namespace longhaul {

namespace {

using Queue = std::vector<QueuePlace>;

void shift(Queue::iterator begin, Queue::iterator end, const QSet<quint64> &chosen, QueueMove move)
{
    const auto isChosen = [&](const QueuePlace &task) { return chosen.contains(task.number); };
    switch (move) {
    case QueueMove::Top: std::stable_partition(begin, end, isChosen); break;
    case QueueMove::Bottom: std::stable_partition(begin, end, std::not_fn(isChosen)); break;
    case QueueMove::Up:
        for (auto it = std::next(begin); it != end; ++it) {
            if (isChosen(*it) && !isChosen(*std::prev(it)))
                std::iter_swap(it, std::prev(it));
        }
        break;
    case QueueMove::Down:
        for (auto it = std::prev(end); it != begin; --it) {
            if (isChosen(*std::prev(it)) && !isChosen(*it))
                std::iter_swap(it, std::prev(it));
        }
        break;
    }
}

// From the back: each one before the one behind it.
void number(Queue::iterator begin, Queue::iterator end)
{
    if (std::is_sorted(begin, end, comesBefore))
        return;
    auto behind = std::prev(end);
    behind->place = 0;
    while (behind != begin) {
        const auto task = std::prev(behind);
        if (!comesBefore(*task, *behind))
            task->place = behind->place - (task->number < behind->number ? 0 : 1);
        behind = task;
    }
}

} // namespace

bool comesBefore(const QueuePlace &a, const QueuePlace &b)
{
    return std::tuple(-a.priority, a.place, a.number) < std::tuple(-b.priority, b.place, b.number);
}

std::vector<QueuePlace> rearranged(std::vector<QueuePlace> order, const QSet<quint64> &chosen, QueueMove move)
{
    for (auto begin = order.begin(); begin != order.end();) {
        const auto end = std::find_if(
            begin, order.end(), [p = begin->priority](const QueuePlace &task) { return task.priority != p; });
        shift(begin, end, chosen, move);
        number(begin, end);
        begin = end;
    }
    return order;
}

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
