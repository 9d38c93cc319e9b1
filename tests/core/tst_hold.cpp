// SPDX-License-Identifier: MIT
// What the network is like decides which tasks run: held, stopped and gone on with by themselves.
#include "managerrun.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;

namespace {

constexpr qint64 kSize = 2 << 20;

Content file() { return Content::random(kSize); }

// Each answer stops after so many bytes.
Handler stalling(qint64 after)
{
    return [=](const Request &request) {
        return Answer::honest(request, file(), {.etag = "\"a\""}).stallBodyAfter(after);
    };
}

Handler honest()
{
    return [](const Request &request) { return Answer::honest(request, file(), {.etag = "\"a\""}); };
}

} // namespace

class TestHold : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rule_data();
    void rule();
    void local_data();
    void local();
    void isNotStarted_data();
    void isNotStarted();
    void stopsAndGoesOn_data();
    void stopsAndGoesOn();
    void bySettings();
    void byOptions();
    void offlineBurnsNoTry();
    void pausedWhileYielding();
    void endsBeforeItYields();
    void completesWhileOffline();
    void checksAFinishedFileOffline();
    void fetchesNoGoneFileOnMetered();
    void tellsWhenItWasFetched();
    void waitsForItsFolder();
    void startOverMakesItsFolder();
};

void TestHold::rule_data()
{
    QTest::addColumn<bool>("online");
    QTest::addColumn<bool>("metered");
    QTest::addColumn<bool>("local");
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<int>("hold");
    for (int bits = 0; bits < 16; ++bits) {
        const bool online = bits & 1, metered = bits & 2, local = bits & 4, allowed = bits & 8;
        const Hold hold = local                 ? Hold::None
                          : !online             ? Hold::Offline
                          : metered && !allowed ? Hold::Metered
                                                : Hold::None;
        QTest::addRow("%d", bits) << online << metered << local << allowed << int(hold);
    }
}

void TestHold::rule()
{
    QFETCH(bool, online);
    QFETCH(bool, metered);
    QFETCH(bool, local);
    QFETCH(bool, allowed);
    QTEST(int(holdOf(online, metered, local, allowed)), "hold");
}

void TestHold::local_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("local");
    QTest::newRow("localhost") << QStringLiteral("localhost") << true;
    QTest::newRow("127") << QStringLiteral("127.1.2.3") << true;
    QTest::newRow("::1") << QStringLiteral("[::1]") << true;
    QTest::newRow("a name") << QStringLiteral("localhost.example.org") << false;
    QTest::newRow("an address") << QStringLiteral("10.0.0.1") << false;
}

void TestHold::local()
{
    QFETCH(QString, host);
    QTEST(NetworkPolicy().isLocal(QUrl(QStringLiteral("http://%1:8080/f").arg(host))), "local");
}

void TestHold::isNotStarted_data()
{
    QTest::addColumn<bool>("online");
    QTest::newRow("offline") << false;
    QTest::newRow("metered") << true;
}

void TestHold::isNotStarted()
{
    QFETCH(bool, online);
    ScriptedServer server(honest());
    ManagerRun run;
    run.network.set(online, true);
    DownloadTask *task = run.manager().add(server.url());
    TaskOptions allowed;
    allowed.allowMetered = true;
    DownloadTask *other = run.manager().add(server.url(QStringLiteral("/allowed")), allowed);
    QSignalSpy changed(task, &DownloadTask::holdChanged);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(task->hold(), online ? Hold::Metered : Hold::Offline);
    QCOMPARE(task->state(), TaskState::Queued);
    QVERIFY(!task->log().isEmpty());
    if (online)
        QTRY_COMPARE(other->state(), TaskState::Completed);
    QCOMPARE(server.requestCount(), online ? 1 : 0);
    QVERIFY(!run.manager().isAtRest());

    QSignalSpy completed(task, &DownloadTask::completed);
    run.network.set(true, false);
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(task->report().retries, 0);
    QTRY_COMPARE(other->state(), TaskState::Completed);
}

void TestHold::stopsAndGoesOn_data() { isNotStarted_data(); }

