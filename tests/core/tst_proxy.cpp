// SPDX-License-Identifier: MIT
// Requests leave as the settings say. The proxies here are servers that remember what they were asked.
#include "managerrun.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;

namespace {

Content file() { return Content::random(100'000); }

// As a proxy it gets whole addresses, and answers in the place of the server.
Handler honest()
{
    return [](const Request &request) { return Answer::honest(request, file()); };
}

QUrl farAway() { return QUrl(QStringLiteral("http://far.away.example:81/file.bin?a=b")); }

} // namespace

class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void http_data();
    void http();
    void socks();
    void system();
    void noneIgnoresTheEnvironment();
    void countsFromTheNextTransferOn();
    void refuses();
};

void TestProxy::http_data()
{
    QTest::addColumn<bool>("chunked"); // which is read by a socket of our own
    QTest::newRow("by Qt") << false;
    QTest::newRow("by SocketReply") << true;
}

void TestProxy::http()
{
    QFETCH(bool, chunked);
    ScriptedServer proxy([=](const Request &request) {
        if (!request.has("Proxy-Authorization"))
            return Answer::status(407, {{"Proxy-Authenticate", "Basic realm=\"p\""}});
        Answer answer = Answer::whole(file());
        return chunked ? answer.chunked() : answer;
    });
    ManagerRun run;
    run.end();
    run.settings().proxy = {ProxyKind::Http, QStringLiteral("127.0.0.1"), proxy.port(),
                            QStringLiteral("user"), QStringLiteral("secret")};
    run.restart();
    DownloadTask *task = run.manager().add(farAway());
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
    const Request last = proxy.requests().last();
    QCOMPARE(last.target, QByteArray("http://far.away.example:81/file.bin?a=b"));
    QCOMPARE(last.header("Host"), QByteArray("far.away.example:81"));
    QCOMPARE(last.header("Proxy-Authorization"), "Basic " + QByteArray("user:secret").toBase64());
    for (const LogLine &line : task->log())
        QVERIFY(!line.text.contains(QStringLiteral("secret")));
}

void TestProxy::socks()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    ManagerRun run;
    run.end();
    run.settings().proxy = {ProxyKind::Socks5, QStringLiteral("127.0.0.1"), proxy.serverPort(), {}, {}};
    run.settings().retries = 0;
    run.restart();
    DownloadTask *task = run.manager().add(farAway());
    QTRY_VERIFY(proxy.hasPendingConnections());
    QTcpSocket *socket = proxy.nextPendingConnection();
    QTRY_VERIFY(socket->bytesAvailable() >= 3);
    QCOMPARE(socket->read(1), QByteArray("\x05")); // RFC 1928 3: version 5 and the methods it can
    socket->readAll();
    socket->write(QByteArray("\x05\x00", 2));
    // RFC 1928 4: CONNECT to the host by name, so that the proxy looks it up.
    QTRY_VERIFY(socket->bytesAvailable() >= 5);
    const QByteArray wanted =
        QByteArray("\x05\x01\x00\x03\x10", 5) + "far.away.example" + QByteArray("\x00\x51", 2);
    QTRY_COMPARE(socket->bytesAvailable(), wanted.size());
    QCOMPARE(socket->readAll(), wanted);
    socket->write(QByteArray("\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00", 10)); // not allowed
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QVERIFY(task->reason()); // Qt knows no word for it
}

void TestProxy::system()
{
    ScriptedServer proxy(honest());
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    ManagerRun run; // Settings' default
    DownloadTask *task = run.manager().add(farAway());
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(proxy.requests().last().target, farAway().toEncoded());
    qunsetenv("http_proxy");
}

void TestProxy::noneIgnoresTheEnvironment()
{
    ScriptedServer server(honest());
    ScriptedServer proxy(honest());
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    ManagerRun run;
    run.end();
    run.settings().proxy.kind = ProxyKind::None;
    run.restart();
    DownloadTask *task = run.manager().add(server.url());
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(proxy.requestCount(), 0);
    qunsetenv("http_proxy");
}

void TestProxy::countsFromTheNextTransferOn()
{
    ScriptedServer first(honest());
    ScriptedServer second(honest());
    ManagerRun run;
    Settings settings = run.manager().settings();
    for (ScriptedServer *proxy : {&first, &second}) {
        settings.proxy = {ProxyKind::Http, QStringLiteral("127.0.0.1"), proxy->port(), {}, {}};
        run.manager().apply(settings);
        DownloadTask *task = run.manager().add(farAway());
        QTRY_COMPARE(task->state(), TaskState::Completed);
        QCOMPARE(proxy->requestCount(), 1);
        run.manager().remove(task, false);
    }
}

void TestProxy::refuses()
{
    ScriptedServer proxy(honest());
    ManagerRun run;
    run.end();
    run.settings().proxy = {ProxyKind::Http, QStringLiteral("127.0.0.1"), proxy.port(), {}, {}};
    run.settings().retries = 0;
    proxy.goOffline();
    run.restart();
    DownloadTask *task = run.manager().add(farAway());
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(int(task->reason()->code), int(ErrorCode::ProxyFailed));
}

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
