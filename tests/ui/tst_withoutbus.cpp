// SPDX-License-Identifier: MIT
// A desktop without any bus: everything quietly does without, and at once.
#include "desktopfixture.h"
#include "ui/dbuscall.h"
#include "ui/files.h"
#include "ui/notifier.h"
#include "ui/sleepinhibitor.h"
#include "ui/trayhost.h"

#include <QDesktopServices>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestWithoutBus : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void open(const QUrl &url) { m_opened << url.toLocalFile(); }

private Q_SLOTS:
    void initTestCase();
    void notifier();
    void sleepInhibitor();
    void showInFolder();
    void trayHost();
    void noneIsLaunched();

private:
    QStringList m_opened;
};

void TestWithoutBus::initTestCase()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no-such-folder/bus");
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/no-such-folder/bus");
}

void TestWithoutBus::notifier()
{
    DesktopFixture place;
    QVERIFY(place.opened);
    Notifier notifier(place.manager, place.preferences);
    QSignalSpy message(&notifier, &Notifier::message);
    notifier.say(u"Title"_s, u"Text"_s);
    QVERIFY(message.wait());
    QCOMPARE(message.first(), QVariantList({u"Title"_s, u"Text"_s}));
    TaskReport report;
    report.filePath = u"/d/one"_s;
    Q_EMIT place.manager.completed(report);
    QVERIFY(message.wait());
    QCOMPARE(message.last().first().toString(), u"one has been downloaded"_s);
}

void TestWithoutBus::sleepInhibitor()
{
    test::ScriptedServer server(stallingHandler(200'000, 100'000));
    DesktopFixture place;
    QVERIFY(place.opened);
    const SleepInhibitor inhibitor(place.manager, place.preferences);
    const DownloadTask *task = place.manager.add(server.url(u"/file"_s));
    QTRY_COMPARE(task->state(), TaskState::Running);
    server.releaseForGood();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(!inhibitor.isInhibiting());
}

void TestWithoutBus::showInFolder()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(u"a.iso"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QDesktopServices::setUrlHandler(u"file"_s, this, "open");
    QThreadPool threads;
    Files files(threads);
    files.showInFolder(file.fileName());
    QTRY_COMPARE(m_opened, QStringList{dir.path()});
    QDesktopServices::unsetUrlHandler(u"file"_s);
}

void TestWithoutBus::trayHost()
{
    const TrayHost host;
    QCoreApplication::processEvents();
    QVERIFY(!host.isThere());
}

void TestWithoutBus::noneIsLaunched()
{
    const QTemporaryDir runtime;
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // now libdbus would run dbus-launch
    QVERIFY(connectionTo(Bus::Session).name().isEmpty());
    QVERIFY(!connectionTo(Bus::Session).isConnected());
}

QTEST_MAIN(TestWithoutBus)
#include "tst_withoutbus.moc"
