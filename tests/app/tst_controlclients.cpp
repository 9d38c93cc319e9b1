// SPDX-License-Identifier: MIT
// Clients of the control socket that mean ill or do not care, and the one that the commands use.
#include "app/controlclient.h"
#include "controlworld.h"

#include <QDir>
#include <QRandomGenerator>
#include <QThread>
#include <QtEndian>

using namespace longhaul;
using namespace longhaul::controlworld;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestControlClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsAndThenMore();
    void tooLong();
    void severalAtOnce();
    void manyClients();
    void halfFrames_data();
    void halfFrames();
    void deafClient();
    void noise();
    void blockingClient();
    void clientOfSomethingElse();
};

void TestControlClients::errorsAndThenMore()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    const QByteArray noObjects[] = {"", "[]", "hello", "{\"a\":", QByteArray(1 << 20, '[')};
    for (const QByteArray &json : noObjects) {
        QByteArray head(4, '\0');
        qToBigEndian(quint32(json.size()), head.data());
        client.sendBytes(head + json);
        QCOMPARE(client.frame()["ok"_L1], QJsonValue(false));
    }
    QVERIFY(client.ask(request(u"quit"_s))["error"_L1].toString().contains(u"'quit'"));
    QCOMPARE(client.ask({})["ok"_L1], QJsonValue(false));
    QVERIFY(isOk(client.ask(request(u"hello"_s))));
}

void TestControlClients::tooLong()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    client.sendBytes(QByteArray("\x7f\xff\xff\xff", 4) + QByteArray(100'000, 'x'));
    QCOMPARE(client.frame()["error"_L1].toString(), u"The request is too long."_s);
    QVERIFY(client.isLetGo());
    QTRY_COMPARE(world.server.clients(), 0);
}

void TestControlClients::severalAtOnce()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    for (const qint64 rate : {1000, 2000, 3000})
        client.send(request(u"limit"_s, {}, {{u"rate"_s, rate}}));
    for (const qint64 rate : {1000, 2000, 3000})
        QCOMPARE(client.frame()["rate"_L1], QJsonValue(rate));
}

void TestControlClients::manyClients()
{
    World world;
    QVERIFY(world.start());
    std::vector<std::unique_ptr<Client>> clients;
    for (int n = 0; n < ControlServer::kMostClients; ++n) {
        clients.push_back(std::make_unique<Client>(world));
        QVERIFY(isOk(clients.back()->ask(request(u"hello"_s))));
    }
    Client late(world);
    QVERIFY(late.frame()["error"_L1].toString().contains(u"Too many"));
    QVERIFY(late.isLetGo());
    QVERIFY(isOk(clients.front()->ask(request(u"hello"_s))));
    clients.pop_back();
    QTRY_COMPARE(world.server.clients(), ControlServer::kMostClients - 1);
    Client next(world);
    QVERIFY(isOk(next.ask(request(u"hello"_s))));
}

void TestControlClients::halfFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << QByteArray("\0\0", 2);
    QTest::newRow("a head") << QByteArray("\0\0\0\x10", 4);
    QTest::newRow("half a body") << QByteArray("\0\0\0\x10{\"a\":", 9);
    QTest::newRow("most of a large one") << QByteArray("\0\x10\0\0", 4) + QByteArray((1 << 20) - 1, ' ');
}

void TestControlClients::halfFrames()
{
    QFETCH(QByteArray, bytes);
    World world(200ms);
    QVERIFY(world.start());
    Client client(world);
    client.sendBytes(bytes);
    QVERIFY(client.isLetGo());
    QVERIFY(client.bytes.isEmpty());
    QTRY_COMPARE(world.server.clients(), 0);
    Client next(world);
    QVERIFY(isOk(next.ask(request(u"hello"_s))));
}

