// SPDX-License-Identifier: MIT
// What can be asked over the control socket, and what it does.
#include "app/controlclient.h"
#include "controlworld.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>

using namespace longhaul;
using namespace longhaul::controlworld;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestControlServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void place();
    void staleSocket();
    void hello();
    void show();
    void add();
    void addWithOptions();
    void addKnown();
    void addWhatIsBeingTried();
    void addAdjustsWhatRuns();
    void placesInTheQueue();
    void addNothingThatIsWrong();
    void pauseAndResume();
    void pauseAll();
    void remove();
    void limit();
    void liveFields();
    void longList();
    void monstrousAddress();
    void closing();
};

void TestControlServer::place()
{
    World world;
    QVERIFY(world.start());
    const QFileInfo socket(world.server.path());
    QCOMPARE(socket.path(), QDir(world.stateDir()).canonicalPath());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(socket.permissions() & others));
    QVERIFY(!(QFileInfo(world.stateDir()).permissions() & others));
}

// What a killed owner left behind is in nobody's way.
void TestControlServer::staleSocket()
{
    World world;
    QVERIFY(QDir().mkpath(world.stateDir()));
    {
        QLocalServer dead;
        QVERIFY(dead.listen(world.stateDir() + u"/other"_s));
        QVERIFY(QFile::rename(world.stateDir() + u"/other"_s, world.stateDir() + u"/control"_s));
    }
    QVERIFY(QFileInfo::exists(world.stateDir() + u"/control"_s));
    QVERIFY(!ControlClient(world.stateDir()).connect());
    QVERIFY(world.start());
    QVERIFY(ControlClient(world.stateDir()).connect());
}

void TestControlServer::hello()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    QCOMPARE(client.ask(request(u"hello"_s)), (QJsonObject{{u"ok"_s, true}}));
}

void TestControlServer::show()
{
    World world;
    QVERIFY(world.start());
    QSignalSpy wanted(&world.answers, &ControlAnswers::showWanted);
    Client client(world);
    QVERIFY(isOk(client.ask(request(u"show"_s, {}, {{u"activationToken"_s, u"t"_s}}))));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), u"t"_s);
    QCOMPARE(wanted[0][1].value<DownloadTask *>(), nullptr);
    DownloadTask *task = world.manager.add(numbered(1));
    QVERIFY(isOk(client.ask(request(u"show"_s, {numbered(1)}))));
    QCOMPARE(wanted[1][1].value<DownloadTask *>(), task);
    QVERIFY(isOk(client.ask(request(u"show"_s, {numbered(2)})))); // gone meanwhile
    QCOMPARE(wanted[2][1].value<DownloadTask *>(), nullptr);
}

void TestControlServer::add()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(honest(content));
    World world;
    QVERIFY(world.start());
    const QUrl url = http.url(u"/a.bin"_s);
    Client client(world);
    const QJsonObject answer = client.ask(request(u"add"_s, {url}));
    QVERIFY(isOk(answer));
    QCOMPARE(firstDownload(answer)["url"_L1].toString(), url.toString());
    QCOMPARE(firstDownload(answer)["known"_L1], QJsonValue(false));
    QTRY_COMPARE(world.stateOf(url), TaskState::Completed);
    QVERIFY(content.matchesFile(world.files() + u"/a.bin"_s));
    QCOMPARE(firstDownload(client.ask(request(u"list"_s)))["state"_L1].toString(), u"completed"_s);
}

void TestControlServer::addWithOptions()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(honest(content));
    World world;
    QVERIFY(world.start());
    const QUrl url = http.url(u"/a.bin"_s);
    Client client(world);
    QVERIFY(
        isOk(client.ask(request(u"add"_s, {url},
                                {{u"folder"_s, world.dir.filePath(u"x/../other"_s)},
                                 {u"name"_s, u"b.bin"_s},
                                 {u"headers"_s, QJsonArray{u"X-Test: yes"_s}},
                                 {u"checksum"_s, u"sha-256:"_s + QString::fromLatin1(content.sha256())}}))));
    QTRY_COMPARE(world.stateOf(url), TaskState::Completed);
    QVERIFY(content.matchesFile(world.dir.filePath(u"other/b.bin"_s)));
    QCOMPARE(http.requests().first().header("X-Test"), QByteArray("yes"));
}

