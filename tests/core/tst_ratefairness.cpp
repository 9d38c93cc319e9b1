// SPDX-License-Identifier: MIT
// How tasks, and the taps of one, share a limit on a real clock.
#include "ratereaders.h"

using namespace longhaul;
using namespace longhaul::ratereaders;

class TestRateFairness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tasksShareEqually();
    void slowTaskGetsWhatItWants();
    void tapsShareEqually();
    void taskLimitWithinTheWhole();
    void taskLimitAlone();
    void taskWithALimitOwesNothing();
    void whatIsNotTakenGoesToOthers();
};

// However many taps each has.
void TestRateFairness::tasksShareEqually()
{
    // Much faster, and on a busy machine what one reader's buffer holds is less than its share of a turn.
    for (const qint64 limit : {3'000'000, 60'000'000}) {
        RateLimiter whole;
        whole.setLimit(limit);
        RateLimiter first(whole, nullptr), second(whole, nullptr), third(whole, nullptr);
        const auto one = readers(1, first, kFast);
        const auto four = readers(4, second, kFast);
        const auto sixteen = readers(16, third, kFast);
        QTest::qWait(1500);
        const double share = double(totalOf(one) + totalOf(four) + totalOf(sixteen)) / 3;
        QVERIFY(isNear(3 * share, 1.5 * double(limit), 0.1));
        QVERIFY(isNear(double(totalOf(one)), share, 0.05));
        QVERIFY(isNear(double(totalOf(four)), share, 0.05));
        QVERIFY(isNear(double(totalOf(sixteen)), share, 0.05));
    }
}

// What it leaves is shared by the others.
void TestRateFairness::slowTaskGetsWhatItWants()
{
    RateLimiter whole;
    whole.setLimit(3'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr), third(whole, nullptr);
    const auto slow = readers(1, first, 300'000);
    const auto four = readers(4, second, kFast);
    const auto sixteen = readers(16, third, kFast);
    QTest::qWait(2000);
    QVERIFY(isNear(double(totalOf(slow)), 600'000, 0.1));
    const double half = double(totalOf(four) + totalOf(sixteen)) / 2;
    QVERIFY(isNear(half, 2'700'000, 0.1));
    QVERIFY(isNear(double(totalOf(four)), half, 0.05));
}

void TestRateFairness::tapsShareEqually()
{
    RateLimiter whole;
    whole.setLimit(4'000'000);
    RateLimiter task(whole, nullptr);
    auto all = readers(7, task, kFast);
    all.push_back(std::make_unique<Reader>(task, 50'000));
    QTest::qWait(2000);
    QVERIFY(isNear(double(all.back()->total()), 100'000, 0.15));
    const double share = double(totalOf(all) - all.back()->total()) / 7;
    for (size_t i = 0; i < 7; ++i)
        QVERIFY(isNear(double(all[i]->total()), share, 0.1));
}

void TestRateFairness::taskLimitWithinTheWhole()
{
    RateLimiter whole;
    whole.setLimit(3'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr), third(whole, nullptr);
    second.setLimit(500'000);
    third.setLimit(2'000'000); // more than its share
    const auto one = readers(1, first, kFast);
    const auto four = readers(4, second, kFast);
    const auto sixteen = readers(16, third, kFast);
    QTest::qWait(2000);
    QVERIFY(isNear(double(totalOf(four)), 1'000'000, 0.1));
    QVERIFY(isNear(double(totalOf(one)), 2'500'000, 0.1));
    QVERIFY(isNear(double(totalOf(sixteen)), 2'500'000, 0.1));
}

void TestRateFairness::taskLimitAlone()
{
    RateLimiter whole;
    RateLimiter first(whole, nullptr), second(whole, nullptr);
    first.setLimit(1'000'000);
    const auto four = readers(4, first, kFast);
    const auto free = readers(1, second, 20e6);
    Witness witness(1'000'000, four);
    QTest::qWait(1500);
    witness.look();
    QVERIFY(isNear(witness.share(), 1, 0.06));
    QVERIFY(witness.mostAtOnce() <= kBurst);
    QVERIFY(isNear(double(totalOf(free)), 30e6, 0.1));
}

// While its own limit held it up the others had the rest; that is not made good later.
void TestRateFairness::taskWithALimitOwesNothing()
{
    RateLimiter whole;
    whole.setLimit(4'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr);
    first.setLimit(10'000);
    const auto held = readers(1, first, kFast);
    const auto other = readers(1, second, kFast);
    QTest::qWait(1000);
    QVERIFY(isNear(double(totalOf(other)), 4'000'000, 0.15));
    first.setLimit(0);
    held[0]->forget();
    other[0]->forget();
    QTest::qWait(1000);
    QVERIFY(isNear(double(totalOf(held)), double(totalOf(other)), 0.1));
}

void TestRateFairness::whatIsNotTakenGoesToOthers()
{
    RateLimiter whole;
    whole.setLimit(1'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr);
    RateTap idle(first);
    QVERIFY(idle.take(1 << 20) < 1 << 20); // and then it does not want it any more
    const auto all = readers(1, second, kFast);
    QTest::qWait(1000);
    QVERIFY(isNear(double(totalOf(all)), 1'000'000, 0.1));
}

QTEST_GUILESS_MAIN(TestRateFairness)
#include "tst_ratefairness.moc"
