// SPDX-License-Identifier: MIT
// The real window, driven by the names of its parts as a user drives it: its list and its life.
#include "windowfixture.h"

#include "ui/detailspane.h"
#include "ui/messagebar.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QCheckBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void emptyInvites();
    void sentencesWrap();
    void countsAreNeverCut();
    void clearButton();
    void pausesAndResumes();
    void rowButton();
    void spaceOnMany();
    void removesAndUndoes();
    void removesFinished();
    void filtersAndSearches();
    void sorts();
    void limits();
    void settingsAreNotWritten();
    void status();
    void unseen();
    void closesToTray();
    void closesUnreachable();
    void remembers();
    void everythingIsNamed();

private:
    std::unique_ptr<WindowFixture> f;
};

void TestMainWindow::init()
{
    QGuiApplication::clipboard()->clear();
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
}

void TestMainWindow::emptyInvites()
{
    auto *empty = f->part<QWidget>(u"emptyState"_s);
    QVERIFY(empty->isVisible());
    QVERIFY(!f->list()->isVisible());
    f->manager().add(f->server.url(u"/a.bin"_s));
    QTRY_VERIFY(f->list()->isVisible());
    QVERIFY(!empty->isVisible());
}

void TestMainWindow::countsAreNeverCut()
{
    auto *groups = f->part<GroupBar>(u"groupBar"_s);
    GroupCounts counts;
    counts.tasks.fill(1'234'567);
    counts.unseen.fill(12'345);
    groups->setCounts(counts);
    QVERIFY(groups->sizeHintForColumn(0) > groups->fontMetrics().averageCharWidth() * 20);
    QTRY_VERIFY(groups->viewport()->width() >= groups->sizeHintForColumn(0));
    QFont larger = f->window->font();
    larger.setPointSizeF(larger.pointSizeF() * 1.5);
    f->window->setFont(larger);
    groups->setFont(larger);
    groups->setCounts({});
    groups->setCounts(counts);
    QTRY_VERIFY(groups->viewport()->width() >= groups->sizeHintForColumn(0));
}

// In a narrow window all of a sentence can still be read.
void TestMainWindow::sentencesWrap()
{
    auto *empty = f->part<QWidget>(u"emptyState"_s);
    auto *details = f->part<QLabel>(u"emptyDetails"_s);
    const auto labels = empty->findChildren<QLabel *>() + QList<QLabel *>{details};
    QCOMPARE(labels.size(), 4);
    f->window->resize(f->window->minimumSizeHint().width(), f->window->height());
    const auto fits = [](const QLabel *label) {
        return label->height() >= label->heightForWidth(label->width());
    };
    QTRY_VERIFY(std::all_of(labels.begin(), labels.end(), fits));
    const auto isBroken = [](const QLabel *label) {
        return label->wordWrap() && label->height() > label->fontMetrics().height() * 3 / 2;
    };
    QVERIFY(std::any_of(labels.begin(), labels.end(), isBroken)); // else nothing was tried
}

void TestMainWindow::clearButton()
{
    auto *search = f->part<QLineEdit>(u"searchEdit"_s);
    QCOMPARE(search->findChildren<QToolButton *>().size(), 1); // the glass
    QTest::keyClicks(search, u"ab"_s);
    const auto buttons = search->findChildren<QToolButton *>();
    QCOMPARE(buttons.size(), 2);
    QVERIFY(buttons.constLast()->isVisible());
    QTest::mouseClick(buttons.constLast(), Qt::LeftButton);
    QCOMPARE(search->text(), QString());
    QTest::keyClicks(search, u"c"_s);
    QCOMPARE(search->findChildren<QToolButton *>(), buttons);
}

void TestMainWindow::pausesAndResumes()
{
    DownloadTask *task = f->addSlow();
    QVERIFY(task);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"pause"_s));
    QVERIFY(!f->isEnabled(u"resume"_s));
    f->part<QAbstractButton>(u"pauseButton"_s)->click();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_VERIFY(f->isEnabled(u"resume"_s) && !f->isEnabled(u"pause"_s));
    f->server.releaseForGood();
    f->part<QAbstractButton>(u"resumeButton"_s)->click();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(theFile().matchesFile(task->resumeData().targetPath));
    QVERIFY(task->report().bytesReused > 0);
}

