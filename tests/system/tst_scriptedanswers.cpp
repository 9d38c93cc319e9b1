// SPDX-License-Identifier: MIT
#include "tests/support/scriptedserver.h"
#include "tests/support/wireclient.h"

#include <QTemporaryDir>
#include <QTest>

using namespace longhaul::test;

namespace {

// The whole answer to one request, up to the end of the connection.
QByteArray answerTo(const Answer &answer)
{
    const ScriptedServer server(ScriptedServer::sequence({answer}));
    WireClient client(server);
    client.send(WireClient::request());
    return client.readToEnd();
}

} // namespace

class TestScriptedAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contentIsTheSameAtEachOffset();
    void contentComparesFiles();
    void sparseContentHasMarkers();
    void understandsRanges_data();
    void understandsRanges();
    void honest_data();
    void honest();
    void bendsHeads();
    void bendsBodies();
};

void TestScriptedAnswers::contentIsTheSameAtEachOffset()
{
    const Content content = Content::random(100'003, 7);
    const QByteArray all = content.readAll();
    QCOMPARE(all.size(), 100'003);
    for (qint64 begin = 0; begin < 40; ++begin) {
        for (qint64 count = 0; count < 40; ++count)
            QCOMPARE(content.read(begin, count), all.mid(begin, count));
    }
    QCOMPARE(content.read(99'990, 1000), all.mid(99'990));
    QVERIFY(content.read(100'003, 1).isEmpty());
    QVERIFY(Content::random(100'003, 8).readAll() != all);
    QCOMPARE(Content::fromBytes("abc").sha256(),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(Content::random(qint64(1) << 40).read((qint64(1) << 40) - 3, 10).size(), 3);
}

void TestScriptedAnswers::contentComparesFiles()
{
    const Content content = Content::random(3'000'000);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    QCOMPARE(content.firstDifference(path), std::optional<qint64>(0));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(content.readAll());
    file.flush();
    QVERIFY(content.matchesFile(path));
    file.resize(2'999'999);
    QCOMPARE(content.firstDifference(path), std::optional<qint64>(2'999'999));
    file.seek(2'999'999);
    file.write(content.read(2'999'999, 1) + 'x');
    file.flush();
    QCOMPARE(content.firstDifference(path), std::optional<qint64>(3'000'000));
    file.seek(1'234'567);
    file.write(QByteArray(1, char(~content.read(1'234'567, 1).at(0))));
    file.flush();
    QCOMPARE(content.firstDifference(path), std::optional<qint64>(1'234'567));
}

void TestScriptedAnswers::sparseContentHasMarkers()
{
    constexpr qint64 gib = qint64(1) << 30;
    const Content content = Content::sparse(6 * gib);
    QVERIFY(content.read(5 * gib, 16) != QByteArray(16, '\0'));
    QVERIFY(content.read(5 * gib, 16) != content.read(4 * gib, 16));
    QCOMPARE(content.read(5 * gib - 20, 30), QByteArray(20, '\0') + content.read(5 * gib, 10));
    QCOMPARE(content.read(5 * gib + 5, 30), content.read(5 * gib, 16).mid(5) + QByteArray(19, '\0'));
}

void TestScriptedAnswers::understandsRanges_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<std::optional<AskedRange>>("range");
    const auto row = [](const char *value, const std::optional<AskedRange> &range) {
        QTest::newRow(value) << QByteArray(value) << range;
    };
    row("bytes=5-9", AskedRange{.begin = 5, .end = 10});
    row("Bytes=4294967296-", AskedRange{.begin = 4294967296});
    row("bytes=-7", AskedRange{.last = 7});
    row("bytes=-0", AskedRange{.last = 0});
    for (const char *bad :
         {"bytes=", "bytes=-", "bytes=a-", "bytes=1", "bytes=2-1", "bytes=1-+2", "lines=1-2", "bytes=1-2,4-5",
          "bytes=9223372036854775808-", "bytes=1-9223372036854775807"})
        row(bad, std::nullopt);
}

void TestScriptedAnswers::understandsRanges()
{
    QFETCH(QByteArray, value);
    QFETCH(std::optional<AskedRange>, range);
    const auto request = Request::parse(WireClient::request("Range: " + value + "\r\n"));
    QVERIFY(request);
    QVERIFY(request->range == range);
}

void TestScriptedAnswers::honest_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("contentRange");
    QTest::addColumn<QByteArray>("body");
    const QByteArray date = "Sun, 06 Nov 1994 08:49:37 GMT";
    const auto row = [](const char *name, const QByteArray &fields, int code, const QByteArray &range,
                        const QByteArray &body) { QTest::newRow(name) << fields << code << range << body; };
    row("whole", "", 200, "", "0123456789");
    row("middle", "Range: bytes=2-4\r\n", 206, "bytes 2-4/10", "234");
    row("open", "Range: bytes=7-\r\n", 206, "bytes 7-9/10", "789");
    row("beyond the end", "range: BYTES=7-99\r\n", 206, "bytes 7-9/10", "789");
    row("suffix", "Range: bytes=-3\r\n", 206, "bytes 7-9/10", "789");
    row("long suffix", "Range: bytes=-30\r\n", 206, "bytes 0-9/10", "0123456789");
    row("empty suffix", "Range: bytes=-0\r\n", 416, "bytes */10", "");
    row("behind", "Range: bytes=10-\r\n", 416, "bytes */10", "");
    row("backwards", "Range: bytes=4-2\r\n", 200, "", "0123456789");
    row("two ranges", "Range: bytes=1-2,4-5\r\n", 200, "", "0123456789");
    row("If-Range holds", "Range: bytes=7-\r\nIf-Range: \"v1\"\r\n", 206, "bytes 7-9/10", "789");
    row("If-Range fails", "Range: bytes=7-\r\nIf-Range: \"v2\"\r\n", 200, "", "0123456789");
    row("If-Range is weak", "Range: bytes=7-\r\nIf-Range: W/\"v1\"\r\n", 200, "", "0123456789");
    row("If-Range by date", "Range: bytes=7-\r\nIf-Range: " + date + "\r\n", 206, "bytes 7-9/10", "789");
    row("If-Range, later", "Range: bytes=7-\r\nIf-Range: Sun, 06 Nov 1994 08:49:38 GMT\r\n", 200, "",
        "0123456789");
    row("If-Range alone", "If-Range: \"v1\"\r\n", 200, "", "0123456789");
    row("If-Match fails", "If-Match: \"v0\", \"v2\"\r\nRange: bytes=7-\r\n", 412, "", "");
    row("If-Match holds", "If-Match: \"v0\", \"v1\"\r\nRange: bytes=7-\r\n", 206, "bytes 7-9/10", "789");
    row("If-None-Match", "If-None-Match: W/\"v1\"\r\n", 304, "", "");
}

void TestScriptedAnswers::honest()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    const ScriptedServer server([](const Request &request) {
        return Answer::honest(request, Content::fromBytes("0123456789"),
                              {.etag = "\"v1\"", .lastModified = "Sun, 06 Nov 1994 08:49:37 GMT"});
    });
    WireClient client(server);
    client.send(WireClient::request(fields));
    const QByteArray head = client.readHead();
    QTEST(head.mid(9, 3).toInt(), "code");
    QTEST(WireClient::field(head, "Content-Range"), "contentRange");
    QCOMPARE(WireClient::field(head, "Content-Length"),
             head.contains(" 304 ") ? "" : QByteArray::number(body.size()));
    QCOMPARE(WireClient::field(head, "ETag"), "\"v1\"");
    QCOMPARE(WireClient::field(head, "Accept-Ranges"), "bytes");
    QCOMPARE(WireClient::field(head, "Date").size(), 29);
    QCOMPARE(client.read(body.size()), body);
    client.send(WireClient::request("Connection: close\r\n", "HEAD"));
    const QByteArray ofHead = client.readToEnd();
    QVERIFY(ofHead.startsWith("HTTP/1.1 200 OK\r\n") && ofHead.endsWith("\r\n\r\n"));
    QCOMPARE(WireClient::field(ofHead, "Content-Length"), "10");
    QCOMPARE(server.bodyBytesSent(), body.size());
}

void TestScriptedAnswers::bendsHeads()
{
    const Content content = Content::fromBytes("0123456789");
    QByteArray got = answerTo(Answer::whole(content, {{"X-A", "1"}}).withHeader("X-B", "2").thenClose());
    QVERIFY(got.startsWith("HTTP/1.1 200 OK\r\nX-A: 1\r\n"));
    QCOMPARE(WireClient::field(got, "X-B"), "2");
    QCOMPARE(WireClient::field(got, "Content-Length"), "10");
    QCOMPARE(WireClient::body(got), "0123456789");
    got = answerTo(
        Answer::whole(content).withoutHeader("date").replaceHeader("content-length", "99").thenClose());
    QVERIFY(!got.contains("\r\nDate"));
    QCOMPARE(got.count("ength: "), 1);
    QCOMPARE(WireClient::field(got, "content-length"), "99");
    got = answerTo(Answer::whole(content).withStatus(299, "Odd").http10());
    QVERIFY(got.startsWith("HTTP/1.0 299 Odd\r\n"));
    got = answerTo(Answer::whole(content)
                       .interim(103, {{"Link", "</a>"}})
                       .interim(100)
                       .withHeader("Connection", "close"));
    QVERIFY(got.startsWith(
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
    QCOMPARE(answerTo(Answer::raw(QByteArray("x\0y", 3))), QByteArray("x\0y", 3));
    QCOMPARE(answerTo(Answer()), "");
}

void TestScriptedAnswers::bendsBodies()
{
    const Content content = Content::random(200'000);
    QByteArray got = answerTo(Answer::whole(content).withoutLength());
    QVERIFY(!got.contains("Content-Length"));
    QCOMPARE(WireClient::body(got), content.readAll());
    got = answerTo(Answer::whole(content).cutBodyAfter(123'456));
    QCOMPARE(WireClient::field(got, "Content-Length"), "200000");
    QCOMPARE(WireClient::body(got), content.read(0, 123'456));
    QCOMPARE(WireClient::body(answerTo(Answer::whole(content).cutBodyAfter(200'001).thenClose())),
             content.readAll());
    got = answerTo(Answer::whole(content).withBody("other").thenClose());
    QCOMPARE(WireClient::field(got, "Content-Length"), "200000");
    QCOMPARE(WireClient::body(got), "other");

    got = answerTo(Answer::status(200, {}, "0123456789").chunked().thenClose());
    QVERIFY(!got.contains("Content-Length"));
    QCOMPARE(WireClient::field(got, "Transfer-Encoding"), "chunked");
    QCOMPARE(WireClient::body(got), "a\r\n0123456789\r\n0\r\n\r\n");
    got = answerTo(Answer::status(200, {}, "0123456789").chunked().cutBodyAfter(4));
    QCOMPARE(WireClient::body(got), "4\r\n0123\r\n");
}

QTEST_GUILESS_MAIN(TestScriptedAnswers)

#include "tst_scriptedanswers.moc"
