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

// By what it is, not by where it was moved.
bool isEarlier(const QueuePlace &a, const QueuePlace &b)
{
    return std::tuple(a.dies, a.number) < std::tuple(b.dies, b.number);
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
            task->place = behind->place - (isEarlier(*task, *behind) ? 0 : 1);
        behind = task;
    }
}

} // namespace

bool comesBefore(const QueuePlace &a, const QueuePlace &b)
{
    return std::tuple(-a.priority, a.place, a.dies, a.number)
           < std::tuple(-b.priority, b.place, b.dies, b.number);
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

void TaskQueue::put(const QueuePlace &place, const QString &host)
{
    const auto known = m_tasks.constFind(place.number);
    if (known != m_tasks.constEnd() && *known == std::pair(host, place))
        return;
    remove(place.number);
    m_hosts[host].insert(place);
    m_tasks.insert(place.number, {host, place});
}

void TaskQueue::remove(quint64 number)
{
    const auto known = m_tasks.constFind(number);
    if (known == m_tasks.constEnd())
        return;
    const auto host = m_hosts.find(known->first);
    host->second.erase(known->second);
    if (host->second.empty())
        m_hosts.erase(host);
    m_tasks.erase(known);
}

std::vector<QueuePlace> TaskQueue::order() const
{
    std::vector<QueuePlace> all;
    all.reserve(size_t(m_tasks.size()));
    for (const auto &[host, places] : m_hosts)
        all.insert(all.end(), places.begin(), places.end());
    std::sort(all.begin(), all.end(), comesBefore);
    return all;
}

std::vector<quint64> TaskQueue::toStart(const QHash<QString, int> &running, int atOnce,
                                        const std::function<int(const QString &)> &perHost,
                                        const std::function<bool(quint64)> &may) const
{
    int room = atOnce;
    for (const int count : running)
        room -= count;
    std::vector<QueuePlace> first; // of each host, as many as it could have
    for (auto host = m_hosts.begin(); room > 0 && host != m_hosts.end(); ++host) {
        int free = std::min(room, perHost(host->first) - running.value(host->first));
        for (auto task = host->second.begin(); free > 0 && task != host->second.end(); ++task) {
            if (may(task->number)) {
                first.push_back(*task);
                --free;
            }
        }
    }
    std::sort(first.begin(), first.end(), comesBefore);
    std::vector<quint64> numbers;
    for (const QueuePlace &task : first) {
        if (int(numbers.size()) < room)
            numbers.push_back(task.number);
    }
    return numbers;
}

} // namespace longhaul
