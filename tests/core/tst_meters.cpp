// SPDX-License-Identifier: MIT
#include "core/ratelimiter.h"
#include "core/speedmeter.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace longhaul;
using namespace std::chrono_literals;

class TestMeters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noRateYet();
    void steadyRate();
    void followsAChange();
    void silenceFallsToZero();
    void oddTimes();
    void timeLeft();
    void noLimit();
    void keepsTheLimit_data();
    void keepsTheLimit();
    void noBurst();
    void noCrumbs();
    void timerRestsWhenNobodyWaits();
    void changeWakes();
    void bufferSize();
};

void TestMeters::noRateYet()
{
    SpeedMeter meter;
    QCOMPARE(meter.rate(), qint64(0));
    QVERIFY(!meter.timeLeft(100));
    meter.add(5000, 1000ms);
    QCOMPARE(meter.rate(), qint64(0)); // nobody knows how long these took
    meter.add(1000, 1500ms);
    QCOMPARE(meter.rate(), qint64(2000));
    meter.reset();
    QCOMPARE(meter.rate(), qint64(0));
    QVERIFY(!meter.timeLeft(100));
    meter.add(1000, 9000ms);
    meter.add(1000, 10000ms);
    QCOMPARE(meter.rate(), qint64(1000));
}

void TestMeters::steadyRate()
{
    SpeedMeter meter;
    for (int i = 0; i < 1000; ++i) {
        meter.add(250, i * 250ms);
        if (i > 0)
            QCOMPARE(meter.rate(), qint64(1000));
    }
}

void TestMeters::followsAChange()
{
    SpeedMeter meter;
    std::chrono::milliseconds now = 0ms;
    for (; now <= 60s; now += 250ms)
        meter.add(250, now);
    for (int i = 0; i < 8; ++i, now += 250ms) // two seconds at ten times the rate
        meter.add(2500, now);
    QVERIFY2(meter.rate() > 4500 && meter.rate() < 6500, QByteArray::number(meter.rate()).constData());
    for (int i = 0; i < 12; ++i, now += 250ms)
        meter.add(2500, now);
    QCOMPARE(meter.rate(), qint64(10000)); // the old rate is forgotten
}