void TestMainWindow::rowButton()
{
    DownloadTask *task = f->addSlow();
    QVERIFY(task);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    f->list()->setFocus();
    QTest::keyClick(f->list(), Qt::Key_Space);
    QTRY_COMPARE(task->state(), TaskState::Paused);
}

// All that run are paused first; then all are resumed.
void TestMainWindow::spaceOnMany()
{
    DownloadTask *running = f->addSlow();
    QVERIFY(running);
    DownloadTask *paused = f->put(f->record(u"b.iso"_s, TaskState::Paused, 10, 100));
    DownloadTask *done = f->put(f->record(u"c.iso"_s, TaskState::Completed, 100, 100));
    QTRY_COMPARE(f->rows(), 3);
    f->list()->select(paused);
    f->list()->selectAll();
    QTest::keyClick(f->list(), Qt::Key_Space);
    QTRY_COMPARE(running->state(), TaskState::Paused);
    QCOMPARE(paused->state(), TaskState::Paused);
    QTest::keyClick(f->list(), Qt::Key_Space);
    QTRY_VERIFY(!isAtRest(running->state()));
    QVERIFY(paused->state() != TaskState::Paused);
    QCOMPARE(done->state(), TaskState::Completed);
}

void TestMainWindow::removesAndUndoes()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    f->put(f->record(u"b.iso"_s, TaskState::Failed, 20, 100));
    QTRY_COMPARE(f->rows(), 2);
    f->list()->selectAll();
    QTRY_VERIFY(f->isEnabled(u"remove"_s));
    f->part<QAbstractButton>(u"removeButton"_s)->click();
    QTRY_COMPARE(f->rows(), 0);
    auto *bar = f->part<MessageBar>(u"messageBar"_s);
    QTRY_VERIFY(bar->isVisible());
    f->part<QToolButton>(u"messageButton"_s)->click();
    QTRY_COMPARE(f->rows(), 2);
    QVERIFY(!bar->isVisible());
    const DownloadTask *back = f->manager().find(QUrl(u"http://h.example/b.iso"_s));
    QVERIFY(back && back->state() == TaskState::Failed && back->resumeData().received.size() == 20);
    QTRY_VERIFY(!f->isEnabled(u"undo"_s));
}

void TestMainWindow::removesFinished()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    f->put(f->record(u"b.iso"_s, TaskState::Completed, 100, 100));
    QTRY_VERIFY(f->isEnabled(u"removeFinished"_s));
    f->trigger(u"removeFinished"_s);
    QTRY_COMPARE(f->names(), QStringList{u"a.iso"_s});
    QTRY_VERIFY(!f->isEnabled(u"removeFinished"_s));
}

void TestMainWindow::filtersAndSearches()
{
    f->put(f->record(u"apple.iso"_s, TaskState::Paused, 10, 100));
    f->put(f->record(u"banana.iso"_s, TaskState::Completed, 100, 100));
    f->put(f->record(u"cherry.iso"_s, TaskState::Failed, 10, 100));
    QTRY_COMPARE(f->rows(), 3);
    auto *groups = f->part<GroupBar>(u"groupBar"_s);
    QTRY_COMPARE(groups->item(int(TaskGroup::All))->text(), u"All (3)"_s);
    QCOMPARE(groups->item(int(TaskGroup::Finished))->text(), u"Finished (1)"_s);
    groups->setGroup(TaskGroup::Failed);
    QCOMPARE(f->names(), QStringList{u"cherry.iso"_s});
    groups->setGroup(TaskGroup::Active);
    QTRY_VERIFY(f->part<QWidget>(u"emptyState"_s)->isVisible());
    groups->setGroup(TaskGroup::All);
    f->trigger(u"find"_s);
    auto *search = f->part<QLineEdit>(u"searchEdit"_s);
    QTest::keyClicks(search, u"BAN"_s);
    QCOMPARE(f->names(), QStringList{u"banana.iso"_s});
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(search->text(), QString());
    QTRY_COMPARE(f->rows(), 3);
}

