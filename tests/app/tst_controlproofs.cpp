// SPDX-License-Identifier: MIT
// What can be asked over the control socket of bytes whose file must be proved first.
#include "controlworld.h"

#include <QDir>

using namespace longhaul;
using namespace longhaul::controlworld;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestControlProofs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readdress();
    void readdressRefused();
    void listOfSome();
    void adopt();
    void adoptRefused();
};

void TestControlProofs::readdress()
{
    Begun begun;
    QVERIFY(begun.start() && begun.pause());
    World &world = begun.world;
    Client &client = *begun.client;
    const QUrl old = begun.url;
    const QUrl fresh = begun.http.url(u"/b.bin"_s);
    begun.http.setHandler([](const Request &) { return Answer::silence(); });
    for (int i = 0; i < 2; ++i) { // asked again while it is tried, it says the same
        const QJsonObject answer = client.ask(request(u"readdress"_s, {old, fresh}));
        QVERIFY(isOk(answer));
        QCOMPARE(firstDownload(answer)["url"_L1].toString(), old.toString());
        QCOMPARE(firstDownload(answer)["candidate"_L1].toString(), fresh.toString());
    }
    QVERIFY(begun.http.waitForRequests(2));
    QVERIFY(begun.pause()); // it gives the new one up
    begun.sendAll();
    begun.http.dropConnections();
    QVERIFY(!firstDownload(client.ask(request(u"list"_s, {old}))).contains("candidate"_L1));
    QVERIFY(isOk(client.ask(request(u"readdress"_s, {old, fresh}))));
    QTRY_VERIFY(world.manager.find(fresh));
    QTRY_COMPARE(world.stateOf(fresh), TaskState::Completed);
    QVERIFY(begun.isWhole());
}

void TestControlProofs::readdressRefused()
{
    Begun begun;
    QVERIFY(begun.start());
    World &world = begun.world;
    const QUrl running = begun.url;
    world.manager.add(numbered(1))->pause();
    const auto why = [&](const QList<QUrl> &urls) {
        return begun.client->ask(request(u"readdress"_s, urls))["error"_L1].toString();
    };
    QCOMPARE(why({numbered(7), numbered(8)}), u"It is not in the list."_s);
    QVERIFY(why({running, numbered(8)}).startsWith(message({ErrorCode::UnderWay, 0, {}, {}})));
    QVERIFY(why({numbered(1), running}).startsWith(message({ErrorCode::KnownAddress, 0, {}, {}})));
    QVERIFY(why({numbered(1), numbered(1)}).startsWith(message({ErrorCode::KnownAddress, 0, {}, {}})));
    QVERIFY(why({numbered(1), QUrl(u"ftp://h/a"_s)}).contains(u"ftp"_s));
    for (const QList<QUrl> &urls : {QList<QUrl>{}, {numbered(1)}, {numbered(1), numbered(8), numbered(9)}})
        QVERIFY(why(urls).contains(u"\"urls\""_s));
    QCOMPARE(world.stateOf(numbered(1)), TaskState::Paused);
}

void TestControlProofs::listOfSome()
{
    World world;
    QVERIFY(world.start());
    for (int n = 1; n <= 3; ++n)
        world.manager.add(numbered(n))->pause();
    Client client(world);
    const QJsonArray some =
        client.ask(request(u"list"_s, {numbered(3), numbered(9), numbered(1)}))["downloads"_L1].toArray();
    QCOMPARE(some.size(), 2);
    QCOMPARE(some[0]["url"_L1].toString(), numbered(3).toString());
    QCOMPARE(some[1]["url"_L1].toString(), numbered(1).toString());
    QCOMPARE(client.ask(request(u"list"_s, {numbered(9)}))["downloads"_L1].toArray().size(), 0);
}

void TestControlProofs::adopt()
{
    const Content content = Content::random(kSize);
    ScriptedServer http([](const Request &) { return Answer::silence(); });
    World world;
    QVERIFY(world.start());
    QVERIFY(QDir().mkpath(world.files()));
    const QString path = world.files() + u"/a.iso.part"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content.read(0, 1000)) == 1000);
    file.close();
    const QUrl url = http.url(u"/a.bin"_s);
    Client client(world);
    const QJsonObject answer = client.ask(request(
        u"adopt"_s, {url}, {{u"file"_s, path}, {u"priority"_s, u"high"_s}, {u"folder"_s, u"/elsewhere"_s}}));
    QVERIFY(isOk(answer));
    QCOMPARE(firstDownload(answer)["adopting"_L1].toString(), path);
    QCOMPARE(firstDownload(answer)["priority"_L1].toString(), u"high"_s);
    QVERIFY(http.waitForRequests(1));
    QCOMPARE(firstDownload(client.ask(request(u"list"_s)))["adopting"_L1].toString(), path);
    QVERIFY(isOk(client.ask(request(u"pause"_s, {url}))));
    QTRY_COMPARE(world.stateOf(url), TaskState::Paused);
    http.setHandler(honest(content));
    http.dropConnections();
    QVERIFY(isOk(client.ask(request(u"resume"_s, {url}))));
    QTRY_COMPARE(world.stateOf(url), TaskState::Completed);
    QVERIFY(!firstDownload(client.ask(request(u"list"_s))).contains("adopting"_L1));
    QVERIFY(content.matchesFile(world.files() + u"/a.iso"_s));
}

void TestControlProofs::adoptRefused()
{
    World world;
    QVERIFY(world.start());
    world.manager.add(numbered(1))->pause();
    Client client(world);
    const auto why = [&](const QList<QUrl> &urls, const QJsonValue &file) {
        return client.ask(request(u"adopt"_s, urls, {{u"file"_s, file}}))["error"_L1].toString();
    };
    QVERIFY(why({numbered(1)}, u"/x"_s).startsWith(message({ErrorCode::KnownAddress, 0, {}, {}})));
    QVERIFY(why({numbered(2)}, u"relative"_s).contains(u"\"file\""_s));
    QVERIFY(why({numbered(2)}, 7).contains(u"\"file\""_s));
    QVERIFY(why({numbered(2)}, u":/x"_s).contains(u"\"file\""_s));
    QVERIFY(why({}, u"/x"_s).contains(u"\"urls\""_s));
    QVERIFY(why({numbered(2), numbered(3)}, u"/x"_s).contains(u"\"urls\""_s));
    QCOMPARE(world.manager.tasks().size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestControlProofs)
#include "tst_controlproofs.moc"
