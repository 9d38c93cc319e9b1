// SPDX-License-Identifier: MIT
// Checksums that nobody gave are verified, and a file that does not have its own is repaired piece by piece.
#include "managerrun.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 3 << 20;

enum class Server { WithEtag, WithoutValidators, WithoutRanges };

QByteArray reprDigest(const Content &content)
{
    return "sha-256=:" + QByteArray::fromHex(content.sha256()).toBase64() + ':';
}

// What it says of `content`'s digest beside the bytes of `sent`.
Handler digested(const Content &content, const Content &sent, Server kind = Server::WithEtag)
{
    return [=](const Request &request) {
        Answer answer =
            kind == Server::WithoutRanges
                ? Answer::whole(sent)
                : Answer::honest(request, sent, {.etag = kind == Server::WithEtag ? "\"e\"" : QByteArray()});
        return answer.withHeader("Repr-Digest", reprDigest(content));
    };
}

// `content` with another byte at each of `places`.
Content damaged(const Content &content, const QList<qint64> &places)
{
    QByteArray bytes = content.readAll();
    for (const qint64 place : places)
        bytes[place] = char(~bytes[place]);
    return Content::fromBytes(bytes);
}

} // namespace

class TestFoundChecksums : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vouches_data();
    void vouches();
    void mismatch();
    void usersGoesFirst();
    void repairs_data();
    void repairs();
    void repairGoesOn();
    void repairSurvivesAKill();
    void repairOfAnotherFile_data();
    void repairOfAnotherFile();
    void serverContradictsItself();
    void wrongList_data();
    void wrongList();
    void repairWithUsersChecksum();
    void resumeFetchesAnew();
};

void TestFoundChecksums::vouches_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("words");
    const Content content = Content::random(kSize);
    QTest::newRow("Repr-Digest") << QByteArray("Repr-Digest") << reprDigest(content)
                                 << u"the server, by Repr-Digest (sha-256)"_s;
    QTest::newRow("none") << QByteArray("X-None") << QByteArray("x")
                          << u"its size alone: nobody told a checksum"_s;
}

void TestFoundChecksums::vouches()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, content, {.etag = "\"e\""}).withHeader(name, value);
    });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QTEST(vouchedInWords(task->resumeData()), "words");
    run.restart();
    QTEST(vouchedInWords(run.manager().find(server.url(u"/a.bin"_s))->resumeData()), "words");
}

void TestFoundChecksums::mismatch()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(content, damaged(content, {5})));
    ManagerRun run;
    QSignalSpy failed(&run.manager(), &DownloadManager::failed);
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(int(task->reason()->code), int(ErrorCode::ChecksumMismatch));
    QCOMPARE(task->reason()->detail, u"Repr-Digest"_s);
    QVERIFY(mayRepair(task->resumeData()));
    QVERIFY(!QFile::exists(run.folder() + u"/a.bin"_s));
}

void TestFoundChecksums::usersGoesFirst()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(Content::random(10), content));
    ManagerRun run;
    TaskOptions options;
    options.digest = ExpectedDigest::parse(u"sha-256:"_s + QString::fromLatin1(content.sha256()));
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s), options);
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(vouchedInWords(task->resumeData()), u"the checksum that you gave (sha-256)"_s);
}

void TestFoundChecksums::repairs_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QList<qint64>>("places");
    for (const Server kind : {Server::WithEtag, Server::WithoutValidators, Server::WithoutRanges}) {
        QTest::addRow("%d, one byte", int(kind)) << int(kind) << QList<qint64>{1'234'567};
        QTest::addRow("%d, first and last", int(kind)) << int(kind) << QList<qint64>{0, kSize - 1};
        QTest::addRow("%d, neighbours", int(kind)) << int(kind) << QList<qint64>{65'535, 65'536, 200'000};
    }
}

// Fetched wrong once: a second copy mends it. Where the server has ranges only the bad pieces come a third
// time, at most.
void TestFoundChecksums::repairs()
{
    QFETCH(int, kind);
    QFETCH(QList<qint64>, places);
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(content, damaged(content, places), Server(kind)));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QVERIFY(mayRepair(task->resumeData()));
    server.setHandler(digested(content, content, Server(kind)));
    const qint64 before = server.bodyBytesSent();
    task->repair();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QVERIFY(task->resumeData().doubtful.isEmpty());
    // What is on its way when a difference is met comes for nothing.
    QVERIFY(server.bodyBytesSent() - before < 3 * kSize);
    if (Server(kind) != Server::WithoutRanges)
        QVERIFY(task->report().bytesReused > kSize / 2);
}

