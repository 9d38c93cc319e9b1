// SPDX-License-Identifier: MIT
// A part file that is not as it was left is doubted until it was compared, and no longer.
#include "restedpart.h"

#include "core/finishing.h"

#include <QSignalSpy>
#include <QThreadPool>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr const char *kStale = "1 2 3.4";

// The record of a part file, all of it received, that is not as it was left: of somebody else's bytes.
ResumeData doubtful(ManagerRun &run, const QUrl &url, const Content &content, qint64 bytes)
{
    ResumeData data = run.begun(url, content, bytes, {"\"e\"", {}, {}});
    data.durable = RangeSet({0, bytes / 2});
    data.partStamp = kStale;
    rewrite(data.partPath, QByteArray(bytes, 's'));
    return data;
}

} // namespace

class TestPartDoubt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doubtOutlivesAPause();
    void provedIsStampedAnew();
    void gapsWrittenByACopy();
    void waitsForItsNetwork();
    void repairComparesAllAgain();
    void otherAddressLeavesTheDoubt();
    void endSeen();
    void digestTells();
    void changedWhileFinishing();
};

// It is paused before it was compared: the next run has the same reason not to believe it.
void TestPartDoubt::doubtOutlivesAPause()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http;
    ManagerRun run;
    DownloadTask *task = run.manager().putBack(doubtful(run, http.url(), content, kBegun));
    const Handler copies = [=](const Request &) { return Answer::whole(content).stallBodyAfter(0); };
    for (const bool isCopy : {false, true}) {
        http.setHandler(isCopy ? copies : server(content, 0));
        QSignalSpy noted(task, &DownloadTask::noted);
        task->resume();
        QVERIFY(http.waitForHolding(1));
        QTRY_VERIFY(noted.last()[0].toString().contains(isCopy ? u"the whole file"_s : u"sends the file"_s));
        pause(task);
        QCOMPARE(task->resumeData().partStamp, kStale);
        run.restart();
        task = run.manager().tasks().front().get();
    }
    http.setHandler(server(content));
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

// It was changed, and is the server's all the same: that is found out once.
void TestPartDoubt::provedIsStampedAnew()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http([=](const Request &request) { // stalls what is no proof
        return server(content, request.header("Range").endsWith('-') ? 0 : -1)(request);
    });
    ManagerRun run;
    ResumeData data = run.begun(http.url(), content, kBegun, {"\"e\"", {}, {}});
    data.partStamp = kStale;
    data.options.connections = 1;
    DownloadTask *task = run.manager().putBack(data);
    task->resume();
    QVERIFY(http.waitForHolding(1));
    QVERIFY(http.requestCount() > 1);
    pause(task);
    QCOMPARE(task->resumeData().partStamp, stampOf(data.partPath));
    const int asked = http.requestCount();
    http.setHandler(server(content));
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(http.requestCount(), asked + 1);
    QCOMPARE(http.bodyBytesSent(asked), kSize - kBegun);
}

// A copy that is compared writes in the gaps before it has passed the last of what is there.
void TestPartDoubt::gapsWrittenByACopy()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http([=](const Request &) { return Answer::whole(content).stallBodyAfter(2 * kBegun); });
    ManagerRun run;
    ResumeData data = run.begun(http.url(), content, kSize);
    data.received = data.durable = RangeSet({0, kBegun});
    data.received.add({kSize - 1000, kSize});
    data.durable = data.received;
    const QByteArray found = data.partStamp = stampOf(data.partPath);
    DownloadTask *task = run.manager().putBack(data);
    task->resume();
    QVERIFY(http.waitForHolding(1));
    QTRY_VERIFY(stampOf(data.partPath) != found);
    pause(task);
    QCOMPARE(task->resumeData().partStamp, stampOf(data.partPath));
}

