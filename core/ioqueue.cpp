// SPDX-License-Identifier: MIT
#include "ioqueue.h"

#include "threadpriority.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QWaitCondition>

#include <algorithm>
#include <chrono>
#include <utility>

namespace longhaul {

namespace {

constexpr std::chrono::milliseconds kTurn{20}; // then what else the pool has to do is next
constexpr std::chrono::milliseconds kPatience{2};

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

// The strands of one pool that have work and no thread. One thread serves them all as long as none waits long
// for it: most jobs are so short that to wake a thread for each would cost more than they do. While others
// wait, a second one is in reserve, which steps in when the first is held up; then there is another in
// reserve.
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
        m_waiting.push_back({std::move(strand), QDeadlineTimer(kPatience)});
        callReserve(&lock);
    }

private:
    struct Waiting {
        std::shared_ptr<Shared> strand;
        QDeadlineTimer patience;
    };

    explicit Ready(QThreadPool &threads)
        : QObject(&threads)
        , m_threads(threads)
    {}

    // Where one is wanted and none is there. Leaves it unlocked.
    void callReserve(QMutexLocker<QMutex> *lock)
    {
        const bool isWanted = !m_waiting.empty() && !std::exchange(m_hasReserve, true);
        lock->unlock();
        if (isWanted)
            m_threads.start([this] { run(); });
    }

    // Until it is needed: nobody serves, or those that do are held up. False: it is not.
    bool standBy()
    {
        bool isTold = true;
        while (m_serving > 0 && (isTold || !m_waiting.empty())) {
            const QDeadlineTimer until = m_waiting.empty() ? QDeadlineTimer(kPatience)
                                                           : std::min(m_waiting.front().patience, m_heldUp);
            if (until.hasExpired())
                break;
            isTold = m_isFree.wait(&m_mutex, until);
        }
        m_hasReserve = false;
        return !m_waiting.empty();
    }

    void run()
    {
        heedPriority();
        QMutexLocker lock(&m_mutex);
        if (!standBy())
            return;
        ++m_serving;
        const QDeadlineTimer turn(kTurn);
        while (!m_waiting.empty() && !turn.hasExpired()) {
            const std::shared_ptr<Shared> strand = std::move(m_waiting.front().strand);
            m_waiting.pop_front();
            m_heldUp = QDeadlineTimer(kPatience);
            callReserve(&lock);
            strand->runAll();
            lock.relock();
        }
        const bool isFree = --m_serving == 0;
        callReserve(&lock);
        if (isFree)
            m_isFree.wakeOne(); // not while it keeps the owner from adding: it may have to give way to it
    }

    QThreadPool &m_threads;
    QMutex m_mutex;
    QWaitCondition m_isFree; // nobody serves any more
    std::deque<Waiting> m_waiting;
    QDeadlineTimer m_heldUp;   // unless a strand is taken until then, those that serve are
    int m_serving = 0;         // threads
    bool m_hasReserve = false; // or it is on its way
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
