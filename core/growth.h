// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace longhaul {

// How many connections a run should have: one at first, and one more at a time as long as each adds speed.
// A value; time is that of one steady clock.
//
// At first they follow each other closely, each as soon as the one before delivers, until (from eight on)
// doubling their number has not brought much more speed: then it is halved again. From then on another one is
// tried now and then, and given up when it adds little.
class Growth
{
public:
    using Time = std::chrono::milliseconds;

    int wanted() const { return m_wanted; }

    // To be called when a connection has begun to deliver, and several times a second. `bytes`: all that came
    // so far. `delivering`: how many connections bring bytes. `most`: >= 1, there may not be more. `held`:
    // since the last call the disk, the processor or a limit was slower than the network, so that more
    // connections could not add speed.
    void review(Time now, qint64 bytes, int delivering, int most, bool held);
    // The server serves `working` connections (>= 1) and no more.
    void stopAt(int working);

private:
    void step(Time now, qint64 bytes);
    void reviewSlowly(Time now, qint64 bytes, int most, bool held);

    struct Mark { // when it was, and what had come by then
        Time at{0};
        qint64 bytes = 0;

        double rateUntil(Time now, qint64 total) const;
    };
    int m_wanted = 1;
    bool m_begun = false;
    bool m_slow = false;
    bool m_trying = false; // the last one was added to see what it brings
    Mark m_lastStep;
    Mark m_lastDoubling;
    double m_rateBefore = 0; // bytes per ms, before the last doubling, or the last step when slow
    Time m_pause{0};         // until the next one is tried
};

} // namespace longhaul
