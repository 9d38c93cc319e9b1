// SPDX-License-Identifier: MIT
// One process has the list of downloads, all others hand over to it, and whatever happens to that one, the
// next goes on where it was.
#include "controlhome.h"

#include <QFileInfo>
#include <QTest>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr qint64 kLeaveLimit = 4000; // milliseconds; the leak check at the end is not the program's
#else
constexpr qint64 kLeaveLimit = 1500; // a second, and what the machine is busy with besides
#endif

} // namespace

class TestInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("QT_QPA_PLATFORM", "offscreen"); }
    void secondStart();
    void secondStartInTheBackground();
    void killedAndStartedAgain();
    void quitGoesOnByItself();
    void twoStartsAtOnce();
    void startWhileAnotherEnds();
};

void TestInstance::secondStart()
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

void TestInstance::secondStartInTheBackground()
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

void TestInstance::killedAndStartedAgain()
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
        QCOMPARE(place.stateOf(url), u"queued"_s); // the record says "running", but nobody runs it
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
void TestInstance::quitGoesOnByItself()
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
void TestInstance::twoStartsAtOnce()
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
void TestInstance::startWhileAnotherEnds()
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

QTEST_GUILESS_MAIN(TestInstance)
#include "tst_instance.moc"
