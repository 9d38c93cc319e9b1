// SPDX-License-Identifier: MIT
// The program as its user meets it: a process with a window on a display, a window manager, a tray. Nothing
// is lost and nothing becomes unreachable, whatever is closed, killed or started twice.
#include "controlhome.h"
#include "screen.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void closedToTheTrayAndBack();
    void secondStartRaises();
    void killedAndStartedAgain();
    void noTrayAsks();
    void trayDies();
    void quitGoesOnByItself_data();
    void quitGoesOnByItself();

private:
    bool shows(const Program &program, qsizetype windows) { return m_screen->shows(program.pid(), windows); }
    QString windowOf(const Program &program) { return m_screen->windowOf(program.pid()); }
    bool isInFront(const QString &window)
    {
        return QTest::qWaitFor([&] { return m_screen->active() == window; }, kPatience);
    }
    bool makeTray()
    {
        m_trayer = std::make_unique<Trayer>(m_screen->display());
        return m_trayer->started();
    }
    bool isInTray()
    {
        return QTest::qWaitFor([this] { return m_screen->hasTrayIcon(); }, kPatience);
    }

    std::unique_ptr<Screen> m_screen;
    std::unique_ptr<Trayer> m_trayer;
};

void TestWindow::init()
{
    m_screen = std::make_unique<Screen>();
    QVERIFY2(m_screen->start(), qPrintable(m_screen->errorString()));
}

void TestWindow::cleanup()
{
    m_trayer.reset();
    m_screen.reset();
}

void TestWindow::closedToTheTrayAndBack()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    const QUrl url = http.url(u"/a.bin"_s);
    QVERIFY(makeTray());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = windowOf(program);
    QVERIFY2(!window.isEmpty(), program.account().constData());
    QVERIFY(isInTray());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(http.waitForHolding(1));

    QVERIFY(m_screen->press(window, u"alt+F4"_s));
    QVERIFY(shows(program, 0));
    QVERIFY(program.isRunning() && m_screen->hasTrayIcon());
    QCOMPARE(place.stateOf(url), u"running"_s);
    http.releaseForGood();
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.bin"_s));
    QCOMPARE(http.requestCount(), 1); // it was never stopped
    QCOMPARE(place.listed(url)["unseen"_L1], QJsonValue(true));

    Program second(place.home());
    QVERIFY(second.start(place.words({})));
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.exitCode(), 0);
    QVERIFY(shows(program, 1));
    QVERIFY(isInFront(window));

    // And by the icon, there and back; at two places of it, else it would be a double click.
    QVERIFY(m_screen->clickAt(6, 6));
    QVERIFY(shows(program, 0));
    QVERIFY(m_screen->clickAt(18, 18));
    QVERIFY(shows(program, 1));
    QVERIFY(program.isRunning());
}

void TestWindow::secondStartRaises()
{
    Place place;
    Place elsewhere;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = windowOf(program);
    QVERIFY(isInFront(window));
    Program other(elsewhere.home());
    QVERIFY(other.start(elsewhere.words({})));
    QVERIFY(isInFront(windowOf(other)));
    QCOMPARE(place.run({}).exitCode, 0);
    QVERIFY(isInFront(window));
    QVERIFY(m_screen->minimise(window));
    QVERIFY(shows(program, 0));
    QCOMPARE(place.run({}).exitCode, 0);
    QVERIFY(shows(program, 1));
    QVERIFY(isInFront(window));
    QVERIFY(program.isRunning() && other.isRunning());
}

