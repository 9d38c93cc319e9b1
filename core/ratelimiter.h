// SPDX-License-Identifier: MIT
#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>

#include <vector>

namespace longhaul {

class RateTap;

// A limit that all who draw from it keep together, and share fairly: a bucket that fills at the limit and
// holds at most a quarter of a second. Limiters form a tree of two levels: the program's, and in it one for
// each running task; what a task draws must be left in both. Among tasks the whole is shared equally as far
// as each wants it (max-min), however many taps each has; within a task likewise among its taps.
//
// Within 3 % of the limit over 10 s, from 50 KB/s to 500 MB/s; never more than 0.25 s worth at once. Its
// timer runs only while a tap waits. One thread.
class RateLimiter : public QObject
{
    Q_OBJECT

public:
    explicit RateLimiter(QObject *parent = nullptr);
    // A part of `whole`, which is no part itself and must outlive it.
    RateLimiter(RateLimiter &whole, QObject *parent);
    ~RateLimiter() override; // its taps are without a limit from then on

    // Bytes per second; 0 lifts the limit. May change at any time and counts at once; what was left under the
    // old one is not spent under the new one.
    void setLimit(qint64 bytesPerSecond);
    qint64 limit() const { return m_limit; }
    // Whether this limit or that of the whole is in force.
    bool isLimited() const { return m_limit > 0 || (m_whole && m_whole->m_limit > 0); }

    // The most that one reader should hold in its buffers, so that the limit shows on the wire: bytes.
    qint64 bufferSize(qint64 otherwise) const;

Q_SIGNALS:
    void limitChanged(); // this one, or that of the whole: bufferSize() may be another one

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    friend class RateTap;

    RateLimiter &whole() { return m_whole ? *m_whole : *this; }
    qint64 leastLimit() const; // of those in force
    void fill();
    double left() const;
    double leastGift(double wanted, size_t waiting) const;

    // Of the whole alone.
    qint64 draw(RateTap &tap);
    void setWaiting(RateTap &tap, qint64 wanted);
    RateTap *next() const;
    bool isBefore(const RateTap &first, const RateTap &second) const;
    qint64 giftFor(const RateTap &tap) const;
    void count(RateTap &tap, qint64 bytes);
    void takeBack(RateTap &tap, qint64 bytes);
    void serve();
    void tickFor(const RateTap &tap);

    RateLimiter *const m_whole = nullptr; // null: this is the whole
    std::vector<RateTap *> m_taps;
    qint64 m_limit = 0;
    double m_bucket = 0; // bytes
    QElapsedTimer m_clock;
    qint64 m_filledAt = 0; // ns on m_clock

    // Whose turn it is: who was given least. Who wanted nothing meanwhile starts where the others are: it is
    // owed nothing.
    double m_given = 0;               // bytes, to all its taps
    double m_tapsAt = 0;              // what the tap had been given whose turn it was last
    double m_tasksAt = 0;             // of the whole: likewise the task
    std::vector<RateTap *> m_waiting; // of the whole: in all parts
    QBasicTimer m_timer;              // of the whole
    int m_tick = 0;                   // ms
    bool m_serving = false;
};

// Where one reader draws what it may read.
class RateTap : public QObject
{
    Q_OBJECT

public:
    explicit RateTap(RateLimiter &limiter, QObject *parent = nullptr);
    ~RateTap() override;

    // Up to `wanted` bytes that may be moved now: they are gone from the bucket. When it is less than wanted,
    // replenished() follows; to ask again before that changes only what is wanted. Nearly free while no limit
    // is in force.
    qint64 take(qint64 wanted);

Q_SIGNALS:
    // Take now: what is not taken by the time that this returns goes to others, and to wait again one must
    // ask again.
    void replenished();

private:
    friend class RateLimiter;

    RateLimiter *m_limiter; // null once that is gone
    qint64 m_wanted = 0;    // more than 0: it waits
    qint64 m_granted = 0;   // by replenished()
    double m_given = 0;     // bytes, see RateLimiter
};

} // namespace longhaul