void TestControlServer::addKnown()
{
    Begun begun;
    QVERIFY(begun.start() && begun.pause());
    const World &world = begun.world;
    begun.sendAll();
    const QJsonObject again = begun.client->ask(
        request(u"add"_s, {begun.url}, {{u"folder"_s, world.dir.filePath(u"elsewhere"_s)}}));
    QVERIFY(isOk(again));
    QCOMPARE(firstDownload(again)["known"_L1], QJsonValue(true));
    QVERIFY(firstDownload(again)["note"_L1].toString().contains(world.files()));
    QCOMPARE(world.manager.tasks().size(), size_t(1));
    QTRY_COMPARE(world.stateOf(begun.url), TaskState::Completed);
    QVERIFY(begun.isWhole());
}

// An address that a task is just trying as its new one: nothing is doubled, and it is said.
void TestControlServer::addWhatIsBeingTried()
{
    Begun begun;
    QVERIFY(begun.start() && begun.pause()); // without bytes it would move
    const QUrl candidate = begun.http.url(u"/b.bin"_s);
    begun.http.setHandler([](const Request &) { return Answer::silence(); });
    QVERIFY(!begun.world.manager.readdress(begun.task(), candidate));
    QVERIFY(begun.http.waitForRequests(2));
    const QJsonObject answer = begun.client->ask(request(u"add"_s, {candidate}));
    QVERIFY(isOk(answer));
    QCOMPARE(firstDownload(answer)["url"_L1].toString(), begun.url.toString());
    QCOMPARE(firstDownload(answer)["known"_L1], QJsonValue(true));
    QVERIFY(firstDownload(answer)["note"_L1].toString().startsWith(candidate.toString()));
    QCOMPARE(begun.world.manager.tasks().size(), size_t(1));
    QCOMPARE(begun.world.stateOf(begun.url), TaskState::Running);
}

