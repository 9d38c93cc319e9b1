// SPDX-License-Identifier: MIT
// Whether the machine is kept awake, by services of the test's own.
#include "desktopfixture.h"
#include "privatebus.h"
#include "ui/sleepinhibitor.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusUnixFileDescriptor>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <unistd.h>

using namespace longhaul;
using namespace Qt::StringLiterals;

// What the three have in common.
class Service : public QObject, protected QDBusContext
{
    Q_OBJECT

public:
    QList<uint> cookies; // granted and not given back
    int asked = 0;
    int refusals = 0;  // still to come
    QVariantList last; // the request

protected:
    uint grant(const QVariantList &request)
    {
        ++asked;
        last = request;
        if (refusals > 0) {
            --refusals;
            sendErrorReply(QDBusError::AccessDenied, u"No."_s);
            return 0;
        }
        cookies << uint(asked);
        return uint(asked);
    }
};

class Gnome : public Service
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.SessionManager")
public Q_SLOTS:
    uint Inhibit(const QString &app, uint window, const QString &reason, uint flags)
    {
        return grant({app, window, reason, flags});
    }
    void Uninhibit(uint cookie) { cookies.removeOne(cookie); }
};

class Power : public Service
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.PowerManagement.Inhibit")
public Q_SLOTS:
    uint Inhibit(const QString &app, const QString &reason) { return grant({app, reason}); }
    void UnInhibit(uint cookie) { cookies.removeOne(cookie); }
};

// It knows that a lock is let go by the end of the pipe whose other end it has given away.
class Login : public Service
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
public:
    ~Login() override
    {
        if (m_end >= 0)
            ::close(m_end);
    }
    bool isHeld() const
    {
        char byte;
        return m_end >= 0 && ::read(m_end, &byte, 1) < 0; // would block: the other end is open
    }
public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why,
                                    const QString &mode)
    {
        if (grant({what, who, why, mode}) == 0)
            return {};
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
            return {};
        m_end = ends[0];
        QDBusUnixFileDescriptor lock;
        lock.giveFileDescriptor(ends[1]);
        return lock;
    }

private:
    int m_end = -1;
};

// The services that are there for one test.
class Machine
{
public:
    explicit Machine(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, u"machine"_s))
    {}
    ~Machine() { QDBusConnection::disconnectFromBus(u"machine"_s); }
    bool has(Service &service, const QString &name, const QString &path)
    {
        return m_bus.registerObject(path, &service, QDBusConnection::ExportAllSlots)
               && m_bus.registerService(name);
    }
    bool hasGnome() { return has(gnome, u"org.gnome.SessionManager"_s, u"/org/gnome/SessionManager"_s); }
    bool hasLogin() { return has(login, u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s); }
    bool hasPower()
    {
        return has(power, u"org.freedesktop.PowerManagement"_s,
                   u"/org/freedesktop/PowerManagement/Inhibit"_s);
    }

    Gnome gnome;
    Login login;
    Power power;

private:
    QDBusConnection m_bus;
};

class TestSleepInhibitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void gnome();
    void login();
    void power();
    void gnomeIsAskedFirst();
    void refusedThenNext();
    void refusedByAll();
    void refusedWhileTheNextBegins();
    void nobody();
    void setting();
    void takenBackBeforeTheAnswer();
    void goes();

private:
    DownloadTask *begin()
    {
        DownloadTask *task = m_place->manager.add(m_server->url(u"/file"_s));
        return QTest::qWaitFor([task] { return task->state() == TaskState::Running; }) ? task : nullptr;
    }

    PrivateBus m_bus;
    std::unique_ptr<test::ScriptedServer> m_server;
    std::unique_ptr<DesktopFixture> m_place;
    std::unique_ptr<Machine> m_machine;
    std::unique_ptr<SleepInhibitor> m_inhibitor;
};

void TestSleepInhibitor::initTestCase()
{
    QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
    m_bus.putIntoEnvironment();
}

void TestSleepInhibitor::init()
{
    m_server = std::make_unique<test::ScriptedServer>(stallingHandler(200'000, 100'000));
    m_place = std::make_unique<DesktopFixture>();
    QVERIFY(m_place->opened);
    m_machine = std::make_unique<Machine>(m_bus.address());
    m_inhibitor = std::make_unique<SleepInhibitor>(m_place->manager, m_place->preferences);
}

void TestSleepInhibitor::cleanup()
{
    m_inhibitor.reset();
    m_machine.reset();
    m_place.reset();
    m_server.reset();
}

void TestSleepInhibitor::gnome()
{
    QVERIFY(m_machine->hasGnome());
    QVERIFY(!m_inhibitor->isInhibiting());
    DownloadTask *task = begin();
    QVERIFY(task);
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QCOMPARE(m_machine->gnome.cookies.size(), 1);
    QCOMPARE(m_machine->gnome.last, QVariantList({u"longhaul"_s, 0U, u"Files are being downloaded"_s, 4U}));
    task->pause();
    QTRY_VERIFY(m_machine->gnome.cookies.isEmpty());
    QVERIFY(!m_inhibitor->isInhibiting());
    // Once for several; until the last of them ends.
    task->resume();
    DownloadTask *other = m_place->manager.add(m_server->url(u"/other"_s));
    QTRY_COMPARE(other->state(), TaskState::Running);
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QCOMPARE(m_machine->gnome.asked, 2);
    m_server->releaseForGood();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QTRY_COMPARE(other->state(), TaskState::Completed);
    QTRY_VERIFY(m_machine->gnome.cookies.isEmpty());
    QCOMPARE(m_machine->gnome.asked, 2);
}