void TestHold::stopsAndGoesOn()
{
    QFETCH(bool, online);
    ScriptedServer server(stalling(1 << 20));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->progress().onDisk, qint64(1) << 20);
    QSignalSpy states(task, &DownloadTask::stateChanged);
    run.network.set(online, true);
    QTRY_COMPARE(task->state(), TaskState::Queued);
    QCOMPARE(states.size(), 1); // Running -> Queued, and nothing between
    QCOMPARE(task->hold(), online ? Hold::Metered : Hold::Offline);
    QCOMPARE(task->resumeData().received, RangeSet({0, 1 << 20}));
    QCOMPARE(run.store().find(task->url())->received, RangeSet({0, 1 << 20}));
    QVERIFY(server.waitForOpenConnections(0));
    QCOMPARE(server.requestCount(), 1);

    server.setHandler(honest());
    QSignalSpy completed(task, &DownloadTask::completed);
    run.network.set(true, false);
    QTRY_COMPARE(completed.size(), 1);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
    const TaskReport report = completed[0][0].value<TaskReport>();
    QCOMPARE(report.retries, 0);
    QCOMPARE(report.bytes, kSize); // not one of them twice
    QCOMPARE(server.requestCount(), 2);
    QCOMPARE(server.requests().last().range->begin, qint64(1) << 20);
}

void TestHold::bySettings()
{
    ScriptedServer server(stalling(1000));
    ManagerRun run;
    run.end();
    run.settings().allowMetered = true;
    run.restart();
    run.network.set(true, true);
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->progress().onDisk, qint64(1000));
    Settings settings = run.manager().settings();
    settings.allowMetered = false;
    run.manager().apply(settings);
    QTRY_COMPARE(task->state(), TaskState::Queued);
    server.setHandler(honest());
    settings.allowMetered = true;
    run.manager().apply(settings);
    QTRY_COMPARE(task->state(), TaskState::Completed);
}

void TestHold::byOptions()
{
    ScriptedServer server(honest());
    ManagerRun run;
    run.network.set(true, true);
    DownloadTask *task = run.manager().add(server.url());
    QSignalSpy held(task, &DownloadTask::holdChanged);
    QTRY_COMPARE(held.size(), 1);
    TaskOptions options = task->resumeData().options;
    options.allowMetered = true;
    task->setOptions(options);
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(run.store().find(task->url())->options.allowMetered, std::optional(true));
}

// The line breaks because the network is gone, and only then does the system say so, or the other way round.
void TestHold::offlineBurnsNoTry()
{
    ScriptedServer server(stalling(1000));
    ManagerRun run;
    run.end();
    run.settings().retries = 0; // the first try that counts is the last
    run.restart();
    DownloadTask *task = run.manager().add(server.url());
    QSignalSpy failed(task, &DownloadTask::failed);
    QTRY_COMPARE(task->progress().onDisk, qint64(1000));
    for (int i = 0; i < 3; ++i) {
        run.network.set(false, false);
        server.goOffline();
        QTRY_COMPARE(task->state(), TaskState::Queued);
        QVERIFY(server.goOnline());
        run.network.set(true, false);
        QVERIFY(server.waitForHolding(1));
        QCOMPARE(task->state(), TaskState::Running);
        QTRY_COMPARE(task->progress().onDisk, qint64(1000 * (i + 2)));
    }
    server.setHandler(honest());
    run.network.set(false, false);
    QTRY_COMPARE(task->state(), TaskState::Queued);
    run.network.set(true, false);
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(task->report().retries, 0);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
}

void TestHold::pausedWhileYielding()
{
    ScriptedServer server(stalling(1000));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->progress().onDisk, qint64(1000));
    QSignalSpy states(task, &DownloadTask::stateChanged);
    run.network.set(false, false);
    QCOMPARE(task->state(), TaskState::Running); // still writing what came
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QCOMPARE(states.size(), 1);
    run.network.set(true, false);
    server.setHandler(honest());
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    // And a held one.
    run.network.set(false, false);
    DownloadTask *second = run.manager().add(server.url(QStringLiteral("/second")));
    QSignalSpy held(second, &DownloadTask::holdChanged);
    QTRY_COMPARE(held.size(), 1);
    second->pause();
    QCOMPARE(second->state(), TaskState::Paused);
    run.network.set(true, false);
    QVERIFY(run.manager().isAtRest());
}

