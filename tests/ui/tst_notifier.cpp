// SPDX-License-Identifier: MIT
// What is told of downloads that have ended, to a notification service of the test's own.
#include "desktopfixture.h"
#include "desktopservices.h"
#include "privatebus.h"
#include "ui/notifier.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void completed();
    void failed();
    void severalAreOne();
    void summaryGrows();
    void closedSummaryIsNotReplaced();
    void actions();
    void strangersAreNotBelieved();
    void hostileNames();
    void plainService();
    void off();
    void quiet();
    void quietWhileGathering();
    void say();
    void noService();
    void idle();

private:
    static TaskReport done(const QString &path, qint64 size = 1536)
    {
        TaskReport report;
        report.url = QUrl(u"http://h.test/a"_s);
        report.filePath = path;
        report.size = size;
        report.duration = std::chrono::seconds(123);
        return report;
    }
    static TaskReport broken(const QString &url, ErrorCode code = ErrorCode::NotFound)
    {
        TaskReport report;
        report.url = QUrl(url);
        report.error = Error{code, 404, {}, {}};
        return report;
    }
    void end(const TaskReport &report)
    {
        if (report.error)
            Q_EMIT m_place->manager.failed(report);
        else
            Q_EMIT m_place->manager.completed(report);
    }

    PrivateBus m_bus;
    std::unique_ptr<DesktopFixture> m_place;
    std::unique_ptr<NotificationService> m_service;
    std::unique_ptr<Notifier> m_notifier;
};

void TestNotifier::initTestCase()
{
    QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
    m_bus.putIntoEnvironment();
}

void TestNotifier::init()
{
    m_place = std::make_unique<DesktopFixture>();
    QVERIFY(m_place->opened);
    m_service = std::make_unique<NotificationService>(m_bus.address());
    QVERIFY(m_service->works());
    m_notifier = std::make_unique<Notifier>(m_place->manager, m_place->preferences);
    auto *gathering = m_notifier->findChild<QTimer *>();
    QVERIFY(gathering && gathering->intervalAsDuration() == std::chrono::seconds(1));
    gathering->setInterval(100); // the tests need not wait so long
}

void TestNotifier::cleanup()
{
    m_notifier.reset();
    m_service.reset();
    m_place.reset();
}

