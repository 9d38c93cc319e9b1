// SPDX-License-Identifier: MIT
// The control socket in front of a real manager and store: each command, and clients that mean ill.
#include "app/controlanswers.h"
#include "app/controlclient.h"
#include "app/controlframe.h"
#include "app/controlserver.h"
#include "tests/support/scriptedserver.h"
#include "ui/preferences.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QThreadPool>
#include <QtEndian>

using namespace longhaul;
using namespace longhaul::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 300'000;

Settings settingsFor(const QString &folder)
{
    Settings settings;
    settings.folder = folder;
    settings.retries = 0;
    return settings;
}

// The program without its window.
struct World {
    explicit World(std::chrono::milliseconds patience = 60s)
        : store(dir.filePath(u"state"_s), threads)
        , preferences(dir.filePath(u"settings.json"_s), threads)
        , manager(store, network, threads, settingsFor(files()))
        , answers(manager, preferences)
        , server([this](const QJsonObject &request) { return answers.answer(request); }, patience)
    {
        preferences.setSettings(settingsFor(files()));
        QObject::connect(&preferences, &Preferences::settingsChanged, &manager, &DownloadManager::apply);
    }

    bool start() { return store.open() == ResumeStore::OpenResult::Opened && server.listen(stateDir()); }
    QString stateDir() const { return dir.filePath(u"state"_s); }
    QString files() const { return dir.filePath(u"files"_s); }
    TaskState stateOf(const QUrl &url) const { return manager.find(url)->state(); }

    QTemporaryDir dir;
    QThreadPool threads;
    ResumeStore store;
    NetworkPolicy network;
    Preferences preferences;
    DownloadManager manager;
    ControlAnswers answers;
    ControlServer server;
};

// A client that can also say what it should not.
class Client
{
public:
    explicit Client(const World &world)
    {
        socket.connectToServer(world.server.path());
        socket.waitForConnected();
    }

    bool isConnected() const { return socket.state() == QLocalSocket::ConnectedState; }
    void sendBytes(const QByteArray &what) { socket.write(what); }
    void send(const QJsonObject &object) { sendBytes(encodeFrame(object).value_or(QByteArray())); }

    // Empty when none comes.
    QJsonObject frame()
    {
        Frame frame;
        const auto isThere = [&] {
            bytes += socket.readAll();
            frame = decodeFrame(bytes);
            return frame.kind != Frame::Kind::Incomplete;
        };
        if (!QTest::qWaitFor([&] { return isThere() || !isConnected(); }) && !isThere())
            return {};
        bytes.remove(0, frame.kind == Frame::Kind::Incomplete ? 0 : frame.size);
        return frame.object;
    }

    QJsonObject ask(const QJsonObject &object)
    {
        send(object);
        return frame();
    }

    // Whether the server closes the connection.
    bool isLetGo()
    {
        return QTest::qWaitFor([&] { return !isConnected(); });
    }

    QLocalSocket socket;
    QByteArray bytes;
};

QJsonObject request(const QString &command, const QList<QUrl> &urls = {}, QJsonObject more = {})
{
    QJsonArray list;
    for (const QUrl &url : urls)
        list.append(url.toString(QUrl::FullyEncoded));
    more.insert(u"version"_s, 1);
    more.insert(u"command"_s, command);
    if (!list.isEmpty())
        more.insert(u"urls"_s, list);
    return more;
}

bool isOk(const QJsonObject &answer) { return answer["ok"_L1].toBool(); }

QJsonObject firstDownload(const QJsonObject &answer)
{
    return answer["downloads"_L1].toArray().at(0).toObject();
}

Handler honest(const Content &content)
{
    return [content](const Request &request) {
        Resource resource;
        resource.etag = "\"one\"";
        return Answer::honest(request, content, resource);
    };
}

// Half the file, and then nothing until it is released.
Handler stalling(const Content &content)
{
    return [content](const Request &request) {
        Resource resource;
        resource.etag = "\"one\"";
        return Answer::honest(request, content, resource).stallBodyAfter(kSize / 2);
    };
}

