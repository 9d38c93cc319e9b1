// SPDX-License-Identifier: MIT
// Strands on the threads of one pool: each in order, and one that is held up holds back no other.
#include "core/ioqueue.h"

#include <QDeadlineTimer>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <vector>

using namespace longhaul;

namespace {

constexpr int kPatienceMs = 20'000;

} // namespace

class TestIoQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jobsOfOneRunInOrder()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        constexpr int kStrands = 20;
        constexpr int kJobs = 200;
        std::vector<std::unique_ptr<IoQueue>> queues;
        std::array<std::vector<int>, kStrands> ran; // each by its own strand alone
        std::array<std::atomic_int, kStrands> busy{};
        std::atomic_int together = 0;
        for (int i = 0; i < kStrands; ++i)
            queues.push_back(std::make_unique<IoQueue>(pool));
        for (int job = 0; job < kJobs; ++job) {
            for (size_t i = 0; i < kStrands; ++i)
                queues[i]->post([&, i, job] {
                    together += busy[i]++ != 0;
                    ran[i].push_back(job);
                    --busy[i];
                });
        }
        for (const auto &queue : queues)
            queue->drain();
        QCOMPARE(together.load(), 0);
        for (const std::vector<int> &jobs : ran) {
            QCOMPARE(jobs.size(), size_t(kJobs));
            QVERIFY(std::is_sorted(jobs.begin(), jobs.end()));
        }
    }

    // As many as the pool has threads for, and nobody's event loop turns.
    void whoIsHeldUpHoldsBackNoOther()
    {
        QSemaphore begun;
        QSemaphore released;
        QSemaphore done;
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        std::vector<std::unique_ptr<IoQueue>> queues;
        for (int i = 0; i < 6; ++i)
            queues.push_back(std::make_unique<IoQueue>(pool));
        for (size_t i = 0; i < 3; ++i)
            queues[i]->post([&] {
                begun.release();
                released.acquire();
            });
        const auto release = qScopeGuard([&] { released.release(3); });
        const QDeadlineTimer deadline(kPatienceMs); // for all: none waits for long
        QVERIFY(begun.tryAcquire(3, kPatienceMs));
        for (int round = 0; round < 200; ++round) {
            for (size_t i = 3; i < 6; ++i)
                queues[i]->post([&done] { done.release(); });
            QVERIFY(done.tryAcquire(3, int(deadline.remainingTime())));
        }
    }

    // What was posted before its owner was gone is done all the same, also where there is one thread.
    void outlivesItsOwner()
    {
        QSemaphore gate;
        QSemaphore done;
        QThreadPool pool;
        pool.setMaxThreadCount(1);
        {
            IoQueue first(pool);
            IoQueue second(pool);
            first.post([&gate] { gate.acquire(); });
            second.post([&done] { done.release(); });
            first.post([&done] { done.release(); });
        }
        gate.release();
        QVERIFY(done.tryAcquire(2, kPatienceMs));
        QVERIFY(pool.waitForDone(kPatienceMs));
    }

    // No thread stays when there is nothing to do.
    void idle()
    {
        QSemaphore gate;
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        IoQueue first(pool);
        IoQueue second(pool);
        first.post([&gate] { gate.acquire(); });
        const auto release = qScopeGuard([&] { gate.release(); });
        second.post([] {}); // somebody is in reserve for it, or has done it
        second.drain();
        QTRY_COMPARE_WITH_TIMEOUT(pool.activeThreadCount(), 1, kPatienceMs); // the one that is held up
        gate.release();
        QTRY_COMPARE_WITH_TIMEOUT(pool.activeThreadCount(), 0, kPatienceMs);
    }
};

QTEST_GUILESS_MAIN(TestIoQueue)
#include "tst_ioqueue.moc"