void TestNotifier::completed()
{
    end(done(u"/home/me/debian 12.iso"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    const Told &told = m_service->told.first();
    QCOMPARE(told.replaces, 0U);
    QCOMPARE(told.title, u"debian 12.iso has been downloaded"_s);
    QCOMPARE(told.body, u"1.5 KiB in 2:03"_s);
    QCOMPARE(told.actions, QStringList({u"default"_s, u"Show Longhaul"_s, u"open"_s, u"Open"_s,
                                        u"show-in-folder"_s, u"Show in folder"_s}));
    QCOMPARE(told.hints.value(u"desktop-entry"_s).toString(), u"longhaul"_s);
    QCOMPARE(told.hints.value(u"category"_s).toString(), u"transfer.complete"_s);
}

void TestNotifier::failed()
{
    end(broken(u"http://h.test/path/debian.iso?token=1"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    const Told &told = m_service->told.first();
    QVERIFY2(told.title.contains(u"could not be downloaded"_s), qPrintable(told.title));
    const Error error{ErrorCode::NotFound, 404, {}, {}};
    QCOMPARE(told.body, message(error) + u'\n' + advice(error.code));
    QCOMPARE(told.actions, QStringList({u"default"_s, u"Show Longhaul"_s}));
    QCOMPARE(told.hints.value(u"category"_s).toString(), u"transfer.error"_s);
}

void TestNotifier::severalAreOne()
{
    for (int i = 0; i < 12; ++i)
        end(done(u"/d/file%1"_s.arg(i)));
    end(broken(u"http://h.test/a"_s));
    end(broken(u"http://h.test/b"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    const Told &told = m_service->told.first();
    QVERIFY2(told.title.startsWith(u"12 download"_s) && told.title.endsWith(u", 2 failed"_s),
             qPrintable(told.title));
    QCOMPARE(told.body.count(u'\n'), 3);
    QVERIFY2(told.body.endsWith(u"and 11 more"_s), qPrintable(told.body));
    QCOMPARE(told.actions, QStringList({u"default"_s, u"Show Longhaul"_s}));
    QCOMPARE(told.hints.value(u"category"_s).toString(), u"transfer.error"_s);
}

void TestNotifier::summaryGrows()
{
    end(done(u"/d/one"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    end(done(u"/d/two"_s));
    QTRY_COMPARE(m_service->told.size(), 2);
    QCOMPARE(m_service->told.at(1).replaces, 41U);
    QVERIFY(m_service->told.at(1).title.startsWith(u"2 download"_s));
    QCOMPARE(m_service->told.at(1).body, u"one\ntwo"_s);
    end(done(u"/d/three"_s));
    QTRY_COMPARE(m_service->told.size(), 3);
    QCOMPARE(m_service->told.at(2).replaces, 41U);
    QVERIFY(m_service->told.at(2).title.startsWith(u"3 download"_s));
    // It is no longer about the one file.
    QSignalSpy open(m_notifier.get(), &Notifier::openWanted);
    QSignalSpy show(m_notifier.get(), &Notifier::showWanted);
    m_service->act(41, u"open"_s);
    m_service->act(41, u"default"_s);
    QVERIFY(show.wait());
    QCOMPARE(open.size(), 0);
}

void TestNotifier::closedSummaryIsNotReplaced()
{
    end(done(u"/d/one"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    m_notifier->say(u"Title"_s, u"Text"_s);
    QTRY_COMPARE(m_service->told.size(), 2);
    // Closed, and something behind it that can be seen: then both have come.
    QSignalSpy show(m_notifier.get(), &Notifier::showWanted);
    m_service->close(41);
    m_service->act(42, u"default"_s);
    QVERIFY(show.wait());
    end(done(u"/d/two"_s));
    QTRY_COMPARE(m_service->told.size(), 3);
    QCOMPARE(m_service->told.at(2).replaces, 0U);
    QCOMPARE(m_service->told.at(2).title, u"two has been downloaded"_s);
}

void TestNotifier::actions()
{
    QSignalSpy open(m_notifier.get(), &Notifier::openWanted);
    QSignalSpy folder(m_notifier.get(), &Notifier::showInFolderWanted);
    QSignalSpy show(m_notifier.get(), &Notifier::showWanted);
    end(done(u"/d/one.iso"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    m_service->act(7, u"open"_s); // another program's
    m_service->act(41, u"open"_s);
    QVERIFY(open.wait());
    QCOMPARE(open, QList<QVariantList>{{u"/d/one.iso"_s}});
    m_service->act(41, u"show-in-folder"_s);
    QVERIFY(folder.wait());
    QCOMPARE(folder, QList<QVariantList>{{u"/d/one.iso"_s}});
    m_service->act(41, u"default"_s);
    QVERIFY(show.wait());
    m_service->close(41);
    m_service->act(41, u"open"_s); // closed before: not ours any more
    end(done(u"/d/two.iso"_s));
    QTRY_COMPARE(m_service->told.size(), 2);
    QCOMPARE(open.size(), 1);
    QCOMPARE(show.size(), 1);
}

void TestNotifier::strangersAreNotBelieved()
{
    QSignalSpy open(m_notifier.get(), &Notifier::openWanted);
    QSignalSpy show(m_notifier.get(), &Notifier::showWanted);
    end(done(u"/d/one.sh"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    {
        const QDBusConnection stranger = QDBusConnection::connectToBus(m_bus.address(), u"stranger"_s);
        NotificationService::send(stranger, u"ActionInvoked"_s, {41U, u"open"_s});
        // Its messages come before those of the service from now on: the bus keeps the order once it has
        // answered.
        QDBusMessage ping = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/"_s,
                                                           u"org.freedesktop.DBus.Peer"_s, u"Ping"_s);
        stranger.call(ping);
        QDBusConnection::disconnectFromBus(u"stranger"_s);
    }
    m_service->act(41, u"default"_s);
    QVERIFY(show.wait());
    QCOMPARE(open.size(), 0);
}

void TestNotifier::hostileNames()
{
    end(done(u"/d/a<b>&amp;\u202Egpj.exe\nline <img src=x>😀.iso"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    // Titles are never markup; nothing turns the direction or breaks the line.
    QCOMPARE(m_service->told.at(0).title, u"a<b>&amp;gpj.exe line <img src=x>😀.iso has been downloaded"_s);
    end(done(u"/d/<b>%1<b> & \u2066x"_s));
    QTRY_COMPARE(m_service->told.size(), 2);
    QCOMPARE(m_service->told.at(1).body,
             u"a&lt;b&gt;&amp;amp;gpj.exe line &lt;img src=x&gt;😀.iso\n&lt;b&gt;%1&lt;b&gt; &amp; x"_s);
}

void TestNotifier::plainService()
{
    m_service->capabilities = QStringList{u"body"_s}; // neither markup nor buttons
    end(done(u"/d/<b>one & all"_s));
    end(done(u"/d/two"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    QCOMPARE(m_service->told.at(0).body, u"<b>one & all\ntwo"_s);
    QVERIFY(m_service->told.at(0).actions.isEmpty());
}

void TestNotifier::off()
{
    m_place->set(&Settings::notifications, false);
    end(done(u"/d/one"_s));
    m_place->set(&Settings::notifications, true);
    end(done(u"/d/two"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    QCOMPARE(m_service->told.at(0).title, u"two has been downloaded"_s);
}

void TestNotifier::quiet()
{
    m_notifier->setQuiet(true);
    end(done(u"/d/one"_s));
    m_notifier->setQuiet(false);
    end(done(u"/d/two"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    QCOMPARE(m_service->told.at(0).title, u"two has been downloaded"_s);
}

void TestNotifier::quietWhileGathering()
{
    end(done(u"/d/one"_s));
    m_notifier->setQuiet(true); // the user is looking by now
    m_notifier->setQuiet(false);
    end(done(u"/d/two"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    QCOMPARE(m_service->told.at(0).title, u"two has been downloaded"_s);
}

void TestNotifier::say()
{
    m_place->set(&Settings::notifications, false);
    m_notifier->setQuiet(true);
    QSignalSpy show(m_notifier.get(), &Notifier::showWanted);
    m_notifier->say(u"Longhaul goes on"_s, u"In the background & so on."_s);
    QTRY_COMPARE(m_service->told.size(), 1);
    QCOMPARE(m_service->told.at(0).title, u"Longhaul goes on"_s);
    QCOMPARE(m_service->told.at(0).body, u"In the background &amp; so on."_s);
    m_service->act(41, u"default"_s);
    QVERIFY(show.wait());
}

void TestNotifier::noService()
{
    m_service.reset();
    QSignalSpy message(m_notifier.get(), &Notifier::message);
    end(done(u"/d/one & all"_s));
    QVERIFY(message.wait());
    QCOMPARE(message.first().at(0).toString(), u"one & all has been downloaded"_s);
    QCOMPARE(message.first().at(1).toString(), u"1.5 KiB in 2:03"_s);
    // It comes back: the next one is shown there.
    m_service = std::make_unique<NotificationService>(m_bus.address());
    QVERIFY(m_service->works());
    end(done(u"/d/two"_s));
    QTRY_COMPARE(m_service->told.size(), 1);
    QCOMPARE(m_service->told.at(0).replaces, 0U);
}

void TestNotifier::idle()
{
    const auto timers = [this] {
        const QList<QTimer *> all = m_notifier->findChildren<QTimer *>();
        return std::count_if(all.begin(), all.end(), [](const QTimer *timer) { return timer->isActive(); });
    };
    QCOMPARE(timers(), 0);
    end(done(u"/d/one"_s));
    QCOMPARE(timers(), 1); // it gathers
    QTRY_COMPARE(m_service->told.size(), 1);
    QCOMPARE(timers(), 0);
}

QTEST_MAIN(TestNotifier)
#include "tst_notifier.moc"