QUrl numbered(int n) { return QUrl(u"http://127.0.0.1:1/%1"_s.arg(n)); }

} // namespace

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
    void addNothingThatIsWrong();
    void pauseAndResume();
    void pauseAll();
    void remove();
    void limit();
    void liveFields();
    void longList();
    void monstrousAddress();
    void errorsAndThenMore();
    void tooLong();
    void severalAtOnce();
    void manyClients();
    void halfFrames_data();
    void halfFrames();
    void deafClient();
    void noise();
    void closing();
    void blockingClient();
    void clientOfSomethingElse();
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
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    World world;
    QVERIFY(world.start());
    const QUrl url = http.url(u"/a.bin"_s);
    Client client(world);
    QVERIFY(isOk(client.ask(request(u"add"_s, {url}))));
    QVERIFY(http.waitForHolding(1));
    QVERIFY(isOk(client.ask(request(u"pause"_s, {url}))));
    QTRY_COMPARE(world.stateOf(url), TaskState::Paused);
    http.setHandler(honest(content));
    http.releaseForGood();
    const QJsonObject again =
        client.ask(request(u"add"_s, {url}, {{u"folder"_s, world.dir.filePath(u"elsewhere"_s)}}));
    QVERIFY(isOk(again));
    QCOMPARE(firstDownload(again)["known"_L1], QJsonValue(true));
    QVERIFY(firstDownload(again)["note"_L1].toString().contains(world.files()));
    QCOMPARE(world.manager.tasks().size(), size_t(1));
    QTRY_COMPARE(world.stateOf(url), TaskState::Completed);
    QVERIFY(content.matchesFile(world.files() + u"/a.bin"_s));
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
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    World world;
    QVERIFY(world.start());
    const QUrl url = http.url(u"/a.bin"_s);
    Client client(world);
    QVERIFY(isOk(client.ask(request(u"add"_s, {url}))));
    QVERIFY(http.waitForHolding(1));
    const QJsonObject paused = client.ask(request(u"pause"_s, {numbered(1), url, numbered(2)}));
    QVERIFY(isOk(paused));
    QCOMPARE(paused["unknown"_L1].toArray(), (QJsonArray{0, 2}));
    QCOMPARE(paused["downloads"_L1].toArray().size(), 1);
    QTRY_COMPARE(world.stateOf(url), TaskState::Paused);
    http.setHandler(honest(content));
    http.releaseForGood();
    QCOMPARE(firstDownload(client.ask(request(u"resume"_s, {url})))["state"_L1].toString(), u"queued"_s);
    QTRY_COMPARE(world.stateOf(url), TaskState::Completed);
    QVERIFY(content.matchesFile(world.files() + u"/a.bin"_s));
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
    ScriptedServer http(stalling(Content::random(kSize)));
    World world;
    QVERIFY(world.start());
    const QUrl url = http.url(u"/a.bin"_s);
    Client client(world);
    QVERIFY(isOk(client.ask(request(u"add"_s, {url, numbered(1)}))));
    QVERIFY(http.waitForHolding(1));
    QTRY_VERIFY(QFileInfo::exists(world.files() + u"/a.bin.part"_s));
    const QJsonObject answer = client.ask(request(u"remove"_s, {numbered(2), url}, {{u"withPart"_s, true}}));
    QVERIFY(isOk(answer));
    QCOMPARE(answer["unknown"_L1].toArray(), QJsonArray{0});
    QVERIFY(!world.manager.find(url) && world.manager.find(numbered(1)));
    QTRY_VERIFY(!QFileInfo::exists(world.files() + u"/a.bin.part"_s));
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
    ScriptedServer http(stalling(Content::random(kSize)));
    World world;
    QVERIFY(world.start());
    const QUrl url = http.url(u"/a.bin"_s);
    Client client(world);
    QVERIFY(isOk(client.ask(request(u"add"_s, {url}))));
    QVERIFY(http.waitForHolding(1));
    QJsonObject object;
    QTRY_COMPARE((object = firstDownload(client.ask(request(u"list"_s))))["bytes"_L1].toInteger(), kSize / 2);
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

void TestControlServer::errorsAndThenMore()
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

void TestControlServer::tooLong()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    client.sendBytes(QByteArray("\x7f\xff\xff\xff", 4) + QByteArray(100'000, 'x'));
    QCOMPARE(client.frame()["error"_L1].toString(), u"The request is too long."_s);
    QVERIFY(client.isLetGo());
    QTRY_COMPARE(world.server.clients(), 0);
}

void TestControlServer::severalAtOnce()
{
    World world;
    QVERIFY(world.start());
    Client client(world);
    for (const qint64 rate : {1000, 2000, 3000})
        client.send(request(u"limit"_s, {}, {{u"rate"_s, rate}}));
    for (const qint64 rate : {1000, 2000, 3000})
        QCOMPARE(client.frame()["rate"_L1], QJsonValue(rate));
}

void TestControlServer::manyClients()
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

void TestControlServer::halfFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << QByteArray("\0\0", 2);
    QTest::newRow("a head") << QByteArray("\0\0\0\x10", 4);
    QTest::newRow("half a body") << QByteArray("\0\0\0\x10{\"a\":", 9);
    QTest::newRow("most of a large one") << QByteArray("\0\x10\0\0", 4) + QByteArray((1 << 20) - 1, ' ');
}

void TestControlServer::halfFrames()
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
void TestControlServer::deafClient()
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
void TestControlServer::noise()
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

// What the commands use, in a thread of its own as it blocks: more addresses than fit in one request.
void TestControlServer::blockingClient()
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
void TestControlServer::clientOfSomethingElse()
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

QTEST_GUILESS_MAIN(TestControlServer)
#include "tst_controlserver.moc"