// A line that breaks, and a program that ends, in the middle of it: what was compared is not compared again.
void TestFoundChecksums::repairGoesOn()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(content, damaged(content, {2'500'000})));
    ManagerRun run;
    run.settings().connectionsPerTask = 1;
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    const Handler good = digested(content, content);
    server.setHandler([=](const Request &request) { return good(request).stallBodyAfter(1'000'000); });
    task->repair();
    QVERIFY(server.waitForHolding(1));
    QTRY_VERIFY(task->resumeData().doubtful.size() < kSize - 500'000);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    const RangeSet doubtful = task->resumeData().doubtful;
    QVERIFY(!doubtful.isEmpty());
    run.restart();
    task = run.manager().find(server.url(u"/a.bin"_s));
    QVERIFY(task->resumeData().doubtful == doubtful);
    server.setHandler(good);
    server.releaseForGood();
    const int requests = server.requestCount();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QVERIFY(server.requests()[requests].range->begin >= 500'000);
}

// What was compared is recorded while it goes on, not only at its end.
void TestFoundChecksums::repairSurvivesAKill()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(content, damaged(content, {2'500'000})));
    ManagerRun run;
    run.end();
    run.settings().timeout = std::chrono::hours(1); // no answer ends meanwhile, which would be recorded, too
    run.restart();
    const QUrl url = server.url(u"/a.bin"_s);
    DownloadTask *task = run.manager().add(url);
    QTRY_COMPARE(task->state(), TaskState::Failed);
    const Handler good = digested(content, content);
    server.setHandler([=](const Request &request) { return good(request).stallBodyAfter(1'000'000); });
    task->repair();
    QVERIFY(server.waitForHolding(1));
    QTRY_VERIFY(run.store().find(url)->doubtful.size() < kSize - 500'000);
    quint64 last = 0;
    connect(&run.store(), &ResumeStore::recorded, this, [&](quint64 number) { last = number; });
    const quint64 number = run.store().put(*run.store().find(url), Durability::Written);
    QTRY_VERIFY(last >= number); // and so all before it
    server.setHandler(good);
    server.releaseForGood();
    const int requests = server.requestCount();
    run.kill();
    QTRY_COMPARE(run.manager().find(url)->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QVERIFY(server.requests()[requests].range->begin >= 500'000);
}

void TestFoundChecksums::repairOfAnotherFile_data()
{
    QTest::addColumn<int>("kind");
    for (const Server kind : {Server::WithEtag, Server::WithoutValidators, Server::WithoutRanges})
        QTest::addRow("%d", int(kind)) << int(kind);
}

// Not a byte of it is right: it is fetched in some few requests, not in one for each piece.
void TestFoundChecksums::repairOfAnotherFile()
{
    QFETCH(int, kind);
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(content, Content::random(kSize, 2), Server(kind)));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    server.setHandler(digested(content, content, Server(kind)));
    const int requests = server.requestCount();
    task->repair();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QVERIFY(server.requestCount() - requests < 30);
}

// Twice the same file, and twice another digest: the digest is wrong, and the file is kept.
void TestFoundChecksums::serverContradictsItself()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(Content::random(10), content));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    task->repair();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QVERIFY(vouchedInWords(task->resumeData()).startsWith(u"two equal copies"_s));
}

void TestFoundChecksums::wrongList_data()
{
    QTest::addColumn<bool>("ranges");
    QTest::newRow("ranges") << true;
    QTest::newRow("no ranges") << false;
}

// A SHA256SUMS of another version of the file: said in plain words, and that is the end of it.
void TestFoundChecksums::wrongList()
{
    QFETCH(bool, ranges);
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        if (request.path == "/SHA256SUMS")
            return Answer::status(200, {{"Content-Type", "text/plain"}}, QByteArray(64, '0') + "  a.bin\n");
        if (request.path != "/a.bin")
            return Answer::status(404);
        return ranges ? Answer::honest(request, content, {.etag = "\"e\""}) : Answer::whole(content);
    });
    ManagerRun run;
    run.end();
    run.settings().findChecksums = true;
    run.restart();
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QSignalSpy told(task, &DownloadTask::told);
    task->repair();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QCOMPARE(told.constLast().first().toString(),
             u"A second copy is the same: SHA256SUMS is of something else, and the file is kept."_s);
    QVERIFY(vouchedInWords(task->resumeData()).contains(u"SHA256SUMS is of something else"_s));
    const int asked = server.requestCount();
    run.restart();
    DownloadTask *again = run.manager().find(server.url(u"/a.bin"_s));
    again->resume(); // what is finished is looked at, not fetched
    QTRY_COMPARE(again->state(), TaskState::Completed);
    QCOMPARE(server.requestCount(), asked);
}

// The user's checksum is never given up.
void TestFoundChecksums::repairWithUsersChecksum()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(
        [=](const Request &request) { return Answer::honest(request, content, {.etag = "\"e\""}); });
    ManagerRun run;
    TaskOptions options;
    options.digest = ExpectedDigest::parse(u"md5:"_s + QString(32, u'0'));
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s), options);
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QVERIFY(task->reason()->detail.isEmpty());
    task->repair();
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(int(task->reason()->code), int(ErrorCode::ChecksumMismatch));
    QCOMPARE(task->reason()->detail, u"a second copy is the same"_s);
    QVERIFY(!QFile::exists(run.folder() + u"/a.bin"_s));
}

void TestFoundChecksums::resumeFetchesAnew()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(digested(content, damaged(content, {5})));
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    server.setHandler(digested(content, content));
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(task->report().bytesReused, 0);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
}

QTEST_GUILESS_MAIN(TestFoundChecksums)
#include "tst_foundchecksums.moc"
