// SPDX-License-Identifier: MIT
// The program with its window, as processes that talk to each other: one has the list of downloads, all
// others hand over to it, and whatever happens to that one, the next goes on where it was.
#include "program.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 3'000'000;

#if defined(__SANITIZE_ADDRESS__)
constexpr qint64 kLeaveLimit = 4000; // milliseconds; the leak check at the end is not the program's
#else
constexpr qint64 kLeaveLimit = 1500; // a second, and what the machine is busy with besides
#endif

// How a command ended and what it said.
struct Said {
    int exitCode = -1;
    QByteArray error;
    QList<QJsonObject> lines; // of JSON
    QList<QByteArray> texts;  // all others
};

// A home with a list of downloads. Ends whoever has that list when it goes.
class Place
{
public:
    Place() = default;
    ~Place()
    {
        if (const qint64 pid = owner(); pid > 0)
            ::kill(pid_t(pid), SIGKILL);
    }
    Q_DISABLE_COPY_MOVE(Place)

    QString home() const { return m_dir.path(); }
    QString state() const { return m_dir.filePath(m_state); }
    QString files() const { return m_dir.filePath(u"files"_s); }
    void setState(const QString &name) { m_state = name; }

    QStringList words(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--state-dir"_s, state()};
    }
    QStringList adding(const QUrl &url) const
    {
        return {u"add"_s, u"--json"_s, u"-d"_s, files(), url.toString(QUrl::FullyEncoded)};
    }

    Said run(const QStringList &arguments) const
    {
        Program program(home());
        if (!program.start(words(arguments)) || !program.waitForEnd(60'000))
            return {};
        return {program.exitCode(), program.errorText(), program.linesOf({}), program.strayLines()};
    }

    // What `list` tells of the download; empty when it is not in it.
    QJsonObject listed(const QUrl &url) const
    {
        const QList<QJsonObject> lines = run({u"list"_s, u"--json"_s}).lines;
        for (const QJsonObject &line : lines) {
            if (line["url"_L1].toString() == url.toString(QUrl::FullyEncoded))
                return line;
        }
        return {};
    }
    QString stateOf(const QUrl &url) const { return listed(url)["state"_L1].toString(); }

    // The process that has the list; 0 when none has.
    qint64 owner() const
    {
        QFile lock(state() + u"/lock"_s);
        return lock.open(QIODevice::ReadOnly) ? lock.readLine().trimmed().toLongLong() : 0;
    }
    QByteArray journal() const
    {
        QFile file(state() + u"/downloads.journal"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool answers() const
    {
        QLocalSocket socket;
        socket.connectToServer(state() + u"/control"_s);
        return socket.waitForConnected(1000);
    }

private:
    QTemporaryDir m_dir;
    QString m_state = u"state"_s;
};

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

} // namespace

class TestControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("QT_QPA_PLATFORM", "offscreen"); }
    void addStartsIt();
    void pauseAndResume();
    void removeAndLimit();
    void secondStart();
    void secondStartInTheBackground();
    void killedAndStartedAgain();
    void quitGoesOnByItself();
    void twoStartsAtOnce();
    void startWhileAnotherEnds();
    void getFindsItTaken();
    void getHasIt();
    void nobodyRuns();
    void noDisplay();
    void displayThatIsNotThere();
    void longPlace();
};

void TestControl::addStartsIt()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(honest(content));
    const QUrl url = http.url(u"/a.bin"_s);
    Place place;
    const Said added = place.run(place.adding(url));
    QVERIFY2(added.exitCode == 0, added.error.constData());
    QCOMPARE(added.lines.size(), 1);
    QCOMPARE(added.lines[0]["known"_L1], QJsonValue(false));
    QVERIFY(place.owner() > 0);
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.bin"_s));
    QCOMPARE(place.listed(url)["unseen"_L1], QJsonValue(true));
    // It is the program that was started, not one per command.
    const qint64 owner = place.owner();
    QCOMPARE(place.run(place.adding(url)).lines.value(0)["known"_L1], QJsonValue(true));
    QCOMPARE(place.owner(), owner);
    QCOMPARE(::kill(pid_t(owner), SIGTERM), 0);
    QTRY_COMPARE(place.owner(), 0);
    QCOMPARE(place.stateOf(url), u"completed"_s);
}

