// SPDX-License-Identifier: MIT
#include "tests/support/scriptedserver.h"

#include "ui/detailspane.h"
#include "ui/logpage.h"
#include "ui/piecespage.h"
#include "ui/speedgraph.h"
#include "ui/valuetext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

using namespace longhaul;
using namespace longhaul::test;

namespace {

enum Page { General, PiecesTab, Speed, Log };

QString s(const char *text) { return QString::fromUtf8(text); }

const Content &content()
{
    static const Content bytes = Content::random(3'000'000);
    return bytes;
}

// "/go" leads to "/file.iso", which stands still in its middle; "/gone" is not there.
Answer answer(const Request &request)
{
    if (request.path == "/go")
        return Answer::redirect(302, "/file.iso?token=xyz");
    if (request.path == "/gone")
        return Answer::status(404);
    Resource resource;
    resource.etag = "\"<b>v1</b>\"";
    resource.lastModified = "Tue, 05 Mar 2024 10:00:00 GMT";
    resource.contentType = "application/x-iso9660-image";
    return Answer::honest(request, content(), resource).stallBodyAfter(1'000'000);
}

class Offline : public NetworkPolicy
{
public:
    bool online = true;
    bool isOnline() const override { return online; }
};

struct World {
    explicit World(int downloadsAtOnce = 3)
    {
        settings.folder = folder.path();
        settings.downloadsAtOnce = downloadsAtOnce;
        settings.retries = 0;
        store = std::make_unique<ResumeStore>(folder.filePath(s("store")), threads);
        opened = store->open() == ResumeStore::OpenResult::Opened;
        manager = std::make_unique<DownloadManager>(*store, network, threads, settings);
        pane = std::make_unique<DetailsPane>(*manager);
        pane->resize(700, 400);
        pane->show();
    }

    template <typename Widget = ValueText>
    Widget *child(const char *name) const
    {
        return pane->findChild<Widget *>(s(name));
    }
    // What a row of the general page says; empty when it is not shown.
    QString value(const char *key) const
    {
        const auto *value = child(qPrintable(QLatin1String(key) + s("Value")));
        return value && value->isVisible() ? value->toPlainText() : QString();
    }
    // What stands there for the eye: all texts and what assistive technology is told.
    QString everything() const
    {
        QString text;
        const QList<QWidget *> widgets = pane->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            text += widget->accessibleName() + widget->accessibleDescription() + widget->toolTip();
            if (const auto *value = qobject_cast<const QTextEdit *>(widget))
                text += value->toPlainText();
            else if (const auto *lines = qobject_cast<const QPlainTextEdit *>(widget))
                text += lines->toPlainText();
            else if (const auto *label = qobject_cast<const QLabel *>(widget))
                text += label->text();
            text += u'\n';
        }
        return text;
    }
    bool isEmptyPage() const
    {
        const auto *page = static_cast<DetailsPage *>(pane->currentWidget());
        return page->currentWidget()->objectName() == s("emptyDetails");
    }

    QTemporaryDir folder;
    QThreadPool threads;
    Offline network;
    Settings settings;
    ScriptedServer server{answer};
    std::unique_ptr<ResumeStore> store;
    bool opened = false;
    std::unique_ptr<DownloadManager> manager;
    std::unique_ptr<DetailsPane> pane;
};

// A download in its middle, with everything that can be said of one.
DownloadTask *begin(World &world)
{
    QUrl url = world.server.url(s("/go?id=1"));
    url.setUserName(s("me"));
    url.setPassword(s("hunter2"));
    TaskOptions options;
    options.headers = {{"Referer", "http://hunter3/"}, {"Cookie", "id=hunter4"}};
    options.digest = ExpectedDigest::parse(s("md5:00112233445566778899aabbccddeeff"));
    options.allowMetered = false;
    DownloadTask *task = world.manager->add(url, options);
    world.pane->setTask(task);
    return task;
}

bool comesToItsMiddle(const DownloadTask *task)
{
    return QTest::qWaitFor([task] { return task->progress().onDisk >= 1'000'000; }, 20'000);
}

ResumeData record(const char *url)
{
    ResumeData data;
    data.url = QUrl(s(url));
    data.state = TaskState::Paused;
    return data;
}

QList<LogLine> lines(int from, int to)
{
    QList<LogLine> result;
    for (int i = from; i < to; ++i)
        result.append({QDateTime(QDate(2024, 3, 5), QTime(10, 0), Qt::UTC).addSecs(i), s("Line %1.").arg(i)});
    return result;
}

} // namespace

class TestDetailsPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void empty();
    void generalOfARunningOne();
    void secretsAreNotShown();
    void pausedOffersANewAddress();
    void failedSaysWhyAndWhatToDo();
    void waitingSaysWhen();
    void hostileTextIsPlain();
    void valuesAreCopiedByKeyboard();
    void selectionStays();
    void nothingIsCut();
    void pieces();
    void completedPieces();
    void speed();
    void onlyTheVisiblePageIsFilled();
    void hiddenCostsNothing();
    void removedIsLetGo();
    void managerGoesFirst();
    void readdressedIsShown();
    void newLogLines_data();
    void newLogLines();
    void logStaysWhereItIsRead();
    void logOfATask();
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

void TestDetailsPane::generalOfARunningOne()
{
    World world;
    DownloadTask *task = begin(world);
    QVERIFY(comesToItsMiddle(task));
    QTRY_COMPARE(world.value("progress"), s("976.6 KiB of 2.9 MiB (33 %)"));
    QCOMPARE(world.value("address"), s("http://me@127.0.0.1:%1/go?id=1").arg(world.server.port()));
    QVERIFY(world.value("finalAddress").endsWith(s("/file.iso?token=xyz")));
    QCOMPARE(world.value("earlierAddresses"), QString());
    QCOMPARE(world.value("file"), s("file.iso"));
    QCOMPARE(world.value("folder"), world.folder.path());
    QCOMPARE(world.value("part"), s("file.iso.part"));
    QCOMPARE(world.value("size"), s("2.9 MiB (3000000 bytes)"));
    QCOMPARE(world.value("connections"), s("1"));
    QVERIFY(world.value("speed").contains(s("/s")));
    QCOMPARE(world.value("resumable"), s("Yes: the server vouches for the bytes"));
    QCOMPARE(world.value("version"),
             s("The server marks this version with: ETag \"<b>v1</b>\", Last-Modified "
               "Tue, 05 Mar 2024 10:00:00 GMT"));
    QCOMPARE(world.value("mediaType"), s("application/x-iso9660-image"));
    QCOMPARE(world.value("checksum"), s("md5:00112233445566778899aabbccddeeff"));
    QCOMPARE(world.value("metered"), s("It runs on unmetered networks only."));
    QVERIFY(!world.value("added").isEmpty());
    QCOMPARE(world.value("completed"), QString());
    QVERIFY(!world.child<QWidget>("taskNotice")->isVisible());
}

void TestDetailsPane::secretsAreNotShown()
{
    World world;
    DownloadTask *task = begin(world);
    QVERIFY(comesToItsMiddle(task));
    QTRY_VERIFY(world.value("headers").contains(s("Cookie")));
    QVERIFY(world.value("headers").contains(s("Referer")));
    for (int i = 0; i < world.pane->count(); ++i)
        world.pane->setCurrentIndex(i);
    const QString all = world.everything();
    QVERIFY(all.contains(s("file.iso"))); // it sees what is there
    QVERIFY(!all.contains(s("hunter")));
}

void TestDetailsPane::pausedOffersANewAddress()
{
    World world;
    DownloadTask *task = begin(world);
    QVERIFY(comesToItsMiddle(task));
    auto *button = world.child<QPushButton>("newAddressButton");
    QVERIFY(!button->isVisible());
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QVERIFY(button->isVisible());
    QCOMPARE(world.child("noticeHeadline")->toPlainText(), s("Paused."));
    QCOMPARE(world.value("speed"), QString());
    QCOMPARE(world.value("connections"), QString());
    QSignalSpy wanted(world.pane.get(), &DetailsPane::newAddressWanted);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<DownloadTask *>(), task);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Running);
    QVERIFY(!button->isVisible());
}