void TestWindow::killedAndStartedAgain()
{
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    const QUrl url = http.url(u"/a.bin"_s);
    const QUrl paused = http.url(u"/paused.bin"_s);
    Place place;
    {
        Program program(place.home());
        QVERIFY(program.start(place.words({})));
        QVERIFY(!windowOf(program).isEmpty());
        for (const QUrl &one : {url, paused}) {
            QCOMPARE(place.run(place.adding(one)).exitCode, 0);
            QTRY_COMPARE(place.listed(one)["bytes"_L1].toInteger(), kSize / 2);
        }
        QCOMPARE(place.run({u"pause"_s, paused.toString()}).exitCode, 0);
        QTRY_COMPARE(place.stateOf(paused), u"paused"_s);
        QTRY_VERIFY(place.journal().count(QByteArray::number(kSize / 2)) >= 2);
        program.sendSignal(SIGKILL);
        QVERIFY(program.waitForEnd());
        QVERIFY(program.hasCrashed());
    }
    http.setHandler(honest(content));
    http.releaseForGood();
    Program again(place.home());
    QVERIFY(again.start(place.words({})));
    QVERIFY(!windowOf(again).isEmpty());
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.bin"_s));
    QVERIFY(http.requests().constLast().range.value_or(AskedRange()).begin > 0); // not from the beginning
    QCOMPARE(place.stateOf(paused), u"paused"_s);
    QCOMPARE(place.run({u"resume"_s, paused.toString()}).exitCode, 0);
    QTRY_COMPARE(place.stateOf(paused), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/paused.bin"_s));
}

// Where closing the window would leave no way back to it, it says what would happen.
void TestWindow::noTrayAsks()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    const QUrl url = http.url(u"/a.bin"_s);
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = windowOf(program);
    QVERIFY(!window.isEmpty());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(http.waitForHolding(1));

    const auto dialog = [&] {
        QStringList windows = m_screen->windows(program.pid());
        windows.removeAll(window);
        return windows.value(0);
    };
    QVERIFY(m_screen->press(window, u"alt+F4"_s));
    QVERIFY(shows(program, 2));
    QVERIFY(m_screen->press(dialog(), u"Escape"_s));
    QVERIFY(shows(program, 1));
    QVERIFY(m_screen->press(window, u"alt+F4"_s));
    QVERIFY(shows(program, 2));
    QCOMPARE(place.stateOf(url), u"running"_s);      // asking stops nothing, and nothing waits for the answer
    QVERIFY(m_screen->press(dialog(), u"Return"_s)); // what is offered first: to minimise it
    QVERIFY(shows(program, 0));
    QCOMPARE(place.stateOf(url), u"running"_s);
    QCOMPARE(place.run({}).exitCode, 0);
    QVERIFY(isInFront(window));

    // With nothing under way it simply ends.
    QCOMPARE(place.run({u"pause"_s}).exitCode, 0);
    QTRY_COMPARE(place.stateOf(url), u"paused"_s);
    QVERIFY(m_screen->press(window, u"alt+F4"_s));
    QVERIFY(program.waitForEnd(kPatience));
    QCOMPARE(program.exitCode(), 0);
}

void TestWindow::trayDies()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    const QUrl url = http.url(u"/a.bin"_s);
    QVERIFY(makeTray());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = windowOf(program);
    QVERIFY(isInTray());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(http.waitForHolding(1));
    for (int round = 0; round < 2; ++round) {
        QVERIFY(m_screen->press(window, u"alt+F4"_s));
        QVERIFY(shows(program, 0));
        m_trayer.reset();
        QVERIFY(shows(program, 1));
        QVERIFY(makeTray());
        QVERIFY(isInTray());
    }
    // In the tray from the start: then a window there was not yet.
    QCOMPARE(place.stateOf(url), u"running"_s);
    program.sendSignal(SIGTERM);
    QVERIFY(program.waitForEnd(kPatience));
    Program hidden(place.home());
    QVERIFY(hidden.start(place.words({u"--background"_s})));
    QVERIFY(isInTray());
    QCOMPARE(m_screen->windows(hidden.pid()), QStringList());
    m_trayer.reset();
    QVERIFY(shows(hidden, 1));
}

void TestWindow::quitGoesOnByItself_data()
{
    QTest::addColumn<bool>("bySignal");
    QTest::newRow("SIGTERM") << true;
    QTest::newRow("Ctrl+Q") << false;
}

void TestWindow::quitGoesOnByItself()
{
    QFETCH(const bool, bySignal);
    const Content content = Content::random(kSize);
    ScriptedServer http(stalling(content));
    const QUrl url = http.url(u"/a.bin"_s);
    QVERIFY(makeTray());
    Place place;
    {
        Program program(place.home());
        QVERIFY(program.start(place.words({})));
        const QString window = windowOf(program);
        QVERIFY(isInTray());
        QCOMPARE(place.run(place.adding(url)).exitCode, 0);
        QVERIFY(http.waitForHolding(1));
        QTRY_COMPARE(place.listed(url)["bytes"_L1].toInteger(), kSize / 2);
        if (bySignal)
            program.sendSignal(SIGTERM);
        else
            QVERIFY(m_screen->press(window, u"ctrl+q"_s));
        QVERIFY(program.waitForEnd(kPatience));
        QCOMPARE(program.exitCode(), 0);
        QTRY_VERIFY(!m_screen->hasTrayIcon());
    }
    http.setHandler(honest(content));
    http.releaseForGood();
    Program again(place.home());
    QVERIFY(again.start(place.words({})));
    QVERIFY(!windowOf(again).isEmpty());
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.bin"_s));
    QVERIFY(http.requests().constLast().range.value_or(AskedRange()).begin > 0);
}

QTEST_GUILESS_MAIN(TestWindow)
#include "tst_window.moc"