void TestControl::pauseAndResume()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    const QUrl url = http.url(u"/a.bin"_s);
    Place place;
    Program owner(place.home());
    QVERIFY(owner.start(place.words({u"--background"_s})));
    QTRY_VERIFY(place.answers());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(http.waitForHolding(1));
    QTRY_COMPARE(place.listed(url)["bytes"_L1].toInteger(), kSize / 2);
    QCOMPARE(place.stateOf(url), u"running"_s);
    QCOMPARE(place.run({u"pause"_s}).exitCode, 0);
    QTRY_COMPARE(place.stateOf(url), u"paused"_s);
    http.setHandler(honest(content));
    http.releaseForGood();
    const Said resumed = place.run({u"resume"_s, u"--json"_s, url.toString()});
    QCOMPARE(resumed.exitCode, 0);
    QCOMPARE(resumed.lines.size(), 1);
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.bin"_s));
    QVERIFY(http.requests().last().range.value_or(AskedRange()).begin > 0); // not from the beginning
    QVERIFY2(owner.isRunning(), owner.account().constData());
}

void TestControl::removeAndLimit()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    const QUrl url = http.url(u"/a.bin"_s);
    Place place;
    {
        Program owner(place.home());
        QVERIFY(owner.start(place.words({u"--background"_s})));
        QTRY_VERIFY(place.answers());
        QCOMPARE(place.run({u"limit"_s}).texts, QList<QByteArray>{"There is no limit."});
        QCOMPARE(place.run({u"limit"_s, u"100K"_s, u"--json"_s}).lines.value(0)["limit"_L1],
                 QJsonValue(102'400));
        QCOMPARE(place.run(place.adding(url)).exitCode, 0);
        const Said removed = place.run({u"remove"_s, url.toString(), u"http://127.0.0.1:1/x"_s});
        QCOMPARE(removed.exitCode, 1);
        QCOMPARE(removed.error, "longhaul: http://127.0.0.1:1/x: It is not in the list.\n");
        QVERIFY(place.listed(url).isEmpty());
        owner.sendSignal(SIGTERM);
        QVERIFY(owner.waitForEnd());
    }
    Program again(place.home());
    QVERIFY(again.start(place.words({u"--background"_s})));
    QTRY_VERIFY(place.answers());
    QCOMPARE(place.run({u"limit"_s, u"--json"_s}).lines.value(0)["limit"_L1], QJsonValue(102'400));
    QCOMPARE(place.run({u"limit"_s, u"off"_s}).texts, QList<QByteArray>{"There is no limit."});
}

void TestControl::secondStart()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(honest(content));
    const QUrl url = http.url(u"/a.bin"_s);
    Place place;
    Program first(place.home());
    QVERIFY(first.start(place.words({})));
    QTRY_VERIFY(place.answers());
    const qint64 owner = place.owner();
    QCOMPARE(place.run({}).exitCode, 0);
    const Said second = place.run({url.toString()});
    QVERIFY2(second.exitCode == 0, second.error.constData());
    QVERIFY(second.error.isEmpty());
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(first.isRunning());
    QCOMPARE(place.owner(), owner);
    QVERIFY(content.matchesFile(place.listed(url)["target"_L1].toString()));
}

void TestControl::secondStartInTheBackground()
{
    Place place;
    Program first(place.home());
    QVERIFY(first.start(place.words({u"--background"_s})));
    QTRY_VERIFY(place.answers());
    QCOMPARE(place.run({u"--background"_s}).exitCode, 0);
    QCOMPARE(place.run({u"--background"_s, u"http://127.0.0.1:1/x"_s}).exitCode, 0);
    QVERIFY(!place.listed(QUrl(u"http://127.0.0.1:1/x"_s)).isEmpty());
    QVERIFY(first.isRunning());
}

void TestControl::killedAndStartedAgain()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    const QUrl url = http.url(u"/a.bin"_s);
    Place place;
    {
        Program first(place.home());
        QVERIFY(first.start(place.words({u"--background"_s})));
        QTRY_VERIFY(place.answers());
        QCOMPARE(place.run(place.adding(url)).exitCode, 0);
        QTRY_COMPARE(place.listed(url)["bytes"_L1].toInteger(), kSize / 2);
        QTRY_VERIFY(place.journal().contains(QByteArray::number(kSize / 2)));
        first.sendSignal(SIGKILL);
        QVERIFY(first.waitForEnd());
        QVERIFY(QFileInfo::exists(place.state() + u"/control"_s)); // what it left behind
    }
    http.setHandler(honest(content));
    http.releaseForGood();
    Program second(place.home());
    QVERIFY(second.start(place.words({})));
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.bin"_s));
    QVERIFY(http.requests().last().range.value_or(AskedRange()).begin > 0);
    QVERIFY(second.isRunning());
}

// What ran when it was told to end is not paused: the next start goes on with it.
void TestControl::quitGoesOnByItself()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    const QUrl url = http.url(u"/a.bin"_s);
    const QUrl paused = http.url(u"/paused.bin"_s);
    Place place;
    {
        Program first(place.home());
        QVERIFY(first.start(place.words({u"--background"_s})));
        QTRY_VERIFY(place.answers());
        QCOMPARE(place.run(place.adding(url)).exitCode, 0);
        QCOMPARE(place.run(place.adding(paused)).exitCode, 0);
        QVERIFY(http.waitForHolding(2));
        QCOMPARE(place.run({u"pause"_s, paused.toString()}).exitCode, 0);
        QTRY_COMPARE(place.stateOf(paused), u"paused"_s);
        first.sendSignal(SIGTERM);
        QVERIFY(first.waitForEnd());
        QCOMPARE(first.exitCode(), 0);
        QVERIFY2(first.elapsed() < kLeaveLimit, QByteArray::number(first.elapsed()).constData());
        QVERIFY(!QFileInfo::exists(place.state() + u"/control"_s));
    }
    QCOMPARE(place.stateOf(url), u"queued"_s); // out of the store
    QCOMPARE(place.listed(url)["bytes"_L1].toInteger(), kSize / 2);
    QCOMPARE(place.stateOf(paused), u"paused"_s);
    http.setHandler(honest(content));
    http.releaseForGood();
    Program second(place.home());
    QVERIFY(second.start(place.words({u"--background"_s})));
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.bin"_s));
    QCOMPARE(place.stateOf(paused), u"paused"_s);
}

