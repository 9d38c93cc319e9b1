// SPDX-License-Identifier: MIT
#include "ioqueue.h"

#include "threadpriority.h"

#include <QMutex>
#include <QWaitCondition>

namespace longhaul {

struct IoQueue::Shared {
    QMutex mutex;
    QWaitCondition idle;
    std::deque<std::function<void()>> jobs;
    bool running = false;

    void runAll()
    {
        heedPriority();
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

IoQueue::IoQueue(QThreadPool &threads)
    : m_threads(threads)
    , m_shared(std::make_shared<Shared>())
{}

void IoQueue::post(std::function<void()> job)
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->jobs.push_back(std::move(job));
    if (!m_shared->running) {
        m_shared->running = true;
        m_threads.start([shared = m_shared] { shared->runAll(); });
    }
}

void IoQueue::drain()
{
    QMutexLocker lock(&m_shared->mutex);
    while (m_shared->running)
        m_shared->idle.wait(&m_shared->mutex);
}

} // namespace longhaul
