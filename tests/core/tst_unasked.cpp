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
    void onTheWay_data();
    void onTheWay();
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

void TestUnasked::onTheWay_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("in the system's hands") << (256 << 10);
    QTest::newRow("in part still in ours") << (16 << 20);
}

// They come while the request is on its way: nothing of it was confirmed by the other side yet.
void TestUnasked::onTheWay()
{
    QFETCH(const int, bytes);
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
    large.head.insert(large.head.size() - 2, "X: " + QByteArray(bytes, 'x') + "\r\n");
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

// What answers a range and is no part may be the second answer to the request before.
void TestUnasked::insteadOfAPart()
{
    ScriptedServer server([](const Request &request) {
        if (request.number == 0)
            return small();
        return request.connection > 0 ? Answer::status(206, {}, "right")
                                      : Answer::script({step::Bytes{kAnswer + "WRONG"}});
    });
    HttpClient client;
    Asked first;
    client.get(requestTo(server), first.pipe);
    QTRY_VERIFY(first.end);
    WireRequest ranged = requestTo(server);
    ranged.ranged = true;
    Asked second;
    client.get(ranged, second.pipe);
    QTRY_VERIFY(second.end);
    QCOMPARE(second.body, QByteArray("right"));
    QCOMPARE(server.requestCount(), 3);
    Asked third; // over a new connection it is the answer, whatever it says
    server.setHandler([](const Request &) { return small(); });
    HttpClient other;
    other.get(ranged, third.pipe);
    QTRY_VERIFY(third.end);
    QCOMPARE(third.body, QByteArray("small"));
}

QTEST_GUILESS_MAIN(TestUnasked)
#include "tst_unasked.moc"