// Exactly one becomes the owner, the other hands over to it and ends well.
void TestControl::twoStartsAtOnce()
{
    const QUrl urls[] = {QUrl(u"http://127.0.0.1:1/a"_s), QUrl(u"http://127.0.0.1:1/b"_s)};
    for (int round = 0; round < 5; ++round) {
        Place place;
        Program a(place.home());
        Program b(place.home());
        QVERIFY(a.start(place.words({urls[0].toString()})));
        QVERIFY(b.start(place.words({u"--background"_s, urls[1].toString()})));
        QTRY_VERIFY_WITH_TIMEOUT(a.isRunning() != b.isRunning(), 30'000);
        Program &loser = a.isRunning() ? b : a;
        QVERIFY(loser.waitForEnd());
        QVERIFY2(loser.exitCode() == 0, loser.account().constData());
        for (const QUrl &url : urls)
            QVERIFY2(!place.listed(url).isEmpty(), (a.account() + b.account()).constData());
        QVERIFY(a.isRunning() != b.isRunning());
    }
}

// One is told to end, and at that moment another one is started: that one takes over.
void TestControl::startWhileAnotherEnds()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    const QUrl url = http.url(u"/a.bin"_s);
    Place place;
    Program first(place.home());
    QVERIFY(first.start(place.words({u"--background"_s})));
    QTRY_VERIFY(place.answers());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(http.waitForHolding(1));
    Program second(place.home());
    first.sendSignal(SIGTERM);
    QVERIFY(second.start(place.words({u"http://127.0.0.1:1/x"_s})));
    QVERIFY(first.waitForEnd());
    QCOMPARE(first.exitCode(), 0);
    QTRY_VERIFY(place.answers() || !second.isRunning());
    // It came early enough to be heard, or took over. Either way nothing is lost.
    QVERIFY2(second.isRunning() || second.exitCode() == 0, second.account().constData());
    QVERIFY(!place.listed(QUrl(u"http://127.0.0.1:1/x"_s)).isEmpty());
    QVERIFY(!place.listed(url).isEmpty());
}

void TestControl::getFindsItTaken()
{
    Place place;
    Program owner(place.home());
    QVERIFY(owner.start(place.words({u"--background"_s})));
    QTRY_VERIFY(place.answers());
    const Said said = place.run({u"get"_s, u"http://127.0.0.1:1/x"_s});
    QCOMPARE(said.exitCode, 1);
    QCOMPARE(said.error.count('\n'), 1);
    QVERIFY2(said.error.startsWith("longhaul: Another Longhaul is using ")
                 && said.error.contains("'longhaul add'"),
             said.error.constData());
    QVERIFY(place.listed(QUrl(u"http://127.0.0.1:1/x"_s)).isEmpty());
}

