// SPDX-License-Identifier: MIT
// What the program tells its user while the window is away, and where its answers lead: with a notification
// service, a panel, a file manager and an xdg-open of the test's own.
#include "controlhome.h"
#include "screen.h"
#include "sniwatcher.h"
#include "tests/ui/desktopservices.h"

#include <QFile>
#include <QTest>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestNotifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void completedInTheTray();
    void failedBeforeAnyWindow();
    void quietInFront();
    void toldWhenMinimised();
    void trayIsToldOfOnce();
    void balloonWithoutService();

private:
    bool makePanel()
    {
        m_panel.reset(); // its name on the bus is free then
        m_panel = std::make_unique<SniWatcher>(m_screen->busAddress());
        return m_panel->works();
    }
    // Its window, once that is in front and can be closed to the tray.
    QString windowOf(const Program &program)
    {
        const QString window = m_screen->windowOf(program.pid());
        const auto isInFront = [&] { return m_screen->active() == window; };
        return !window.isEmpty() && m_panel->isKnown() && QTest::qWaitFor(isInFront, kPatience) ? window
                                                                                                : QString();
    }
    bool close(const Program &program, const QString &window)
    {
        return m_screen->press(window, u"alt+F4"_s) && m_screen->shows(program.pid(), 0);
    }
    // Waits until it has been told exactly these things.
    bool said(const QStringList &titles)
    {
        QStringList all;
        const auto same = [&] {
            all.clear();
            for (const Told &told : m_service->told)
                all << told.title;
            return all == titles;
        };
        const bool did = QTest::qWaitFor(same, kPatience);
        if (!did)
            qWarning() << "It said" << all;
        return did;
    }
    QStringList opened() const
    {
        QFile file(m_programs.filePath(u"opened"_s));
        const QByteArray lines = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return QString::fromUtf8(lines).split(u'\n', Qt::SkipEmptyParts);
    }

    QTemporaryDir m_programs;
    std::unique_ptr<Screen> m_screen;
    std::unique_ptr<SniWatcher> m_panel;
    std::unique_ptr<NotificationService> m_service;
};

// An xdg-open that writes down what it is to open.
void TestNotifications::initTestCase()
{
    QFile script(m_programs.filePath(u"xdg-open"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$(dirname \"$0\")/opened\"\n");
    QVERIFY(script.setPermissions(script.permissions() | QFileDevice::ExeOwner));
    qputenv("PATH", QFile::encodeName(m_programs.path()) + ':' + qgetenv("PATH"));
}

void TestNotifications::init()
{
    m_screen = std::make_unique<Screen>();
    QVERIFY2(m_screen->start(), qPrintable(m_screen->errorString()));
    m_service = std::make_unique<NotificationService>(m_screen->busAddress());
    QVERIFY(m_service->works());
    QFile::remove(m_programs.filePath(u"opened"_s));
}

void TestNotifications::cleanup()
{
    m_panel.reset();
    m_service.reset();
    m_screen.reset();
}

void TestNotifications::completedInTheTray()
{
    ScriptedServer http(stalling(Content::random(kSize)));
    const QUrl url = http.url(u"/a.bin"_s);
    FileManager manager(m_screen->busAddress());
    QVERIFY(manager.works() && makePanel());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = windowOf(program);
    QVERIFY2(!window.isEmpty(), program.account().constData());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(http.waitForHolding(1));
    QVERIFY(close(program, window));
    QVERIFY(said({u"Longhaul keeps running"_s}));
    http.releaseForGood();
    QVERIFY(said({u"Longhaul keeps running"_s, u"a.bin has been downloaded"_s}));
    QCOMPARE(place.listed(url)["unseen"_L1], QJsonValue(true));

    const quint32 id = m_service->told.constLast().id;
    const QString path = place.files() + u"/a.bin"_s;
    const QStringList asUrl{QUrl::fromLocalFile(path).toString()};
    m_service->act(id, u"open"_s);
    QTRY_COMPARE_WITH_TIMEOUT(opened(), asUrl, kPatience);
    m_service->act(id, u"show-in-folder"_s);
    QTRY_COMPARE_WITH_TIMEOUT(manager.shown, asUrl, kPatience);
    QVERIFY(QFile::remove(path));
    m_service->act(id, u"open"_s);
    QVERIFY(said({u"Longhaul keeps running"_s, u"a.bin has been downloaded"_s, u"Longhaul"_s}));
    QCOMPARE(m_service->told.constLast().body, u"a.bin is not there any more. It was moved or deleted."_s);
    QCOMPARE(opened(), asUrl);

    QCOMPARE(m_screen->windows(program.pid()), QStringList());
    m_service->act(id, u"default"_s);
    QVERIFY(m_screen->shows(program.pid(), 1));
    QVERIFY(m_screen->press(window, u"ctrl+a"_s)); // selects it
    QTRY_COMPARE_WITH_TIMEOUT(place.listed(url)["unseen"_L1], QJsonValue(false), kPatience);
}

void TestNotifications::failedBeforeAnyWindow()
{
    ScriptedServer http([](const Request &) { return Answer::status(404); });
    const QUrl url = http.url(u"/a.bin"_s);
    QVERIFY(makePanel());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({u"--background"_s})));
    QVERIFY(m_panel->isKnown());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(said({u"a.bin could not be downloaded"_s}));
    QCOMPARE(place.listed(url)["unseen"_L1], QJsonValue(true));
    QCOMPARE(m_screen->windows(program.pid()), QStringList());
    m_service->act(m_service->told.constFirst().id, u"default"_s);
    QVERIFY(m_screen->shows(program.pid(), 1));
}

