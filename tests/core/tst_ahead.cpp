// SPDX-License-Identifier: MIT
#include "core/ahead.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

using namespace longhaul;

class TestAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOverInOrder_data();
    void handsOverInOrder();
    void aSingleOneTakesNoThread();
    void makesSeveralAtATime();
    void isNotFarAhead();
};

void TestAhead::handsOverInOrder_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 2, 3, 17, 200})
        QTest::addRow("%d", count) << count;
}

// On the calling thread, each once.
void TestAhead::handsOverInOrder()
{
    QFETCH(int, count);
    std::vector<size_t> taken;
    makeAhead<size_t>(
        size_t(count), [](size_t n) { return 3 * n; },
        [&, caller = std::this_thread::get_id()](size_t value) {
            QCOMPARE(std::this_thread::get_id(), caller);
            taken.push_back(value);
        });
    QCOMPARE(taken.size(), size_t(count));
    for (size_t n = 0; n < taken.size(); ++n)
        QCOMPARE(taken[n], 3 * n);
}

void TestAhead::aSingleOneTakesNoThread()
{
    std::thread::id maker;
    makeAhead<int>(
        1,
        [&](size_t) {
            maker = std::this_thread::get_id();
            return 0;
        },
        [](int) {});
    QCOMPARE(maker, std::this_thread::get_id());
}

// Each waits for another: they would never end one after the other.
void TestAhead::makesSeveralAtATime()
{
    if (std::thread::hardware_concurrency() < 2)
        QSKIP("there is one processor: one at a time is made");
    std::latch both(2);
    int taken = 0;
    makeAhead<int>(
        2,
        [&](size_t) {
            both.arrive_and_wait();
            return 1;
        },
        [&](int one) { taken += one; });
    QCOMPARE(taken, 2);
}

void TestAhead::isNotFarAhead()
{
    std::atomic_size_t begun = 0;
    size_t taken = 0;
    makeAhead<int>(
        100, [&](size_t) { return int(++begun); },
        [&](int) {
            // This one has been taken, and none is begun before that is over.
            QVERIFY(begun <= taken + std::max(1U, std::thread::hardware_concurrency()));
            ++taken;
        });
    QCOMPARE(taken, size_t(100));
}

QTEST_APPLESS_MAIN(TestAhead)
#include "tst_ahead.moc"
