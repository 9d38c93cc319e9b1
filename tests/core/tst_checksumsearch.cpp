// SPDX-License-Identifier: MIT
// Checksums that are looked for beside a file, where the settings say so.
#include "managerrun.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kSize = 3 << 20;

std::optional<DigestSource> sourceOf(const DownloadTask *task)
{
    const auto &digest = task->resumeData().entity.digest;
    return digest ? std::optional(digest->source) : std::nullopt;
}

// From now on they are looked for, and a server has so long to send something.
void seek(ManagerRun &run, std::chrono::milliseconds timeout = 5s)
{
    run.end();
    run.settings().findChecksums = true;
    run.settings().timeout = timeout;
    run.restart();
}

// The file at once; what is asked for beside it as `beside` says.
Handler withBeside(const Content &content, const Answer &beside)
{
    return [=](const Request &request) {
        return request.path == "/a.bin" ? Answer::honest(request, content) : beside;
    };
}

} // namespace

class TestChecksumSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void besideTheFile_data();
    void besideTheFile();
    void besideTheFileOnly();
    void besideTheFileNot();
    void endlessAnswers_data();
    void endlessAnswers();
    void pausedMeanwhile();
    void removedMeanwhile_data();
    void removedMeanwhile();
};

void TestChecksumSearch::besideTheFile_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<int>("outcome"); // 0: right, 1: wrong, 2: nothing found
    const QByteArray right = Content::random(kSize).sha256();
    const QByteArray wrong(64, '0');
    QTest::newRow(".sha256") << QByteArray("/d/a%20b.bin.sha256") << right + "  a b.bin\n" << 0;
    QTest::newRow(".sha256, digits alone") << QByteArray("/d/a%20b.bin.sha256") << right << 0;
    QTest::newRow(".sha256, wrong") << QByteArray("/d/a%20b.bin.sha256") << wrong << 1;
    QTest::newRow("SHA256SUMS") << QByteArray("/d/SHA256SUMS") << wrong + "  x\n" + right + " *a b.bin\n"
                                << 0;
    QTest::newRow("SHA256SUMS, wrong") << QByteArray("/d/SHA256SUMS") << wrong + "  a b.bin\n" << 1;
    QTest::newRow("SHA256SUMS of others") << QByteArray("/d/SHA256SUMS") << wrong + "  x\n" << 2;
    QTest::newRow("endless") << QByteArray("/d/SHA256SUMS") << QByteArray(5 << 20, ' ') + wrong << 2;
    QTest::newRow("a page") << QByteArray("/d/a%20b.bin.sha256") << QByteArray("<html>Sign in</html>") << 2;
}

void TestChecksumSearch::besideTheFile()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, list);
    QFETCH(int, outcome);
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        if (request.path == path)
            return Answer::status(200, {{"Content-Type", "text/plain"}}, list);
        return request.path == "/d/a%20b.bin" ? Answer::honest(request, content) : Answer::status(404);
    });
    ManagerRun run;
    seek(run);
    DownloadTask *task = run.manager().add(server.url(u"/d/a%20b.bin?token=x"_s));
    QTRY_VERIFY(isAtRest(task->state()));
    QCOMPARE(int(task->state()), int(outcome == 1 ? TaskState::Failed : TaskState::Completed));
    const auto expected = path.endsWith("SUMS") ? DigestSource::HashList : DigestSource::HashFile;
    QVERIFY(sourceOf(task) == (outcome == 2 ? std::nullopt : std::optional(expected)));
    for (const Request &request : server.requests()) {
        if (request.path != "/d/a%20b.bin")
            QVERIFY(!request.target.contains("token"));
    }
    QVERIFY(server.bodyBytesSent() < kSize + (6 << 20));
}