// The network comes back before the task has stopped for it: it stops, and starts again by itself.
void TestHold::endsBeforeItYields()
{
    ScriptedServer server(stalling(1000));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->progress().onDisk, qint64(1000));
    server.setHandler(honest());
    run.network.set(false, false);
    run.network.set(true, false);
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(task->report().retries, 0);
}

// What needs no network goes on without it.
// What is all there needs no network.
void TestHold::checksAFinishedFileOffline()
{
    ScriptedServer server(honest());
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->state(), TaskState::Completed);
    const qsizetype asked = server.requests().size();
    run.network.set(false, false);
    TaskOptions options = task->resumeData().options;
    options.digest = ExpectedDigest::parse(QStringLiteral("sha-256:") + QString(64, u'0'));
    task->setOptions(options);
    task->resume();
    QCOMPARE(task->hold(), Hold::None);
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(task->reason()->code, ErrorCode::ChecksumMismatch);
    options.digest = ExpectedDigest::parse(QStringLiteral("sha-256:") + QString::fromLatin1(file().sha256()));
    task->setOptions(options);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(server.requests().size(), asked);
}

// It was thought to be there: not a byte more than until that is found out.
void TestHold::fetchesNoGoneFileOnMetered()
{
    ScriptedServer server([](const Request &request) {
        return Answer::honest(request, file(), {.etag = "\"a\""}).rate(1 << 20);
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, 20'000);
    QVERIFY(QFile::remove(task->resumeData().targetPath));
    run.network.set(true, true);
    task->resume();
    QTRY_COMPARE(task->hold(), Hold::Metered);
    QTRY_COMPARE(task->state(), TaskState::Queued);
    QVERIFY(task->progress().onDisk < kSize);
    run.network.set(true, false);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, 20'000);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
}

// When a file was completed stays as it is checked again, and is another time when it had to be fetched
// again.
void TestHold::tellsWhenItWasFetched()
{
    ScriptedServer server(honest());
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->state(), TaskState::Completed);
    const QDateTime first = task->resumeData().completed;
    QSignalSpy completed(task, &DownloadTask::completed);
    task->resume();
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->resumeData().completed, first);
    QVERIFY(QFile::remove(task->resumeData().targetPath));
    QTRY_VERIFY(QDateTime::currentDateTimeUtc() > first);
    task->resume();
    QTRY_COMPARE(completed.size(), 2);
    QVERIFY(task->resumeData().completed > first);
}

void TestHold::completesWhileOffline()
{
    ScriptedServer server(honest());
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    connect(task, &DownloadTask::stateChanged, this, [&](TaskState state) {
        if (state == TaskState::Verifying)
            run.network.set(false, false);
    });
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(!run.network.isOnline());
}

// As on a drive that is not mounted when Longhaul starts.
void TestHold::waitsForItsFolder()
{
    ScriptedServer server(stalling(1 << 20));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->progress().onDisk, qint64(1) << 20);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    const QString folder = QFileInfo(task->resumeData().targetPath).absolutePath();
    const QString elsewhere = folder + QStringLiteral("-elsewhere");
    QVERIFY(QDir().rename(folder, elsewhere));
    server.setHandler(honest());
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Waiting);
    QCOMPARE(task->report().error, std::nullopt);
    QCOMPARE(task->reason()->code, ErrorCode::FolderMissing);
    QCOMPARE(task->resumeData().received, RangeSet({0, 1 << 20}));
    QVERIFY(!QFileInfo::exists(folder));
    QCOMPARE(server.requestCount(), 1);

    QVERIFY(QDir().rename(elsewhere, folder));
    task->pause(); // or it goes on in kWait
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
    QCOMPARE(server.requests().last().range->begin, qint64(1) << 20);
}

// Nothing of it is wanted any more: there is nothing to wait for.
void TestHold::startOverMakesItsFolder()
{
    ScriptedServer server(honest());
    ManagerRun run;
    DownloadTask *task = run.manager().putBack(run.begun(server.url(), file(), 1000));
    QVERIFY(QDir(run.folder()).removeRecursively());
    task->startOver();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
}

QTEST_GUILESS_MAIN(TestHold)
#include "tst_hold.moc"
