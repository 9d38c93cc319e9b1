// SPDX-License-Identifier: MIT
// Whatever is done to downloads, and whatever the server does: the end is the server's file.
//
// LONGHAUL_RUNS=n   n runs rather than 500
// LONGHAUL_SEED=n   from this seed on; one run unless LONGHAUL_RUNS says more
// A seed draws all that is done and answered; only the moments differ from one time to the next.
#include "randomrun.h"

#include <QEventLoop>
#include <QTest>

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

void TestRandomRuns::runs()
{
    bool given = false;
    const quint64 first = qEnvironmentVariable("LONGHAUL_SEED").toULongLong(&given);
    bool counted = false;
    int left = qEnvironmentVariableIntValue("LONGHAUL_RUNS", &counted);
    if (!counted)
        left = given ? 1 : kRuns;
    quint64 seed = given ? first : 1;
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