// Whoever else comes is told so, at once and in one sentence.
void TestControl::getHasIt()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    Place place;
    Program get(place.home());
    QVERIFY(get.start(place.words({u"get"_s, u"-d"_s, place.files(), http.url(u"/a.bin"_s).toString()})));
    QVERIFY(http.waitForHolding(1));
    QTRY_VERIFY(place.answers());
    const QStringList commands[] = {{},
                                    {u"--background"_s},
                                    {u"http://127.0.0.1:1/x"_s},
                                    {u"add"_s, u"http://127.0.0.1:1/x"_s},
                                    {u"list"_s},
                                    {u"pause"_s},
                                    {u"limit"_s, u"1K"_s},
                                    {u"remove"_s, u"http://127.0.0.1:1/x"_s}};
    for (const QStringList &command : commands) {
        const Said said = place.run(command);
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.error.startsWith("longhaul: A 'longhaul get' is using the list of downloads"),
                 said.error.constData());
        QCOMPARE(said.error.count('\n'), 1);
    }
    QVERIFY(get.isRunning());
    get.sendSignal(SIGINT);
    QVERIFY(get.waitForEnd());
    QCOMPARE(get.exitCode(), 130);
    QVERIFY(!place.answers());
}

void TestControl::nobodyRuns()
{
    Place place;
    for (const QStringList &command :
         {QStringList{u"pause"_s}, {u"resume"_s}, {u"limit"_s}, {u"limit"_s, u"1K"_s}}) {
        const Said said = place.run(command);
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.error.startsWith("longhaul: No Longhaul is running"), said.error.constData());
        QCOMPARE(said.error.count('\n'), 1);
    }
    QCOMPARE(place.run({u"list"_s}).exitCode, 0);
    QCOMPARE(place.run({u"remove"_s, u"http://127.0.0.1:1/x"_s}).exitCode, 1);
}

void TestControl::noDisplay()
{
    Place place;
    const QStringList commands[] = {
        {}, {u"--background"_s}, {u"http://127.0.0.1:1/x"_s}, {u"add"_s, u"http://127.0.0.1:1/x"_s}};
    for (const QStringList &command : commands) {
        Program program(place.home());
        program.hideDisplay();
        QVERIFY(program.start(place.words(command)));
        QVERIFY(program.waitForEnd());
        QVERIFY2(program.exitCode() == 1, program.account().constData());
        QVERIFY2(program.errorText().contains("There is no display"), program.errorText().constData());
        QVERIFY2(program.errorText().contains("'longhaul get'"), program.errorText().constData());
        QCOMPARE(program.errorText().count('\n'), 1);
    }
    // One that runs can be talked to from anywhere.
    Program owner(place.home());
    QVERIFY(owner.start(place.words({u"--background"_s})));
    QTRY_VERIFY(place.answers());
    Program program(place.home());
    program.hideDisplay();
    QVERIFY(program.start(place.words({u"http://127.0.0.1:1/x"_s})));
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 0);
}

// `add` says why the program that it started did not come to life.
void TestControl::displayThatIsNotThere()
{
    Place place;
    qputenv("QT_QPA_PLATFORM", "xcb");
    qputenv("DISPLAY", ":9999");
    const Said said = place.run({u"add"_s, u"http://127.0.0.1:1/x"_s});
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QCOMPARE(said.exitCode, 1);
    QVERIFY2(said.error.contains("'longhaul get'") && said.error.contains(":9999"), said.error.constData());
    QCOMPARE(said.error.count('\n'), 1);
}

// A folder whose path is too long for a socket has one elsewhere.
void TestControl::longPlace()
{
    Place place;
    place.setState(QString(60, u'a') + u'/' + QString(60, u'b'));
    Program owner(place.home());
    QVERIFY(owner.start(place.words({u"--background"_s, u"http://127.0.0.1:1/x"_s})));
    QTRY_VERIFY(place.owner() > 0);
    QTRY_COMPARE(place.run({u"limit"_s, u"1K"_s}).exitCode, 0);
    QVERIFY(!place.listed(QUrl(u"http://127.0.0.1:1/x"_s)).isEmpty());
    QCOMPARE(place.run({}).exitCode, 0);
    QVERIFY(owner.isRunning());
}

QTEST_GUILESS_MAIN(TestControl)
#include "tst_control.moc"
