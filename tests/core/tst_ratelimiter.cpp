// SPDX-License-Identifier: MIT
// Limits on a real clock: how exact they are, and what a change does.
#include "ratereaders.h"

#include <QSignalSpy>

using namespace longhaul;
using namespace longhaul::ratereaders;

namespace {

class Ticks : public QObject
{
public:
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Timer;
        return false;
    }
};

} // namespace

class TestRateLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noLimit();
    void isExact();
    void manySmallBites();
    void noBurst();
    void noBurstAfterAChange();
    void noCrumbs();
    void timerRestsWhenNobodyWaits();
    void changeWakes();
    void endsWhileWaiting();
    void bufferSize();
};

void TestRateLimiter::noLimit()
{
    RateLimiter whole;
    RateLimiter task(whole, nullptr);
    RateTap tap(task);
    QSignalSpy replenished(&tap, &RateTap::replenished);
    QVERIFY(!task.isLimited());
    QCOMPARE(tap.take(qint64(1) << 50), qint64(1) << 50);
    QCOMPARE(tap.take(0), qint64(0));
    QElapsedTimer clock;
    clock.start();
    qint64 sum = 0;
    for (int i = 0; i < 1'000'000; ++i)
        sum += tap.take(1);
    QCOMPARE(sum, qint64(1'000'000));
    QVERIFY2(clock.elapsed() < 500, QByteArray::number(clock.elapsed()).constData()); // 0.5 us each
    QCOMPARE(replenished.count(), 0);
    whole.setLimit(1000);
    QVERIFY(task.isLimited() && whole.isLimited());
    whole.setLimit(0);
    task.setLimit(1000);
    QVERIFY(task.isLimited() && !whole.isLimited());
}

