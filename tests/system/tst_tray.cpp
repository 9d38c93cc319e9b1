// SPDX-License-Identifier: MIT
// The tray icon with real hosts, each in every order of coming and going: trayer for XEmbed, a panel of the
// test's own for StatusNotifierItem, and none. An icon counts as shown when a click on it arrives.
#include "sniwatcher.h"
#include "tests/support/scriptedserver.h"
#include "tests/ui/privatebus.h"
#include "trayprograms.h"

#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestTray : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void noHost();
    void xembedEarly();
    void xembedLateAndAgain();
    void sniEarly();
    void sniLateAndAgain();
    void sniWatcherWithoutHost();
    void sniBeforeXembed();
    void menu();
    void progress();
    void showsProgressInXembed();

private:
    bool click(int x, int y, int button = 1)
    {
        QProcess xdotool;
        xdotool.setProcessEnvironment(onDisplay(m_display->display()));
        xdotool.start(u"xdotool"_s, {u"mousemove"_s, QString::number(x), QString::number(y), u"click"_s,
                                     QString::number(button)});
        return xdotool.waitForFinished() && xdotool.exitCode() == 0;
    }
    // The host gives the icon its place a moment after it was told of: clicks until one arrives.
    bool clickArrives()
    {
        const qsizetype before = m_client->lines().count(u"toggle"_s);
        return QTest::qWaitFor([&] { return click(10, 10) && m_client->lines().count(u"toggle"_s) > before; },
                               kPatience);
    }
    bool sniShows()
    {
        if (!QTest::qWaitFor([this] { return m_panel->items().size() == 1; }, kPatience))
            return false;
        const qsizetype before = m_client->lines().count(u"toggle"_s);
        m_panel->activate(m_panel->items().first());
        return QTest::qWaitFor([&] { return m_client->lines().count(u"toggle"_s) == before + 1; }, kPatience);
    }

    std::unique_ptr<Xvfb> m_display;
    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<Trayer> m_trayer;
    std::unique_ptr<SniWatcher> m_panel;
    std::unique_ptr<TrayClient> m_client;
};

void TestTray::initTestCase()
{
    for (const QString &program : {u"trayer"_s, u"xdotool"_s}) {
        const QByteArray missing = program.toLatin1() + " is not installed (scripts/test installs it).";
        QVERIFY2(!QStandardPaths::findExecutable(program).isEmpty(), missing.constData());
    }
}

void TestTray::init()
{
    m_display = std::make_unique<Xvfb>();
    QVERIFY2(m_display->start(), qPrintable(m_display->errorString()));
    m_bus = std::make_unique<PrivateBus>();
    QVERIFY2(m_bus->start(), qPrintable(m_bus->errorString()));
    m_bus->putIntoEnvironment(); // this process itself uses no bus but by address
    m_client = std::make_unique<TrayClient>(m_display->display());
}

void TestTray::cleanup()
{
    m_client.reset();
    m_panel.reset();
    m_trayer.reset();
    m_bus.reset();
    m_display.reset();
}

void TestTray::noHost()
{
    QVERIFY(m_client->start());
    // A round through X and the bus later: nothing has been seen.
    QVERIFY(!m_client->screen().isNull());
    QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s);
    QVERIFY(m_client->said({}));
}

void TestTray::xembedEarly()
{
    m_trayer = std::make_unique<Trayer>(m_display->display());
    QVERIFY(m_trayer->started());
    QVERIFY(m_client->start());
    QVERIFY(m_client->said({u"there"_s}));
    QVERIFY(clickArrives());
}

void TestTray::xembedLateAndAgain()
{
    QVERIFY(m_client->start());
    QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s); // it has begun to wait
    for (int round = 0; round < 3; ++round) {
        m_trayer = std::make_unique<Trayer>(m_display->display());
        QVERIFY(m_trayer->started());
        QVERIFY(m_client->said({u"there"_s}));
        QVERIFY(clickArrives());
        QVERIFY(!m_client->screen().isNull()); // forgets what was said
        m_trayer.reset();
        QVERIFY(m_client->said({u"gone"_s}));
        QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s);
    }
}

void TestTray::sniEarly()
{
    m_panel = std::make_unique<SniWatcher>(m_bus->address());
    QVERIFY(m_panel->works());
    QVERIFY(m_client->start());
    QVERIFY(m_client->said({u"there"_s}));
    QVERIFY(sniShows());
}

void TestTray::sniLateAndAgain()
{
    QVERIFY(m_client->start());
    QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s);
    for (int round = 0; round < 3; ++round) {
        m_panel = std::make_unique<SniWatcher>(m_bus->address());
        QVERIFY(m_panel->works());
        QVERIFY(m_client->said({u"there"_s}));
        QVERIFY(sniShows());
        QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s);
        m_panel.reset();
        QVERIFY(m_client->said({u"gone"_s}));
        QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s);
    }
}

void TestTray::sniWatcherWithoutHost()
{
    m_panel = std::make_unique<SniWatcher>(m_bus->address(), false);
    QVERIFY(m_panel->works());
    QVERIFY(m_client->start());
    QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s);
    QVERIFY(m_client->said({}));
    m_panel->setHost(true);
    QVERIFY(m_client->said({u"there"_s}));
    QVERIFY(sniShows());
    QVERIFY(!m_client->screen().isNull());
    m_panel->setHost(false);
    QVERIFY(m_client->said({u"gone"_s}));
    m_panel->setHost(true);
    QVERIFY(m_client->said({u"gone"_s, u"there"_s}));
}

