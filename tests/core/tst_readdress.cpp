// SPDX-License-Identifier: MIT
// Another address for a download that was begun: taken when it leads to the same file, and only then.
#include "managerrun.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;

namespace {

constexpr qint64 kSize = 3 << 20;
constexpr qint64 kBegun = 2 << 20; // more than is compared whole

enum class Server { WithEtag, WithoutValidators, WithoutRanges, WithoutLength };

Handler handlerOf(Server kind, const Content &content)
{
    return [=](const Request &request) {
        switch (kind) {
        case Server::WithEtag: return Answer::honest(request, content, {.etag = "\"new\""});
        case Server::WithoutValidators: return Answer::honest(request, content);
        case Server::WithoutRanges: return Answer::whole(content);
        case Server::WithoutLength: return Answer::whole(content).chunked();
        }
        return Answer();
    };
}

// All that must not change before the new address has shown what it is.
struct Before {
    explicit Before(const ResumeData &data)
        : record(data)
        , part(ManagerRun::bytesOf(data.partPath))
    {}
    bool stillHolds(ManagerRun &run) const
    {
        const auto now = run.store().find(record.url);
        return now && now->url == record.url && now->earlierUrls == record.earlierUrls
               && now->entity == record.entity && now->received == record.received
               && now->partPath == record.partPath && now->options == record.options
               && ManagerRun::bytesOf(record.partPath) == part;
    }
    ResumeData record;
    QByteArray part;
};

} // namespace

class TestReaddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameFile_data();
    void sameFile();
    void allIsThere_data();
    void allIsThere();
    void otherFile_data();
    void otherFile();
    void failsLikeAnyOther_data();
    void failsLikeAnyOther();
    void pausingForgetsIt();
    void survivesARetry();
    void secretsStayBehind();
    void withoutBytes();
    void refused();
    void addressInUse();
    void partIsGone();
    void backAgain();
};

void TestReaddress::sameFile_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("etag") << int(Server::WithEtag);
    QTest::newRow("no validators") << int(Server::WithoutValidators);
    QTest::newRow("no ranges") << int(Server::WithoutRanges);
    QTest::newRow("no length") << int(Server::WithoutLength);
}

void TestReaddress::sameFile()
{
    QFETCH(int, kind);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server(kind), content));
    ManagerRun run;
    const QUrl old = server.url(QStringLiteral("/old.bin"));
    const QUrl fresh = server.url(QStringLiteral("/new.bin"));
    DownloadTask *task = run.manager().putBack(run.begun(old, content, kBegun, {"\"old\"", {}, {}}));
    QSignalSpy moved(&run.manager(), &DownloadManager::readdressed);
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);

    QVERIFY(!run.manager().readdress(task, fresh));
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(moved[0][1].toUrl(), old);
    QCOMPARE(task->url(), fresh);
    QVERIFY(run.manager().find(fresh) == task && !run.manager().find(old));
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(task->resumeData().earlierUrls, QList<QUrl>{old});
    QCOMPARE(task->resumeData().entity.validators.etag,
             QByteArray(Server(kind) == Server::WithEtag ? "\"new\"" : ""));
    QVERIFY(task->report().bytesReused >= kBegun);
    QVERIFY(!run.store().find(old));
    QCOMPARE(run.store().find(fresh)->state, TaskState::Completed);
    for (const Request &request : server.requests())
        QCOMPARE(request.path, QByteArray("/new.bin"));
    run.restart();
    QCOMPARE(run.manager().tasks().size(), size_t(1));
    QVERIFY(run.manager().find(fresh));
}

void TestReaddress::allIsThere_data() { sameFile_data(); }

// The last byte was there when the old address failed: it is proved all the same.
void TestReaddress::allIsThere()
{
    QFETCH(int, kind);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server(kind), content));
    ManagerRun run;
    const QUrl fresh = server.url(QStringLiteral("/new.bin"));
    DownloadTask *task =
        run.manager().putBack(run.begun(server.url(QStringLiteral("/old.bin")), content, kSize));
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    QVERIFY(!run.manager().readdress(task, fresh));
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->url(), fresh);
    QVERIFY(server.requestCount() >= 1);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

void TestReaddress::otherFile_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("what"); // 0: other size, 1: same size and other bytes, 2: a web page, 3: shorter
    const QList<std::pair<const char *, Server>> kinds{{"etag", Server::WithEtag},
                                                       {"no validators", Server::WithoutValidators},
                                                       {"no ranges", Server::WithoutRanges},
                                                       {"no length", Server::WithoutLength}};
    for (const auto &[name, kind] : kinds) {
        for (int what = 0; what < 4; ++what)
            QTest::addRow("%s, %d", name, what) << int(kind) << what;
    }
}

