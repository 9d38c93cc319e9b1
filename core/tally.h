// SPDX-License-Identifier: MIT
#pragma once

#include "speedmeter.h"

#include <QElapsedTimer>

namespace longhaul {

// The figures of one round of a task: from its first run until it is at rest. Bytes and, for tries, what
// counts as progress. A value; the clock runs from construction on.
class Tally
{
public:
    explicit Tally(qint64 onDisk);

    // A run begins; while it lasts, `fetched` is what it has brought over the network so far.
    void beginRun();
    void tick(qint64 fetched);
    // It is over: `stored` of `fetched` were written, `onDisk` is what is there now. More bytes on disk than
    // ever, or more of them compared than ever, are progress: the tries in a row begin anew.
    void endRun(qint64 fetched, qint64 stored, qint64 onDisk);
    void stopClock();

    int countTry() { return ++m_tries; } // the run brought an error: how many in a row without progress
    void countRetry() { ++m_retries; }
    int tries() const { return m_tries; }
    int retries() const { return m_retries; }

    qint64 fetched() const { return m_fetched; } // in runs that are over
    qint64 stored() const { return m_stored; }   // likewise
    bool isOver() const { return !m_clock.isValid(); }
    std::chrono::milliseconds duration() const;
    const SpeedMeter &meter() const { return m_meter; }

private:
    SpeedMeter m_meter;
    QElapsedTimer m_clock;               // invalid once stopped
    std::chrono::milliseconds m_time{0}; // by then
    qint64 m_fetched = 0;
    qint64 m_stored = 0;
    qint64 m_metered = 0;   // fetched bytes that the meter has seen
    qint64 m_highWater = 0; // most bytes ever on disk
    qint64 m_bestProof = 0; // most bytes compared in one run
    int m_tries = 0;
    int m_retries = 0;
};

} // namespace longhaul
