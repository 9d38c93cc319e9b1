// SPDX-License-Identifier: MIT
// Connections: when they are used again, and by whom; when they end.
#include "clientrun.h"

#include <QHostInfo>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QThread>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

Answer small() { return Answer::status(200, {}, "small"); }

Handler always(const Answer &answer)
{
    return [answer](const Request &) { return answer; };
}

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usedAgain();
    void notUsedAgain_data();
    void notUsedAgain();
    void notForAnother();
    void closedAsIdle_data();
    void closedAsIdle();
    void lateRoomEndsNothing();
    void idleOnesAreClosed();
    void deletedReplies_data();
    void deletedReplies();
    void deletedInTheHandshake();
    void managerGoesFirst();
    void noneWaits();
    void twoAddresses();
    void hostNotFound();
    void nobodyListens();
};

void TestHttpClient::usedAgain()
{
    ScriptedServer server(always(small()));
    Network network;
    for (int i = 0; i < 50; ++i)
        QCOMPARE(fetch(network, server.url()).body, QByteArray("small"));
    QCOMPARE(server.requestCount(), 50);
    QCOMPARE(server.connections().size(), 1);
}

void TestHttpClient::notUsedAgain_data()
{
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *tag, const QByteArray &answer) { QTest::newRow(tag) << answer; };
    row("it says so", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nsmall");
    row("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nsmall");
    row("too long", kAnswer + "smaller");
    row("two answers", kAnswer + "small" + kAnswer + "WRONG");
    row("204 with a body", "HTTP/1.1 204 No Content\r\n\r\n" + kAnswer + "WRONG");
}

void TestHttpClient::notUsedAgain()
{
    QFETCH(const QByteArray, answer);
    // It stays open: what comes of it is up to the client.
    ScriptedServer server([=](const Request &request) {
        return request.connection == 0 ? Answer::script({step::Bytes{answer}, step::Hold{}}) : small();
    });
    Network network;
    QCOMPARE(fetch(network, server.url()).error, QNetworkReply::NoError);
    QCOMPARE(fetch(network, server.url()).body, QByteArray("small"));
    QCOMPARE(server.connections().size(), 2);
    QVERIFY(server.waitForOpenConnections(1));
}

void TestHttpClient::notForAnother()
{
    ScriptedServer one(always(small()));
    ScriptedServer other(always(Answer::status(200, {}, "other")));
    Network network;
    QCOMPARE(fetch(network, one.url()).body, QByteArray("small"));
    QCOMPARE(fetch(network, other.url()).body, QByteArray("other"));
    QCOMPARE(fetch(network, one.url(u"/"_s, u"localhost"_s)).body, QByteArray("small")); // another name
    network.setProxy(QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, other.port()));
    QCOMPARE(fetch(network, one.url()).body, QByteArray("other")); // over another way
    QCOMPARE(one.connections().size(), 2);
}

void TestHttpClient::closedAsIdle_data()
{
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("forGood");
    QTest::newRow("closed") << false << false;
    QTest::newRow("reset") << true << false;
    QTest::newRow("closed, and the new one as well") << false << true;
}

// The server closes it just when the next request is sent, which is sent again: once.
void TestHttpClient::closedAsIdle()
{
    QFETCH(const bool, reset);
    QFETCH(const bool, forGood);
    ScriptedServer server([=](const Request &request) {
        const bool closes = request.number == 1 || (forGood && request.number > 1);
        return closes ? (reset ? Answer::script({step::Reset{}}) : Answer()) : small();
    });
    Network network;
    QCOMPARE(fetch(network, server.url()).body, QByteArray("small"));
    const Got got = fetch(network, server.url());
    QCOMPARE(got.error, forGood ? QNetworkReply::RemoteHostClosedError : QNetworkReply::NoError);
    QCOMPARE(got.body, forGood ? QByteArray() : QByteArray("small"));
    QCOMPARE(server.requestCount(), 3);
    QCOMPARE(server.connections().size(), 2);
}