void TestMainWindow::sorts()
{
    for (const auto &[name, total] : {std::pair{u"b.iso"_s, 300}, {u"a.iso"_s, 100}, {u"c.iso"_s, 200}})
        f->put(f->record(name, TaskState::Paused, 10, total));
    QTRY_COMPARE(f->rows(), 3);
    f->list()->sortByColumn(int(Column::Name), Qt::AscendingOrder);
    QCOMPARE(f->names(), (QStringList{u"a.iso"_s, u"b.iso"_s, u"c.iso"_s}));
    f->list()->sortByColumn(int(Column::Size), Qt::DescendingOrder);
    QCOMPARE(f->names(), (QStringList{u"b.iso"_s, u"c.iso"_s, u"a.iso"_s}));
}

void TestMainWindow::limits()
{
    Settings settings = f->preferences.settings();
    settings.rateLimit = 500'000;
    settings.limited = false;
    f->preferences.setSettings(settings);
    auto *button = f->part<QToolButton>(u"limitButton"_s);
    QTRY_VERIFY(!button->isChecked());
    button->click();
    QCOMPARE(f->manager().settings().effectiveRateLimit(), 500'000);
    QVERIFY(button->isChecked());
    button->click();
    QCOMPARE(f->manager().settings().effectiveRateLimit(), 0);
    settings.rateLimit = 0;
    f->preferences.setSettings(settings);
    button->click(); // nothing to switch on: the place to set it is shown
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"settingsDialog"_s));
    QVERIFY(f->part<QCheckBox>(u"limitedCheck"_s)->isVisible());
    QVERIFY(!button->isChecked());
}

// Settings that cannot be written: said once, also when it happened before there was a window.
void TestMainWindow::settingsAreNotWritten()
{
    const QString blocked = f->folder() + u"/settings.json.new"_s;
    QTRY_VERIFY(!QFile::exists(blocked)); // the writes so far are done
    QVERIFY(QDir().mkpath(blocked + u"/x"_s));
    const auto *bar = f->part<MessageBar>(u"messageBar"_s);
    QVERIFY(!bar->isVisible());
    Settings settings = f->preferences.settings();
    settings.retries = 1;
    QSignalSpy told(&f->preferences, &Preferences::notWritten);
    f->preferences.setSettings(settings);
    QTRY_VERIFY(bar->isVisible());
    const QString sentence = f->part<QLabel>(u"messageText"_s)->text();
    QVERIFY2(sentence.startsWith(u"The settings cannot be saved"_s), qPrintable(sentence));
    f->part<QToolButton>(u"messageCloseButton"_s)->click();
    settings.retries = 2;
    f->preferences.setSettings(settings);
    f->threads().waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(told.size(), 1);
    QVERIFY(!bar->isVisible());
    f->window.reset();
    f->makeWindow();
    QVERIFY(f->part<MessageBar>(u"messageBar"_s)->isVisible());
}

void TestMainWindow::status()
{
    QCOMPARE(f->part<QLabel>(u"totalRate"_s)->text(), u"Idle"_s);
    QTRY_VERIFY(!f->part<QLabel>(u"freeSpace"_s)->text().isEmpty());
    QVERIFY(f->addSlow());
    QTRY_VERIFY(f->part<QLabel>(u"totalRate"_s)->text() != u"Idle"_s);
    QTRY_VERIFY(f->part<QLabel>(u"totalCounts"_s)->text().startsWith(u"1 of 1"_s));
}