void TestReaddress::otherFile()
{
    QFETCH(int, kind);
    QFETCH(int, what);
    const Content content = Content::random(kSize);
    // Where no length comes, another size is seen by the bytes alone.
    const bool blind = Server(kind) == Server::WithoutLength;
    const Content other = what == 0   ? Content::random(kSize + 1, blind ? 2 : 1)
                          : what == 1 ? Content::random(kSize, 2)
                                      : Content::random(kBegun / 2);
    const Handler file = handlerOf(Server(kind), other);
    ScriptedServer server([=](const Request &request) {
        return what == 2 ? Answer::status(200, {{"Content-Type", "text/html"}}, "<html>Sign in</html>")
                         : file(request);
    });
    ManagerRun run;
    const QUrl old = server.url(QStringLiteral("/old.bin"));
    DownloadTask *task = run.manager().putBack(run.begun(old, content, kBegun, {"\"new\"", {}, {}}));
    const Before before(task->resumeData());
    QSignalSpy moved(&run.manager(), &DownloadManager::readdressed);
    QSignalSpy failed(&run.manager(), &DownloadManager::failed);

    QVERIFY(!run.manager().readdress(task, server.url(QStringLiteral("/new.bin"))));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(int(failed[0][0].value<TaskReport>().error->code), int(ErrorCode::OtherFile));
    QCOMPARE(task->state(), TaskState::Failed);
    QVERIFY(before.stillHolds(run));
    QVERIFY(task->candidate().isEmpty());
    QCOMPARE(moved.size(), 0);
    QVERIFY(run.manager().find(old) == task);
    QVERIFY(!run.manager().find(server.url(QStringLiteral("/new.bin"))));
    QVERIFY(server.bodyBytesSent() < 3 * kSize);
}

void TestReaddress::failsLikeAnyOther_data()
{
    QTest::addColumn<int>("status"); // 0: connection refused
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("retries");
    QTest::newRow("404") << 404 << int(ErrorCode::LinkExpired) << 0;
    QTest::newRow("503") << 503 << int(ErrorCode::ServerBusy) << 1;
    QTest::newRow("refused") << 0 << int(ErrorCode::ConnectionRefused) << 1;
}

void TestReaddress::failsLikeAnyOther()
{
    QFETCH(int, status);
    QFETCH(int, code);
    QFETCH(int, retries);
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &) { return Answer::status(status); });
    if (status == 0)
        server.goOffline();
    ManagerRun run;
    run.end();
    run.settings().retries = 1;
    run.restart();
    DownloadTask *task = run.manager().putBack(
        run.begun(server.url(QStringLiteral("/old.bin")), content, kBegun, {"\"old\"", {}, {}}));
    const Before before(task->resumeData());
    QSignalSpy failed(&run.manager(), &DownloadManager::failed);
    QVERIFY(!run.manager().readdress(task, server.url(QStringLiteral("/new.bin"))));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(int(task->reason()->code), code);
    QCOMPARE(failed[0][0].value<TaskReport>().retries, retries);
    QVERIFY(before.stillHolds(run));
    for (const Request &request : server.requests())
        QCOMPARE(request.path, QByteArray("/new.bin"));
}

void TestReaddress::pausingForgetsIt()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        Answer answer = Answer::honest(request, content);
        return request.path == "/new.bin" ? answer.stallBodyAfter(1000) : answer;
    });
    ManagerRun run;
    const QUrl old = server.url(QStringLiteral("/old.bin"));
    DownloadTask *task = run.manager().putBack(run.begun(old, content, kBegun));
    const Before before(task->resumeData());
    QVERIFY(!run.manager().readdress(task, server.url(QStringLiteral("/new.bin"))));
    QVERIFY(server.waitForHolding(1));
    QVERIFY(!task->candidate().isEmpty());
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QVERIFY(task->candidate().isEmpty());
    QVERIFY(before.stillHolds(run));
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    task->resume();
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->url(), old);
    QCOMPARE(server.requests().last().path, QByteArray("/old.bin"));
}

// A line that breaks within the proof, and a server that is busy: the new address is asked again.
void TestReaddress::survivesARetry()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        if (request.number == 0)
            return Answer::status(503);
        Answer answer = Answer::honest(request, content);
        return request.number == 2 ? answer.resetBodyAfter(1000) : answer;
    });
    ManagerRun run;
    DownloadTask *task =
        run.manager().putBack(run.begun(server.url(QStringLiteral("/old.bin")), content, kBegun));
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    QVERIFY(!run.manager().readdress(task, server.url(QStringLiteral("/new.bin"))));
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->url(), server.url(QStringLiteral("/new.bin")));
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

