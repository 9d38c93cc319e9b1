// SPDX-License-Identifier: MIT
// Answers that come through a proxy that hands on bytes: TLS through an HTTP proxy, anything through SOCKS.
#include "replyrun.h"

#include "tests/support/content.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

Content file() { return Content::random(3 << 20); }

// Leads every connection to a server on loopback: RFC 9110 9.3.6 or RFC 1928, as it is spoken to.
class Tunnel : public QTcpServer
{
public:
    Tunnel(const ScriptedServer &server, const QByteArray &credentials = {})
        : m_server(server)
        , m_credentials(credentials)
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *client = nextPendingConnection())
                connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
        });
    }

    QByteArray asked; // the last head of a CONNECT, or the last request to SOCKS
    int refused = 0;

private:
    void read(QTcpSocket *client)
    {
        const QByteArray all = client->peek(4096);
        if (all.startsWith('\x05')) {
            readSocks(client, all);
        } else if (all.endsWith("\r\n\r\n")) {
            asked = client->readAll();
            const QByteArray field = "Proxy-Authorization: Basic " + m_credentials.toBase64() + "\r\n";
            if (m_credentials.isEmpty() || asked.contains(field)) {
                lead(client, "HTTP/1.1 200 OK\r\n\r\n");
                return;
            }
            ++refused;
            client->write(
                "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        }
    }
    void readSocks(QTcpSocket *client, const QByteArray &all)
    {
        client->readAll();
        if (all.size() < 5) { // which methods it knows
            client->write(QByteArray("\x05\x00", 2));
            return;
        }
        asked = all;
        lead(client, QByteArray("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50", 10));
    }
    void lead(QTcpSocket *client, const QByteArray &answer)
    {
        client->disconnect(this);
        auto *out = new QTcpSocket(client);
        client->setReadBufferSize(64 << 10);
        out->setReadBufferSize(64 << 10);
        out->connectToHost(QHostAddress(QHostAddress::LocalHost), m_server.port());
        connect(out, &QTcpSocket::connected, client, [client, answer] { client->write(answer); });
        connect(client, &QTcpSocket::readyRead, out, [client, out] { out->write(client->readAll()); });
        const auto onward = [client, out] {
            if (client->bytesToWrite() < 64 << 10)
                client->write(out->readAll());
        };
        connect(out, &QTcpSocket::readyRead, client, onward);
        connect(client, &QTcpSocket::bytesWritten, out, onward);
        connect(client, &QTcpSocket::disconnected, out, &QTcpSocket::abort);
        connect(out, &QTcpSocket::errorOccurred, client, [client, out](QAbstractSocket::SocketError) {
            client->write(out->readAll());
            client->disconnectFromHost();
        });
    }

    const ScriptedServer &m_server;
    const QByteArray m_credentials;
};

QNetworkProxy proxyAt(QNetworkProxy::ProxyType type, const Tunnel &tunnel)
{
    const bool socks = type == QNetworkProxy::Socks5Proxy;
    return QNetworkProxy(type, u"127.0.0.1"_s, tunnel.serverPort(), socks ? QString() : u"user"_s,
                         socks ? QString() : u"p@ss"_s);
}

TlsIdentity trusted()
{
    static const TestAuthority authority;
    authority.trustHere();
    return authority.issue({u"far.example"_s});
}

void rows()
{
    QTest::addColumn<bool>("socks");
    QTest::addColumn<bool>("tls");
    QTest::newRow("http over SOCKS") << true << false;
    QTest::newRow("https over SOCKS") << true << true;
    QTest::newRow("https over HTTP") << false << true;
}

} // namespace

class TestTunnels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whole_data() { rows(); }
    void whole();
    void cut_data() { rows(); }
    void cut();
    void refused();
};

void TestTunnels::whole()
{
    QFETCH(const bool, socks);
    QFETCH(const bool, tls);
    ScriptedServer server([](const Request &) { return Answer::whole(file()); },
                          {.tls = tls ? trusted() : TlsIdentity()});
    Tunnel tunnel(server, socks ? QByteArray() : QByteArray("user:p@ss"));
    Network network;
    network.setProxy(proxyAt(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, tunnel));
    const QUrl url(tls ? u"https://far.example/f"_s : u"http://far.example/f"_s);
    for (const qint64 limit : {20'000, 2 << 20}) {
        const Got got = wholeOf(*network.ask(url, limit));
        QCOMPARE(got.error, QNetworkReply::NoError);
        QVERIFY(got.body == file().readAll());
    }
    QVERIFY(tunnel.asked.contains("far.example")); // it is the proxy that looks up the name
    QCOMPARE(server.requests().last().target, QByteArray("/f"));
    QVERIFY(!server.requests().last().has("Proxy-Authorization"));
    QCOMPARE(server.connections().size(), 1);
    network.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    QVERIFY(server.waitForOpenConnections(0, 8000));
}

void TestTunnels::cut()
{
    QFETCH(const bool, socks);
    QFETCH(const bool, tls);
    ScriptedServer server([](const Request &) { return Answer::whole(file()).cutBodyAfter(1'000'000); },
                          {.tls = tls ? trusted() : TlsIdentity()});
    Tunnel tunnel(server);
    Network network;
    network.setProxy(proxyAt(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, tunnel));
    const auto reply =
        network.ask(QUrl(tls ? u"https://far.example/f"_s : u"http://far.example/f"_s), 20'000);
    const Got got = wholeOf(*reply);
    // Through an HTTP proxy Qt at times never tells of an end that comes while nothing is read; Transfer's
    // silence ends it then. wholeOf() says TimeoutError of what has not finished.
    if (socks || got.error != QNetworkReply::TimeoutError)
        QCOMPARE(got.error, QNetworkReply::RemoteHostClosedError);
    QVERIFY(file().readAll().startsWith(got.body));
    QVERIFY(got.body.size() > 500'000);
}

void TestTunnels::refused()
{
    ScriptedServer server;
    Tunnel tunnel(server, "user:another");
    Network network;
    network.setProxy(proxyAt(QNetworkProxy::HttpProxy, tunnel));
    const Got got = fetch(network, QUrl(u"https://far.example/f"_s));
    QCOMPARE(got.error, QNetworkReply::UnknownProxyError);
    QVERIFY(tunnel.refused > 0 && tunnel.refused < 4);
    QCOMPARE(server.connections().size(), 0);
}

QTEST_GUILESS_MAIN(TestTunnels)
#include "tst_tunnels.moc"
