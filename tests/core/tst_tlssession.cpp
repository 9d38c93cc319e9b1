// SPDX-License-Identifier: MIT
// What can go wrong with TLS itself: before hands are shaken, and in the middle of a body. What it brings
// otherwise, and who is believed, is core.socketreply's.
#include "replyrun.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>

#include <optional>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

// Passes on what comes, both ways; of what comes from `server` byte `damaged` is another one, or the last
// one. With `ofRecord` it counts from the first record behind `damaged`.
class Relay : public QObject
{
public:
    Relay(quint16 server, qint64 damaged, bool isCut, std::optional<int> ofRecord = {})
        : m_damaged(damaged)
        , m_isCut(isCut)
        , m_ofRecord(ofRecord)
    {
        connect(&m_listener, &QTcpServer::newConnection, this, [this, server] {
            m_client = m_listener.nextPendingConnection();
            m_server.connectToHost(u"127.0.0.1"_s, server);
            connect(m_client, &QTcpSocket::readyRead, this, [this] { m_server.write(m_client->readAll()); });
            connect(&m_server, &QTcpSocket::readyRead, this, &Relay::passOn);
        });
        m_listener.listen(QHostAddress::LocalHost);
    }
    QUrl url() const { return QUrl(u"https://127.0.0.1:%1/"_s.arg(m_listener.serverPort())); }

private:
    void passOn()
    {
        QByteArray bytes = m_server.readAll();
        if (m_ofRecord)
            findRecord(bytes);
        const qsizetype at = qsizetype(m_damaged - m_passed);
        const bool isHere = at >= 0 && at < bytes.size();
        if (isHere && m_isCut)
            bytes.truncate(at + 1);
        else if (isHere)
            bytes[at] = char(~bytes[at]);
        m_passed += bytes.size();
        m_client->write(bytes);
        if (isHere && m_isCut)
            m_client->disconnectFromHost();
    }

    // A record's length is in the last two of its first five bytes (RFC 8446 5.1).
    void findRecord(const QByteArray &bytes)
    {
        constexpr qsizetype kHeader = 5;
        m_seen += bytes;
        while (m_record < m_damaged && m_record + kHeader <= m_seen.size())
            m_record += kHeader + qFromBigEndian<quint16>(m_seen.constData() + m_record + kHeader - 2);
        if (m_record < m_damaged)
            return;
        m_damaged = m_record + *m_ofRecord;
        m_ofRecord.reset();
    }

    QTcpServer m_listener;
    QTcpSocket *m_client = nullptr;
    QTcpSocket m_server;
    qint64 m_damaged;
    const bool m_isCut;
    std::optional<int> m_ofRecord;
    qint64 m_passed = 0;
    QByteArray m_seen; // until the record is found
    qsizetype m_record = 0;
};

// Of the first connection: says `words` to who has said something, and closes it.
class Rude : public QObject
{
public:
    explicit Rude(const QByteArray &words)
    {
        connect(&m_listener, &QTcpServer::newConnection, this, [this, words] {
            QTcpSocket *client = m_listener.nextPendingConnection();
            connect(client, &QTcpSocket::readyRead, this, [client, words] {
                client->readAll();
                client->write(words);
                client->disconnectFromHost();
            });
        });
        m_listener.listen(QHostAddress::LocalHost);
    }
    QUrl url() const { return QUrl(u"https://127.0.0.1:%1/"_s.arg(m_listener.serverPort())); }

private:
    QTcpServer m_listener;
};

// Without a length its body goes until the connection's end.
Handler serving(const Content &content, bool hasLength)
{
    const Answer whole = Answer::whole(content);
    return Handler(
        [answer = hasLength ? whole : Answer(whole).withoutLength()](const Request &) { return answer; });
}

} // namespace

class TestTlsSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Which is tried again, as every connection that is lost.
    void cutBeforeItBegins()
    {
        const Rude server(QByteArray{});
        Network network;
        QCOMPARE(fetch(network, server.url()).error, QNetworkReply::RemoteHostClosedError);
    }

    void noTls()
    {
        const Rude server("HTTP/1.1 400 Bad Request\r\n\r\n");
        Network network;
        const auto reply = network.ask(server.url());
        QCOMPARE(wholeOf(*reply).error, QNetworkReply::SslHandshakeFailedError);
        QVERIFY(!reply->errorString().isEmpty());
    }

    void notWhole_data()
    {
        QTest::addColumn<qint64>("damaged");
        QTest::addColumn<bool>("isCut");
        QTest::addColumn<bool>("hasLength");
        for (const bool hasLength : {true, false}) {
            const QByteArray kind = hasLength ? "" : ", until the end";
            QTest::addRow("passed on%s", kind.constData()) << (qint64(1) << 40) << false << hasLength;
            QTest::addRow("damaged early%s", kind.constData()) << qint64(100'000) << false << hasLength;
            QTest::addRow("damaged late%s", kind.constData()) << qint64(3'000'000) << false << hasLength;
            for (const qint64 at : {1'000'000, 1'000'003, 1'004'999, 2'500'000})
                QTest::addRow("cut behind %lld%s", at, kind.constData()) << at << true << hasLength;
        }
    }
    // A record that is not as it was sent, or not whole, gives nothing, and it ends there, at once: which is
    // no end of a body that goes until the connection's.
    void notWhole()
    {
        QFETCH(const qint64, damaged);
        QFETCH(const bool, isCut);
        QFETCH(const bool, hasLength);
        const TlsIdentity identity = trustedIdentity();
        if (identity.isNull())
            QSKIP("no openssl command");
        const Content content = Content::random(4 << 20);
        const QByteArray whole = content.readAll();
        ScriptedServer server(serving(content, hasLength), {.tls = identity});
        const Relay relay(server.port(), damaged, isCut);
        Network network;
        const Got got = fetch(network, relay.url());
        QVERIFY(whole.startsWith(got.body));
        if (damaged >= whole.size()) {
            QCOMPARE(got.error, QNetworkReply::NoError);
            QCOMPARE(got.body.size(), whole.size());
        } else {
            QCOMPARE(got.error, QNetworkReply::RemoteHostClosedError);
            QVERIFY(got.body.size() <= damaged && got.body.size() > damaged - (64 << 10));
        }
    }

    void cutAtARecord_data()
    {
        QTest::addColumn<int>("last");
        QTest::addColumn<bool>("hasLength");
        for (const int last : {0, 2, 3, 4, 5, 1000}) {
            QTest::addRow("byte %d", last) << last << true;
            QTest::addRow("byte %d, until the end", last) << last << false;
        }
    }
    // Its first five bytes say how long it is.
    void cutAtARecord()
    {
        QFETCH(const int, last);
        QFETCH(const bool, hasLength);
        const TlsIdentity identity = trustedIdentity();
        if (identity.isNull())
            QSKIP("no openssl command");
        const Content content = Content::random(4 << 20);
        ScriptedServer server(serving(content, hasLength), {.tls = identity});
        const Relay relay(server.port(), 2'000'000, true, last);
        Network network;
        const Got got = fetch(network, relay.url());
        QCOMPARE(got.error, QNetworkReply::RemoteHostClosedError);
        QVERIFY(content.readAll().startsWith(got.body));
        QVERIFY(got.body.size() > 1'900'000 && got.body.size() < 2'100'000);
    }

    // A connection serves one request after another, whatever the server tells in between (session tickets).
    void isUsedAgain()
    {
        const TlsIdentity identity = trustedIdentity();
        if (identity.isNull())
            QSKIP("no openssl command");
        const Content content = Content::random(100'000);
        ScriptedServer server([&](const Request &request) { return Answer::honest(request, content); },
                              {.tls = identity});
        Network network;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(fetch(network, server.url()).body.size(), 100'000);
        QCOMPARE(server.connections().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTlsSession)
#include "tst_tlssession.moc"
