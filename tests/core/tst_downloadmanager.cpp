// SPDX-License-Identifier: MIT
// Tasks as a window uses them: taken away and put back, watched, interrupted from within their own signals.
#include "managerrun.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;

namespace {

constexpr qint64 kSize = 2 << 20;

Content file() { return Content::random(kSize); }

Handler honest()
{
    return [](const Request &request) { return Answer::honest(request, file(), {.etag = "\"a\""}); };
}

QStringList textsOf(const QList<LogLine> &log)
{
    QStringList texts;
    for (const LogLine &line : log)
        texts.append(line.text);
    return texts;
}

} // namespace

class TestDownloadManager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removeAndPutBack_data();
    void removeAndPutBack();
    void removeWithPart();
    void putBackWhatIsThere();
    void restoresInOrder();
    void unseen();
    void logOfASuccess();
    void logOfAFailure();
    void logIsBounded();
    void relays();
    void pausedAsItStarts();
    void resumedAsItFails();
    void startedOverAsItCompletes();
    void manyInARow();
};

void TestDownloadManager::removeAndPutBack_data()
{
    QTest::addColumn<bool>("paused");
    QTest::newRow("running") << false;
    QTest::newRow("paused") << true;
}

void TestDownloadManager::removeAndPutBack()
{
    QFETCH(bool, paused);
    ScriptedServer server([](const Request &request) {
        return Answer::honest(request, file(), {.etag = "\"a\""}).stallBodyAfter(1 << 20);
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->progress().onDisk, qint64(1) << 20);
    if (paused) {
        task->pause();
        QTRY_COMPARE(task->state(), TaskState::Paused);
    }
    QSignalSpy leaving(&run.manager(), &DownloadManager::aboutToRemove);
    const ResumeData data = run.manager().remove(task, false);
    QCOMPARE(leaving.size(), 1);
    QVERIFY(run.manager().tasks().empty() && run.manager().isAtRest());
    QVERIFY(!run.manager().find(server.url()) && !run.store().find(server.url()));
    QVERIFY(QFile::exists(data.partPath));
    QVERIFY(server.waitForOpenConnections(0));

    server.setHandler(honest());
    QSignalSpy added(&run.manager(), &DownloadManager::added);
    task = run.manager().putBack(data);
    QVERIFY(task && run.manager().find(server.url()) == task);
    QCOMPARE(added.size(), 1);
    QCOMPARE(task->state(), paused ? TaskState::Paused : TaskState::Queued);
    QCOMPARE(run.store().find(server.url())->received, data.received);
    QCOMPARE(task->resumeData().added, data.added);
    if (paused)
        task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(server.requests().last().range->begin, qint64(1) << 20);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
}

void TestDownloadManager::removeWithPart()
{
    ScriptedServer server(honest());
    ManagerRun run;
    ResumeData begun = run.begun(server.url(), file(), 1000);
    DownloadTask *task = run.manager().putBack(begun);
    run.manager().remove(task, true);
    QTRY_VERIFY(!QFile::exists(begun.partPath));
    // Its bytes are gone: put back, it begins again.
    task = run.manager().putBack(begun);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    // A finished file is never deleted.
    const QString path = task->resumeData().targetPath;
    const ResumeData done = run.manager().remove(task, true);
    QVERIFY(done.partPath.isEmpty() && QFile::exists(path));
    QCOMPARE(run.manager().putBack(done)->state(), TaskState::Completed);
}

void TestDownloadManager::putBackWhatIsThere()
{
    ManagerRun run;
    const QUrl url(QStringLiteral("http://127.0.0.1:1/a"));
    DownloadTask *task = run.manager().putBack(run.begun(url, file(), 1000));
    QVERIFY(!run.manager().putBack(task->resumeData()));
    QCOMPARE(run.manager().tasks().size(), size_t(1));
}

void TestDownloadManager::restoresInOrder()
{
    ManagerRun run;
    const auto url = [](int i) { return QUrl(QStringLiteral("http://h.example:8080/%1 ü").arg(i, 2)); };
    for (int i = 0; i < 50; ++i) {
        ResumeData data;
        data.url = normalized(url(i));
        data.state = TaskState::Paused;
        data.added = QDateTime::fromMSecsSinceEpoch(i < 10 ? 0 : 1000 - i, Qt::UTC); // ten at the same time
        run.store().put(data, Durability::Written);
    }
    run.manager().restore();
    run.manager().restore(); // they are there already
    const auto &tasks = run.manager().tasks();
    QCOMPARE(tasks.size(), size_t(50));
    for (int i = 0; i < 50; ++i) {
        const int expected = i < 10 ? i : 59 - i;
        QCOMPARE(tasks[size_t(i)]->url(), normalized(url(expected)));
        QCOMPARE(run.manager().find(url(expected)), tasks[size_t(i)].get());
        QCOMPARE(tasks[size_t(i)]->number(), quint64(i + 1));
    }
}

void TestDownloadManager::unseen()
{
    ScriptedServer server(honest());
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    connect(task, &DownloadTask::stateChanged, this, [task](TaskState state) {
        if (state == TaskState::Completed)
            task->setUnseen(true); // while completed() waits for the record
    });
    QSignalSpy completed(task, &DownloadTask::completed);
    QTRY_COMPARE(completed.size(), 1);
    run.restart();
    task = run.manager().find(server.url());
    QVERIFY(task->resumeData().unseen);
    task->setUnseen(false);
    run.restart();
    QVERIFY(!run.manager().find(server.url())->resumeData().unseen);
}

void TestDownloadManager::logOfASuccess()
{
    ScriptedServer server([](const Request &request) {
        if (request.number == 0)
            return Answer::status(503);
        Answer answer = Answer::honest(request, file(), {.etag = "\"a\""});
        return request.number == 1 ? answer.stallBodyAfter(1 << 20) : answer;
    });
    ManagerRun run;
    QUrl url = server.url();
    url.setUserInfo(QStringLiteral("user:hunter2"));
    TaskOptions options;
    options.headers = {{"Cookie", "hunter3"}};
    DownloadTask *task = run.manager().add(url, options);
    QSignalSpy noted(task, &DownloadTask::noted);
    QSignalSpy told(task, &DownloadTask::told);
    QTRY_COMPARE(task->progress().onDisk, qint64(1) << 20);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);

    const QStringList log = textsOf(task->log());
    QCOMPARE(noted.size(), log.size());
    const QString server1 = QStringLiteral("127.0.0.1:%1 sends the file (2.0 MiB)").arg(server.port());
    const QStringList expected{QStringLiteral("Started."),
                               QStringLiteral("The server is busy (HTTP 503). Trying again in "),
                               QStringLiteral("Started."),
                               server1,
                               QStringLiteral("Paused."),
                               QStringLiteral("Continuing from 1.0 MiB."),
                               server1,
                               QStringLiteral("Completed: 2.0 MiB in ")};
    QCOMPARE(log.size(), expected.size());
    for (qsizetype i = 0; i < log.size(); ++i)
        QVERIFY2(log[i].startsWith(expected[i]), qPrintable(log[i]));
    QCOMPARE(told.size(), 1); // the wait: the rest is for those who look
    QVERIFY(!log.join(u' ').contains(QStringLiteral("hunter")));
    QVERIFY(task->log().first().at.secsTo(QDateTime::currentDateTimeUtc()) < 60);
}

