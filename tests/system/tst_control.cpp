// SPDX-License-Identifier: MIT
// The commands that talk to the program that is running, as processes.
#include "controlhome.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("QT_QPA_PLATFORM", "offscreen"); }
    void addStartsIt();
    void pauseAndResume();
    void removeAndLimit();
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
    QVERIFY(place.startOwner(owner));
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
        QVERIFY(place.startOwner(owner));
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
    QVERIFY(place.startOwner(again));
    QCOMPARE(place.run({u"limit"_s, u"--json"_s}).lines.value(0)["limit"_L1], QJsonValue(102'400));
    QCOMPARE(place.run({u"limit"_s, u"off"_s}).texts, QList<QByteArray>{"There is no limit."});
}

void TestControl::getFindsItTaken()
{
    Place place;
    Program owner(place.home());
    QVERIFY(place.startOwner(owner));
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
    QVERIFY(place.startOwner(owner));
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
