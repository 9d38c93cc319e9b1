// SPDX-License-Identifier: MIT
// The program is killed at random moments: no wrong byte, no lost entry, and little is fetched twice.
//
// LONGHAUL_KILLS=n   n kills rather than 100
// LONGHAUL_SEED=n    other moments and files
#include "killlane.h"

#include <QEventLoop>
#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace longhaul::test;

namespace {

constexpr int kKills = 100;
constexpr int kLanes = 4; // side by side

// The record of a task asks for many connections; where `get` has an option for it, that one does, too.
QStringList connectionOptions()
{
    QProcess help;
    help.start(QStringLiteral(LONGHAUL_BINARY), {QStringLiteral("get"), QStringLiteral("--help")});
    const bool known = help.waitForFinished() && help.readAllStandardOutput().contains(" -x, ");
    return known ? QStringList{QStringLiteral("-x"), QStringLiteral("16")} : QStringList();
}

} // namespace

class TestSigkill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kills_data();
    void kills();
};

// In rows, for a row has no more than five minutes.
void TestSigkill::kills_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("count");
    bool given = false;
    quint64 seed = qEnvironmentVariable("LONGHAUL_SEED", QStringLiteral("1")).toULongLong();
    int left = qEnvironmentVariableIntValue("LONGHAUL_KILLS", &given);
    if (!given)
        left = kKills;
    for (; left > 0; left -= kKills, ++seed)
        QTest::addRow("seed %llu", seed) << seed << std::min(left, kKills);
}

void TestSigkill::kills()
{
    QFETCH(const quint64, seed);
    QFETCH(const int, count);
    int left = count;
    std::vector<std::unique_ptr<KillLane>> lanes;
    const QStringList options = connectionOptions();
    int underWay = kLanes;
    QEventLoop loop;
    for (int i = 0; i < kLanes; ++i) {
        lanes.push_back(std::make_unique<KillLane>(seed * 1000 + quint64(i), left, options));
        connect(
            lanes.back().get(), &KillLane::done, &loop,
            [&] {
                if (--underWay == 0)
                    loop.quit();
            },
            Qt::QueuedConnection);
    }
    for (const auto &lane : lanes)
        lane->start();
    loop.exec();
    for (const auto &lane : lanes) {
        if (!lane->failure().isEmpty()) // longer than what a failed check prints
            qInfo().noquote() << lane->failure();
        QVERIFY2(lane->failure().isEmpty(), lane->failure().left(500).constData());
        qInfo("%d connections; lost by one kill at most %.2f MiB, by all %.2f MiB", lane->mostConnections(),
              double(lane->mostLost()) / (1 << 20), double(lane->lost()) / (1 << 20));
    }
}

QTEST_GUILESS_MAIN(TestSigkill)
#include "tst_sigkill.moc"
