// SPDX-License-Identifier: MIT
#include "tests/support/scriptedserver.h"
#include "tests/support/wireclient.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <vector>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace longhaul::test;

class TestScriptedServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsRequests();
    void keepsAliveAndPipelines();
    void takesRequestsInPieces();
    void refusesNonsense_data();
    void refusesNonsense();
    void resets();
    void endsByFinOrReset_data();
    void endsByFinOrReset();
    void holdsAndReleases();
    void halfCloses();
    void pausesAndLimits();
    void followsAScript();
    void boundsWhatItBuffers();
    void servesMoreThan4GiB();
    void goesOffline();
    void endsQuickly();
    void listensOnIpv6();
    void speaksTls();
    void tlsLosesNoBytesAtTheEnd();
    void tlsIsRefusedWhenNotTrusted();
};

void TestScriptedServer::recordsRequests()
{
    const ScriptedServer server(ScriptedServer::sequence({Answer::status(404), Answer::redirect(302, "/b")}));
    WireClient client(server);
    const QByteArray sent = WireClient::request("X-A: 1\r\nx-a:  2\r\n");
    client.send(sent);
    QVERIFY(client.readHead().startsWith("HTTP/1.1 404 Not Found\r\n"));
    WireClient other(server);
    other.send("POST /b HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello");
    QCOMPARE(WireClient::field(other.readToEnd(), "Location"), "/b"); // ends: HTTP/1.0
    QVERIFY(server.waitForRequests(2));
    QVERIFY(!server.waitForRequests(3, 10));
    const QList<Request> requests = server.requests();
    QCOMPARE(requests[0].head, sent);
    QCOMPARE(requests[0].path, "/file");
    QCOMPARE(requests[0].query, "a=b");
    QCOMPARE(requests[0].header("X-a"), "1, 2");
    QVERIFY(!requests[0].has("Range") && !requests[0].range);
    QCOMPARE(requests[1].number, 1);
    QCOMPARE(requests[1].connection, 1);
    QCOMPARE(requests[1].method, "POST");
    QCOMPARE(requests[1].httpVersion, "HTTP/1.0");
    QCOMPARE(server.mostOpenConnections(), 2);
    QVERIFY(server.waitForOpenConnections(1));
}

void TestScriptedServer::keepsAliveAndPipelines()
{
    const ScriptedServer server(
        [](const Request &request) { return Answer::status(200, {}, request.target); });
    WireClient client(server);
    QByteArray sent;
    for (int i = 0; i < 100; ++i)
        sent += "PUT /" + QByteArray::number(i) + " HTTP/1.1\r\nContent-Length: 4\r\n\r\n\r\n\r\n";
    client.send(sent);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(client.readHead().startsWith("HTTP/1.1 200 OK\r\n"));
        QCOMPARE(client.read(i < 10 ? 2 : 3), "/" + QByteArray::number(i));
    }
    QCOMPARE(server.connections().size(), 1);
    QCOMPARE(server.connections().at(0).requests, 100);
    client.send(WireClient::request("Connection: close\r\n"));
    QCOMPARE(WireClient::body(client.readToEnd()), "/file?a=b");
    QCOMPARE(client.error(), QAbstractSocket::RemoteHostClosedError);
}

