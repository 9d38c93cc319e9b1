// SPDX-License-Identifier: MIT
// Answers of which next to nothing comes, but never quite nothing.
#include "core/dripwatch.h"
#include "managerrun.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 20'000; // ms
constexpr auto kTimeout = 300ms;  // a window is twice that
constexpr qint64 kDrip = 600;     // bytes per second

const Resource kStrong{.etag = "\"v1\""};

struct DripRun : ManagerRun {
    explicit DripRun(int retries = 2)
    {
        Settings settings = manager().settings();
        settings.timeout = kTimeout;
        settings.retries = retries;
        manager().apply(settings);
    }
};

} // namespace

class TestDrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windows_data();
    void windows();
    void eachWindowForItself();
    void goesOnElsewhere();
    void neverGivesUp();
    void putUpWith_data();
    void putUpWith();
    void limitIsNoDrip();
    void oneOfSeveral();
};

void TestDrip::windows_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<int>("held"); // seconds of the 60
    QTest::addColumn<int>("connections");
    QTest::addColumn<bool>("drips");
    QTest::newRow("nothing") << 0 << 0 << 1 << true;
    QTest::newRow("below") << 60 * 1024 - 1 << 0 << 1 << true;
    QTest::newRow("as asked") << 60 * 1024 << 0 << 1 << false;
    QTest::newRow("held a third, below") << 40 * 1024 - 1 << 20 << 1 << true;
    QTest::newRow("held a third, as asked") << 40 * 1024 << 20 << 1 << false;
    QTest::newRow("held half") << 0 << 30 << 1 << false;
    QTest::newRow("held all the time") << 0 << 60 << 1 << false;
    QTest::newRow("four, below") << 15 * 1024 - 1 << 0 << 4 << true;
    QTest::newRow("four, as asked") << 15 * 1024 << 0 << 4 << false;
}

void TestDrip::windows()
{
    QFETCH(int, bytes);
    QFETCH(int, held);
    QFETCH(int, connections);
    DripWatch watch;
    watch.setHeld(true, 60s - std::chrono::seconds(held)); // to the end
    QTEST(watch.endWindow(bytes, connections, 60s), "drips");
}

void TestDrip::eachWindowForItself()
{
    DripWatch watch;
    watch.setHeld(true, 10s);
    watch.setHeld(true, 20s); // since 10 s
    QVERIFY(!watch.endWindow(1000, 1, 60s));
    QVERIFY(!watch.endWindow(1000, 1, 120s)); // held throughout
    watch.setHeld(false, 121s);
    QVERIFY(!watch.endWindow(1000 + 60 * 1024, 1, 180s));
    QVERIFY(watch.endWindow(2000 + 60 * 1024, 1, 240s));
}

// The bytes that came are kept, and the next connection may be a better one.
void TestDrip::goesOnElsewhere()
{
    const Content content = Content::random(300'000);
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, content, kStrong).rate(request.number == 0 ? kDrip : 0);
    });
    DripRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Waiting, kPatience);
    QCOMPARE(task->reason()->code, ErrorCode::Stalled);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(server.requestCount(), 2);
    QVERIFY(server.requests()[1].range->begin > 0);
    QCOMPARE(task->report().bytes, content.size()); // none twice
}

// It may be the line: as long as each try brings bytes there is another one.
void TestDrip::neverGivesUp()
{
    const Content content = Content::random(1500);
    ScriptedServer server(
        [=](const Request &request) { return Answer::honest(request, content, kStrong).rate(kDrip); });
    DripRun run(1);
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QVERIFY(task->report().retries >= 2); // more than one, which is all that may bring nothing
    QCOMPARE(task->report().bytes, content.size());
}

void TestDrip::putUpWith_data()
{
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<bool>("ranges");
    QTest::addColumn<int>("retries");
    QTest::newRow("another try would start over") << QByteArray("\"v1\"") << false << 1;
    QTest::newRow("another try would need a proof") << QByteArray("W/\"v1\"") << true << 1;
    QTest::newRow("there is no other try") << QByteArray("\"v1\"") << true << 0;
}

// A file is fetched from a slow line, however slow, if there is nothing to be won by breaking it off.
void TestDrip::putUpWith()
{
    QFETCH(QByteArray, etag);
    QFETCH(bool, ranges);
    QFETCH(int, retries);
    const Content content = Content::random(1200);
    ScriptedServer server([=](const Request &request) {
        Answer answer = Answer::honest(request, content, {.etag = etag}).rate(kDrip);
        return ranges ? answer : answer.withoutHeader("Accept-Ranges");
    });
    DripRun run(retries);
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QCOMPARE(server.requestCount(), 1);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

// What is slow because the user wants it so does not drip.
void TestDrip::limitIsNoDrip()
{
    const Content content = Content::random(1200);
    ScriptedServer server([=](const Request &request) { return Answer::honest(request, content, kStrong); });
    DripRun run;
    TaskOptions options;
    options.rateLimit = kDrip;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), options);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QCOMPARE(server.requestCount(), 1);
    QVERIFY(task->report().duration >= 2 * kTimeout); // a window has passed
}

// Beside others it costs a connection, not the run.
void TestDrip::oneOfSeveral()
{
    const Content content = Content::random(6 << 20);
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, content, kStrong).rate(request.number == 1 ? 100 : 2 << 20);
    });
    DripRun run;
    TaskOptions options;
    options.connections = 2;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), options);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(task->report().retries, 0);
    QVERIFY(server.requestCount() >= 3);
    QVERIFY(server.bodyBytesSent(1) < 500); // before any other rule would have replaced it
}

QTEST_GUILESS_MAIN(TestDrip)
#include "tst_drip.moc"
