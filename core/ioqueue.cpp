// SPDX-License-Identifier: MIT
#include "ioqueue.h"

#include "threadpriority.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QWaitCondition>

#include <chrono>
#include <utility>

namespace longhaul {

namespace {

constexpr std::chrono::milliseconds kTurn{20}; // then what else the pool has to do is next

} // namespace

struct IoQueue::Shared {
    QMutex mutex;
    QWaitCondition idle;
    std::deque<std::function<void()>> jobs;
    bool running = false;

    void runAll()
    {
        QMutexLocker lock(&mutex);
        while (!jobs.empty()) {
            std::function<void()> job = std::move(jobs.front());
            jobs.pop_front();
            lock.unlock();
            job();
            job = {}; // what it held may take its time
            lock.relock();
        }
        running = false;
        idle.wakeAll();
    }
};

// The strands of one pool that have work and no thread. One thread at a time is woken for them, and wakes the
// next one itself before it begins: most jobs are so short that waking a thread for each would cost more than
// they do, and at the expense of whoever posts them.
class IoQueue::Ready : public QObject
{
public:
    // Goes with the pool. Pools are few, and have no other children.
    static Ready &of(QThreadPool &threads)
    {
        for (QObject *child : threads.children()) {
            if (auto *ready = dynamic_cast<Ready *>(child))
                return *ready;
        }
        return *new Ready(threads);
    }

    void add(std::shared_ptr<Shared> strand)
    {
        QMutexLocker lock(&m_mutex);
        m_strands.push_back(std::move(strand));
        wakeOne(&lock);
    }

private:
    explicit Ready(QThreadPool &threads)
        : QObject(&threads)
        , m_threads(threads)
    {}

    // Leaves it unlocked.
    void wakeOne(QMutexLocker<QMutex> *lock)
    {
        const bool isWanted = !m_strands.empty() && !std::exchange(m_isWaking, true);
        lock->unlock();
        if (isWanted)
            m_threads.start([this] { run(); });
    }

    void run()
    {
        heedPriority();
        const QDeadlineTimer turn(kTurn);
        QMutexLocker lock(&m_mutex);
        m_isWaking = false;
        while (!m_strands.empty() && !turn.hasExpired()) {
            const std::shared_ptr<Shared> strand = std::move(m_strands.front());
            m_strands.pop_front();
            wakeOne(&lock);
            strand->runAll();
            lock.relock();
        }
        wakeOne(&lock);
    }

    QThreadPool &m_threads;
    QMutex m_mutex;
    std::deque<std::shared_ptr<Shared>> m_strands;
    bool m_isWaking = false;
};

IoQueue::IoQueue(QThreadPool &threads)
    : m_ready(Ready::of(threads))
    , m_shared(std::make_shared<Shared>())
{}

void IoQueue::post(std::function<void()> job)
{
    {
        const QMutexLocker lock(&m_shared->mutex);
        m_shared->jobs.push_back(std::move(job));
        if (std::exchange(m_shared->running, true))
            return;
    }
    m_ready.add(m_shared);
}

void IoQueue::drain()
{
    QMutexLocker lock(&m_shared->mutex);
    while (m_shared->running)
        m_shared->idle.wait(&m_shared->mutex);
}

} // namespace longhaul