void TestReaddress::secretsStayBehind()
{
    const Content content = Content::random(kSize);
    const Handler handler = handlerOf(Server::WithEtag, content);
    ScriptedServer home(handler);
    ScriptedServer away(handler);
    for (const bool same : {true, false}) {
        ManagerRun run;
        ResumeData data = run.begun(home.url(QStringLiteral("/old.bin")), content, kBegun);
        data.options.headers = {{"Authorization", "Basic eDp5"}, {"Cookie", "a=b"}, {"Accept", "x/y"}};
        DownloadTask *task = run.manager().putBack(data);
        QSignalSpy completed(&run.manager(), &DownloadManager::completed);
        const QUrl fresh = (same ? home : away).url(QStringLiteral("/new.bin"));
        QVERIFY(!run.manager().readdress(task, fresh));
        QTRY_COMPARE(completed.size(), 1);
        QCOMPARE(task->resumeData().options.headers.size(), same ? 3 : 1);
        QCOMPARE(run.store().find(fresh)->options.headers.size(), same ? 3 : 1);
    }
    QVERIFY(away.requestCount() > 0);
    for (const Request &request : away.requests()) {
        QVERIFY(!request.has("Authorization") && !request.has("Cookie"));
        QCOMPARE(request.header("Accept"), QByteArray("x/y"));
    }
    for (const Request &request : home.requests())
        QCOMPARE(request.header("Cookie"), QByteArray("a=b"));
}

void TestReaddress::withoutBytes()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        return request.path == "/new.bin" ? Answer::honest(request, content) : Answer::status(404);
    });
    ManagerRun run;
    const QUrl old = server.url(QStringLiteral("/old.bin"));
    DownloadTask *task = run.manager().add(old);
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QSignalSpy moved(&run.manager(), &DownloadManager::readdressed);
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    QVERIFY(!run.manager().readdress(task, server.url(QStringLiteral("/new.bin"))));
    QCOMPARE(moved.size(), 1);
    QVERIFY(!run.store().find(old));
    QTRY_COMPARE(completed.size(), 1);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

void TestReaddress::refused()
{
    ManagerRun run;
    const Content content = Content::random(kSize);
    const QUrl old(QStringLiteral("http://127.0.0.1:1/old.bin"));
    DownloadTask *task = run.manager().putBack(run.begun(old, content, kBegun));
    const auto codeOf = [&](const QString &url) {
        const auto error = run.manager().readdress(task, QUrl(url));
        return error ? int(error->code) : 0;
    };
    QCOMPARE(codeOf(QString()), int(ErrorCode::InvalidUrl));
    QCOMPARE(codeOf(QStringLiteral("http://")), int(ErrorCode::InvalidUrl));
    QCOMPARE(codeOf(QStringLiteral("ftp://h/a")), int(ErrorCode::UnsupportedScheme));
    QCOMPARE(codeOf(old.toString() + QStringLiteral("#x")), int(ErrorCode::KnownAddress));
    QCOMPARE(task->state(), TaskState::Paused);
    ResumeData done = task->resumeData();
    done.url = QUrl(QStringLiteral("http://127.0.0.1:1/done.bin"));
    done.state = TaskState::Completed;
    task = run.manager().putBack(done);
    QCOMPARE(codeOf(QStringLiteral("http://127.0.0.1:1/other.bin")), int(ErrorCode::UnderWay));
    QCOMPARE(task->state(), TaskState::Completed);
}

// While it is tried, nobody else gets the address.
void TestReaddress::addressInUse()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(
        [=](const Request &request) { return Answer::honest(request, content).stallBodyAfter(1000); });
    ManagerRun run;
    const QUrl fresh = server.url(QStringLiteral("/new.bin"));
    DownloadTask *task =
        run.manager().putBack(run.begun(server.url(QStringLiteral("/old.bin")), content, kBegun));
    ResumeData second = task->resumeData();
    second.url = server.url(QStringLiteral("/second.bin"));
    DownloadTask *other = run.manager().putBack(second);
    QVERIFY(!run.manager().readdress(task, fresh));
    QVERIFY(run.manager().add(fresh) == task);
    QCOMPARE(int(run.manager().readdress(other, fresh)->code), int(ErrorCode::KnownAddress));
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QVERIFY(!run.manager().readdress(other, fresh));
    QVERIFY(run.manager().add(fresh) == other);
}

void TestReaddress::partIsGone()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    ManagerRun run;
    DownloadTask *task =
        run.manager().putBack(run.begun(server.url(QStringLiteral("/old.bin")), content, kBegun));
    QVERIFY(QFile::remove(task->resumeData().partPath));
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    QVERIFY(!run.manager().readdress(task, server.url(QStringLiteral("/new.bin"))));
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->url(), server.url(QStringLiteral("/new.bin")));
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

void TestReaddress::backAgain()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, content).rate(256 << 10); // time to stop it
    });
    ManagerRun run;
    const QUrl a = server.url(QStringLiteral("/a.bin"));
    const QUrl b = server.url(QStringLiteral("/b.bin"));
    DownloadTask *task = run.manager().putBack(run.begun(a, content, 300'000));
    QVERIFY(!run.manager().readdress(task, b));
    QTRY_COMPARE(task->url(), b);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    server.setHandler(handlerOf(Server::WithEtag, content));
    QSignalSpy completed(&run.manager(), &DownloadManager::completed);
    QVERIFY(!run.manager().readdress(task, a));
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->url(), a);
    QCOMPARE(task->resumeData().earlierUrls, (QList<QUrl>{a, b}));
    QVERIFY(!run.store().find(b));
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
}

QTEST_GUILESS_MAIN(TestReaddress)
#include "tst_readdress.moc"
