// SPDX-License-Identifier: MIT
// One file over several connections, against servers that help and servers that do not.
#include "managerrun.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMiB = 1 << 20;
constexpr int kPatience = 20'000; // ms

const Resource kStrong{.etag = "\"v1\""};

Content file(qint64 size = 8 * kMiB, quint64 seed = 1) { return Content::random(size, seed); }

// Each connection is served at `rate` bytes per second: more of them are faster.
Handler paced(const Content &content, qint64 rate = 2 * kMiB, const Resource &resource = kStrong)
{
    return [=](const Request &request) { return Answer::honest(request, content, resource).rate(rate); };
}

TaskOptions withConnections(int n)
{
    TaskOptions options;
    options.connections = n;
    return options;
}

} // namespace

class TestSegments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usesTheFirstAnswer();
    void needsAStrongValidator_data();
    void needsAStrongValidator();
    void smallFileNeedsOne();
    void refusedConnections_data();
    void refusedConnections();
    void remembersTheHost();
    void badRangedAnswers_data();
    void badRangedAnswers();
    void brokenSegmentIsFetchedAgain();
    void leadBreaksOthersGoOn();
    void slowConnectionIsReplaced();
    void slowTailIsFetchedTwice();
    void pauseKeepsAllRanges();
    void connectionsWhileRunning();
    void hostIsShared();
    void tooLongIsNotTrusted();
};

// A link that works once: its body is not thrown away, and no byte is fetched twice.
void TestSegments::usesTheFirstAnswer()
{
    const Content content = file();
    ScriptedServer server(paced(content));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(4));
    QTRY_VERIFY_WITH_TIMEOUT(task->inFlight().size() == 4, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    const QList<Request> requests = server.requests();
    QVERIFY(requests.size() >= 4);
    QVERIFY(!requests[0].range);
    for (qsizetype i = 1; i < requests.size(); ++i) {
        QVERIFY(requests[i].range && requests[i].range->end);
        QVERIFY(!requests[i].has("If-Range")); // 206 or not, its validator decides
    }
    QCOMPARE(task->report().bytes, content.size());
    QCOMPARE(task->report().retries, 0);
    QVERIFY2(server.mostOpenConnections() <= 6, "connections that are done with may linger, not more");
}

void TestSegments::needsAStrongValidator_data()
{
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<QByteArray>("lastModified");
    QTest::addColumn<bool>("ranges");
    QTest::addColumn<bool>("several");
    const QByteArray old = "Tue, 15 Nov 1994 12:45:26 GMT";
    QTest::newRow("strong ETag") << QByteArray("\"a\"") << QByteArray() << true << true;
    QTest::newRow("old Last-Modified") << QByteArray() << old << true << true;
    QTest::newRow("weak ETag, old Last-Modified") << QByteArray("W/\"a\"") << old << true << false;
    QTest::newRow("weak ETag") << QByteArray("W/\"a\"") << QByteArray() << true << false;
    QTest::newRow("nothing") << QByteArray() << QByteArray() << true << false;
    QTest::newRow("no Accept-Ranges") << QByteArray("\"a\"") << QByteArray() << false << false;
}