// The whole range at once, for ten seconds.
void TestRateLimiter::isExact()
{
    constexpr qint64 kLimits[] = {50'000, 1'000'000, 20'000'000, 500'000'000};
    struct Trial {
        explicit Trial(qint64 limit)
            : task(whole, nullptr)
            , all(readers(4, task, kFast))
            , witness(limit, all)
        {
            whole.setLimit(limit);
        }
        RateLimiter whole;
        RateLimiter task;
        std::vector<std::unique_ptr<Reader>> all;
        Witness witness;
    };
    std::vector<std::unique_ptr<Trial>> trials;
    for (const qint64 limit : kLimits)
        trials.push_back(std::make_unique<Trial>(limit));
    QTest::qWait(10'000); // the law speaks of so long
    for (const auto &trial : trials) {
        trial->witness.look();
        qInfo("%lld: %.4f of the limit, at most %.3f s worth at once", trial->whole.limit(),
              trial->witness.share(), trial->witness.mostAtOnce());
        QVERIFY(isNear(trial->witness.share(), 1, 0.03));
        QVERIFY(trial->witness.mostAtOnce() <= kBurst);
    }
}

void TestRateLimiter::manySmallBites()
{
    RateLimiter whole;
    whole.setLimit(1'000'000);
    std::vector<std::unique_ptr<Reader>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(std::make_unique<Reader>(whole, kFast, 3000, 1000));
    Witness witness(1'000'000, all);
    QTest::qWait(1500);
    witness.look();
    QVERIFY(isNear(witness.share(), 1, 0.05)); // 50 ms may still be in the bucket
    QVERIFY(witness.mostAtOnce() <= kBurst);
}

// However long nobody asked: a quarter of a second, not more.
void TestRateLimiter::noBurst()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    RateTap tap(limiter);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 800); // time itself is the fact waited for
    const qint64 before = clock.nsecsElapsed();
    const qint64 first = tap.take(10'000'000);
    QCOMPARE(first, qint64(250'000));
    const qint64 second = tap.take(10'000'000);
    QVERIFY(second <= (clock.nsecsElapsed() - before) / 1000 + 1);
}

// Nor has a task of its own, or one that comes late, more than that.
void TestRateLimiter::noBurstAfterAChange()
{
    RateLimiter whole;
    whole.setLimit(100'000'000);
    RateLimiter task(whole, nullptr);
    RateTap tap(task);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 400);
    // What was left under the old limit is not spent under the new one.
    clock.restart();
    whole.setLimit(1'000'000);
    QVERIFY(tap.take(1'000'000) <= clock.nsecsElapsed() / 1000);
    whole.setLimit(0);
    QCOMPARE(tap.take(1000), qint64(1000));
    QTRY_VERIFY(clock.elapsed() > 300); // the time without a limit does not fill the bucket
    clock.restart();
    whole.setLimit(1'000'000'000);
    QVERIFY(tap.take(1'000'000'000) <= clock.nsecsElapsed());
    whole.setLimit(0);
    clock.restart();
    task.setLimit(1'000'000'000);
    QVERIFY(tap.take(1'000'000'000) <= clock.nsecsElapsed());
}

// Below a twenty-fifth of a second's worth nothing is given, unless less than that is wanted.
void TestRateLimiter::noCrumbs()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    RateTap tap(limiter);
    QList<qint64> gifts;
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < 300;) {
        if (const qint64 given = tap.take(1 << 20))
            gifts.append(given);
        QCoreApplication::processEvents();
    }
    QVERIFY(!gifts.isEmpty());
    for (const qint64 given : std::as_const(gifts))
        QVERIFY2(given >= 40'000, QByteArray::number(given).constData());
    // A byte at a time under a limit of a few bytes.
    RateLimiter slow;
    slow.setLimit(20);
    RateTap slowTap(slow);
    QVERIFY(QTest::qWaitFor([&slowTap] { return slowTap.take(1) == 1; }));
    QVERIFY(slowTap.take(1000) <= 5);
}

void TestRateLimiter::timerRestsWhenNobodyWaits()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    RateTap tap(limiter);
    QSignalSpy replenished(&tap, &RateTap::replenished);
    QVERIFY(QTest::qWaitFor([&tap] { return tap.take(10'000) == 10'000; })); // all: it does not wait
    QTest::qWait(60);
    replenished.clear();
    QTest::qWait(200); // that nothing comes cannot be waited for otherwise
    QCOMPARE(replenished.count(), 0);
    QVERIFY(tap.take(10'000'000) < 10'000'000);
    QVERIFY(tap.take(10'000'000) < 10'000'000);
    QVERIFY(replenished.wait(5000));
    QTest::qWait(200);
    QCOMPARE(replenished.count(), 1);
    Ticks ticks;
    limiter.installEventFilter(&ticks);
    QTest::qWait(200);
    QCOMPARE(ticks.count, 0);
    tap.take(10'000'000);
    QVERIFY(QTest::qWaitFor([&ticks] { return ticks.count > 0; }));
}

void TestRateLimiter::changeWakes()
{
    RateLimiter whole;
    RateLimiter task(whole, nullptr);
    RateTap tap(task);
    QSignalSpy changed(&task, &RateLimiter::limitChanged);
    QSignalSpy replenished(&tap, &RateTap::replenished);
    whole.setLimit(100);
    QCOMPARE(whole.limit(), qint64(100));
    QCOMPARE(changed.count(), 1);
    whole.setLimit(100);
    QCOMPARE(changed.count(), 1);
    QVERIFY(tap.take(1000) < 1000);
    whole.setLimit(0); // at once
    QCOMPARE(changed.count(), 2);
    QCOMPARE(replenished.count(), 1);
    QCOMPARE(tap.take(1000), qint64(1000));

    whole.setLimit(1);
    QCOMPARE(tap.take(100'000), qint64(0));
    replenished.clear();
    QElapsedTimer clock;
    clock.start();
    whole.setLimit(10'000'000); // with the pace of the new one, not of the old
    QTRY_VERIFY_WITH_TIMEOUT(replenished.count() > 0, 5000);
    QVERIFY2(clock.elapsed() < 1000, QByteArray::number(clock.elapsed()).constData());

    whole.setLimit(0);
    task.setLimit(1);
    QCOMPARE(changed.count(), 6);
    QCOMPARE(tap.take(100'000), qint64(0));
    replenished.clear();
    task.setLimit(0);
    QCOMPARE(replenished.count(), 1);
    QCOMPARE(tap.take(100'000), qint64(100'000));
}

// Taps, and tasks, that go while they wait, or while they are given something.
void TestRateLimiter::endsWhileWaiting()
{
    RateLimiter whole;
    whole.setLimit(1'000'000);
    auto task = std::make_unique<RateLimiter>(whole, nullptr);
    RateTap orphan(*task);
    auto waiting = std::make_unique<RateTap>(*task);
    RateTap other(whole);
    auto asking = std::make_unique<RateTap>(whole);
    QVERIFY(orphan.take(1 << 20) + waiting->take(1 << 20) + asking->take(1 << 20) < 3 << 20);
    connect(asking.get(), &RateTap::replenished, this, [&] { asking.reset(); });
    connect(&other, &RateTap::replenished, this, [&] {
        waiting.reset();
        task.reset();
    });
    other.take(1 << 20);
    QTRY_VERIFY(!asking && !task && !waiting);
    QCOMPARE(orphan.take(1 << 20), qint64(1 << 20));
    QElapsedTimer clock;
    clock.start();
    qint64 given = 0;
    QTRY_VERIFY((given += other.take(10'000)) >= 200'000); // nothing is lost with them
    QVERIFY2(clock.elapsed() < 1000, QByteArray::number(clock.elapsed()).constData());
}

void TestRateLimiter::bufferSize()
{
    RateLimiter whole;
    RateLimiter task(whole, nullptr);
    QCOMPARE(task.bufferSize(2 << 20), qint64(2 << 20));
    whole.setLimit(1 << 20);
    QCOMPARE(task.bufferSize(2 << 20), qint64(256 << 10));
    task.setLimit(1 << 19); // the lower one counts
    QCOMPARE(task.bufferSize(2 << 20), qint64(128 << 10));
    task.setLimit(1 << 22);
    QCOMPARE(task.bufferSize(2 << 20), qint64(256 << 10));
    whole.setLimit(100);
    QCOMPARE(task.bufferSize(2 << 20), qint64(16 << 10));
    QCOMPARE(task.bufferSize(1000), qint64(1000)); // never more than without a limit
    whole.setLimit(0);
    QCOMPARE(task.bufferSize(2 << 20), qint64(1 << 20));
    task.setLimit(qint64(1) << 40);
    QCOMPARE(task.bufferSize(2 << 20), qint64(2 << 20));
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