void TestControlServer::addAdjustsWhatRuns()
{
    Begun begun;
    QVERIFY(begun.start({{u"connections"_s, 2}, {u"rateLimit"_s, 900'000}}));
    const QJsonObject before = firstDownload(begun.client->ask(request(u"list"_s)));
    QCOMPARE(before["connections"_L1], QJsonValue(2));
    QCOMPARE(before["rateLimit"_L1], QJsonValue(900'000));
    QCOMPARE(before["priority"_L1].toString(), u"normal"_s);
    const QJsonObject after = firstDownload(begun.client->ask(request(
        u"add"_s, {begun.url}, {{u"rateLimit"_s, 5000}, {u"priority"_s, u"high"_s}, {u"name"_s, u"x"_s}})));
    QCOMPARE(after["known"_L1], QJsonValue(true));
    QCOMPARE(after["state"_L1].toString(), u"running"_s);
    QCOMPARE(after["connections"_L1], QJsonValue(2));
    QCOMPARE(after["rateLimit"_L1], QJsonValue(5000));
    QCOMPARE(after["priority"_L1].toString(), u"high"_s);
    QVERIFY(begun.task()->resumeData().options.name.isEmpty()); // where it goes is decided
}

void TestControlServer::placesInTheQueue()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    World world;
    QVERIFY(world.start());
    Settings settings = world.preferences.settings();
    settings.downloadsAtOnce = 1;
    world.preferences.setSettings(settings);
    Client client(world);
    QList<QUrl> urls;
    for (int i = 0; i < 4; ++i)
        urls.append(http.url(u"/%1.bin"_s.arg(i)));
    QVERIFY(isOk(client.ask(request(u"add"_s, {urls[0]}))));
    QTRY_COMPARE(world.stateOf(urls[0]), TaskState::Running);
    QVERIFY(isOk(client.ask(request(u"add"_s, {urls[1], urls[2]}))));
    QVERIFY(isOk(client.ask(request(u"add"_s, {urls[3]}, {{u"priority"_s, u"high"_s}}))));
    const QJsonArray list = client.ask(request(u"list"_s))["downloads"_L1].toArray();
    QCOMPARE(list.size(), qsizetype(4));
    QVERIFY(!list[0].toObject().contains("place"_L1));
    QCOMPARE(list[1].toObject()["place"_L1], QJsonValue(2));
    QCOMPARE(list[2].toObject()["place"_L1], QJsonValue(3));
    QCOMPARE(list[3].toObject()["place"_L1], QJsonValue(1));
}

// One bad address of several, or one bad option: nothing is begun.
void TestControlServer::addNothingThatIsWrong()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    const QJsonObject answers[] = {
        client.ask(request(u"add"_s, {numbered(1), QUrl(u"file:///etc/passwd"_s)})),
        client.ask(request(u"add"_s, {numbered(1)}, {{u"folder"_s, u"relative"_s}})),
        client.ask(request(u"add"_s, {numbered(1)}, {{u"name"_s, u"../x"_s}})),
        client.ask(request(u"add"_s, {numbered(1)}, {{u"headers"_s, QJsonArray{u"A: b\r\nC: d"_s}}}))};
    for (const QJsonObject &answer : answers) {
        QCOMPARE(answer["ok"_L1], QJsonValue(false));
        QVERIFY(answer["error"_L1].toString().endsWith(u'.'));
    }
    QVERIFY(world.manager.tasks().empty());
}

void TestControlServer::pauseAndResume()
{
    Begun begun;
    QVERIFY(begun.start());
    const QJsonObject paused = begun.client->ask(request(u"pause"_s, {numbered(1), begun.url, numbered(2)}));
    QVERIFY(isOk(paused));
    QCOMPARE(paused["unknown"_L1].toArray(), (QJsonArray{0, 2}));
    QCOMPARE(paused["downloads"_L1].toArray().size(), 1);
    QTRY_COMPARE(begun.world.stateOf(begun.url), TaskState::Paused);
    begun.sendAll();
    const QJsonObject resumed = begun.client->ask(request(u"resume"_s, {begun.url}));
    QCOMPARE(firstDownload(resumed)["state"_L1].toString(), u"queued"_s);
    QTRY_COMPARE(begun.world.stateOf(begun.url), TaskState::Completed);
    QVERIFY(begun.isWhole());
}

void TestControlServer::pauseAll()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    World world;
    QVERIFY(world.start());
    const QUrl urls[] = {http.url(u"/a"_s), http.url(u"/b"_s)};
    Client client(world);
    QVERIFY(isOk(client.ask(request(u"add"_s, {urls[0], urls[1]}))));
    QVERIFY(http.waitForHolding(2));
    QCOMPARE(client.ask(request(u"pause"_s))["downloads"_L1].toArray().size(), 2);
    QTRY_COMPARE(world.stateOf(urls[0]), TaskState::Paused);
    QTRY_COMPARE(world.stateOf(urls[1]), TaskState::Paused);
    QVERIFY(isOk(client.ask(request(u"resume"_s))));
    QVERIFY(world.stateOf(urls[0]) != TaskState::Paused && world.stateOf(urls[1]) != TaskState::Paused);
}

void TestControlServer::remove()
{
    Begun begun;
    QVERIFY(begun.start());
    const QString part = begun.world.files() + u"/a.bin.part"_s;
    QVERIFY(QFileInfo::exists(part));
    QVERIFY(isOk(begun.client->ask(request(u"add"_s, {numbered(1)}))));
    const QJsonObject answer =
        begun.client->ask(request(u"remove"_s, {numbered(2), begun.url}, {{u"withPart"_s, true}}));
    QVERIFY(isOk(answer));
    QCOMPARE(answer["unknown"_L1].toArray(), QJsonArray{0});
    QVERIFY(!begun.task() && begun.world.manager.find(numbered(1)));
    QTRY_VERIFY(!QFileInfo::exists(part));
}

void TestControlServer::limit()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    QCOMPARE(client.ask(request(u"limit"_s))["rate"_L1], QJsonValue(0));
    QCOMPARE(client.ask(request(u"limit"_s, {}, {{u"rate"_s, 5000}}))["rate"_L1], QJsonValue(5000));
    QCOMPARE(world.manager.settings().effectiveRateLimit(), 5000);
    QCOMPARE(client.ask(request(u"limit"_s))["rate"_L1], QJsonValue(5000));
    QCOMPARE(client.ask(request(u"limit"_s, {}, {{u"rate"_s, 0}}))["rate"_L1], QJsonValue(0));
    QCOMPARE(world.manager.settings().effectiveRateLimit(), 0);
    QCOMPARE(world.preferences.settings().rateLimit, 5000); // for switching it on again
}

void TestControlServer::liveFields()
{
    Begun begun;
    QVERIFY(begun.start());
    QJsonObject object;
    QTRY_COMPARE((object = firstDownload(begun.client->ask(request(u"list"_s))))["bytes"_L1].toInteger(),
                 kSize / 2);
    QCOMPARE(object["state"_L1].toString(), u"running"_s);
    QCOMPARE(object["total"_L1].toInteger(), kSize);
    QVERIFY(object["rate"_L1].isDouble() && object.contains("secondsLeft"_L1));
    QVERIFY(object["target"_L1].toString().endsWith(u"/a.bin"_s));
}

// More than a frame holds comes in several, with everything in it and in order.
void TestControlServer::longList()
{
    constexpr int kCount = 5000;
    World world;
    QVERIFY(world.start());
    for (int n = 0; n < kCount; ++n) {
        ResumeData data;
        data.url = QUrl(u"http://h/%1/"_s.arg(n, 5, 10, QLatin1Char('0')) + QString(300, u'x'));
        data.state = TaskState::Paused;
        data.added = QDateTime::fromMSecsSinceEpoch(1'000'000 + n, Qt::UTC);
        world.store.put(data, Durability::Written);
    }
    world.manager.restore();
    Client client(world);
    client.send(request(u"list"_s));
    client.send(request(u"hello"_s)); // waits its turn
    int frames = 0;
    int count = 0;
    for (bool more = true; more; ++frames) {
        const QJsonObject frame = client.frame();
        QVERIFY(isOk(frame));
        const QJsonArray downloads = frame["downloads"_L1].toArray();
        for (const QJsonValue &download : downloads)
            QVERIFY(download["url"_L1].toString().startsWith(
                u"http://h/%1/"_s.arg(count++, 5, 10, QLatin1Char('0'))));
        more = frame["more"_L1].toBool();
    }
    QCOMPARE(count, kCount);
    QVERIFY(frames > 3);
    QCOMPARE(client.frame(), (QJsonObject{{u"ok"_s, true}}));
}

// It came some other way, and would fill more than a frame.
void TestControlServer::monstrousAddress()
{
    World world;
    QVERIFY(world.start());
    world.manager.add(QUrl(u"http://127.0.0.1:1/"_s + QString(1'200'000, u'x')));
    world.manager.add(numbered(1));
    Client client(world);
    const QJsonObject answer = client.ask(request(u"list"_s));
    QVERIFY(isOk(answer));
    QCOMPARE(answer["downloads"_L1].toArray().size(), 2);
    QCOMPARE(firstDownload(answer)["url"_L1].toString().size(), 1000);
}

void TestControlServer::closing()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    QVERIFY(isOk(client.ask(request(u"hello"_s))));
    const QString path = world.server.path();
    world.server.close();
    QVERIFY(client.isLetGo());
    QVERIFY(!QFileInfo::exists(path));
    QVERIFY(!ControlClient(world.stateDir()).connect());
    QVERIFY(world.server.listen(world.stateDir())); // once more
    QVERIFY(isOk(Client(world).ask(request(u"hello"_s))));
}

QTEST_GUILESS_MAIN(TestControlServer)
#include "tst_controlserver.moc"
