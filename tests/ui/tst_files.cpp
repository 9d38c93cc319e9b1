// SPDX-License-Identifier: MIT
// What the window does with finished files, with a desktop, a trash and a file manager of the test's own.
#include "desktopservices.h"
#include "privatebus.h"
#include "ui/files.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace longhaul;
using namespace Qt::StringLiterals;

// What is asked to open something.
class Desktop : public QObject
{
    Q_OBJECT

public:
    Desktop() { QDesktopServices::setUrlHandler(u"file"_s, this, "open"); }
    ~Desktop() override { QDesktopServices::unsetUrlHandler(u"file"_s); }
    QStringList opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened << url.toLocalFile(); }
};

class TestFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void opens();
    void openOfNothing();
    void showsInFolder();
    void showsFolderWithoutFileManager();
    void showsFolderOfNothing();
    void trashes();
    void trashOfNothing();
    void trashThatCannotBe();
    void freeSpace();
    void dyingOwner();

private:
    QString make(const QString &name) const
    {
        const QString path = m_home->filePath(name);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write("content") == 7 ? path : QString();
    }

    PrivateBus m_bus;
    std::unique_ptr<QTemporaryDir> m_home;
    QThreadPool m_threads;
};

void TestFiles::initTestCase()
{
    QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
    m_bus.putIntoEnvironment();
}

void TestFiles::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("HOME", QFile::encodeName(m_home->path()));
    qputenv("XDG_DATA_HOME", QFile::encodeName(m_home->filePath(u"data"_s)));
}

void TestFiles::opens()
{
    Desktop desktop;
    Files files(m_threads);
    const QString path = make(u"a b%20c#d?.iso"_s);
    files.open(path);
    QTRY_COMPARE(desktop.opened, QStringList{path});
}

void TestFiles::openOfNothing()
{
    Desktop desktop;
    Files files(m_threads);
    QSignalSpy failed(&files, &Files::failed);
    files.open(m_home->filePath(u"gone\u202E.iso"_s));
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().toString(),
             u"gone.iso is not there any more. It was moved or deleted."_s);
    QVERIFY(desktop.opened.isEmpty());
}

void TestFiles::showsInFolder()
{
    FileManager manager(m_bus.address());
    QVERIFY(manager.works());
    Desktop desktop;
    Files files(m_threads);
    const QString path = make(u"a b#c.iso"_s);
    files.showInFolder(path);
    QTRY_COMPARE(manager.shown, QStringList{u"file://"_s + m_home->path() + u"/a%20b%23c.iso"_s});
    QVERIFY(desktop.opened.isEmpty());
}

void TestFiles::showsFolderWithoutFileManager()
{
    Desktop desktop;
    Files files(m_threads);
    files.showInFolder(make(u"a.iso"_s));
    QTRY_COMPARE(desktop.opened, QStringList{m_home->path()});
}

void TestFiles::showsFolderOfNothing()
{
    Desktop desktop;
    Files files(m_threads);
    QSignalSpy failed(&files, &Files::failed);
    files.showInFolder(m_home->filePath(u"gone.iso"_s)); // its folder is still of use
    QTRY_COMPARE(desktop.opened, QStringList{m_home->path()});
    QCOMPARE(failed.size(), 0);
    files.showInFolder(u"/no-such-folder/gone.iso"_s);
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().toString(),
             u"The folder /no-such-folder is not there any more. It was moved or deleted."_s);
}

void TestFiles::trashes()
{
    Files files(m_threads);
    QSignalSpy trashed(&files, &Files::trashed);
    const QString path = make(u"old.iso"_s);
    files.trash(path);
    QVERIFY(trashed.wait());
    QCOMPARE(trashed.first().first().toString(), path);
    QVERIFY(!QFile::exists(path));
    QVERIFY(QFile::exists(m_home->filePath(u"data/Trash/files/old.iso"_s)));
}

void TestFiles::trashOfNothing()
{
    Files files(m_threads);
    QSignalSpy failed(&files, &Files::failed);
    files.trash(m_home->filePath(u"gone.iso"_s));
    QVERIFY(failed.wait());
    QVERIFY(failed.first().first().toString().contains(u"is not there any more"_s));
}

void TestFiles::trashThatCannotBe()
{
    Files files(m_threads);
    QSignalSpy failed(&files, &Files::failed);
    QSignalSpy trashed(&files, &Files::trashed);
    const QString path = make(u"old.iso"_s);
    const QString inTheWay = make(u"data"_s); // where the folder of the trash should be
    files.trash(path);
    QVERIFY(failed.wait());
    QVERIFY(QFile::remove(inTheWay));
    QVERIFY(QDir(m_home->path()).mkdir(u"data"_s));
    make(u"data/Trash"_s);
    files.trash(path);
    QVERIFY(failed.wait());
    for (const QList<QVariant> &sentence : failed)
        QVERIFY(sentence.first().toString().contains(u"old.iso could not be moved to the trash"_s));
    QVERIFY(QFile::exists(path));
    QCOMPARE(trashed.size(), 0);
}

void TestFiles::freeSpace()
{
    Files files(m_threads);
    QSignalSpy space(&files, &Files::freeSpace);
    const QString folder = m_home->filePath(u"not/made/yet"_s);
    files.askFreeSpace(folder);
    files.askFreeSpace(folder); // still being asked
    QVERIFY(space.wait());
    QCOMPARE(space.first().at(0).toString(), folder);
    const qint64 bytes = space.first().at(1).toLongLong();
    const qint64 now = QStorageInfo(m_home->path()).bytesAvailable();
    QVERIFY(bytes > 0 && qAbs(bytes - now) < now / 2 + (1 << 30));
    files.askFreeSpace(folder);
    QVERIFY(space.wait());
    QCOMPARE(space.size(), 2);
}

void TestFiles::dyingOwner()
{
    const QString path = make(u"old.iso"_s);
    {
        Files files(m_threads);
        files.trash(path);
        files.askFreeSpace(path);
    }
    m_threads.waitForDone();
    QVERIFY(!QFile::exists(path)); // it was asked for
    QCoreApplication::processEvents();
}

QTEST_MAIN(TestFiles)
#include "tst_files.moc"
