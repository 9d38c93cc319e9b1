// SPDX-License-Identifier: MIT
#include "detailsworld.h"

#include "ui/piecespage.h"
#include "ui/speedgraph.h"

#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>

using namespace longhaul;
using namespace longhaul::detailsworld;

class TestDetailsPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void empty();
    void pieces();
    void completedPieces();
    void speed();
    void onlyTheVisiblePageIsFilled();
    void hiddenCostsNothing();
    void removedIsLetGo();
    void managerGoesFirst();
    void readdressedIsShown();
    void everyControlHasAName();
};

void TestDetailsPane::empty()
{
    World world;
    QCOMPARE(world.pane->task(), nullptr);
    for (int i = 0; i < world.pane->count(); ++i) {
        world.pane->setCurrentIndex(i);
        QVERIFY(world.isEmptyPage());
        QVERIFY(!world.pane->tabText(i).isEmpty());
    }
    const QStringList names{s("generalPage"), s("piecesPage"), s("speedPage"), s("logPage")};
    for (int i = 0; i < names.size(); ++i)
        QCOMPARE(world.pane->widget(i)->objectName(), names.at(i));
}

void TestDetailsPane::pieces()
{
    World world;
    world.pane->setCurrentIndex(PiecesTab);
    DownloadTask *task = begin(world);
    QVERIFY(comesToItsMiddle(task));
    auto *sentence = world.child<QLabel>("piecesSentence");
    auto *map = world.child<PiecesMap>("piecesMap");
    QTRY_COMPARE(sentence->text(), s("976.6 KiB of 2.9 MiB received in 1 piece(s). 1 piece(s) in flight."));
    QCOMPARE(map->accessibleDescription(), sentence->text());
    task->pause();
    QTRY_COMPARE(sentence->text(), s("976.6 KiB of 2.9 MiB received in 1 piece(s)."));
    QCOMPARE(piecesOf(*task).received, RangeSet({0, 1'000'000}));
}

// Whether or not its record still tells where the bytes came to lie.
void TestDetailsPane::completedPieces()
{
    World world(0);
    ResumeData data = record("http://h/a.zip");
    data.state = TaskState::Completed;
    data.entity.total = 1000;
    data.targetPath = s("/d/a.zip");
    data.completed = data.added = QDateTime(QDate(2024, 3, 5), QTime(10, 0), Qt::UTC);
    DownloadTask *task = world.manager->putBack(data);
    QCOMPARE(piecesOf(*task).received, RangeSet({0, 1000}));
    QCOMPARE(piecesOf(*task).durable, RangeSet({0, 1000}));
    world.pane->setTask(task);
    QCOMPARE(world.value("progress"), s("Complete"));
    QVERIFY(!world.value("completed").isEmpty());
    QCOMPARE(world.value("resumable"), QString());
    QVERIFY(!world.child<QPushButton>("newAddressButton")->isVisible());
}

void TestDetailsPane::speed()
{
    World world;
    world.pane->setCurrentIndex(Speed);
    DownloadTask *idle = world.manager->putBack(record("http://h/a.zip"));
    world.pane->setTask(idle);
    auto *graph = world.child<SpeedGraph>("speedGraph");
    QVERIFY(!graph->isVisible());
    auto *sentence = world.child<QLabel>("speedSentence");
    QVERIFY(!sentence->text().isEmpty());
    const QString nothing = sentence->text();

    DownloadTask *task = begin(world);
    world.pane->setTask(idle); // it is recorded although another one is shown
    QVERIFY(comesToItsMiddle(task));
    QSignalSpy ticks(task, &DownloadTask::progressChanged);
    QVERIFY(ticks.wait());
    QCOMPARE(sentence->text(), nothing);
    world.pane->setTask(task);
    QVERIFY(graph->isVisible());
    QVERIFY2(sentence->text().contains(s(" now, ")), qPrintable(sentence->text()));
    QTRY_COMPARE(graph->accessibleDescription(), sentence->text());
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QVERIFY(graph->isVisible()); // what was is still told
    QVERIFY2(!sentence->text().contains(s("now")), qPrintable(sentence->text()));
}

void TestDetailsPane::onlyTheVisiblePageIsFilled()
{
    World world(0);
    DownloadTask *task = world.manager->putBack(record("http://h/a.zip"));
    world.pane->setTask(task);
    QVERIFY(!world.child<QWidget>("piecesMap")); // not even made
    world.pane->setCurrentIndex(PiecesTab);
    QVERIFY(world.child<QWidget>("piecesMap"));
    TaskOptions options;
    options.headers = {{"X-One", "1"}};
    task->setOptions(options);
    QCOMPARE(world.child("headersValue")->toPlainText(), QString());
    world.pane->setCurrentIndex(General);
    QCOMPARE(world.value("headers"), s("X-One"));
}

void TestDetailsPane::hiddenCostsNothing()
{
    World world;
    world.pane->hide();
    DownloadTask *task = begin(world);
    QVERIFY(comesToItsMiddle(task));
    QVERIFY(!world.child("progressValue"));
    world.pane->show();
    QTRY_COMPARE(world.value("progress"), s("976.6 KiB of 2.9 MiB (33 %)"));
    world.pane->hide();
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QCOMPARE(world.child("noticeHeadline")->toPlainText(), QString());
    world.pane->show();
    QCOMPARE(world.child("noticeHeadline")->toPlainText(), s("Paused."));
    const QList<QTimer *> timers = world.pane->findChildren<QTimer *>();
    for (const QTimer *timer : timers)
        QVERIFY2(!timer->isActive(), qPrintable(timer->parent()->objectName()));
}

void TestDetailsPane::removedIsLetGo()
{
    World world;
    DownloadTask *task = begin(world);
    QVERIFY(comesToItsMiddle(task));
    QVERIFY(!world.isEmptyPage());
    DownloadTask *other = world.manager->putBack(record("http://h/a.zip"));
    world.manager->remove(other, false);
    QCOMPARE(world.pane->task(), task);
    world.manager->remove(task, true);
    QCOMPARE(world.pane->task(), nullptr);
    for (int i = 0; i < world.pane->count(); ++i) {
        world.pane->setCurrentIndex(i);
        QVERIFY(world.isEmptyPage());
    }
}

void TestDetailsPane::managerGoesFirst()
{
    World world(0);
    world.pane->setTask(world.manager->putBack(record("http://h/a.zip")));
    world.manager.reset();
    QCOMPARE(world.pane->task(), nullptr);
    QVERIFY(world.isEmptyPage());
}

void TestDetailsPane::readdressedIsShown()
{
    World world(0);
    ResumeData data = record("http://h/a.zip");
    data.state = TaskState::Queued;
    DownloadTask *task = world.manager->putBack(data);
    world.pane->setTask(task);
    QVERIFY(!world.child<QWidget>("taskNotice")->isVisible());
    world.network.online = false; // changes what is to be shown without a word of the task
    Q_EMIT world.manager->readdressed(task, task->url());
    QCOMPARE(world.child("noticeHeadline")->toPlainText(), s("There is no network."));
}

void TestDetailsPane::everyControlHasAName()
{
    World world(0);
    world.pane->setTask(world.manager->putBack(record("http://h/a.zip")));
    for (int i = 0; i < world.pane->count(); ++i) {
        world.pane->setCurrentIndex(i);
        const QList<QWidget *> widgets = world.pane->currentWidget()->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (widget->focusPolicy() == Qt::NoFocus)
                continue;
            QVERIFY(!widget->objectName().isEmpty());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
}

QTEST_MAIN(TestDetailsPane)
#include "tst_detailspane.moc"