void TestDetailsPane::failedSaysWhyAndWhatToDo()
{
    World world;
    DownloadTask *task = world.manager->add(world.server.url(s("/gone")));
    world.pane->setTask(task);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Failed, 20'000);
    QVERIFY(task->reason());
    QCOMPARE(world.child("noticeHeadline")->toPlainText(), message(*task->reason()));
    QVERIFY(message(*task->reason()).contains(s("404")));
    QCOMPARE(world.child("noticeAdvice")->toPlainText(), advice(task->reason()->code));
    QVERIFY(world.child("noticeAdvice")->isVisible());
    QVERIFY(world.child<QPushButton>("newAddressButton")->isVisible());
    QCOMPARE(world.value("size"), s("Not known"));
    QCOMPARE(world.value("version"), QString());
}

void TestDetailsPane::waitingSaysWhen()
{
    World world;
    world.server.setHandler(ScriptedServer::sequence({Answer::status(503, {{"Retry-After", "100"}})}));
    world.settings.retries = 5;
    world.manager->apply(world.settings);
    DownloadTask *task = world.manager->add(world.server.url(s("/busy")));
    world.pane->setTask(task);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Waiting, 20'000);
    QVERIFY(task->reason());
    QCOMPARE(world.child("noticeHeadline")->toPlainText(), message(*task->reason()));
    const QString advice = world.child("noticeAdvice")->toPlainText();
    QVERIFY2(advice.startsWith(s("The next try is at ")), qPrintable(advice));
    QVERIFY(!world.child<QPushButton>("newAddressButton")->isVisible());
}

