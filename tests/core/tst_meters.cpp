// SPDX-License-Identifier: MIT
#include "core/speedmeter.h"

#include <QTest>

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

QTEST_GUILESS_MAIN(TestMeters)
#include "tst_meters.moc"