// Whole, it needs no network; when it must be compared, it waits for one that it may use.
void TestPartDoubt::waitsForItsNetwork()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content, 0));
    ManagerRun run;
    DownloadTask *task = run.manager().putBack(doubtful(run, http.url(), content, kSize));
    run.network.set(true, true);
    QCOMPARE(task->hold(), Hold::None);
    QSignalSpy held(task, &DownloadTask::holdChanged);
    task->resume();
    QTRY_COMPARE(held.size(), 1);
    QCOMPARE(task->hold(), Hold::Metered);
    QCOMPARE(task->state(), TaskState::Queued);
    http.setHandler(server(content));
    run.network.set(true, false);
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

// Also what a repair had compared before, and when another address is asked first.
void TestPartDoubt::repairComparesAllAgain()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http([=](const Request &request) {
        return request.path == "/a.bin" ? server(content)(request) : Answer::status(404);
    });
    ManagerRun run;
    ResumeData data = doubtful(run, http.url(u"/a.bin"_s), content, kSize);
    data.doubtful = RangeSet({0, 1000});
    DownloadTask *task = run.manager().putBack(data);
    QVERIFY(!run.manager().readdress(task, http.url(u"/gone.bin"_s)));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(task->resumeData().doubtful, RangeSet({0, kSize}));
    task->resume();
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, 20'000);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

// Another address that leads to another file says nothing of what is on disk.
void TestPartDoubt::otherAddressLeavesTheDoubt()
{
    const Content content = Content::random(kSize, 1);
    const Content other = Content::random(kSize, 2);
    ScriptedServer http(
        [=](const Request &request) { return server(request.path == "/a.bin" ? content : other)(request); });
    ManagerRun run;
    DownloadTask *task = run.manager().putBack(doubtful(run, http.url(u"/a.bin"_s), content, kBegun));
    QVERIFY(!run.manager().readdress(task, http.url(u"/b.bin"_s)));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(task->reason()->code, ErrorCode::OtherFile);
    QCOMPARE(task->resumeData().partStamp, kStale);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

// It rests while the server is asked whether more lies behind an end that nothing marked.
void TestPartDoubt::endSeen()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content));
    ManagerRun run;
    ResumeData data = doubtful(run, http.url(), content, kSize);
    data.entity.total.reset();
    data.endSeen = true;
    DownloadTask *task = run.manager().putBack(data);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

// All of it is there, and a digest says what it must be: nobody is asked.
void TestPartDoubt::digestTells()
{
    const Content content = Content::random(kSize, 1);
    ScriptedServer http(server(content));
    for (const bool isRight : {true, false}) {
        ManagerRun run;
        ResumeData data = doubtful(run, http.url(), content, kSize);
        if (isRight)
            rewrite(data.partPath, content.read(0, kSize));
        data.options.digest = ExpectedDigest{DigestAlgorithm::Sha256, QByteArray::fromHex(content.sha256())};
        DownloadTask *task = run.manager().putBack(data);
        task->resume();
        QTRY_COMPARE(task->state(), isRight ? TaskState::Completed : TaskState::Failed);
        QCOMPARE(http.requestCount(), 0);
        if (!isRight)
            QCOMPARE(task->reason()->code, ErrorCode::ChecksumMismatch);
    }
}

// It is written to between the end of its run and a check that fails: the stamp is still the run's.
void TestPartDoubt::changedWhileFinishing()
{
    const Content content = Content::random(kSize, 1);
    ManagerRun run;
    ResumeData data = run.begun(QUrl(u"http://127.0.0.1/a.bin"_s), content, kSize);
    const QByteArray left = data.partStamp = stampOf(data.partPath);
    QThreadPool threads;
    auto part = std::make_unique<PartFile>(threads);
    QSignalSpy opened(part.get(), &PartFile::opened);
    part->openExisting(data.partPath, data.targetPath, data.received);
    QTRY_COMPARE(opened.size(), 1);
    rewrite(data.partPath, QByteArray(kSize - 1, 's'));
    Finishing finishing(std::move(part), data, ConflictPolicy::Rename, threads);
    QSignalSpy failed(&finishing, &Finishing::failed);
    finishing.start();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::BodyTooShort);
    QCOMPARE(failed[0][1].toByteArray(), left);
}

QTEST_GUILESS_MAIN(TestPartDoubt)
#include "tst_partdoubt.moc"
