// SPDX-License-Identifier: MIT
#pragma once

#include "app/controlanswers.h"
#include "app/controlframe.h"
#include "app/controlserver.h"
#include "tests/support/handlers.h"
#include "ui/preferences.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

// A control socket in front of a real manager and store, and what talks to it.
namespace longhaul::controlworld {

using namespace Qt::StringLiterals;

constexpr qint64 kSize = 300'000;

using test::honest;
// Half the file, and then nothing until it is released.
inline test::Handler stalling(const test::Content &content) { return test::stalling(content, kSize / 2); }

inline Settings settingsFor(const QString &folder)
{
    Settings settings;
    settings.folder = folder;
    settings.retries = 0;
    return settings;
}

// The program without its window.
struct World {
    explicit World(std::chrono::milliseconds patience = std::chrono::seconds(60))
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

inline QJsonObject request(const QString &command, const QList<QUrl> &urls = {}, QJsonObject more = {})
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

inline bool isOk(const QJsonObject &answer) { return answer["ok"_L1].toBool(); }

inline QJsonObject firstDownload(const QJsonObject &answer)
{
    return answer["downloads"_L1].toArray().at(0).toObject();
}

// A download of which the first half is there; more comes when the test says so.
struct Begun {
    // False when it does not come that far.
    bool start(const QJsonObject &options = {})
    {
        if (!world.start())
            return false;
        client = std::make_unique<Client>(world);
        return isOk(client->ask(request(u"add"_s, {url}, options))) && http.waitForHolding(1)
               && QTest::qWaitFor([&] { return task()->progress().onDisk == kSize / 2; });
    }
    bool pause()
    {
        return isOk(client->ask(request(u"pause"_s, {url})))
               && QTest::qWaitFor([&] { return world.stateOf(url) == TaskState::Paused; });
    }
    // From now on the server sends all of it.
    void sendAll()
    {
        http.setHandler(honest(content));
        http.releaseForGood();
    }
    DownloadTask *task() const { return world.manager.find(url); }
    bool isWhole() const { return content.matchesFile(world.files() + u"/a.bin"_s); }

    const test::Content content = test::Content::random(kSize);
    test::ScriptedServer http{stalling(content)};
    const QUrl url = http.url(u"/a.bin"_s);
    World world;
    std::unique_ptr<Client> client;
};

inline QUrl numbered(int n) { return QUrl(u"http://127.0.0.1:1/%1"_s.arg(n)); }

} // namespace longhaul::controlworld
