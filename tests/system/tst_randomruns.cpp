// SPDX-License-Identifier: MIT
// Whatever is done to downloads, and whatever the server does: the end is the server's file.
//
// LONGHAUL_RUNS=n   n runs rather than 500
// LONGHAUL_SEED=n   from this seed on; one run unless LONGHAUL_RUNS says more
// A seed draws all that is done and answered; only the moments differ from one time to the next.
#include "randomrun.h"

#include <QEventLoop>
#include <QTest>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace longhaul::test;

namespace {

constexpr int kRuns = 500;
constexpr int kAtOnce = 24; // they mostly wait

} // namespace

class TestRandomRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runs_data();
    void runs();
};

// Both ends of all connections are here: more than the 1024 files that a process may have where nobody asks.
void TestRandomRuns::initTestCase()
{
#ifdef Q_OS_UNIX
    rlimit files{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
#endif
}

// In rows, for a row has no more than five minutes.
void TestRandomRuns::runs_data()
{
    QTest::addColumn<quint64>("first");
    QTest::addColumn<int>("count");
    bool given = false;
    quint64 seed = qEnvironmentVariable("LONGHAUL_SEED", QStringLiteral("1")).toULongLong();
    int left = qEnvironmentVariableIntValue("LONGHAUL_RUNS", &given);
    if (!given)
        left = qEnvironmentVariableIsSet("LONGHAUL_SEED") ? 1 : kRuns;
    for (; left > 0; left -= kRuns, seed += quint64(kRuns))
        QTest::addRow("from %llu on", seed) << seed << std::min(left, kRuns);
}

void TestRandomRuns::runs()
{
    QFETCH(const quint64, first);
    QFETCH(const int, count);
    quint64 seed = first;
    int left = count;
    int underWay = 0;
    int kills = 0;
    QByteArrayList failures;
    QEventLoop loop;
    std::function<void()> fill = [&] {
        for (; underWay < kAtOnce && left > 0; --left, ++underWay) {
            auto *run = new RandomRun(seed++, this);
            connect(run, &RandomRun::done, &loop, [&, run] {
                if (!run->failure().isEmpty()) {
                    failures.append("seed " + QByteArray::number(run->seed()) + ": " + run->failure());
                    qInfo().noquote() << run->account();
                }
                kills += run->kills();
                run->deleteLater();
                --underWay;
                fill();
                if (underWay == 0)
                    loop.quit();
            });
            run->start();
        }
    };
    fill();
    if (underWay > 0)
        loop.exec();
    QVERIFY2(failures.isEmpty(), failures.join('\n').constData());
    qInfo("killed %d times", kills);
}

QTEST_GUILESS_MAIN(TestRandomRuns)
#include "tst_randomruns.moc"