// Another host that is led to is not asked; and where a checksum is known nobody looks for one.
void TestChecksumSearch::besideTheFileOnly()
{
    const Content content = Content::random(kSize);
    ScriptedServer other([=](const Request &) { return Answer::status(200, {}, QByteArray(64, '0')); });
    ScriptedServer server([&, content](const Request &request) {
        return request.path == "/a.bin"
                   ? Answer::honest(request, content)
                   : Answer::redirect(302, other.url(u"/x"_s, u"localhost"_s).toEncoded());
    });
    ManagerRun run;
    seek(run);
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_VERIFY(isAtRest(task->state()));
    QCOMPARE(task->state(), TaskState::Completed);
    QVERIFY(!task->resumeData().entity.digest);
    server.setHandler([=](const Request &request) {
        return Answer::honest(request, content)
            .withHeader("Repr-Digest", "sha-256=:" + QByteArray::fromHex(content.sha256()).toBase64() + ':');
    });
    DownloadTask *known = run.manager().add(server.url(u"/b.bin"_s));
    QTRY_COMPARE(known->state(), TaskState::Completed);
    for (const Request &request : server.requests())
        QVERIFY(request.path != "/b.bin.sha256");
}

// It is off unless the user wants it.
void TestChecksumSearch::besideTheFileNot()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) { return Answer::honest(request, content); });
    ManagerRun run;
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Completed);
    for (const Request &request : server.requests())
        QCOMPARE(request.path, QByteArray("/a.bin"));
}

void TestChecksumSearch::endlessAnswers_data()
{
    QTest::addColumn<bool>("headed"); // or its head already does not end
    QTest::newRow("body") << true;
    QTest::newRow("head") << false;
}

// Never silent for as long as a server may be, and never at its end: it comes to an end all the same.
void TestChecksumSearch::endlessAnswers()
{
    QFETCH(bool, headed);
    const Content content = Content::random(kSize);
    QList<Step> drip{
        step::Bytes{headed ? "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" : "HTTP/1.1 200 OK\r\n"}};
    for (int n = 0; n < 1000; ++n)
        drip += {step::Bytes{"x: y\r\n"}, step::Wait{100}};
    ScriptedServer server(withBeside(content, Answer::script(drip)));
    ManagerRun run;
    seek(run, 1s);
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, 20'000);
    QVERIFY(!sourceOf(task));
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QTRY_COMPARE(server.answering(), 0);
}

void TestChecksumSearch::pausedMeanwhile()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(withBeside(content, Answer::silence()));
    ManagerRun run;
    seek(run, 1h);
    DownloadTask *task = run.manager().add(server.url(u"/a.bin"_s));
    QVERIFY(server.waitForHolding(1));
    QCOMPARE(task->state(), TaskState::Verifying);
    task->pause();
    QCOMPARE(task->state(), TaskState::Paused);
    const qint64 sent = server.bodyBytesSent();
    server.setHandler(withBeside(content, Answer::status(200, {}, content.sha256())));
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(sourceOf(task) == std::optional(DigestSource::HashFile));
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
    QVERIFY(server.bodyBytesSent() - sent < 1000); // not the file
}

void TestChecksumSearch::removedMeanwhile_data()
{
    QTest::addColumn<bool>("ends");
    QTest::newRow("and it goes on") << false;
    QTest::newRow("and all ends") << true;
}

// Nothing of it is left: no part file, no record, no connection; nor when the program ends in the same
// moment.
void TestChecksumSearch::removedMeanwhile()
{
    QFETCH(bool, ends);
    const Content content = Content::random(kSize);
    ScriptedServer server(withBeside(content, Answer::silence()));
    ManagerRun run;
    seek(run, 1h);
    const QUrl url = server.url(u"/a.bin"_s);
    DownloadTask *task = run.manager().add(url);
    QVERIFY(server.waitForHolding(1));
    QCOMPARE(task->state(), TaskState::Verifying);
    run.manager().remove(task, true);
    if (ends)
        run.end();
    QTRY_COMPARE(server.answering(), 0);
    QTRY_VERIFY(QDir(run.folder()).isEmpty());
    if (ends)
        run.restart();
    QVERIFY(!run.manager().find(url) && !run.store().find(url));
    server.setHandler(withBeside(content, Answer::status(404)));
    DownloadTask *again = run.manager().add(url);
    QTRY_COMPARE(again->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(run.folder() + u"/a.bin"_s));
}

QTEST_GUILESS_MAIN(TestChecksumSearch)
#include "tst_checksumsearch.moc"