// What ends before the user's eyes is neither told nor marked.
void TestNotifications::quietInFront()
{
    ScriptedServer http(honest(Content::random(kSize)));
    const QUrl seen = http.url(u"/seen.bin"_s);
    const QUrl unseen = http.url(u"/unseen.bin"_s);
    QVERIFY(makePanel());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = windowOf(program);
    QVERIFY2(!window.isEmpty(), program.account().constData());
    QCOMPARE(place.run(place.adding(seen)).exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(place.stateOf(seen), u"completed"_s, kPatience);
    QVERIFY(close(program, window));
    QVERIFY(said({u"Longhaul keeps running"_s}));
    QCOMPARE(place.run(place.adding(unseen)).exitCode, 0);
    // Of the two together it would be a summary.
    QVERIFY(said({u"Longhaul keeps running"_s, u"unseen.bin has been downloaded"_s}));
    QCOMPARE(place.listed(seen)["unseen"_L1], QJsonValue(false));
    QCOMPARE(place.listed(unseen)["unseen"_L1], QJsonValue(true));
}

// A minimised window is not before the user's eyes, from the first moment.
void TestNotifications::toldWhenMinimised()
{
    ScriptedServer http(honest(Content::random(kSize)));
    const QUrl url = http.url(u"/a.bin"_s);
    QVERIFY(makePanel());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = windowOf(program);
    QVERIFY2(!window.isEmpty(), program.account().constData());
    QVERIFY(m_screen->minimise(window));
    QVERIFY(m_screen->shows(program.pid(), 0));
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QVERIFY(said({u"a.bin has been downloaded"_s}));
    QCOMPARE(place.listed(url)["unseen"_L1], QJsonValue(true));
}

// At the first time the window is closed to it; not at the next, nor after the next start.
void TestNotifications::trayIsToldOfOnce()
{
    ScriptedServer http(honest(Content::random(kSize)));
    Place place;
    QStringList expected{u"Longhaul keeps running"_s};
    for (const QString &file : {u"one.bin"_s, u"two.bin"_s}) {
        QVERIFY(makePanel());
        Program program(place.home());
        QVERIFY(program.start(place.words({})));
        const QString window = windowOf(program);
        QVERIFY2(!window.isEmpty(), program.account().constData());
        QVERIFY(close(program, window));
        m_panel->activate(m_panel->items().first());
        QVERIFY(m_screen->shows(program.pid(), 1));
        QVERIFY(close(program, window));
        // What was to be said at the closing would have been said before this.
        QCOMPARE(place.run(place.adding(http.url(u'/' + file))).exitCode, 0);
        expected << file + u" has been downloaded"_s;
        QVERIFY(said(expected));
        program.sendSignal(SIGTERM);
        QVERIFY(program.waitForEnd(kPatience));
    }
}

// Then the tray has to do.
void TestNotifications::balloonWithoutService()
{
    m_service.reset();
    Trayer trayer(m_screen->display());
    QVERIFY(trayer.started());
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = m_screen->windowOf(program.pid());
    QVERIFY(QTest::qWaitFor([this] { return m_screen->hasTrayIcon(); }, kPatience));
    QVERIFY(!m_screen->hasBalloon());
    QVERIFY(close(program, window));
    QVERIFY(QTest::qWaitFor([this] { return m_screen->hasBalloon(); }, kPatience));
}

QTEST_GUILESS_MAIN(TestNotifications)
#include "tst_notifications.moc"
