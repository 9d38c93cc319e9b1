// SPDX-License-Identifier: MIT
// What a server sends that nobody has asked for is nobody's answer.
#include "clientrun.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

Answer small() { return Answer::status(200, {}, "small"); }

} // namespace

class TestUnasked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beforeTheRequest();
    void onTheWay();
    void noAnswer();
    void insteadOfAPart_data();
    void insteadOfAPart();
};

// The worst case: bytes that are there before the request is sent, taken for its answer.
void TestUnasked::beforeTheRequest()
{
    ScriptedServer server([](const Request &request) {
        return request.connection > 0 ? small()
                                      : Answer::script({step::Bytes{kAnswer + "first"}, step::Hold{},
                                                        step::Bytes{kAnswer + "WRONG"}, step::Hold{}});
    });
    HttpClient client;
    Asked first;
    client.get(requestTo(server), first.pipe);
    QTRY_COMPARE(first.body, QByteArray("first"));
    QTRY_VERIFY(first.end && server.holding() == 1);
    server.release();
    QVERIFY(waitBlind([&] { return server.holding() == 1; }));
    Asked second;
    client.get(requestTo(server), second.pipe);
    QTRY_VERIFY(second.end);
    QCOMPARE(second.body, QByteArray("small"));
    QCOMPARE(server.connections().size(), 2);
}

// They come while the request is on its way: nothing of it was confirmed by the other side yet.
void TestUnasked::onTheWay()
{
#ifndef Q_OS_LINUX
    QSKIP("Only Linux says what was confirmed.");
#endif
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    HttpClient client;
    const WireRequest request{{u"127.0.0.1"_s, server.serverPort()}, "GET / HTTP/1.1\r\n\r\n", false};
    Asked first;
    client.get(request, first.pipe);
    QVERIFY(QTest::qWaitFor([&] { return server.hasPendingConnections(); }));
    QTcpSocket *wrong = server.nextPendingConnection();
    QTRY_VERIFY(wrong->bytesAvailable() > 0);
    wrong->readAll();
    wrong->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 4096);
    wrong->setReadBufferSize(1); // it stops listening
    wrong->write(kAnswer + "first");
    QTRY_VERIFY(first.end);
    QCOMPARE(first.body, QByteArray("first"));

    Asked second;
    WireRequest large = request;
    large.head.insert(large.head.size() - 2, "X: " + QByteArray(256 << 10, 'x') + "\r\n");
    client.get(large, second.pipe);
    QTRY_VERIFY(wrong->bytesAvailable() > 0);
    wrong->write(kAnswer + "WRONG");
    QVERIFY(QTest::qWaitFor([&] { return server.hasPendingConnections() || second.end; }));
    QVERIFY2(!second.end, second.body.constData());
    QTcpSocket *right = server.nextPendingConnection();
    connect(right, &QTcpSocket::readyRead, right, [right, got = QByteArray()]() mutable {
        got += right->readAll();
        if (got.endsWith("\r\n\r\n"))
            right->write(kAnswer + "small");
    });
    QTRY_VERIFY(second.end);
    QCOMPARE(second.body, QByteArray("small"));
}

// The rest of a body that was longer than it had said.
void TestUnasked::noAnswer()
{
    ScriptedServer server([](const Request &request) {
        return request.number == 1 ? Answer::script({step::Bytes{"rest of the body\r\n\r\n"}, step::Hold{}})
                                   : small();
    });
    Network network;
    QCOMPARE(fetch(network, server.url()).body, QByteArray("small"));
    const Got got = fetch(network, server.url());
    QCOMPARE(got.error, QNetworkReply::NoError);
    QCOMPARE(got.body, QByteArray("small"));
    QCOMPARE(server.requestCount(), 3);
    QCOMPARE(server.connections().size(), 2);
}

void TestUnasked::insteadOfAPart_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("believed");
    QTest::newRow("a part") << 206 << true;
    QTest::newRow("a whole file") << 200 << false;
    QTest::newRow("a whole file of another kind") << 203 << false;
    QTest::newRow("a refusal") << 503 << true;
    QTest::newRow("none there") << 416 << true;
}

// A whole file in the place of a part may be the second answer to the request before. Over a new connection
// it is what it says.
void TestUnasked::insteadOfAPart()
{
    QFETCH(const int, status);
    QFETCH(const bool, believed);
    ScriptedServer server([status](const Request &request) {
        return request.number == 0 ? small() : Answer::status(status, {}, "second");
    });
    Network network;
    QCOMPARE(fetch(network, server.url()).body, QByteArray("small"));
    QNetworkRequest part(server.url());
    part.setRawHeader("Range", "bytes=5-");
    const std::unique_ptr<SocketReply> reply(qobject_cast<SocketReply *>(network.get(part)));
    const Got got = wholeOf(*reply);
    QCOMPARE(got.status, status);
    QCOMPARE(got.body, QByteArray("second"));
    QCOMPARE(server.requestCount(), believed ? 2 : 3);
    QCOMPARE(server.connections().size(), believed ? 1 : 2);
}

QTEST_GUILESS_MAIN(TestUnasked)
#include "tst_unasked.moc"
