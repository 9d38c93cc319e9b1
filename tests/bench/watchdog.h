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
// should have been posted meanwhile, so that long ones show in the percentile. Of a busy machine it says how
// much of a wait was the machine's. Linux.
class Watchdog : public QObject
{
    Q_OBJECT

public:
    // Whoever blocks longer than `limit` has its stack printed on standard error.
    explicit Watchdog(std::chrono::milliseconds limit);
    ~Watchdog() override;

    // Milliseconds.
    struct Wait {
        double all = 0;
        double computed = 0; // by the thread itself
        double queued = 0;   // while it was ready to, and others had the processors; else it slept
        double slept() const { return all > computed + queued ? all - computed - queued : 0; }
    };
    struct Findings {
        Wait worst;          // the longest wait
        double computed = 0; // the most in any wait; so below
        double slept = 0;
        double percentile = 0; // 99.9 % of all were shorter
        int over = 0;          // waits beyond the limit
    };
    // Of the waits that began and ended since the last call.
    Findings take();

protected:
    bool event(QEvent *event) override;

private:
    using Clock = std::chrono::steady_clock;

    void watch();
    void note(const Wait &wait);
    Wait now() const; // counted from some moment on
    static void printStack(int);

    const std::chrono::milliseconds m_limit;
    const pthread_t m_watched = pthread_self();
    clockid_t m_processorClock = {};
    int m_queue = -1; // a file that says for how long the thread was queued
    std::mutex m_mutex;
    std::condition_variable m_answer;
    bool m_answered = false;
    bool m_ending = false;
    int m_round = 0;         // of take()
    std::vector<int> m_late; // events by how late they came, in tenths of a millisecond
    Findings m_findings;
    std::thread m_thread;
};

} // namespace longhaul::test