void TestMainWindow::unseen()
{
    ResumeData data = f->record(u"b.iso"_s, TaskState::Completed, 100, 100);
    data.unseen = true;
    DownloadTask *task = f->put(data);
    auto *groups = f->part<GroupBar>(u"groupBar"_s);
    QTRY_COMPARE(groups->item(int(TaskGroup::Finished))->text(), u"Finished (1, 1 new)"_s);
    f->list()->select(task);
    QTRY_VERIFY(!task->resumeData().unseen);
    QTRY_COMPARE(groups->item(int(TaskGroup::Finished))->text(), u"Finished (1)"_s);
}

void TestMainWindow::closesToTray()
{
    QSignalSpy hidden(f->window.get(), &MainWindow::wentToBackground);
    QSignalSpy quit(f->window.get(), &MainWindow::quitWanted);
    f->window->setReachable(true);
    f->window->close();
    QVERIFY(!f->window->isVisible());
    QCOMPARE(hidden.takeFirst().at(0).toBool(), true);
    f->window->showAndRaise();
    QVERIFY(f->window->isVisible());
    f->window->close();
    QCOMPARE(hidden.takeFirst().at(0).toBool(), false); // said once
    QCOMPARE(quit.size(), 0);
}

void TestMainWindow::closesUnreachable()
{
    QSignalSpy quit(f->window.get(), &MainWindow::quitWanted);
    DownloadTask *task = f->addSlow();
    QVERIFY(task);
    f->window->close();
    QVERIFY(f->window->isVisible()); // never a window that cannot be reached
    QCOMPARE(quit.size(), 0);
    f->part<QPushButton>(u"minimiseButton"_s)->click();
    QTRY_VERIFY(f->window->isMinimized());
    f->window->showAndRaise();
    QTRY_VERIFY(!f->window->findChild<QMessageBox *>(u"quitDialog"_s));
    f->window->close();
    f->part<QPushButton>(u"quitButton"_s)->click();
    QCOMPARE(quit.size(), 1);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_VERIFY(!f->window->findChild<QMessageBox *>(u"quitDialog"_s));
    f->window->close(); // nothing is under way: it just goes
    QCOMPARE(quit.size(), 2);
}

void TestMainWindow::remembers()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->trigger(u"showDetails"_s);
    QVERIFY(!f->part<DetailsPane>(u"detailsPane"_s)->isVisible());
    f->list()->header()->setSectionHidden(int(Column::Host), false);
    f->list()->sortByColumn(int(Column::Size), Qt::DescendingOrder);
    f->window->resize(1000, 600);
    f->window->setReachable(true);
    f->window->close();
    f->window.reset();
    f->makeWindow();
    QTRY_COMPARE(f->rows(), 1);
    QVERIFY(!f->part<DetailsPane>(u"detailsPane"_s)->isVisible());
    QVERIFY(!f->list()->header()->isSectionHidden(int(Column::Host)));
    QCOMPARE(f->list()->header()->sortIndicatorSection(), int(Column::Size));
    QCOMPARE(f->window->size(), QSize(1000, 600));
}

// For those who hear the window rather than see it.
void TestMainWindow::everythingIsNamed()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->list()->selectAll();
    QStringList nameless;
    const QList<QWidget *> widgets = f->window->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (interface && interface->text(QAccessible::Name).isEmpty()
            && interface->role() != QAccessible::Pane && interface->role() != QAccessible::Client)
            nameless << QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    }
    QCOMPARE(nameless, QStringList());
    // Qt's own button in the search field, which is no stop for the keyboard.
    auto *search = f->part<QLineEdit>(u"searchEdit"_s);
    search->setText(u"a"_s);
    const auto buttons = search->findChildren<QToolButton *>();
    QCOMPARE(buttons.size(), 2); // the glass and the clear button
    for (QToolButton *button : buttons)
        QVERIFY(!QAccessible::queryAccessibleInterface(button)->text(QAccessible::Name).isEmpty());
}

int main(int argc, char *argv[]) { return runInOwnHome<TestMainWindow>(argc, argv); }

#include "tst_mainwindow.moc"