// The last bytes come just as there is room for them again.
void TestHttpClient::lateRoomEndsNothing()
{
    ScriptedServer server([](const Request &request) {
        return request.number > 0
                   ? small()
                   : Answer::script({step::Bytes{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234"},
                                     step::Hold{}, step::Bytes{"56789"}});
    });
    HttpClient client;
    Asked first;
    first.reads = false;
    first.pipe->setLimit(5);
    client.get(requestTo(server), first.pipe);
    QTRY_COMPARE(first.body, QByteArray("01234"));
    QTRY_VERIFY(server.holding() == 1);
    server.release();
    QVERIFY(waitBlind([&] { return server.answering() == 0; }));
    first.pipe->consumed(5);
    QTRY_VERIFY(first.end);
    QCOMPARE(first.body, QByteArray("0123456789"));
    QVERIFY(!server.waitForOpenConnections(0, 20)); // nor is the connection taken for a broken one
    Asked second;
    client.get(requestTo(server), second.pipe);
    QTRY_VERIFY(second.end);
    QCOMPARE(second.body, QByteArray("small"));
    QCOMPARE(server.connections().size(), 1);
}

void TestHttpClient::idleOnesAreClosed()
{
    ScriptedServer server(always(small()));
    ScriptedServer busy(always(Answer::silence()));
    Network network;
    const auto working = network.ask(busy.url());
    QCOMPARE(fetch(network, server.url()).body, QByteArray("small"));
    QVERIFY(busy.waitForRequests(1));
    QVERIFY(!server.waitForOpenConnections(0, 4000)); // not while another works
    working->abort();
    QVERIFY(server.waitForOpenConnections(0, 8000));
    QCOMPARE(fetch(network, server.url()).body, QByteArray("small"));
    QCOMPARE(server.connections().size(), 2);
}

void TestHttpClient::deletedReplies_data()
{
    QTest::addColumn<int>("when"); // this step of the server holds
    QTest::addColumn<bool>("aborted");
    for (const bool aborted : {false, true}) {
        const QByteArray how = aborted ? "aborted " : "deleted ";
        QTest::newRow((how + "at once").constData()) << -1 << aborted;
        QTest::newRow((how + "before the head").constData()) << 0 << aborted;
        QTest::newRow((how + "in the head").constData()) << 1 << aborted;
        QTest::newRow((how + "behind the head").constData()) << 2 << aborted;
        QTest::newRow((how + "in the body").constData()) << 3 << aborted;
    }
}

void TestHttpClient::deletedReplies()
{
    QFETCH(const int, when);
    QFETCH(const bool, aborted);
    QList<Step> steps{step::Bytes{"HTTP/1.1 200 OK\r\n"}, step::Bytes{"Content-Length: 9\r\n\r\n"},
                      step::Bytes{"small"}};
    steps.insert(std::max(0, when), step::Hold{});
    ScriptedServer server(always(Answer::script(steps)));
    Network network;
    auto reply = network.ask(server.url());
    if (when >= 0)
        QVERIFY(server.waitForHolding(1));
    if (when > 2)
        QTRY_COMPARE(reply->bytesAvailable(), 5);
    if (aborted) {
        reply->abort();
        QCOMPARE(reply->error(), QNetworkReply::OperationCanceledError);
        QVERIFY(reply->isFinished());
    } else {
        reply.reset();
    }
    QVERIFY(server.waitForOpenConnections(0));
    QVERIFY(when >= 0 || server.requestCount() == 0);
}

void TestHttpClient::deletedInTheHandshake()
{
    QTcpServer server; // that says nothing
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Network network;
    auto reply = network.ask(QUrl(u"https://127.0.0.1:%1/"_s.arg(server.serverPort())));
    QTRY_VERIFY(server.hasPendingConnections());
    const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
    QTRY_VERIFY(socket->bytesAvailable() > 0);
    reply.reset();
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
}

void TestHttpClient::managerGoesFirst()
{
    ScriptedServer server(always(Answer::whole(Content::random(10 << 20))));
    ScriptedServer silent(always(Answer::silence()));
    for (int round = 0; round < 10; ++round) {
        auto network = std::make_unique<Network>();
        SocketReply *reply = network->ask(server.url(), 1000).release(); // its children
        network->ask(silent.url()).release();
        QTRY_VERIFY(reply->bytesAvailable() > 0);
        network->ask(server.url()).release();
        QSignalSpy finished(reply, &QNetworkReply::finished);
        network.reset();
        QVERIFY(server.waitForOpenConnections(0) && silent.waitForOpenConnections(0));
        QCOMPARE(finished.size(), 0);
    }
}

void TestHttpClient::noneWaits()
{
    ScriptedServer server(always(Answer::silence()));
    Network network;
    std::vector<std::unique_ptr<SocketReply>> replies;
    for (int i = 0; i < 20; ++i)
        replies.push_back(network.ask(server.url()));
    QVERIFY(server.waitForHolding(20));
    QCOMPARE(server.openConnections(), 20);
}

void TestHttpClient::twoAddresses()
{
    const QList<QHostAddress> addresses = QHostInfo::fromName(u"localhost"_s).addresses();
    if (addresses.size() < 2)
        QSKIP("localhost has one address here");
    for (const QHostAddress &address : addresses) {
        QTcpServer server;
        QVERIFY(server.listen(address)); // and the other one refuses
        Network network;
        const auto reply = network.ask(QUrl(u"http://localhost:%1/"_s.arg(server.serverPort())));
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 2000);
    }
}

void TestHttpClient::hostNotFound()
{
    Network network;
    const auto reply = network.ask(QUrl(u"http://nowhere.invalid/"_s));
    const Got got = wholeOf(*reply);
    QCOMPARE(got.error, QNetworkReply::HostNotFoundError);
    QVERIFY(!reply->errorString().isEmpty());
}

void TestHttpClient::nobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QUrl url(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
    server.close();
    Network network;
    QCOMPARE(fetch(network, url).error, QNetworkReply::ConnectionRefusedError);
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
