// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

namespace longhaul {

// How fast it went in one second.
struct SpeedSample {
    qint64 second; // on a steady clock
    qint64 rate;   // bytes per second
    bool operator==(const SpeedSample &) const = default;
};

inline constexpr int kSpeedSeconds = 300; // how far back samples go

// One sample a second, the latest counts; what is older than kSpeedSeconds before it is dropped.
void addSample(QList<SpeedSample> &samples, SpeedSample sample);

// Writes down how fast each task of the manager runs, whether or not somebody looks. Bounded: the last
// minutes of at most kMostTasks tasks, those that ran last. One thread; no timer.
class SpeedHistory : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMostTasks = 64;

    explicit SpeedHistory(DownloadManager &manager, QObject *parent = nullptr);

    // Also records a task that was completed when the manager got it (there may be 100 000 of them, and
    // hardly one runs again). Once or often; it lasts until the task is gone.
    void watch(DownloadTask *task);
    // The oldest first; a second in which the task did not run has none.
    QList<SpeedSample> samples(const DownloadTask *task) const { return m_samples.value(task); }

private:
    void record();
    void makeRoom();

    QHash<const DownloadTask *, QList<SpeedSample>> m_samples;
    QElapsedTimer m_clock;
};

} // namespace longhaul
