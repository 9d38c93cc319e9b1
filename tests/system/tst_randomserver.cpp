// SPDX-License-Identifier: MIT
// The server of the random runs: healed it is right, and it knows its files from others.
#include "tests/support/randomserver.h"
#include "tests/support/wireclient.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

using namespace longhaul::test;

class TestRandomServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses();
    void dropsConnections();
    void knowsItsFiles();
    void isUnreachable();

private:
    // Null when the connection breaks.
    std::unique_ptr<QNetworkReply> get(const QUrl &url)
    {
        std::unique_ptr<QNetworkReply> reply(m_network.get(QNetworkRequest(url)));
        const bool ended = QTest::qWaitFor([&] { return reply->isFinished(); }, 30'000);
        return ended && reply->error() == QNetworkReply::NoError ? std::move(reply) : nullptr;
    }

    QNetworkAccessManager m_network;
};

void TestRandomServer::refuses()
{
    std::atomic<bool> refuses = true;
    ServerOptions options;
    options.refuses = [&refuses] { return refuses.load(); };
    const ScriptedServer server(ScriptedServer::sequence({Answer::status(200, {}, "abc")}), options);
    WireClient refused(server);
    refused.readToEnd();
    QVERIFY(!refused.isOpen());
    refuses = false;
    WireClient client(server);
    client.send(WireClient::request());
    QVERIFY(client.readHead().startsWith("HTTP/1.1 200"));
    QCOMPARE(server.connections().size(), 1);
}

void TestRandomServer::dropsConnections()
{
    ScriptedServer server(ScriptedServer::sequence({Answer::silence(), Answer::status(200)}));
    WireClient client(server);
    client.send(WireClient::request());
    QVERIFY(server.waitForHolding(1));
    QCOMPARE(server.answering(), 1);
    server.dropConnections();
    client.readToEnd();
    QVERIFY(!client.isOpen());
    QCOMPARE(server.answering(), 0);
    WireClient next(server);
    next.send(WireClient::request());
    QVERIFY(next.readHead().startsWith("HTTP/1.1 200"));
    QTRY_COMPARE(server.answering(), 0);
    QCOMPARE(server.openConnections(), 1);
}

void TestRandomServer::knowsItsFiles()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    for (quint64 seed = 1; seed <= 8; ++seed) {
        RandomServer server(seed, 500);
        server.heal();
        for (int number = 0; number < server.count(); ++number) {
            const auto reply = get(server.url(number));
            QVERIFY2(reply, server.account().constData());
            QByteArray bytes = reply->readAll();
            const auto write = [&] {
                QFile file(path);
                return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
            };
            QVERIFY(write());
            QVERIFY2(server.isVersion(number, path), server.account().constData());
            const qint64 size = bytes.size();
            if (size == 0)
                continue;
            QVERIFY(server.isOfOneVersion(number, path, {{0, size / 2}, {size - 1, size}}));
            QVERIFY(!server.isOfOneVersion(number, path, {{0, size + 1}}));
            bytes[size / 2] = char(bytes[size / 2] ^ 1);
            QVERIFY(write());
            QVERIFY(!server.isVersion(number, path));
            QVERIFY(!server.isOfOneVersion(number, path, {{0, size}}));
            QVERIFY(server.isOfOneVersion(number, path, {{0, size / 2}, {size / 2 + 1, size}}));
        }
    }
}

void TestRandomServer::isUnreachable()
{
    RandomServer server(1, 500);
    server.heal();
    server.setReachable(false);
    QVERIFY(!get(server.url(0)));
    server.setReachable(true);
    QVERIFY(get(server.url(0)));
}

QTEST_GUILESS_MAIN(TestRandomServer)
#include "tst_randomserver.moc"
