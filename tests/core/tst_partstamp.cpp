// SPDX-License-Identifier: MIT
// Somebody writes to a part file while its task is at rest: it is compared with the server's before it is
// believed. What nobody has touched is not.
#include "restedpart.h"

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

// Another file with that name.
void replace(const QString &path, const QByteArray &bytes)
{
    rewrite(path + u".new"_s, bytes);
    QVERIFY(QFile::remove(path) && QFile::rename(path + u".new"_s, path));
}

} // namespace

class TestPartStamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void touched_data();
    void touched();
    void untouched();
    void killedAfterAPause();
    void complete();
    void completeAtRest_data();
    void completeAtRest();
    void placeOfTheFinished();
    void diskFails();
};

void TestPartStamp::touched_data()
{
    using Touch = std::function<void(const QString &path)>;
    QTest::addColumn<Touch>("touch");
    QTest::addColumn<bool>("isKept"); // of what was there
    const auto same = [](const QString &path) { return QByteArray(QFileInfo(path).size(), 's'); };
    QTest::newRow("another file") << Touch([=](const QString &p) { replace(p, same(p)); }) << false;
    QTest::newRow("written over") << Touch([=](const QString &p) { rewrite(p, same(p)); }) << false;
    QTest::newRow("a longer file") << Touch([=](const QString &p) { replace(p, same(p) + same(p)); })
                                   << false;
    QTest::newRow("shortened") << Touch([](const QString &p) { QVERIFY(QFile::resize(p, kBegun - 1)); })
                               << true;
    QTest::newRow("lengthened") << Touch([=](const QString &p) {
        rewrite(p, ManagerRun::bytesOf(p) + same(p));
    }) << true;
    QTest::newRow("taken away and brought back")
        << Touch([](const QString &p) { replace(p, ManagerRun::bytesOf(p)); }) << true;
}

void TestPartStamp::touched()
{
    QFETCH(std::function<void(const QString &)>, touch);
    QFETCH(bool, isKept);
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content, kBegun));
    for (const bool fails : {false, true}) {
        ManagerRun run;
        run.settings().retries = 0;
        run.restart();
        DownloadTask *task = run.manager().add(http.url(fails ? u"/1"_s : u"/2"_s), oneConnection());
        QVERIFY(http.waitForHolding(1));
        QTRY_COMPARE(task->progress().onDisk, kBegun);
        if (fails)
            http.setHandler([](const Request &) { return Answer::status(404); });
        if (fails)
            http.dropConnections();
        else
            task->pause();
        QTRY_COMPARE(task->state(), fails ? TaskState::Failed : TaskState::Paused);
        run.restart();
        task = run.manager().tasks().front().get();
        touch(task->resumeData().partPath);
        http.setHandler(server(content));
        const qint64 sent = http.bodyBytesSent();
        task->resume();
        QTRY_COMPARE(task->state(), TaskState::Completed);
        QVERIFY(content.matchesFile(task->resumeData().targetPath));
        QCOMPARE(http.bodyBytesSent() - sent < kSize, isKept);
        http.setHandler(server(content, kBegun));
    }
}

// What nobody has touched is not fetched twice, however often it rests.
void TestPartStamp::untouched()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content, kBegun));
    ManagerRun run;
    DownloadTask *task = run.manager().add(http.url(), oneConnection());
    QVERIFY(http.waitForHolding(1));
    QTRY_COMPARE(task->progress().onDisk, kBegun);
    pause(task);
    QVERIFY(!task->resumeData().partStamp.isEmpty());
    http.setHandler(server(content));
    run.restart();
    task = run.manager().tasks().front().get();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(http.bodyBytesSent(1), kSize - kBegun);
    QCOMPARE(http.requestCount(), 2);
    QVERIFY(task->resumeData().partStamp.isEmpty());
}

