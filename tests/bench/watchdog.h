// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <chrono>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>
#include <vector>

namespace longhaul::test {

// Measures for how long the event loop of the thread that made it is not to be had: a thread of its own posts
// an event every millisecond, awaits it, and notes how late it came. A wait counts as all the events that
// should have been posted meanwhile, so that long ones show in the percentile. Linux.
class Watchdog : public QObject
{
    Q_OBJECT

public:
    // Whoever blocks longer than `limit` has its stack printed on standard error.
    explicit Watchdog(std::chrono::milliseconds limit);
    ~Watchdog() override;

    struct Findings {
        double worst = 0;     // milliseconds; so below
        double processor = 0; // that the thread itself computed in that time: the rest it waited for its turn
        double most = 0;      // the 99.9th percentile
        int over = 0;         // waits beyond the limit
    };
    // Since the last call.
    Findings take();

protected:
    bool event(QEvent *event) override;

private:
    using Clock = std::chrono::steady_clock;

    void watch();
    void note(Clock::duration late, double processor);
    double processor() const; // milliseconds of the watched thread
    static void printStack(int);

    const std::chrono::milliseconds m_limit;
    const pthread_t m_watched = pthread_self();
    clockid_t m_processorClock = {};
    std::mutex m_mutex;
    std::condition_variable m_answer;
    bool m_answered = false;
    bool m_ending = false;
    std::vector<int> m_late; // events by how late they came, in tenths of a millisecond
    Findings m_findings;
    std::thread m_thread;
};

} // namespace longhaul::test
