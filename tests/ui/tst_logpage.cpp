// SPDX-License-Identifier: MIT
#include "detailsworld.h"

#include "ui/logpage.h"

#include <QLocale>
#include <QScrollBar>

using namespace longhaul;
using namespace longhaul::detailsworld;

namespace {

QList<LogLine> lines(int from, int to)
{
    QList<LogLine> result;
    for (int i = from; i < to; ++i)
        result.append({QDateTime(QDate(2024, 3, 5), QTime(10, 0), Qt::UTC).addSecs(i), s("Line %1.").arg(i)});
    return result;
}

} // namespace

class TestLogPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void newLogLines_data();
    void newLogLines();
    void logStaysWhereItIsRead();
    void logOfATask();
};

void TestLogPage::newLogLines_data()
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

void TestLogPage::newLogLines()
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

void TestLogPage::logStaysWhereItIsRead()
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

void TestLogPage::logOfATask()
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

QTEST_MAIN(TestLogPage)
#include "tst_logpage.moc"
