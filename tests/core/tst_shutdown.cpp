// SPDX-License-Identifier: MIT
// The end of the program while downloads run: they stop, are recorded to the last byte, and go on by
// themselves when a manager takes up the same store again.
#include "core/downloadmanager.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 2'000'000;
constexpr qint64 kHalf = kSize / 2;

Handler serving(const Content &content, bool stalls)
{
    return [content, stalls](const Request &request) {
        Resource resource;
        resource.etag = "\"one\"";
        Answer answer = Answer::honest(request, content, resource);
        return stalls ? answer.stallBodyAfter(kHalf) : answer;
    };
}

Settings settingsFor(const QString &folder)
{
    Settings settings;
    settings.folder = folder;
    settings.downloadsAtOnce = 1;
    return settings;
}

// A run of the program.
struct Run {
    explicit Run(const QString &folder)
        : store(folder + u"/state"_s, threads)
        , isOpen(store.open() == ResumeStore::OpenResult::Opened)
        , manager(store, network, threads, settingsFor(folder))
    {}

    QThreadPool threads;
    ResumeStore store;
    const bool isOpen;
    NetworkPolicy network;
    DownloadManager manager;
};

} // namespace

class TestShutdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOn();
    void allIsThere_data();
    void allIsThere();
    void nothingRuns();
};

void TestShutdown::goesOn()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(serving(content, true));
    QTemporaryDir dir;
    const QUrl running = server.url(u"/running.bin"_s);
    const QUrl queued = server.url(u"/queued.bin"_s);
    const QUrl paused = server.url(u"/paused.bin"_s);
    {
        Run run(dir.path());
        QVERIFY(run.isOpen);
        DownloadTask *task = run.manager.add(running);
        run.manager.add(queued);
        run.manager.add(paused)->pause();
        QTRY_COMPARE(task->progress().onDisk, kHalf);
        QSignalSpy stopped(&run.manager, &DownloadManager::hasStopped);
        QSignalSpy failed(&run.manager, &DownloadManager::failed);
        run.manager.shutDown();
        run.manager.shutDown(); // the second time changes nothing
        QVERIFY(stopped.wait());
        // Nothing takes the place of what has stopped, whatever else happens.
        QCOMPARE(task->state(), TaskState::Queued);
        run.manager.resumeAll();
        run.manager.apply(settingsFor(dir.path()));
        QVERIFY(!stopped.wait(1)); // the event loop turned
        QCOMPARE(run.manager.find(queued)->state(), TaskState::Queued);
        QCOMPARE(stopped.size(), 1);
        QVERIFY(failed.isEmpty());
        run.manager.find(paused)->pause();
        run.store.close(true);
    }
    QCOMPARE(server.requestCount(), 1);
    server.setHandler(serving(content, false));
    server.releaseForGood();
    Run run(dir.path());
    QVERIFY(run.isOpen);
    QCOMPARE(run.store.find(running)->state, TaskState::Queued);
    QCOMPARE(run.store.find(running)->received.size(), kHalf);
    run.manager.restore();
    QTRY_COMPARE(run.manager.find(running)->state(), TaskState::Completed);
    QTRY_COMPARE(run.manager.find(queued)->state(), TaskState::Completed);
    QCOMPARE(run.manager.find(paused)->state(), TaskState::Paused);
    QVERIFY(content.matchesFile(dir.filePath(u"running.bin"_s)));
    QVERIFY(run.manager.find(running)->report().bytesReused > 0);
}

void TestShutdown::allIsThere_data()
{
    QTest::addColumn<TaskState>("when");
    QTest::newRow("it is being left") << TaskState::Running;
    QTest::newRow("it was left") << TaskState::Verifying;
}

// All bytes have come, but the file has not got its name: it needs no network at the next start, and what is
// done to it until then is noticed.
void TestShutdown::allIsThere()
{
    QFETCH(TaskState, when);
    const Content content = Content::random(kSize);
    ScriptedServer server(serving(content, false));
    QTemporaryDir dir;
    const QUrl url = server.url(u"/file.bin"_s);
    {
        Run run(dir.path());
        QVERIFY(run.isOpen);
        QSignalSpy stopped(&run.manager, &DownloadManager::hasStopped);
        connect(&run.manager, &DownloadManager::hasStopped, this, [&run] { run.store.close(true); });
        const DownloadTask *task = run.manager.add(url);
        const auto leave = [&, task] {
            if (task->state() == when && task->progress().onDisk == kSize)
                run.manager.shutDown();
        };
        connect(task, &DownloadTask::stateChanged, this, leave);
        connect(task, &DownloadTask::resumeDataChanged, this, leave);
        QVERIFY(stopped.wait());
    }
    server.goOffline();
    Run run(dir.path());
    QVERIFY(run.isOpen);
    const ResumeData record = run.store.find(url).value();
    QCOMPARE(record.state, when);
    QCOMPARE(record.durable.size(), kSize);
#ifdef Q_OS_LINUX
    QVERIFY(!record.partStamp.isEmpty());
#endif
    run.manager.restore();
    QTRY_COMPARE(run.manager.find(url)->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(dir.filePath(u"file.bin"_s)));
}

void TestShutdown::nothingRuns()
{
    QTemporaryDir dir;
    Run run(dir.path());
    QVERIFY(run.isOpen);
    QSignalSpy stopped(&run.manager, &DownloadManager::hasStopped);
    run.manager.shutDown();
    QVERIFY(stopped.isEmpty()); // never from within the call
    QVERIFY(stopped.wait());
    QCOMPARE(stopped.size(), 1);
}

QTEST_GUILESS_MAIN(TestShutdown)
#include "tst_shutdown.moc"
