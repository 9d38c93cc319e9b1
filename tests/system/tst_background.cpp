// SPDX-License-Identifier: MIT
// The program without its window: as it is started at login, and with a panel that comes late or dies. The
// window can be reached at any time.
#include "controlhome.h"
#include "screen.h"
#include "sniwatcher.h"

#include <QElapsedTimer>
#include <QTest>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

// ms. The program waits 15 s for a tray, by a clock that may be wrong by a twentieth.
constexpr int kLeastPatience = 14'000;
constexpr int kMostPatience = 16'000;

} // namespace

class TestBackground : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void panelDies_data();
    void panelDies();
    void panelDiesBeforeAnyWindow();
    void waitsForTheTray();

private:
    bool makePanel()
    {
        m_panel = std::make_unique<SniWatcher>(m_screen->busAddress());
        return m_panel->works();
    }
    // Until it has done all that it does at the start. Then it has no window.
    void startHidden(const Place &place, Program &program) const;

    std::unique_ptr<Screen> m_screen;
    std::unique_ptr<SniWatcher> m_panel;
};

void TestBackground::init()
{
    m_screen = std::make_unique<Screen>();
    QVERIFY2(m_screen->start(), qPrintable(m_screen->errorString()));
}

void TestBackground::cleanup()
{
    m_panel.reset();
    m_screen.reset();
}

void TestBackground::startHidden(const Place &place, Program &program) const
{
    QVERIFY(program.start(place.words({u"--background"_s})));
    QTRY_VERIFY_WITH_TIMEOUT(place.answers(), kPatience);
    QCOMPARE(place.run({u"list"_s}).exitCode, 0); // it answers after all that it does at the start
    QCOMPARE(m_screen->windows(program.pid()), QStringList());
    QCOMPARE(m_screen->hiddenWindows(program.pid()), QStringList());
}

void TestBackground::panelDies_data()
{
    QTest::addColumn<bool>("daemonLives");
    QTest::newRow("with its daemon") << false;
    QTest::newRow("alone") << true;
}

void TestBackground::panelDies()
{
    QFETCH(const bool, daemonLives);
    ScriptedServer http(stalling(Content::random(kSize)));
    const QUrl url = http.url(u"/a.bin"_s);
    QVERIFY(makePanel());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = m_screen->windowOf(program.pid());
    QVERIFY2(!window.isEmpty(), program.account().constData());
    QVERIFY(m_panel->isKnown());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(http.waitForHolding(1));
    for (int round = 0; round < 2; ++round) {
        QVERIFY(m_screen->press(window, u"alt+F4"_s));
        QVERIFY(m_screen->shows(program.pid(), 0));
        if (daemonLives)
            m_panel->setHost(false);
        else
            m_panel.reset();
        QVERIFY(m_screen->shows(program.pid(), 1));
        if (daemonLives)
            m_panel->setHost(true);
        else
            QVERIFY(makePanel());
        QVERIFY(m_panel->isKnown());
    }
    // And by the icon that the panel was given again.
    QVERIFY(m_screen->press(window, u"alt+F4"_s));
    QVERIFY(m_screen->shows(program.pid(), 0));
    m_panel->activate(m_panel->items().first());
    QVERIFY(m_screen->shows(program.pid(), 1));
    QCOMPARE(place.stateOf(url), u"running"_s);
}

void TestBackground::panelDiesBeforeAnyWindow()
{
    QVERIFY(makePanel());
    Place place;
    Program program(place.home());
    startHidden(place, program);
    QVERIFY(!QTest::currentTestFailed() && m_panel->isKnown());
    m_panel.reset();
    QVERIFY(m_screen->shows(program.pid(), 1));
}

// Two of them: a panel comes for the first, and none for the second, on a bus of its own.
void TestBackground::waitsForTheTray()
{
    Place place;
    Program program(place.home());
    startHidden(place, program);
    QVERIFY(!QTest::currentTestFailed() && makePanel());
    QVERIFY(m_panel->isKnown());

    PrivateBus elsewhere;
    QVERIFY2(elsewhere.start(), qPrintable(elsewhere.errorString()));
    elsewhere.putIntoEnvironment();
    QElapsedTimer clock;
    clock.start();
    Place lonely;
    Program other(lonely.home());
    startHidden(lonely, other);
    QVERIFY(!QTest::currentTestFailed());
    // By the clock: QTRY_COMPARE() counts how often it asked, and asking takes long.
    const auto isMinimised = [&] { return m_screen->hiddenWindows(other.pid()).size() == 1; };
    QVERIFY(QTest::qWaitFor(isMinimised, kMostPatience + kPatience));
    QVERIFY2(clock.elapsed() >= kLeastPatience, QByteArray::number(clock.elapsed()).constData());
    const QString window = m_screen->hiddenWindows(other.pid()).value(0);
    QVERIFY(m_screen->activate(window)); // one that was taken away would stay so
    QCOMPARE(m_screen->windowOf(other.pid()), window);

    // By then the first has waited as long, give or take its clock.
    const auto hasWindow = [&] {
        return !(m_screen->windows(program.pid()) + m_screen->hiddenWindows(program.pid())).isEmpty();
    };
    QVERIFY(!QTest::qWaitFor(hasWindow, kMostPatience - kLeastPatience));
    m_panel->activate(m_panel->items().first());
    QVERIFY(m_screen->shows(program.pid(), 1));
}

QTEST_GUILESS_MAIN(TestBackground)
#include "tst_background.moc"
