// SPDX-License-Identifier: MIT
#include "detailsworld.h"

#include <QApplication>
#include <QClipboard>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>

using namespace longhaul;
using namespace longhaul::detailsworld;

class TestGeneralPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void aRunningOne();
    void secretsAreNotShown();
    void pausedOffersANewAddress();
    void failedSaysWhyAndWhatToDo();
    void offersRepair();
    void linkLife();
    void foreignFile();
    void waitingSaysWhen();
    void hostileTextIsPlain();
    void valuesAreCopiedByKeyboard();
    void ownWishes();
    void selectionStays();
    void nothingIsCut();
};

void TestGeneralPage::aRunningOne()
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

void TestGeneralPage::secretsAreNotShown()
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

void TestGeneralPage::pausedOffersANewAddress()
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

void TestGeneralPage::failedSaysWhyAndWhatToDo()
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

// What failed by its checksum can be repaired, and then says what vouches for it.
void TestGeneralPage::offersRepair()
{
    World world;
    const QByteArray digest = "sha-256=:" + QByteArray::fromHex(content().sha256()).toBase64() + ':';
    const auto server = [digest](const Content &sent) {
        return [=](const Request &asked) {
            return Answer::honest(asked, sent, {.etag = "\"e\""}).withHeader("Repr-Digest", digest);
        };
    };
    world.server.setHandler(server(Content::random(content().size(), 2)));
    DownloadTask *task = world.manager->add(world.server.url(s("/a.bin")));
    world.pane->setTask(task);
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Failed, 20'000);
    auto *button = world.child<QPushButton>("repairButton");
    QVERIFY(button->isVisible());
    QVERIFY(world.value("foundChecksum").endsWith(s("(from Repr-Digest)")));
    QCOMPARE(world.value("vouched"), QString());
    QSignalSpy wanted(world.pane.get(), &DetailsPane::repairWanted);
    button->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<DownloadTask *>(), task);
    world.server.setHandler(server(content()));
    task->repair();
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Completed, 20'000);
    QVERIFY(!button->isVisible());
    QCOMPARE(world.value("vouched"), s("The server, by Repr-Digest (sha-256)"));
}

void TestGeneralPage::linkLife()
{
    World world(0);
    const auto shown = [&](qint64 secondsFromNow) {
        const qint64 dies = QDateTime::currentSecsSinceEpoch() + secondsFromNow;
        world.pane->setTask(world.manager->putBack(record(qPrintable(s("http://h/a?Expires=%1").arg(dies)))));
        return world.value("linkLife");
    };
    QVERIFY(shown(3600).startsWith(s("Until ")));
    QVERIFY(shown(-3600).startsWith(s("No longer")));
    world.pane->setTask(world.manager->putBack(record("http://h/a")));
    QCOMPARE(world.value("linkLife"), QString());
}

void TestGeneralPage::foreignFile()
{
    World world(0);
    ResumeData data = record("http://h/a");
    data.foreignPath = s("/d/a.iso.crdownload");
    data.options.folder = s("/d");
    data.options.name = s("a.iso");
    world.pane->setTask(world.manager->putBack(data));
    QCOMPARE(world.value("foreign"), data.foreignPath);
    QCOMPARE(world.value("part"), QString());
}

void TestGeneralPage::waitingSaysWhen()
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

void TestGeneralPage::hostileTextIsPlain()
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

void TestGeneralPage::valuesAreCopiedByKeyboard()
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

void TestGeneralPage::ownWishes()
{
    World world;
    DownloadTask *task = begin(world);
    QVERIFY(comesToItsMiddle(task));
    QCOMPARE(world.value("limit"), QString());
    QCOMPARE(world.value("priority"), QString());
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    TaskOptions options = task->resumeData().options;
    options.connections = 1;
    options.rateLimit = 2 << 20;
    options.priority = Priority::High;
    task->setOptions(options);
    QCOMPARE(world.value("connections"), s("At most 1"));
    QCOMPARE(world.value("limit"), s("At most 2.0 MiB/s"));
    QCOMPARE(world.value("priority"), s("High"));
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Running);
    QTRY_COMPARE(world.value("connections"), s("1 (at most 1)"));
}

void TestGeneralPage::selectionStays()
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
void TestGeneralPage::nothingIsCut()
{
    World world(0);
    ResumeData data = record("http://h/a.zip");
    data.url = QUrl(s("http://h/a.zip?signature=") + QString(600, u'x'));
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

QTEST_MAIN(TestGeneralPage)
#include "tst_generalpage.moc"