void TestMeters::silenceFallsToZero()
{
    SpeedMeter meter;
    meter.add(0, 0ms);
    meter.add(1'000'000, 1000ms);
    QCOMPARE(meter.rate(), qint64(1'000'000));
    meter.add(0, 4000ms);
    QCOMPARE(meter.rate(), qint64(250'000));
    for (auto now = 4250ms; now <= 6s; now += 250ms)
        meter.add(0, now);
    QCOMPARE(meter.rate(), qint64(0));
    QVERIFY(!meter.timeLeft(1));
}

void TestMeters::oddTimes()
{
    SpeedMeter meter;
    meter.add(100, 50ms);
    meter.add(100, 50ms);
    QCOMPARE(meter.rate(), qint64(0)); // no division by 0
    meter.add(1000, 1050ms);
    QCOMPARE(meter.rate(), qint64(1100));
    SpeedMeter fast; // 100 GB/s for an hour
    for (int i = 0; i <= 3600; ++i)
        fast.add(100'000'000'000, i * 1s);
    QCOMPARE(fast.rate(), qint64(100'000'000'000));
}

void TestMeters::timeLeft()
{
    SpeedMeter meter;
    meter.add(0, 0ms);
    meter.add(1000, 1000ms);
    QVERIFY(meter.timeLeft(0) == 0s);
    QVERIFY(meter.timeLeft(1) == 1s);
    QVERIFY(meter.timeLeft(1000) == 1s);
    QVERIFY(meter.timeLeft(1001) == 2s);
    QVERIFY(meter.timeLeft(3'600'000) == 3600s);
}

void TestMeters::noLimit()
{
    RateLimiter limiter;
    QSignalSpy replenished(&limiter, &RateLimiter::replenished);
    QCOMPARE(limiter.limit(), qint64(0));
    QCOMPARE(limiter.take(qint64(1) << 50), qint64(1) << 50);
    QCOMPARE(limiter.take(qint64(1) << 50), qint64(1) << 50);
    QCOMPARE(replenished.count(), 0);
}

void TestMeters::keepsTheLimit_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("readers");
    QTest::addColumn<qint64>("wanted"); // by each, at once
    QTest::newRow("one") << qint64(1'000'000) << 1 << qint64(1 << 20);
    QTest::newRow("small bites") << qint64(1'000'000) << 1 << qint64(1000);
    QTest::newRow("eight") << qint64(1'000'000) << 8 << qint64(16 << 10);
    QTest::newRow("slow") << qint64(2'000) << 3 << qint64(16 << 10);
    QTest::newRow("fast") << qint64(2'000'000'000) << 4 << qint64(64 << 20);
}

// Readers that take what they get and wait for replenished() else, on a real clock.
void TestMeters::keepsTheLimit()
{
    QFETCH(qint64, limit);
    QFETCH(int, readers);
    QFETCH(qint64, wanted);
    QElapsedTimer clock;
    clock.start();
    RateLimiter limiter;
    limiter.setLimit(limit);
    qint64 total = 0;
    double mostAhead = 0;    // bytes beyond what the time gone by allows
    double sleptThrough = 0; // seconds that no bucket holds, on a busy machine
    double lastTake = 0;
    QEventLoop loop;
    const auto takeAll = [&] {
        for (qint64 given = 1; given > 0;) {
            const double now = double(clock.nsecsElapsed()) / 1e9;
            sleptThrough += std::max(0.0, now - lastTake - 0.25);
            lastTake = now;
            given = 0;
            for (int i = 0; i < readers; ++i)
                given += limiter.take(wanted);
            total += given;
            mostAhead =
                std::max(mostAhead, double(total) - double(clock.nsecsElapsed()) / 1e9 * double(limit));
            if (clock.elapsed() >= 1200)
                return loop.quit();
        }
    };
    connect(&limiter, &RateLimiter::replenished, this, takeAll);
    QTimer::singleShot(20'000, &loop, [&loop] { loop.exit(1); });
    takeAll();
    QCOMPARE(loop.exec(), 0);
    limiter.disconnect(this);
    const double possible = double(clock.nsecsElapsed()) / 1e9 - sleptThrough;
    const double share = double(total) / (possible * double(limit));
    QVERIFY2(share > 0.93, QByteArray::number(share).constData()); // 50 ms may still be in the bucket
    QVERIFY2(mostAhead <= 1, QByteArray::number(mostAhead).constData());
}

// However long nobody asked: a quarter of a second, not more.
void TestMeters::noBurst()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 800); // time itself is the fact waited for
    const qint64 before = clock.nsecsElapsed();
    const qint64 first = limiter.take(10'000'000);
    QCOMPARE(first, qint64(250'000));
    const qint64 second = limiter.take(10'000'000);
    QVERIFY(second <= (clock.nsecsElapsed() - before) / 1000 + 1);
}

// Below a twentieth of a second's worth nothing is given, unless less than that is wanted.
void TestMeters::noCrumbs()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    QList<qint64> gifts;
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < 300;) {
        if (const qint64 given = limiter.take(1 << 20))
            gifts.append(given);
        QCoreApplication::processEvents();
    }
    QVERIFY(!gifts.isEmpty());
    for (const qint64 given : std::as_const(gifts))
        QVERIFY2(given >= 50'000, QByteArray::number(given).constData());
    // A byte at a time under a limit of a few bytes.
    RateLimiter slow;
    slow.setLimit(20);
    QVERIFY(QTest::qWaitFor([&slow] { return slow.take(1) == 1; }));
    QVERIFY(slow.take(1000) <= 5);
}

void TestMeters::timerRestsWhenNobodyWaits()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    QSignalSpy replenished(&limiter, &RateLimiter::replenished);
    QVERIFY(QTest::qWaitFor(
        [&limiter] { return limiter.take(10'000) == 10'000; })); // all that was wanted: nobody waits
    QTest::qWait(60);
    replenished.clear();
    QTest::qWait(200); // that nothing comes cannot be waited for otherwise
    QCOMPARE(replenished.count(), 0);
    QVERIFY(limiter.take(10'000'000) < 10'000'000);
    QVERIFY(limiter.take(10'000'000) < 10'000'000);
    QVERIFY(replenished.wait(5000));
    QTest::qWait(200);
    QCOMPARE(replenished.count(), 1);
}

void TestMeters::changeWakes()
{
    RateLimiter limiter;
    QSignalSpy replenished(&limiter, &RateLimiter::replenished);
    limiter.setLimit(100);
    QCOMPARE(limiter.limit(), qint64(100));
    QCOMPARE(replenished.count(), 1);
    limiter.setLimit(100);
    QCOMPARE(replenished.count(), 1);
    QVERIFY(limiter.take(1000) < 1000);
    limiter.setLimit(0);
    QCOMPARE(replenished.count(), 2);
    QCOMPARE(limiter.take(1000), qint64(1000));
    QElapsedTimer clock; // the time without a limit does not fill the bucket
    clock.start();
    limiter.setLimit(1'000'000'000);
    const qint64 given = limiter.take(1'000'000'000);
    QVERIFY(given <= clock.nsecsElapsed());
    // What was left under the old limit is not spent under the new one.
    QVERIFY(QTest::qWaitFor([&limiter] { return limiter.take(1) == 1; }));
    clock.restart();
    limiter.setLimit(1'000'000);
    QVERIFY(limiter.take(1'000'000) <= clock.nsecsElapsed() / 1000);
}

void TestMeters::bufferSize()
{
    RateLimiter limiter;
    QCOMPARE(limiter.bufferSize(2 << 20), qint64(2 << 20));
    limiter.setLimit(1 << 20);
    QCOMPARE(limiter.bufferSize(2 << 20), qint64(256 << 10));
    limiter.setLimit(100);
    QCOMPARE(limiter.bufferSize(2 << 20), qint64(16 << 10));
    limiter.setLimit(qint64(1) << 40);
    QCOMPARE(limiter.bufferSize(2 << 20), qint64(2 << 20));
    limiter.setLimit(100);
    QCOMPARE(limiter.bufferSize(1000), qint64(1000)); // never more than without a limit
}

QTEST_GUILESS_MAIN(TestMeters)
#include "tst_meters.moc"