void TestDownloadManager::logOfAFailure()
{
    ScriptedServer server;
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(textsOf(task->log()).last(),
             QStringLiteral("Failed: The server does not have this file (HTTP 404)."));
    QCOMPARE(int(task->reason()->code), int(ErrorCode::NotFound));
}

void TestDownloadManager::logIsBounded()
{
    ScriptedServer server;
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->state(), TaskState::Failed);
    while (task->log().size() < DownloadTask::kMostLogLines) {
        task->resume();
        task->pause();
    }
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(task->log().size(), DownloadTask::kMostLogLines);
    QVERIFY(textsOf(task->log()).last().startsWith(QStringLiteral("Failed")));
}

void TestDownloadManager::relays()
{
    ScriptedServer server(
        [](const Request &request) { return Answer::honest(request, file()).rate(2 << 20); });
    ManagerRun run;
    QSignalSpy changed(&run.manager(), &DownloadManager::changed);
    QSignalSpy progressed(&run.manager(), &DownloadManager::progressed);
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(changed.size(), 3); // running, verifying, completed
    QVERIFY(progressed.size() >= 1);
    QVERIFY(changed[0][0].value<DownloadTask *>() == task);
}

void TestDownloadManager::pausedAsItStarts()
{
    ScriptedServer server(honest());
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url());
    const auto connection = connect(task, &DownloadTask::stateChanged, this, [task](TaskState state) {
        if (state == TaskState::Running)
            task->pause();
    });
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QCOMPARE(server.requestCount(), 0);
    disconnect(connection);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
}

void TestDownloadManager::resumedAsItFails()
{
    ScriptedServer server([](const Request &request) {
        return request.number == 0 ? Answer::status(404) : Answer::honest(request, file());
    });
    ManagerRun run;
    QSignalSpy failed(&run.manager(), &DownloadManager::failed);
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    DownloadTask *task = run.manager().add(server.url());
    connect(task, &DownloadTask::stateChanged, this, [task](TaskState state) {
        if (state == TaskState::Failed)
            task->resume();
    });
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(int(failed[0][0].value<TaskReport>().error->code), int(ErrorCode::NotFound));
}

void TestDownloadManager::startedOverAsItCompletes()
{
    ScriptedServer server(honest());
    ManagerRun run;
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    DownloadTask *task = run.manager().add(server.url());
    bool again = true;
    connect(task, &DownloadTask::stateChanged, this, [task, &again](TaskState state) {
        if (state == TaskState::Completed && std::exchange(again, false))
            task->startOver();
    });
    QTRY_COMPARE(completed.size(), 2); // one for each start
    QCOMPARE(server.requestCount(), 2);
}

// Adding thousands at once, and taking them away, costs no more for each than for few.
void TestDownloadManager::manyInARow()
{
    ManagerRun run;
    run.network.set(false, false); // none of them starts
    const auto timeOf = [&](int from, int count) {
        QElapsedTimer clock;
        clock.start();
        for (int i = from; i < from + count; ++i)
            run.manager().add(QUrl(QStringLiteral("http://h%1.example/f").arg(i)));
        QCoreApplication::processEvents();
        return clock.elapsed();
    };
    timeOf(0, 100); // warm
    const qint64 few = timeOf(1000, 1000);
    const qint64 many = timeOf(10'000, 5000);
    QVERIFY2(many < 5 * 4 * std::max<qint64>(few, 5),
             qPrintable(QStringLiteral("%1 ms, then %2 ms").arg(few).arg(many)));
    QCOMPARE(run.manager().tasks().size(), size_t(6100));
    while (!run.manager().tasks().empty())
        run.manager().remove(run.manager().tasks().front().get(), false);
    QVERIFY(run.manager().isAtRest());
    QCOMPARE(run.store().count(), 0);
}

QTEST_GUILESS_MAIN(TestDownloadManager)
#include "tst_downloadmanager.moc"
