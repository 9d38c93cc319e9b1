// SPDX-License-Identifier: MIT
#include "core/growth.h"

#include <QTest>

#include <functional>

using namespace longhaul;
using namespace std::chrono_literals;

namespace {

// What a line brings in a ms with so many connections.
using Line = std::function<double(int connections)>;

// A run over `line`: a new connection delivers after `delay`.
struct Run {
    Growth growth;
    Growth::Time now{0};
    double bytes = 0;
    int delivering = 1;
    Growth::Time delivers{0}; // when the newest one does
    int most = 16;
    Growth::Time delay{1};
    bool held = false;

    void go(const Line &line, Growth::Time time)
    {
        for (const Growth::Time end = now + time; now < end; ++now) {
            bytes += line(delivering);
            if (growth.wanted() < delivering)
                delivering = growth.wanted();
            if (growth.wanted() > delivering && now >= delivers) {
                ++delivering;
                delivers = now + delay;
            }
            growth.review(now, qint64(bytes), delivering, most, held);
        }
    }
};

double throttled(int connections) { return 10'000.0 * connections; } // 10 MB/s each
double narrow(int) { return 6'000.0; }                               // one connection fills it

} // namespace

class TestGrowth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void throttledServer();
    void narrowLine();
    void held();
    void farAway();
    void most();
    void refusal();
    void widens();
};

// All of them within half a second, or a short download would be over before they help.
void TestGrowth::throttledServer()
{
    Run run;
    run.go(throttled, 400ms);
    QCOMPARE(run.growth.wanted(), 16);
    run.go(throttled, 60s);
    QCOMPARE(run.growth.wanted(), 16);
}

// A line that one connection fills gets few, and does not get more with time.
void TestGrowth::narrowLine()
{
    Run run;
    run.go(narrow, 1s);
    QVERIFY2(run.growth.wanted() <= 4, QByteArray::number(run.growth.wanted()).constData());
    int greatest = 0;
    for (int i = 0; i < 600; ++i) {
        run.go(narrow, 1s);
        greatest = std::max(greatest, run.growth.wanted());
    }
    QVERIFY2(greatest <= 5, QByteArray::number(greatest).constData());
}

// What holds us back is not the server: more connections would not help.
void TestGrowth::held()
{
    Run run;
    run.held = true;
    run.go(throttled, 10s);
    QCOMPARE(run.growth.wanted(), 1);
    run.held = false;
    run.go(throttled, 1s);
    QCOMPARE(run.growth.wanted(), 16);
}

// One at a time: the next one when the one before delivers.
void TestGrowth::farAway()
{
    Run run;
    run.delay = 300ms;
    run.go(throttled, 1s);
    QVERIFY2(run.growth.wanted() >= 3 && run.growth.wanted() <= 6,
             QByteArray::number(run.growth.wanted()).constData());
    run.go(throttled, 5s);
    QCOMPARE(run.growth.wanted(), 16);
}

void TestGrowth::most()
{
    Run run;
    run.most = 4;
    run.go(throttled, 10s);
    QCOMPARE(run.growth.wanted(), 4);
    run.most = 2; // the user, or another task, wants some
    run.go(throttled, 10ms);
    QCOMPARE(run.growth.wanted(), 2);
    run.most = 8;
    run.go(throttled, 1s);
    QVERIFY(run.growth.wanted() > 2);
}

void TestGrowth::refusal()
{
    Run run;
    run.go(throttled, 40ms);
    run.growth.stopAt(2);
    run.go(throttled, 10s);
    QCOMPARE(run.growth.wanted(), 2);
    run.growth.stopAt(0);
    QCOMPARE(run.growth.wanted(), 1);
}

// A line that was narrow and is not any more.
void TestGrowth::widens()
{
    Run run;
    run.go(narrow, 5s);
    run.go(throttled, 120s);
    QCOMPARE(run.growth.wanted(), 16);
}

QTEST_GUILESS_MAIN(TestGrowth)
#include "tst_growth.moc"