// The record tells as soon as a run writes that the stamp holds no more: found after a kill, nothing is
// compared.
void TestPartStamp::killedAfterAPause()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content, kBegun));
    ManagerRun run;
    DownloadTask *task = run.manager().add(http.url(), oneConnection());
    QVERIFY(http.waitForHolding(1));
    QTRY_COMPARE(task->progress().onDisk, kBegun);
    pause(task);
    QCOMPARE(task->resumeData().partStamp, stampOf(task->resumeData().partPath));
    QList<qint64> unstamped; // how much was there in the records without a stamp
    connect(task, &DownloadTask::resumeDataChanged, this, [&] {
        if (task->resumeData().partStamp.isEmpty())
            unstamped.append(task->resumeData().received.size());
    });
    task->resume();
    QTRY_COMPARE(task->progress().onDisk, 2 * kBegun);
    QCOMPARE(unstamped.value(0), kBegun);
    QTRY_COMPARE(run.store().find(task->url())->received.size(), 2 * kBegun);
    quint64 last = 0;
    connect(&run.store(), &ResumeStore::recorded, this, [&](quint64 number) { last = number; });
    const quint64 number = run.store().put(*run.store().find(task->url()), Durability::Written);
    QTRY_VERIFY(last >= number); // and so all before it
    run.kill();
    task = run.manager().tasks().front().get();
    QCOMPARE(task->resumeData().received.size(), 2 * kBegun);
    http.setHandler(server(content));
    const int asked = http.requestCount();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(http.requestCount(), asked + 1);
    QCOMPARE(http.bodyBytesSent(asked), kSize - 2 * kBegun);
}

// All of it is there, and only waits for its name: that is not given to bytes of somebody else.
void TestPartStamp::complete()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content));
    ManagerRun run;
    ResumeData data = run.begun(http.url(), content, kSize, {"\"e\"", {}, {}});
    data.partStamp = "1 2 3.4";
    rewrite(data.partPath, QByteArray(kSize, 's'));
    run.store().put(data, Durability::Written);
    run.restart();
    DownloadTask *task = run.manager().tasks().front().get();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

void TestPartStamp::completeAtRest_data()
{
    QTest::addColumn<bool>("isNamed");
    QTest::newRow("paused while a checksum is sought") << false;
    QTest::newRow("could not get its name") << true;
}

// All of it is there, and it comes to rest before it has its name.
void TestPartStamp::completeAtRest()
{
    QFETCH(bool, isNamed);
    const Content content = Content::random(kSize, 1);
    ScriptedServer http([=](const Request &request) {
        return request.path == "/a.bin" ? server(content)(request) : Answer::silence();
    });
    ManagerRun run;
    run.end();
    run.settings().findChecksums = !isNamed;
    run.restart();
    TaskOptions options;
    options.conflict = ConflictPolicy::Overwrite;
    const QString target = run.folder() + u"/a.bin"_s;
    if (isNamed)
        QVERIFY(QDir().mkpath(target));
    DownloadTask *task = run.manager().add(http.url(u"/a.bin"_s), options);
    QTRY_COMPARE(task->state(), isNamed ? TaskState::Failed : TaskState::Verifying);
    task->pause();
    const QString part = task->resumeData().partPath;
    QCOMPARE(task->resumeData().partStamp, stampOf(part));
    run.end();
    run.settings().findChecksums = false;
    QDir().rmdir(target);
    rewrite(part, QByteArray(kSize, 's'));
    run.restart();
    task = run.manager().tasks().front().get();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

// It never got its name, and is gone: what has that name is another file, whatever its size.
void TestPartStamp::placeOfTheFinished()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content));
    ManagerRun run;
    ResumeData data = run.begun(http.url(), content, kSize, {"\"e\"", {}, {}});
    data.partStamp = stampOf(data.partPath);
    QVERIFY(QFile::remove(data.partPath));
    rewrite(data.targetPath, QByteArray(kSize, 's'));
    DownloadTask *task = run.manager().putBack(data);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QVERIFY(task->resumeData().targetPath != data.targetPath);
}

// The disk ends the run: what it holds then is known as well.
void TestPartStamp::diskFails()
{
#ifdef Q_OS_UNIX
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content, kBegun));
    ManagerRun run;
    DownloadTask *task = run.manager().add(http.url(), oneConnection());
    QVERIFY(http.waitForHolding(1));
    QTRY_COMPARE(task->progress().onDisk, kBegun);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const rlimit limit{rlim_t(kBegun), before.rlim_max};
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    http.release();
    const bool failed = QTest::qWaitFor([=] { return task->state() == TaskState::Failed; });
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    QVERIFY(failed);
    QCOMPARE(task->reason()->code, ErrorCode::FileTooLarge);
    QVERIFY(!task->resumeData().received.isEmpty());
    QCOMPARE(task->resumeData().partStamp, stampOf(task->resumeData().partPath));
    replace(task->resumeData().partPath, QByteArray(kSize, 's'));
    http.setHandler(server(content));
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
#endif
}

QTEST_GUILESS_MAIN(TestPartStamp)
#include "tst_partstamp.moc"
