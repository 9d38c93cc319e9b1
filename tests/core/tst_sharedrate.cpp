// SPDX-License-Identifier: MIT
// Limits over real connections: what all tasks together may draw, what one may, and how they share it.
#include "managerrun.h"

#include <QElapsedTimer>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;

namespace {

constexpr qint64 kSize = 64 << 20;

// Bytes per second that each task draws for a while.
QList<double> ratesOf(const QList<DownloadTask *> &tasks, int ms)
{
    const auto bytes = [&] {
        QList<qint64> all;
        for (const DownloadTask *task : tasks)
            all.append(task->report().bytes);
        return all;
    };
    QElapsedTimer clock;
    clock.start();
    const QList<qint64> before = bytes();
    QTest::qWait(ms);
    const QList<qint64> after = bytes();
    const double seconds = double(clock.nsecsElapsed()) / 1e9;
    QList<double> rates;
    for (qsizetype i = 0; i < tasks.size(); ++i)
        rates.append(double(after[i] - before[i]) / seconds);
    return rates;
}

// Up to a quarter of a second's bytes may lie in buffers at either end of the two seconds.
bool isNear(double value, double expected, double tolerance = 0.12)
{
    if (std::abs(value - expected) <= tolerance * expected)
        return true;
    qWarning("%f is not near %f", value, expected);
    return false;
}

} // namespace

class TestSharedRate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tasksShareTheLimit();
    void taskLimitHolds();
    void changesCountAtOnce();
    void optionsOfARunningTaskStay();

private:
    // Tasks that run, with these limits of their own.
    QList<DownloadTask *> begin(qint64 limit, const QList<qint64> &own);
    void setLimit(qint64 limit);
    static void setOwnLimit(DownloadTask *task, qint64 limit);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ManagerRun> m_run;
};

void TestSharedRate::init()
{
    m_run = std::make_unique<ManagerRun>();
    m_server = std::make_unique<ScriptedServer>(
        [](const Request &request) {
            return Answer::honest(request, Content::random(kSize), {.etag = "\"a\""});
        },
        ServerOptions{.sendBufferBytes = 256 << 10});
}

QList<DownloadTask *> TestSharedRate::begin(qint64 limit, const QList<qint64> &own)
{
    setLimit(limit);
    QList<DownloadTask *> tasks;
    for (qsizetype i = 0; i < own.size(); ++i) {
        TaskOptions options;
        options.rateLimit = own[i];
        tasks.append(m_run->manager().add(m_server->url(QStringLiteral("/%1.bin").arg(i)), options));
    }
    const auto flow = [&] {
        return std::all_of(tasks.begin(), tasks.end(),
                           [](const DownloadTask *task) { return task->report().bytes > 0; });
    };
    if (!QTest::qWaitFor(flow))
        qWarning("not all tasks have begun");
    return tasks;
}

void TestSharedRate::setLimit(qint64 limit)
{
    Settings settings = m_run->manager().settings();
    settings.rateLimit = limit;
    m_run->manager().apply(settings);
}

void TestSharedRate::setOwnLimit(DownloadTask *task, qint64 limit)
{
    TaskOptions options = task->resumeData().options;
    options.rateLimit = limit;
    task->setOptions(options);
}

void TestSharedRate::tasksShareTheLimit()
{
    const auto tasks = begin(2'000'000, {0, 0});
    const QList<double> rates = ratesOf(tasks, 2000);
    QVERIFY(isNear(rates[0] + rates[1], 2'000'000));
    QVERIFY(isNear(rates[0], 1'000'000));
    QVERIFY(isNear(rates[1], 1'000'000));
}

void TestSharedRate::taskLimitHolds()
{
    const auto tasks = begin(3'000'000, {400'000, 0});
    const QList<double> rates = ratesOf(tasks, 2000);
    QVERIFY(isNear(rates[0], 400'000));
    QVERIFY(isNear(rates[1], 2'600'000));
}

void TestSharedRate::changesCountAtOnce()
{
    const auto tasks = begin(0, {300'000, 200'000});
    QVERIFY(isNear(ratesOf(tasks, 2000)[0], 300'000));
    setOwnLimit(tasks[0], 1'500'000);
    const QList<double> faster = ratesOf(tasks, 2000);
    QVERIFY(isNear(faster[0], 1'500'000));
    QVERIFY(isNear(faster[1], 200'000));
    setLimit(500'000);
    const QList<double> together = ratesOf(tasks, 2000);
    QVERIFY(isNear(together[0], 300'000));
    QVERIFY(isNear(together[1], 200'000));
    setOwnLimit(tasks[0], 0);
    setOwnLimit(tasks[1], 0);
    setLimit(0);
    for (const DownloadTask *task : tasks) {
        QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, 60'000);
        QVERIFY(Content::random(kSize).matchesFile(task->resumeData().targetPath));
    }
}

// What the run knows of them is older.
void TestSharedRate::optionsOfARunningTaskStay()
{
    const auto tasks = begin(1'000'000, {0});
    TaskOptions options = tasks[0]->resumeData().options;
    options.connections = 7;
    options.rateLimit = 100'000;
    options.priority = Priority::High;
    options.allowMetered = true;
    tasks[0]->setOptions(options);
    tasks[0]->setPlace(-5);
    QVERIFY(isNear(ratesOf(tasks, 2000)[0], 100'000, 0.15));
    QCOMPARE(tasks[0]->state(), TaskState::Running);
    QVERIFY(tasks[0]->resumeData().options == options);
    tasks[0]->pause();
    QTRY_COMPARE(tasks[0]->state(), TaskState::Paused);
    const auto record = m_run->store().find(tasks[0]->url());
    QVERIFY(record && record->options == options);
    QCOMPARE(record->place, qint64(-5));
}

QTEST_GUILESS_MAIN(TestSharedRate)
#include "tst_sharedrate.moc"