void TestSegments::needsAStrongValidator()
{
    QFETCH(QByteArray, etag);
    QFETCH(QByteArray, lastModified);
    QFETCH(bool, ranges);
    QFETCH(bool, several);
    const Content content = file(4 * kMiB);
    const Resource resource{.etag = etag, .lastModified = lastModified};
    ScriptedServer server([=](const Request &request) {
        Answer answer = Answer::honest(request, content, resource).rate(2 * kMiB);
        return ranges ? answer : answer.withoutHeader("Accept-Ranges");
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(server.requestCount() > 1, several);
}

void TestSegments::smallFileNeedsOne()
{
    const Content content = file(2 * kMiB - 1);
    ScriptedServer server(paced(content));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(16));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QCOMPARE(server.requestCount(), 1);
}

void TestSegments::refusedConnections_data()
{
    QTest::addColumn<int>("status"); // 0: reset
    for (const int status : {0, 403, 429, 503})
        QTest::addRow("%d", status) << status;
}

// Two at once and no more: that is what it gets, and it is no failure.
void TestSegments::refusedConnections()
{
    QFETCH(int, status);
    const Content content = file();
    int working = 0;
    ScriptedServer server([&](const Request &request) {
        if (request.range && ++working > 1 && request.number < 6) // the lead and one more
            return status == 0 ? Answer().thenReset() : Answer::status(status);
        return Answer::honest(request, content, kStrong).rate(2 * kMiB);
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(8));
    QSignalSpy states(task, &DownloadTask::stateChanged);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(states.size(), 3); // Running, Verifying, Completed: never Waiting
    QVERIFY(server.requestCount() >= 3);
}

void TestSegments::remembersTheHost()
{
    const Content content = file();
    std::atomic_int refused = 0;
    ScriptedServer server;
    server.setHandler([&](const Request &request) {
        if (server.openConnections() > 2) {
            ++refused;
            return Answer::status(503).thenClose();
        }
        return Answer::honest(request, content, kStrong).rate(4 * kMiB);
    });
    ManagerRun run;
    QList<int> counts;
    for (const QString &path : {u"/a.bin"_s, u"/b.bin"_s}) {
        DownloadTask *task = run.manager().add(server.url(path), withConnections(8));
        QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
        QVERIFY(content.matchesFile(task->resumeData().targetPath));
        QCOMPARE(task->report().retries, 0);
        QTRY_VERIFY(server.openConnections() <= 1);
        counts.append(refused.exchange(0));
    }
    QVERIFY(counts[0] > 0);
    QVERIFY2(counts[1] <= 1, QByteArray::number(counts[1]).constData());
}

void TestSegments::badRangedAnswers_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"whole", "other ETag", "no ETag", "other total", "wrong begin",
                             "no Content-Range", "encoded", "html", "416"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

// What answers a range of the file as another one would: nothing of it is written, and the first answer goes
// on.
void TestSegments::badRangedAnswers()
{
    QFETCH(QString, kind);
    const Content content = file(6 * kMiB);
    const Content other = file(6 * kMiB, 2);
    ScriptedServer server([&](const Request &request) {
        Answer answer = Answer::honest(request, content, kStrong).rate(3 * kMiB);
        if (!request.range)
            return answer;
        const qint64 begin = request.range->begin;
        const qint64 end = *request.range->end;
        const auto contentRange = [&](qint64 from, qint64 total) {
            return QByteArray("bytes " + QByteArray::number(from) + '-'
                              + QByteArray::number(from + end - begin - 1) + '/' + QByteArray::number(total));
        };
        answer.withBody(other, begin, end);
        if (kind == u"whole")
            return Answer::whole(other, {{"ETag", "\"v1\""}});
        if (kind == u"other ETag")
            answer.replaceHeader("ETag", "\"v2\"");
        else if (kind == u"no ETag")
            answer.withoutHeader("ETag");
        else if (kind == u"other total")
            answer.replaceHeader("Content-Range", contentRange(begin, content.size() + 1));
        else if (kind == u"wrong begin")
            answer.replaceHeader("Content-Range", contentRange(begin - 1, content.size()));
        else if (kind == u"no Content-Range")
            answer.withoutHeader("Content-Range");
        else if (kind == u"encoded")
            answer.withHeader("Content-Encoding", "gzip");
        else if (kind == u"html")
            return Answer::status(200, {{"Content-Type", "text/html"}}, "<html>log in</html>");
        else
            return Answer::status(416, {{"Content-Range", "bytes */5"}});
        return answer;
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(4));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QVERIFY(server.requestCount() >= 2);
    QCOMPARE(task->report().retries, 0);
}

void TestSegments::brokenSegmentIsFetchedAgain()
{
    const Content content = file();
    ScriptedServer server([&](const Request &request) {
        Answer answer = Answer::honest(request, content, kStrong).rate(2 * kMiB);
        if (request.number == 1)
            answer.resetBodyAfter(300'000);
        if (request.number == 2)
            answer.cutBodyAfter(100'000);
        return answer;
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(4));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(task->report().retries, 0);
}

void TestSegments::leadBreaksOthersGoOn()
{
    const Content content = file();
    ScriptedServer server([&](const Request &request) {
        Answer answer = Answer::honest(request, content, kStrong).rate(2 * kMiB);
        if (!request.range)
            answer.resetBodyAfter(2 * kMiB - 5000);
        return answer;
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(3));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(task->report().retries, 0); // it cost a connection, not the run
}

// The second connection is the slow one: another gets its place.
void TestSegments::slowConnectionIsReplaced()
{
    const Content content = file(24 * kMiB);
    ScriptedServer server([&](const Request &request) {
        const bool slow = request.connection == 1;
        return Answer::honest(request, content, kStrong).rate(slow ? 50'000 : 2 * kMiB);
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(3));
    QElapsedTimer clock;
    clock.start();
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QVERIFY2(clock.elapsed() < 8000, QByteArray::number(clock.elapsed()).constData()); // ideal: 4 s
    QVERIFY(server.connections()[1].bodyBytes < kMiB);
}

// Less than two pieces are left to a slow one: whoever has nothing to do fetches them as well.
void TestSegments::slowTailIsFetchedTwice()
{
    const Content content = file(3 * kMiB);
    ScriptedServer server([&](const Request &request) {
        const bool slow = request.number == 1;
        return Answer::honest(request, content, kStrong).rate(slow ? 20'000 : 2 * kMiB);
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(2));
    QElapsedTimer clock;
    clock.start();
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QVERIFY2(clock.elapsed() < 10'000, QByteArray::number(clock.elapsed()).constData()); // else over a minute
}

void TestSegments::pauseKeepsAllRanges()
{
    const Content content = file();
    ScriptedServer server(paced(content));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(4));
    QTRY_VERIFY_WITH_TIMEOUT(task->resumeData().received.ranges().size() >= 3, kPatience);
    task->pause();
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Paused, kPatience);
    const qint64 kept = task->resumeData().received.size();
    QVERIFY(kept > 0 && kept < content.size());
    QCOMPARE(task->resumeData().durable, task->resumeData().received);
    QTRY_COMPARE(server.openConnections(), 0);
    run.restart();
    DownloadTask *again = run.manager().find(server.url(u"/f.bin"_s));
    QCOMPARE(again->resumeData().received.size(), kept);
    again->resume();
    QTRY_COMPARE_WITH_TIMEOUT(again->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(again->resumeData().targetPath));
    QCOMPARE(again->report().bytes, content.size() - kept);
}

void TestSegments::connectionsWhileRunning()
{
    const Content content = file(40 * kMiB);
    ScriptedServer server(paced(content, kMiB));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(1));
    QTRY_VERIFY_WITH_TIMEOUT(task->resumeData().received.size() > kMiB / 2, kPatience);
    QCOMPARE(server.openConnections(), 1);
    task->setOptions(withConnections(6));
    QTRY_COMPARE_WITH_TIMEOUT(task->inFlight().size(), 6, kPatience);
    task->setOptions(withConnections(2));
    QTRY_COMPARE_WITH_TIMEOUT(task->inFlight().size(), 2, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 2, kPatience);
    Settings settings = run.manager().settings();
    settings.connectionsPerHost = 1;
    run.manager().apply(settings);
    QTRY_COMPARE_WITH_TIMEOUT(task->inFlight().size(), 1, kPatience);
    QCOMPARE(task->state(), TaskState::Running);
    task->pause();
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Paused, kPatience);
}

// Two tasks at one host have half of its connections each; one that ends leaves them to the other.
void TestSegments::hostIsShared()
{
    const Content content = file(32 * kMiB);
    ScriptedServer server([&](const Request &request) {
        const bool small = request.path == "/b.bin";
        return Answer::honest(request, small ? file(6 * kMiB) : content, kStrong).rate(kMiB);
    });
    ManagerRun run;
    Settings settings = run.manager().settings();
    settings.connectionsPerHost = 4;
    run.manager().apply(settings);
    DownloadTask *a = run.manager().add(server.url(u"/a.bin"_s), withConnections(16));
    QTRY_COMPARE_WITH_TIMEOUT(a->inFlight().size(), 4, kPatience);
    DownloadTask *b = run.manager().add(server.url(u"/b.bin"_s), withConnections(16));
    QTRY_VERIFY_WITH_TIMEOUT(a->inFlight().size() == 2 && b->inFlight().size() == 2, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(b->state(), TaskState::Completed, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(a->inFlight().size(), 4, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(a->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(a->resumeData().targetPath));
}

// A range whose length nothing but its Content-Range tells, and that brings more: what its bytes mean is not
// known, and none of them is used.
void TestSegments::tooLongIsNotTrusted()
{
    const Content content = file(6 * kMiB);
    ScriptedServer server([&](const Request &request) {
        Answer answer = Answer::honest(request, content, kStrong).rate(3 * kMiB);
        if (request.number == 1) {
            const qint64 begin = request.range->begin;
            answer.withoutHeader("Content-Length");
            answer.withBody(content, begin - 1, *request.range->end + 50'000).chunked();
        }
        return answer;
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/f.bin"_s), withConnections(2));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, kPatience);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

QTEST_GUILESS_MAIN(TestSegments)
#include "tst_segments.moc"