// Asks for much and takes nothing: nothing piles up, and it is let go.
void TestControlClients::deafClient()
{
    World world(500ms);
    QVERIFY(world.start());
    for (int n = 0; n < 2000; ++n)
        world.manager.add(QUrl(u"http://127.0.0.1:1/%1/"_s.arg(n) + QString(1000, u'x')));
    world.manager.pauseAll();
    Client client(world);
    client.socket.setReadBufferSize(1);
    client.send(request(u"list"_s));
    QTRY_COMPARE(world.server.clients(), 1);
    QTRY_COMPARE(world.server.clients(), 0);
}

// Sixteen of them talk nonsense at once, and a seventeenth is served as soon as there is room.
void TestControlClients::noise()
{
    World world(1000ms);
    QVERIFY(world.start());
    QRandomGenerator random(3);
    std::vector<std::unique_ptr<Client>> clients;
    for (int n = 0; n < ControlServer::kMostClients; ++n) {
        clients.push_back(std::make_unique<Client>(world));
        QByteArray bytes(random.bounded(200'000), '\0');
        for (char &c : bytes)
            c = char(random.bounded(256));
        if (n % 2) // small frames of it
            for (qsizetype at = 0; at + 68 < bytes.size(); at += 68)
                qToBigEndian(quint32(64), bytes.data() + at);
        clients.back()->sendBytes(bytes);
    }
    for (const auto &client : clients)
        QVERIFY(client->isLetGo());
    QTRY_COMPARE(world.server.clients(), 0);
    Client next(world);
    QVERIFY(isOk(next.ask(request(u"hello"_s))));
    QVERIFY(world.manager.tasks().empty());
}

// What the commands use, in a thread of its own as it blocks: more addresses than fit in one request.
void TestControlClients::blockingClient()
{
    constexpr int kCount = 900;
    World world;
    QVERIFY(world.start());
    ControlRequest request;
    request.command = ControlRequest::Command::Add;
    for (int n = 0; n < kCount; ++n)
        request.urls.append(numbered(n));
    QList<qsizetype> firsts;
    qsizetype told = 0;
    bool done = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        ControlClient client(world.stateDir());
        const auto outcome = client.askInParts(request, [&](const QJsonObject &frame, qsizetype first) {
            told += frame["downloads"_L1].toArray().size();
            if (!firsts.contains(first))
                firsts.append(first);
        });
        done = outcome.kind == ControlClient::Outcome::Kind::Done;
        request.command = ControlRequest::Command::Remove;
        request.urls = {};
        done = done && client.ask(request).kind == ControlClient::Outcome::Kind::Refused;
    }));
    thread->start();
    QTRY_VERIFY_WITH_TIMEOUT(thread->isFinished(), 30'000);
    QVERIFY(done);
    QCOMPARE(told, kCount);
    QCOMPARE(firsts.value(0), 0);
    QVERIFY(firsts.size() > 1);
    QCOMPARE(world.manager.tasks().size(), size_t(kCount));
    QCOMPARE(world.manager.tasks()[450]->url(), numbered(450));
}

// Something else listens there: whatever it says, the client gives up on it.
void TestControlClients::clientOfSomethingElse()
{
    QTemporaryDir dir;
    QLocalServer other;
    QVERIFY(other.listen(QDir(dir.path()).canonicalPath() + u"/control"_s));
    const QByteArray said[] = {"HTTP/1.1 400 Bad Request\r\n\r\n", QByteArray("\0\0\0\2[]", 6), {}};
    for (const QByteArray &bytes : said) {
        auto kind = ControlClient::Outcome::Kind::Done;
        const std::unique_ptr<QThread> thread(
            QThread::create([&] { kind = ControlClient(dir.path()).ask({}).kind; }));
        thread->start();
        QTRY_VERIFY(other.hasPendingConnections());
        const std::unique_ptr<QLocalSocket> socket(other.nextPendingConnection());
        socket->write(bytes);
        socket->disconnectFromServer();
        QTRY_VERIFY(thread->isFinished());
        QVERIFY(kind == ControlClient::Outcome::Kind::Lost);
    }
}

QTEST_GUILESS_MAIN(TestControlClients)
#include "tst_controlclients.moc"