void TestScriptedServer::takesRequestsInPieces()
{
    const ScriptedServer server(ScriptedServer::sequence({Answer::status(204)}));
    WireClient client(server);
    client.socket().setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const QByteArray request = WireClient::request("X-Long: " + QByteArray(60'000, 'x') + "\r\n");
    for (qsizetype i = 0; i < 60; ++i)
        client.send(request.mid(i, 1));
    client.send(request.mid(60));
    const QByteArray head = client.readHead();
    QVERIFY(head.startsWith("HTTP/1.1 204 No Content\r\n") && !head.contains("Content-Length"));
    QCOMPARE(server.requests().at(0).head, request);
}

void TestScriptedServer::refusesNonsense_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no request line") << QByteArray("hello\r\n\r\n");
    QTest::newRow("no field") << WireClient::request("nonsense\r\n");
    QTest::newRow("too long") << QByteArray(70'000, 'x');
    QTest::newRow("empty") << QByteArray("\r\n\r\n");
}

void TestScriptedServer::refusesNonsense()
{
    QFETCH(QByteArray, bytes);
    const ScriptedServer server;
    WireClient client(server);
    client.send(bytes);
    QVERIFY(client.readToEnd().startsWith("HTTP/1.1 400 "));
    QCOMPARE(server.malformedCount(), 1);
    QCOMPARE(server.requestCount(), 0);
}

void TestScriptedServer::resets()
{
    const Content content = Content::random(20'000'000);
    const ScriptedServer server(
        ScriptedServer::sequence({Answer::whole(content).resetBodyAfter(15'000'001)}));
    WireClient client(server);
    client.send(WireClient::request());
    client.readHead();
    // Each byte before the reset arrives: the client's kernel had them all.
    QCOMPARE(client.read(15'000'001), content.read(0, 15'000'001));
    QCOMPARE(client.readToEnd(), "");
    QCOMPARE(server.bodyBytesSent(0), 15'000'001);
    QVERIFY(server.waitForOpenConnections(0));
}

void TestScriptedServer::endsByFinOrReset_data()
{
    QTest::addColumn<QList<Step>>("steps");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("reset");
    const QByteArray some(100'000, 's');
    QTest::newRow("close") << QList<Step>{step::Bytes{some}, step::Close{}} << some << false;
    QTest::newRow("half close") << QList<Step>{step::Bytes{some}, step::HalfClose{}} << some << false;
    QTest::newRow("reset") << QList<Step>{step::Bytes{some}, step::Reset{}} << some << true;
    QTest::newRow("reset at once") << QList<Step>{step::Reset{}} << QByteArray() << true;
}

// By a bare socket: Qt tells FIN and RST apart in no way that a client can see.
void TestScriptedServer::endsByFinOrReset()
{
#ifndef Q_OS_UNIX
    QSKIP("needs POSIX sockets");
#else
    QFETCH(QList<Step>, steps);
    QFETCH(QByteArray, bytes);
    const ScriptedServer server(ScriptedServer::sequence({Answer::script(steps)}));
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int client = ::socket(AF_INET, SOCK_STREAM, 0);
    QCOMPARE(::connect(client, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    const QByteArray request = WireClient::request();
    QCOMPARE(::send(client, request.constData(), size_t(request.size()), 0), request.size());
    QByteArray got;
    QByteArray block(65536, Qt::Uninitialized);
    ssize_t n = 0;
    while ((n = ::recv(client, block.data(), size_t(block.size()), 0)) > 0)
        got += block.left(n);
    QTEST(n < 0 && errno == ECONNRESET, "reset");
    QCOMPARE(got, bytes);
    ::close(client);
#endif
}

void TestScriptedServer::holdsAndReleases()
{
    ScriptedServer server(ScriptedServer::sequence(
        {Answer::status(200, {}, "0123456789").stallBodyAfter(4).stallBodyAfter(6)}));
    WireClient client(server);
    client.send(WireClient::request());
    client.readHead();
    QCOMPARE(client.read(4), "0123");
    QVERIFY(server.waitForHolding(1));
    QVERIFY(client.isSilent());
    server.release();
    QCOMPARE(client.read(2), "45");
    QVERIFY(server.waitForHolding(1));
    server.releaseForGood();
    QCOMPARE(client.read(4), "6789");
    client.send(WireClient::request());
    client.readHead();
    QCOMPARE(client.read(10), "0123456789");
    QCOMPARE(server.holding(), 0);

    ScriptedServer silent(ScriptedServer::sequence({Answer::silence()}));
    WireClient first(silent);
    WireClient second(silent);
    first.send(WireClient::request());
    second.send(WireClient::request());
    QVERIFY(silent.waitForHolding(2));
    first.socket().abort();
    QVERIFY(silent.waitForOpenConnections(1));
    QCOMPARE(silent.holding(), 1);
    silent.release();
    QCOMPARE(second.readToEnd(), "");
    QVERIFY(!second.isOpen());
}

void TestScriptedServer::halfCloses()
{
    const ScriptedServer server(ScriptedServer::sequence({Answer::status(200, {}, "abc").thenHalfClose()}));
    WireClient client(server);
    client.send(WireClient::request());
    QCOMPARE(WireClient::body(client.readToEnd()), "abc");
    QVERIFY(server.waitForOpenConnections(0)); // Qt's client closes as it reads the end
}

void TestScriptedServer::pausesAndLimits()
{
    const ScriptedServer server(ScriptedServer::sequence(
        {Answer::status(200, {}, "0123456789").pause(60).pauseBodyAfter(5, 60).thenClose(),
         Answer::whole(Content::random(40'000)).rate(200'000).thenClose()}));
    QElapsedTimer clock;
    clock.start();
    WireClient client(server);
    client.send(WireClient::request());
    client.readHead();
    QVERIFY(clock.elapsed() >= 60);
    QCOMPARE(client.read(5), "01234");
    QCOMPARE(client.readToEnd(), "56789");
    QVERIFY(clock.elapsed() >= 120);

    clock.start();
    WireClient slow(server);
    slow.send(WireClient::request());
    QCOMPARE(WireClient::body(slow.readToEnd()), Content::random(40'000).readAll());
    QVERIFY2(clock.elapsed() >= 190, qPrintable(QString::number(clock.elapsed())));
}

void TestScriptedServer::followsAScript()
{
    ScriptedServer server(ScriptedServer::sequence(
        {Answer::script({step::Bytes{"a"}, step::Wait{20}, step::Body{Content::fromBytes("0123"), 1, 3},
                         step::Hold{}, step::Bytes{"b"}}),
         Answer::raw("end")}));
    WireClient client(server);
    client.send(WireClient::request());
    QCOMPARE(client.read(3), "a12");
    QVERIFY(server.waitForHolding(1));
    server.release();
    QCOMPARE(client.read(1), "b");
    client.send(WireClient::request());
    QCOMPARE(client.readToEnd(), "end");
    QCOMPARE(server.bodyBytesSent(), 2);
}

void TestScriptedServer::boundsWhatItBuffers()
{
    const ScriptedServer server(ScriptedServer::sequence({Answer::whole(Content::random(qint64(1) << 40))}),
                                {.sendBufferBytes = 64 * 1024});
    WireClient client(server);
    client.socket().setReadBufferSize(64 * 1024);
    client.send(WireClient::request());
    client.readHead();
    qint64 before = -1;
    QVERIFY(QTest::qWaitFor(
        [&] { return std::exchange(before, server.bodyBytesSent()) == server.bodyBytesSent(); }));
    QVERIFY2(server.bodyBytesSent() < 16 * 1024 * 1024, qPrintable(QString::number(server.bodyBytesSent())));
}

void TestScriptedServer::servesMoreThan4GiB()
{
    constexpr qint64 gib = qint64(1) << 30;
    const Content content = Content::sparse(5 * gib + 100);
    const ScriptedServer server([&](const Request &request) { return Answer::honest(request, content); });
    WireClient client(server);
    client.send(WireClient::request("Range: bytes=5368709110-\r\nConnection: close\r\n"));
    const QByteArray got = client.readToEnd();
    QCOMPARE(WireClient::field(got, "Content-Range"), "bytes 5368709110-5368709219/5368709220");
    QCOMPARE(WireClient::body(got), content.read(5 * gib - 10, 110));
}

void TestScriptedServer::goesOffline()
{
    ScriptedServer server(ScriptedServer::sequence({Answer::status(200, {}, "abc").thenHold()}));
    const quint16 port = server.port();
    WireClient client(server);
    client.send(WireClient::request());
    QVERIFY(server.waitForHolding(1));
    server.goOffline();
    client.readToEnd();
    QVERIFY(!client.isOpen());
    QVERIFY(!WireClient(server).isOpen());
    QVERIFY(server.goOnline());
    QCOMPARE(server.port(), port);
    QVERIFY(WireClient(server).isOpen());
}

void TestScriptedServer::endsQuickly()
{
    auto server = std::make_unique<ScriptedServer>([](const Request &request) {
        return request.number % 2 == 0 ? Answer::silence() : Answer::whole(Content::random(qint64(1) << 40));
    });
    std::vector<std::unique_ptr<WireClient>> clients;
    for (int i = 0; i < 40; ++i)
        clients.push_back(std::make_unique<WireClient>(*server));
    for (const auto &client : clients)
        client->send(WireClient::request());
    QVERIFY(server->waitForRequests(40));
    QElapsedTimer clock;
    clock.start();
    server.reset();
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

void TestScriptedServer::listensOnIpv6()
{
    const ScriptedServer server(ScriptedServer::sequence({Answer::status(200, {}, "six").thenClose()}),
                                {.ipv6 = true});
    if (!server.isListening(true))
        QSKIP("no IPv6 on this machine");
    WireClient client(server, {}, QStringLiteral("::1"));
    client.send(WireClient::request());
    QCOMPARE(WireClient::body(client.readToEnd()), "six");
    QCOMPARE(server.url(QStringLiteral("/a"), QStringLiteral("::1")).toEncoded(),
             "http://[::1]:" + QByteArray::number(server.port(true)) + "/a");
}

void TestScriptedServer::speaksTls()
{
    const TestAuthority authority;
    if (!authority.isValid())
        QSKIP("no openssl command");
    const Content content = Content::random(3'000'000);
    ScriptedServer server(
        ScriptedServer::sequence({Answer::whole(content), Answer::whole(content).cutBodyAfter(1'000'001),
                                  Answer::whole(content).resetBodyAfter(1'000'001)}),
        {.tls = authority.issue()});
    QCOMPARE(server.url(QStringLiteral("/x?y")).toEncoded(),
             "https://127.0.0.1:" + QByteArray::number(server.port()) + "/x?y");
    WireClient client(server, {authority.certificate()});
    QVERIFY2(client.isEncrypted(), qPrintable(client.errorString()));
    client.send(WireClient::request());
    client.readHead();
    QCOMPARE(client.read(content.size()), content.readAll());
    client.send(WireClient::request());
    QCOMPARE(WireClient::body(client.readToEnd()), content.read(0, 1'000'001));
    WireClient other(server, {authority.certificate()}, QStringLiteral("localhost"));
    other.send(WireClient::request());
    QCOMPARE(WireClient::body(other.readToEnd()), content.read(0, 1'000'001));
    QVERIFY(server.waitForOpenConnections(0));
}

void TestScriptedServer::tlsLosesNoBytesAtTheEnd()
{
    const TestAuthority authority;
    if (!authority.isValid())
        QSKIP("no openssl command");
    const QByteArray some = Content::random(70'000).readAll();
    const QList<Step> ends{step::Close{}, step::HalfClose{}, step::Reset{}};
    const ServerOptions options{.tls = authority.issue()};
    for (const qsizetype size : {1, 70'000}) {
        for (const Step &end : ends) {
            const QByteArray sent = some.left(size);
            const ScriptedServer server(
                ScriptedServer::sequence({Answer::script({step::Bytes{sent}, step::Wait{1}, end})}), options);
            WireClient client(server, {authority.certificate()});
            client.send(WireClient::request());
            QCOMPARE(client.readToEnd(), sent);
        }
    }
}

void TestScriptedServer::tlsIsRefusedWhenNotTrusted()
{
    const TestAuthority authority;
    if (!authority.isValid())
        QSKIP("no openssl command");
    const ScriptedServer self({}, {.tls = selfSignedIdentity()});
    QVERIFY(!WireClient(self, {authority.certificate()}).isEncrypted());
    const ScriptedServer wrongName({}, {.tls = authority.issue({QStringLiteral("elsewhere.test")})});
    QVERIFY(!WireClient(wrongName, {authority.certificate()}).isEncrypted());
    QVERIFY(self.waitForOpenConnections(0));
    QVERIFY(wrongName.waitForOpenConnections(0));
    QCOMPARE(self.requestCount(), 0);
}

QTEST_GUILESS_MAIN(TestScriptedServer)

#include "tst_scriptedserver.moc"
