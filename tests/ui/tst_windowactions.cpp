// SPDX-License-Identifier: MIT
// What can be done from the menus of the real window and has no test among its own kind.
#include "desktopservices.h"
#include "privatebus.h"
#include "windowfixture.h"

#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestWindowActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { f.reset(); }

    void startsOver();
    void showsInFolder();
    void pausesAndResumesAll();
    void showsGroups();
    void about();

private:
    PrivateBus m_bus;
    std::unique_ptr<WindowFixture> f;
};

void TestWindowActions::initTestCase()
{
    QVERIFY2(m_bus.start(), qPrintable(m_bus.errorString()));
    m_bus.putIntoEnvironment();
}

void TestWindowActions::init()
{
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
}

// All of it is fetched again, though half of it is there.
void TestWindowActions::startsOver()
{
    DownloadTask *task = f->addSlow();
    QVERIFY(task);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"pause"_s));
    QVERIFY(!f->isEnabled(u"startOver"_s)); // not under its feet
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_VERIFY(f->isEnabled(u"startOver"_s));
    QVERIFY(task->resumeData().received.size() > 0);
    f->server.releaseForGood();
    f->trigger(u"startOver"_s);
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(task->report().bytesReused, 0);
    QVERIFY(theFile().matchesFile(task->resumeData().targetPath));
}

// The finished file, the part of another; and nothing while several are selected.
void TestWindowActions::showsInFolder()
{
    FileManager manager(m_bus.address());
    QVERIFY(manager.works());
    DownloadTask *done = f->manager().add(f->server.url(u"/done.bin"_s));
    QTRY_COMPARE(done->state(), TaskState::Completed);
    DownloadTask *half = f->addSlow();
    QVERIFY(half);
    QTRY_COMPARE(f->rows(), 2);
    QStringList expected;
    for (DownloadTask *task : {done, half}) {
        f->list()->select(task);
        QTRY_VERIFY(f->isEnabled(u"showInFolder"_s));
        f->trigger(u"showInFolder"_s);
        const ResumeData &data = task->resumeData();
        expected << QUrl::fromLocalFile(task == done ? data.targetPath : data.partPath).toString();
        QTRY_COMPARE(manager.shown, expected);
    }
    QVERIFY(expected[0].endsWith(u"/done.bin"_s) && expected[0] != expected[1]);
    f->list()->selectAll();
    QTRY_VERIFY(!f->isEnabled(u"showInFolder"_s));
}

void TestWindowActions::pausesAndResumesAll()
{
    DownloadTask *first = f->addSlow(u"/slow1.bin"_s);
    DownloadTask *second = f->addSlow(u"/slow2.bin"_s);
    QVERIFY(first && second);
    const DownloadTask *failed = f->put(f->record(u"c.iso"_s, TaskState::Failed, 10, 100));
    f->list()->clearSelection(); // they are for all, whatever is selected
    f->trigger(u"pauseAll"_s);
    QTRY_COMPARE(first->state(), TaskState::Paused);
    QTRY_COMPARE(second->state(), TaskState::Paused);
    f->server.releaseForGood();
    f->trigger(u"resumeAll"_s);
    QTRY_COMPARE(first->state(), TaskState::Completed);
    QTRY_COMPARE(second->state(), TaskState::Completed);
    QCOMPARE(failed->state(), TaskState::Failed);
}

void TestWindowActions::showsGroups()
{
    const auto groups = [this] { return f->part<GroupBar>(u"groupBar"_s); };
    const auto action = [this] { return f->part<QAction>(u"showGroupsAction"_s); };
    QVERIFY(groups()->isVisible() && action()->isChecked());
    f->trigger(u"showGroups"_s);
    QVERIFY(!groups()->isVisible() && !action()->isChecked());
    f->window->setReachable(true);
    f->window->close();
    f->window.reset();
    f->makeWindow(); // it remembers
    QVERIFY(!groups()->isVisible() && !action()->isChecked());
    f->trigger(u"showGroups"_s);
    QVERIFY(groups()->isVisible() && action()->isChecked());
}

void TestWindowActions::about()
{
    f->trigger(u"about"_s);
    auto *box = f->part<QMessageBox>(u"aboutDialog"_s);
    QVERIFY(box->isVisible()); // and this line is reached
    QVERIFY(box->windowModality() != Qt::ApplicationModal);
    QVERIFY2(box->text().contains(QStringLiteral(LONGHAUL_VERSION)), qPrintable(box->text()));
    QVERIFY2(box->informativeText().contains(u"MIT"_s), qPrintable(box->informativeText()));
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(!box->isVisible());
    QTRY_VERIFY(!f->window->findChild<QMessageBox *>(u"aboutDialog"_s));
}

int main(int argc, char *argv[]) { return runInOwnHome<TestWindowActions>(argc, argv); }

#include "tst_windowactions.moc"
