// SPDX-License-Identifier: MIT
#include "speedhistory.h"

#include <algorithm>

namespace longhaul {

void addSample(QList<SpeedSample> &samples, SpeedSample sample)
{
    if (!samples.isEmpty() && samples.last().second == sample.second)
        samples.removeLast();
    samples.append(sample);
    while (samples.first().second <= sample.second - kSpeedSeconds)
        samples.removeFirst();
}

SpeedHistory::SpeedHistory(DownloadManager &manager, QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    const auto take = [this](DownloadTask *task) {
        if (task->state() != TaskState::Completed)
            watch(task);
    };
    connect(&manager, &DownloadManager::added, this, take);
    connect(&manager, &DownloadManager::aboutToRemove, this,
            [this](const DownloadTask *task) { m_samples.remove(task); });
    for (const auto &task : manager.tasks())
        take(task.get());
}

void SpeedHistory::watch(DownloadTask *task)
{
    connect(task, &DownloadTask::progressChanged, this, &SpeedHistory::record, Qt::UniqueConnection);
}

void SpeedHistory::record()
{
    const auto *task = static_cast<DownloadTask *>(sender());
    if (task->state() != TaskState::Running)
        return;
    if (m_samples.size() == kMostTasks && !m_samples.contains(task))
        makeRoom();
    addSample(m_samples[task], {m_clock.elapsed() / 1000, task->progress().rate});
}

// The one that has not run for the longest time goes.
void SpeedHistory::makeRoom()
{
    const auto oldest =
        std::min_element(m_samples.cbegin(), m_samples.cend(),
                         [](const auto &a, const auto &b) { return a.last().second < b.last().second; });
    m_samples.erase(oldest);
}

} // namespace longhaul