void TestSleepInhibitor::login()
{
    QVERIFY(m_machine->hasLogin());
    DownloadTask *task = begin();
    QVERIFY(task);
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QVERIFY(m_machine->login.isHeld());
    QCOMPARE(m_machine->login.last,
             QVariantList({u"sleep"_s, u"Longhaul"_s, u"Files are being downloaded"_s, u"block"_s}));
    task->pause();
    QTRY_VERIFY(!m_machine->login.isHeld());
    QVERIFY(!m_inhibitor->isInhibiting());
}

void TestSleepInhibitor::power()
{
    QVERIFY(m_machine->hasPower());
    DownloadTask *task = begin();
    QVERIFY(task);
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QCOMPARE(m_machine->power.last, QVariantList({u"Longhaul"_s, u"Files are being downloaded"_s}));
    task->pause();
    QTRY_VERIFY(m_machine->power.cookies.isEmpty());
}

void TestSleepInhibitor::gnomeIsAskedFirst()
{
    QVERIFY(m_machine->hasPower() && m_machine->hasLogin() && m_machine->hasGnome());
    QVERIFY(begin());
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QCOMPARE(m_machine->gnome.asked, 1);
    QCOMPARE(m_machine->login.asked + m_machine->power.asked, 0);
}

void TestSleepInhibitor::refusedThenNext()
{
    QVERIFY(m_machine->hasPower() && m_machine->hasLogin() && m_machine->hasGnome());
    m_machine->gnome.refusals = 1;
    m_machine->login.refusals = 1;
    QVERIFY(begin());
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QCOMPARE(m_machine->gnome.asked, 1);
    QCOMPARE(m_machine->login.asked, 1);
    QCOMPARE(m_machine->power.cookies.size(), 1);
}

void TestSleepInhibitor::refusedByAll()
{
    QVERIFY(m_machine->hasPower());
    m_machine->power.refusals = 1;
    DownloadTask *task = begin();
    QVERIFY(task);
    QTRY_COMPARE(m_machine->power.asked, 1);
    QVERIFY(!m_inhibitor->isInhibiting());
    // The next download asks again.
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QCoreApplication::sendPostedEvents(); // one that begins in the same turn is no change
    m_place->manager.add(m_server->url(u"/other"_s));
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QCOMPARE(m_machine->power.asked, 2);
}

// The refusal of the first request is on its way when the next one is wanted.
void TestSleepInhibitor::refusedWhileTheNextBegins()
{
    QVERIFY(m_machine->hasPower());
    m_machine->power.refusals = 1;
    m_place->set(&Settings::inhibitSleep, false);
    QVERIFY(begin());
    QTRY_COMPARE(m_server->holding(), 1);
    for (const bool wanted : {true, false, true}) {
        m_place->set(&Settings::inhibitSleep, wanted);
        QCoreApplication::sendPostedEvents(m_inhibitor.get());
    }
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    QCOMPARE(m_machine->power.asked, 2);
}

void TestSleepInhibitor::nobody()
{
    DownloadTask *task = begin();
    QVERIFY(task);
    m_server->releaseForGood();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(!m_inhibitor->isInhibiting());
}

void TestSleepInhibitor::setting()
{
    QVERIFY(m_machine->hasGnome());
    m_place->set(&Settings::inhibitSleep, false);
    QVERIFY(begin());
    QTRY_COMPARE(m_server->holding(), 1);
    QCOMPARE(m_machine->gnome.asked, 0);
    m_place->set(&Settings::inhibitSleep, true);
    QTRY_COMPARE(m_machine->gnome.cookies.size(), 1);
    m_place->set(&Settings::inhibitSleep, false);
    QTRY_VERIFY(m_machine->gnome.cookies.isEmpty());
    m_place->set(&Settings::inhibitSleep, true);
    QTRY_VERIFY(m_inhibitor->isInhibiting());
}

void TestSleepInhibitor::takenBackBeforeTheAnswer()
{
    QVERIFY(m_machine->hasGnome());
    QVERIFY(begin());
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    m_place->set(&Settings::inhibitSleep, false);
    QTRY_VERIFY(m_machine->gnome.cookies.isEmpty());
    // On and off within two turns of the event loop: the answer to the first comes after the second.
    const int asked = m_machine->gnome.asked;
    m_place->set(&Settings::inhibitSleep, true);
    QCoreApplication::sendPostedEvents(m_inhibitor.get());
    m_place->set(&Settings::inhibitSleep, false);
    QCoreApplication::sendPostedEvents(m_inhibitor.get());
    QTRY_COMPARE(m_machine->gnome.asked, asked + 1);
    QTRY_VERIFY(m_machine->gnome.cookies.isEmpty());
    QVERIFY(!m_inhibitor->isInhibiting());
}

void TestSleepInhibitor::goes()
{
    QVERIFY(m_machine->hasGnome());
    QVERIFY(begin());
    QTRY_VERIFY(m_inhibitor->isInhibiting());
    m_inhibitor.reset();
    QTRY_VERIFY(m_machine->gnome.cookies.isEmpty());
}

QTEST_MAIN(TestSleepInhibitor)
#include "tst_sleepinhibitor.moc"