void TestDetailsPane::hostileTextIsPlain()
{
    World world(0);
    ResumeData data = record("http://h/a.zip");
    data.targetPath = s("/d/<i>gpj\u202egpj.exe");
    data.partPath = s("/d/<i>x.part");
    data.entity.finalUrl = QUrl(s("http://i/%E2%80%AE?<b>"));
    data.entity.validators.etag = "\"\x9b<img src='http://h/'>\"";
    data.entity.mediaType = "text/<u>";
    data.earlierUrls = {QUrl(s("http://u:hunter2@one/")), QUrl(s("http://two/"))};
    DownloadTask *task = world.manager->putBack(data);
    world.pane->setTask(task);
    QCOMPARE(world.value("file"), s("<i>gpjgpj.exe"));
    QCOMPARE(world.value("version"), s("The server marks this version with: ETag \"<img src='http://h/'>\""));
    QCOMPARE(world.value("mediaType"), s("text/<u>"));
    QCOMPARE(world.value("earlierAddresses"), s("http://u@one/\nhttp://two/"));
    const QList<QLabel *> labels = world.pane->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestDetailsPane::valuesAreCopiedByKeyboard()
{
    World world(0);
    world.pane->setTask(world.manager->putBack(record("http://h/a.zip?x=%20y")));
    QVERIFY(QTest::qWaitForWindowActive(world.pane.get()));
    ValueText *address = world.child("addressValue");
    // By Tab alone, from the tabs on.
    world.pane->setFocus();
    for (int i = 0; i < 60 && !address->hasFocus(); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(address->hasFocus());
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(address, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(address, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), s("http://h/a.zip?x=%20y"));
    QTest::keyClick(address, Qt::Key_X);
    QTest::keyClick(address, Qt::Key_Delete);
    QCOMPARE(address->toPlainText(), s("http://h/a.zip?x=%20y"));
}

void TestDetailsPane::selectionStays()
{
    World world(0);
    DownloadTask *task = world.manager->putBack(record("http://h/a.zip"));
    world.pane->setTask(task);
    ValueText *address = world.child("addressValue");
    address->selectAll();
    TaskOptions options;
    options.digest = ExpectedDigest::parse(s("md5:00112233445566778899aabbccddeeff"));
    task->setOptions(options);
    QCOMPARE(world.value("checksum"), options.digest->toString()); // it was filled anew
    QCOMPARE(address->textCursor().selectedText(), s("http://h/a.zip"));
}

// Narrow, and with letters half as large again: all is there, and nothing needs to be scrolled sideways.
void TestDetailsPane::nothingIsCut()
{
    World world(0);
    ResumeData data = record("http://h/a.zip");
    data.url.setQuery(s("signature=") + QString(600, u'x'));
    data.targetPath = s("/d/") + QString(200, u'n') + s(".zip");
    DownloadTask *task = world.manager->putBack(data);
    world.pane->setTask(task);
    QFont font = world.pane->font();
    font.setPointSizeF(font.pointSizeF() * 1.5);
    world.pane->setFont(font);
    world.pane->resize(500, 400);
    auto *area = world.child<QScrollArea>("generalScrollArea");
    for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        world.pane->setLayoutDirection(direction);
        QTRY_COMPARE(area->horizontalScrollBar()->maximum(), 0);
        const QList<ValueText *> values = world.pane->findChildren<ValueText *>();
        int seen = 0;
        for (const ValueText *value : values) {
            if (!value->isVisible())
                continue;
            QTRY_COMPARE(value->verticalScrollBar()->maximum(), 0);
            QCOMPARE(value->horizontalScrollBar()->maximum(), 0);
            ++seen;
        }
        QVERIFY(seen > 5);
        QVERIFY(world.child("addressValue")->height() > 5 * world.pane->fontMetrics().height());
    }
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

void TestDetailsPane::newLogLines_data()
{
    QTest::addColumn<QList<LogLine>>("before");
    QTest::addColumn<QList<LogLine>>("now");
    QTest::addColumn<qsizetype>("first");
    const auto row = [](const char *tag, const QList<LogLine> &before, const QList<LogLine> &now,
                        qsizetype first) { QTest::newRow(tag) << before << now << first; };
    row("nothing", {}, {}, 0);
    row("the first", {}, lines(0, 3), 0);
    row("the same", lines(0, 3), lines(0, 3), 3);
    row("more", lines(0, 3), lines(0, 5), 3);
    row("older ones are gone", lines(0, 5), lines(2, 7), 3);
    row("all but one are gone", lines(0, 5), lines(4, 9), 1);
    row("another one's", lines(0, 5), lines(10, 15), 0);
    row("emptied", lines(0, 5), {}, 0);
    row("shorter", lines(0, 5), lines(0, 3), 0);
}

void TestDetailsPane::newLogLines()
{
    QFETCH(const QList<LogLine>, before);
    QFETCH(const QList<LogLine>, now);
    QTEST(firstNewLine(before, now), "first");
    LogText text;
    text.setLines(before);
    text.setLines(now);
    LogText fresh;
    fresh.setLines(now);
    if (now.size() >= before.size()) // else the cap, which is another, would have dropped them
        QVERIFY(text.toPlainText().endsWith(fresh.toPlainText()));
    else
        QCOMPARE(text.toPlainText(), fresh.toPlainText());
}

void TestDetailsPane::logStaysWhereItIsRead()
{
    LogText text;
    text.resize(300, 100);
    text.show();
    text.setLines(lines(0, 50));
    QVERIFY(text.toPlainText().endsWith(s("  Line 49.")));
    QScrollBar *bar = text.verticalScrollBar();
    QVERIFY(bar->maximum() > 0);
    bar->setValue(bar->maximum());
    text.setLines(lines(0, 60));
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(10);
    text.moveCursor(QTextCursor::Start);
    text.moveCursor(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    const QString selected = text.textCursor().selectedText();
    bar->setValue(10);
    text.setLines(lines(0, 70));
    QCOMPARE(bar->value(), 10);
    QVERIFY(selected.endsWith(s("Line 0.")));
    QCOMPARE(text.textCursor().selectedText(), selected);
    text.setLines(lines(100, 100 + int(DownloadTask::kMostLogLines)));
    text.setLines(lines(150, 150 + int(DownloadTask::kMostLogLines)));
    QCOMPARE(text.blockCount(), int(DownloadTask::kMostLogLines));
    QVERIFY(text.toPlainText().contains(s("  Line 150.")));
    QVERIFY(!text.toPlainText().contains(s("  Line 149.")));
    text.setLines({{QDateTime::currentDateTimeUtc(), s("one\n<b>\u202etwo")}});
    QVERIFY2(text.toPlainText().endsWith(s("  one<b>two")), qPrintable(text.toPlainText()));
    QCOMPARE(text.blockCount(), 1);
}

void TestDetailsPane::logOfATask()
{
    World world;
    world.pane->setCurrentIndex(Log);
    DownloadTask *task = world.manager->add(world.server.url(s("/gone")));
    world.pane->setTask(task);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Failed, 20'000);
    auto *text = world.child<LogText>("logText");
    const QList<LogLine> &log = task->log();
    QTRY_COMPARE(text->document()->isEmpty() ? 0 : text->blockCount(), log.size());
    for (const LogLine &line : log)
        QVERIFY2(text->toPlainText().contains(line.text), qPrintable(line.text));
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