// Where both are there, the newer protocol is spoken, and the end of the other is of no concern.
void TestTray::sniBeforeXembed()
{
    m_trayer = std::make_unique<Trayer>(m_display->display());
    m_panel = std::make_unique<SniWatcher>(m_bus->address());
    QVERIFY(m_trayer->started() && m_panel->works());
    QVERIFY(m_client->start());
    QVERIFY(m_client->said({u"there"_s}));
    m_trayer.reset();
    QVERIFY(sniShows());
    QVERIFY(m_client->said({u"there"_s, u"toggle"_s}));
}

void TestTray::menu()
{
    ScriptedServer server([](const Request &) { return Answer::silence(); });
    m_panel = std::make_unique<SniWatcher>(m_bus->address());
    QVERIFY(m_client->setSettings(R"({"settings": {"rateLimit": 1000, "limited": true}})"));
    QVERIFY(m_client->start({server.url(u"/file"_s).toString()}));
    QTRY_COMPARE_WITH_TIMEOUT(m_panel->items().size(), 1, kPatience);
    QVERIFY(m_client->said({u"there"_s}));
    const QString item = m_panel->items().first();

    QStringList labels;
    for (const SniWatcher::Entry &entry : m_panel->menu(item))
        labels << (entry.separator ? u"-"_s : entry.label);
    QCOMPARE(labels, QStringList({u"Show Longhaul"_s, u"Add from clipboard"_s, u"-"_s, u"Pause all"_s,
                                  u"Resume all"_s, u"Limit speed"_s, u"-"_s, u"Quit"_s}));
    const auto entry = [&](const QString &label) {
        for (const SniWatcher::Entry &one : m_panel->menu(item)) {
            if (one.label == label)
                return one;
        }
        return SniWatcher::Entry();
    };
    QVERIFY(entry(u"Limit speed"_s).checkable && entry(u"Limit speed"_s).checked
            && entry(u"Limit speed"_s).enabled);
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"Pause all"_s).enabled && !entry(u"Resume all"_s).enabled, kPatience);
    m_panel->click(item, u"Pause all"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!entry(u"Pause all"_s).enabled && entry(u"Resume all"_s).enabled, kPatience);
    m_panel->click(item, u"Resume all"_s);
    QTRY_VERIFY_WITH_TIMEOUT(entry(u"Pause all"_s).enabled && !entry(u"Resume all"_s).enabled, kPatience);

    QVERIFY(!m_client->screen().isNull()); // forgets what was said
    m_panel->click(item, u"Limit speed"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!entry(u"Limit speed"_s).checked, kPatience);
    m_panel->click(item, u"Show Longhaul"_s);
    m_panel->click(item, u"Add from clipboard"_s);
    m_panel->click(item, u"Quit"_s);
    QVERIFY(m_client->said({u"limited 0"_s, u"show"_s, u"paste"_s, u"quit"_s}));
}

void TestTray::progress()
{
    const Content content = Content::random(1'000'000);
    ScriptedServer server([content](const Request &request) {
        Resource resource;
        resource.etag = "\"one\"";
        return Answer::honest(request, content, resource).stallBodyAfter(420'000);
    });
    m_panel = std::make_unique<SniWatcher>(m_bus->address());
    QVERIFY(m_client->start({server.url(u"/file"_s).toString()}));
    QTRY_COMPARE_WITH_TIMEOUT(m_panel->items().size(), 1, kPatience);
    const QString item = m_panel->items().first();
    const QRegularExpression form(u"^1 download\\(?s?\\)?, 42 %, .*/s$"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(form.match(m_panel->toolTip(item)).hasMatch(),
                              qPrintable(m_panel->toolTip(item)), kPatience);
    QVERIFY(m_panel->iconSizes(item).contains(QSize(22, 22)));
    QCOMPARE(m_client->ask(u"timers"_s), u"timers 1"_s);
    // No limit is set.
    for (const SniWatcher::Entry &entry : m_panel->menu(item))
        QCOMPARE(entry.enabled || entry.label != u"Limit speed"_s, entry.label != u"Limit speed"_s);
    server.releaseForGood();
    QTRY_COMPARE_WITH_TIMEOUT(m_panel->toolTip(item), u"Longhaul"_s, kPatience);
    QCOMPARE(m_client->ask(u"timers"_s), u"timers 0"_s);
}

// The green of the bar is on the screen while half of a file is there, and not when it is whole.
void TestTray::showsProgressInXembed()
{
    const Content content = Content::random(1'000'000);
    ScriptedServer server([content](const Request &request) {
        Resource resource;
        resource.etag = "\"one\"";
        return Answer::honest(request, content, resource).stallBodyAfter(500'000);
    });
    m_trayer = std::make_unique<Trayer>(m_display->display());
    QVERIFY(m_trayer->started());
    QVERIFY(m_client->start({server.url(u"/file"_s).toString()}));
    const auto green = [this] {
        const QImage screen = m_client->screen();
        int count = 0;
        for (int y = 0; y < std::min(64, screen.height()); ++y) {
            for (int x = 0; x < std::min(64, screen.width()); ++x) {
                const QColor colour = screen.pixelColor(x, y);
                count += colour.green() > 150 && colour.red() < 110 && colour.blue() < 140;
            }
        }
        return count;
    };
    QVERIFY(QTest::qWaitFor([&] { return green() > 10; }, kPatience));
    server.releaseForGood();
    QVERIFY(QTest::qWaitFor([&] { return green() == 0; }, kPatience));
}

QTEST_GUILESS_MAIN(TestTray)
#include "tst_tray.moc"
