// SPDX-License-Identifier: MIT
// The real window with larger letters, in Chinese, and from right to left: all can be read, all is in its
// place.
#include "layoutcheck.h"
#include "palettes.h"
#include "windowfixture.h"

#include "ui/detailspane.h"
#include "ui/messagebar.h"
#include "ui/progressdelegate.h"
#include "ui/statusline.h"

#include <QScrollBar>
#include <QToolBar>
#include <QToolButton>

#include <optional>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestWindowLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void nothingIsCut_data() { rowsOfLooks(); }
    void nothingIsCut();
    void narrowWindow_data() { rowsOfLooks(); }
    void narrowWindow();
    void groupsAskForRoomOnlyWhenTheyNeedIt();
    void digitsAreGrouped_data();
    void digitsAreGrouped();
    void mirrors();
    void mirroredCellsPaint();

private:
    void begin(Qt::LayoutDirection direction, const QString &language = {});
    void beginAsRow(); // of rowsOfLooks(); skipped: there is no window
    void fill();
    void check();

    std::optional<Look> m_look;
    std::unique_ptr<WindowFixture> f;
};

void TestWindowLayout::cleanup()
{
    f.reset();
    m_look.reset();
}

void TestWindowLayout::begin(Qt::LayoutDirection direction, const QString &language)
{
    m_look.emplace(direction, language);
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
    f->window->resize(1600, 1000);
    QVERIFY(QTest::qWaitForWindowExposed(f->window.get()));
}

void TestWindowLayout::beginAsRow()
{
    QFETCH(const QString, language);
    QFETCH(const Qt::LayoutDirection, direction);
    if (!hasChinese())
        QSKIP("Built without Qt's LinguistTools: there are no translations.");
    begin(direction, language);
}

// One of each kind, the failed one shown in the details: it has a notice and buttons.
void TestWindowLayout::fill()
{
    f->put(f->record(u"paused.iso"_s, TaskState::Paused, 42 << 20, 100 << 20));
    ResumeData done = f->record(u"a-longer-name-than-most.tar.gz"_s, TaskState::Completed, 9 << 20, 9 << 20);
    done.unseen = true;
    f->put(done);
    DownloadTask *failed = f->put(f->record(u"failed.iso"_s, TaskState::Failed, 1 << 20, 3 << 20));
    QTRY_COMPARE(f->rows(), 3);
    f->list()->select(failed);
    f->part<MessageBar>(u"messageBar"_s)
        ->show(u"A sentence that says what happened."_s, f->part<QAction>(u"undoAction"_s));
    QTRY_COMPARE(f->part<DetailsPane>(u"detailsPane"_s)->task(), failed);
    QTRY_VERIFY(!f->part<QLabel>(u"freeSpace"_s)->text().isEmpty());
}

void TestWindowLayout::check()
{
    QTRY_COMPARE(cutIn(f->window.get()), QString());
    QTRY_COMPARE(misplacedIn(f->window.get()), QString());
    const auto *extension = f->part<QToolBar>(u"toolBar"_s)->findChild<QWidget *>(u"qt_toolbar_ext_button"_s);
    const QList<QToolButton *> buttons = f->window->findChildren<QToolButton *>();
    for (const QToolButton *button : buttons) // a key in brackets, as Chinese has them, is for menus
        QVERIFY2(!button->text().contains(u'('), qPrintable(button->text()));
    QVERIFY(extension && (!extension->isVisible() || f->window->width() < 1600)); // no button is left out
}

void TestWindowLayout::nothingIsCut()
{
    beginAsRow();
    if (!f || QTest::currentTestFailed())
        return;
    check(); // of the invitation
    fill();
    auto *details = f->part<DetailsPane>(u"detailsPane"_s);
    for (int page = 0; page < details->count() && !QTest::currentTestFailed(); ++page) {
        details->setCurrentIndex(page);
        check();
    }
    f->part<GroupBar>(u"groupBar"_s)->setGroup(TaskGroup::Active);
    QTRY_VERIFY(f->part<QWidget>(u"emptyState"_s)->isVisible());
    check(); // of "Nothing here"
}

// As narrow as it can be made: what the toolbar has no room for is in its menu.
void TestWindowLayout::narrowWindow()
{
    beginAsRow();
    if (!f || QTest::currentTestFailed())
        return;
    fill();
    f->window->resize(f->window->minimumSizeHint().width(), f->window->height());
    check();
}

void TestWindowLayout::groupsAskForRoomOnlyWhenTheyNeedIt()
{
    begin(Qt::LeftToRight);
    auto *groups = f->part<GroupBar>(u"groupBar"_s);
    const auto requests = [groups](int count) {
        struct Counter : QObject {
            int seen = 0;
            bool eventFilter(QObject *, QEvent *event) override
            {
                seen += event->type() == QEvent::LayoutRequest;
                return false;
            }
        } counter;
        QCoreApplication::processEvents();
        groups->parentWidget()->installEventFilter(&counter);
        GroupCounts counts;
        counts.tasks.fill(count);
        const int before = groups->minimumSizeHint().width();
        groups->setCounts(counts);
        QCoreApplication::sendPostedEvents(groups->parentWidget(), QEvent::LayoutRequest);
        return std::pair(counter.seen > 0, groups->minimumSizeHint().width() != before);
    };
    requests(1000);
    const auto [isAsked, isWider] = requests(1001); // as a rule all digits are of one width
    QCOMPARE(isAsked, isWider);
    QCOMPARE(requests(1'000'001), std::pair(true, true));
    QCOMPARE(requests(1), std::pair(true, true));
}

void TestWindowLayout::digitsAreGrouped_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("many");
    QTest::addColumn<QString>("one");
    QTest::newRow("English") << u"en"_s << u"1,234 of 5,000 downloads active"_s
                             << u"1 of 1 download active"_s;
    QTest::newRow("Chinese") << u"zh_CN"_s << u"5,000 个下载，1,234 个进行中"_s << u"1 个下载，1 个进行中"_s;
}

// In the status line as in the groups beside it.
void TestWindowLayout::digitsAreGrouped()
{
    QFETCH(const QString, language);
    if (!hasChinese())
        QSKIP("Built without Qt's LinguistTools: there are no translations.");
    begin(Qt::LeftToRight, language);
    QVERIFY(!QTest::currentTestFailed());
    GroupCounts counts;
    const auto show = [&](int all, int active) {
        counts.tasks[size_t(TaskGroup::All)] = all;
        counts.tasks[size_t(TaskGroup::Active)] = active;
        f->part<GroupBar>(u"groupBar"_s)->setCounts(counts);
        f->part<StatusLine>(u"statusLine"_s)->setCounts(counts);
        return f->part<QLabel>(u"totalCounts"_s)->text();
    };
    QTEST(show(5000, 1234), "many");
    QVERIFY(f->part<GroupBar>(u"groupBar"_s)->item(int(TaskGroup::All))->text().contains(u"5,000"_s));
    QTEST(show(1, 1), "one");
}

// What is at the left elsewhere is at the right.
void TestWindowLayout::mirrors()
{
    begin(Qt::RightToLeft);
    fill();
    const auto left = [this](const QWidget *widget) { return widget->mapTo(f->window.get(), QPoint()).x(); };
    const auto *groups = f->part<GroupBar>(u"groupBar"_s);
    QVERIFY(left(groups) >= left(f->list()) + f->list()->width());
    QVERIFY(left(groups) + groups->width() >= f->window->width());
    QVERIFY(left(f->part<QWidget>(u"addButton"_s)) > left(f->part<QWidget>(u"resumeButton"_s)));
    QVERIFY(left(f->part<QWidget>(u"resumeButton"_s)) > left(f->part<QWidget>(u"searchEdit"_s)));
    QVERIFY(left(f->part<QWidget>(u"totalRate"_s)) > left(f->part<QWidget>(u"freeSpace"_s)));
    QVERIFY(left(f->part<QWidget>(u"messageText"_s)) > left(f->part<QWidget>(u"messageCloseButton"_s)));
    // Sentences begin there too, though these run from left to right.
    for (const QString &name : {u"messageText"_s, u"totalCounts"_s})
        QCOMPARE(f->part<QLabel>(name)->alignment(), Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
    // The name is the first column, and the others follow it to the left.
    const QHeaderView *header = f->list()->header();
    int edge = f->list()->viewport()->width();
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (header->isSectionHidden(column))
            continue;
        const QRect cell = f->list()->visualRect(f->list()->model()->index(0, column));
        QCOMPARE(cell.right() + 1, edge);
        edge = cell.left();
    }
    QCOMPARE(header->logicalIndex(0), int(Column::Name));
}

// The name stands at the right of its cell; the bar fills from the right, and the button is at its left.
void TestWindowLayout::mirroredCellsPaint()
{
    begin(Qt::RightToLeft);
    DownloadTask *task = f->put(f->record(u"a.iso"_s, TaskState::Completed, 42, 42));
    f->put(f->record(u"b.iso"_s, TaskState::Paused, 42, 100));
    QTRY_COMPARE(f->rows(), 2);
    f->list()->sortByColumn(int(Column::Name), Qt::AscendingOrder);
    f->list()->setFocus();
    f->list()->select(task);
    f->list()->clearSelection();
    const auto picture = [this](int row, Column column) {
        const QModelIndex index = f->list()->model()->index(row, int(column));
        return f->list()->viewport()->grab(f->list()->visualRect(index)).toImage();
    };
    const QImage name = picture(1, Column::Name);
    const auto ink = [&](int from, int to) {
        double best = 1;
        for (int x = from; x < to; ++x) {
            for (int y = 2; y < name.height() - 2; ++y)
                best = std::max(best, contrast(name.pixelColor(x, y), name.pixelColor(2, 2)));
        }
        return best;
    };
    QVERIFY(ink(name.width() * 3 / 4, name.width()) > 4);
    QVERIFY(ink(0, name.width() / 2) < 1.1);

    const QImage bar = picture(1, Column::Progress);
    const QColor behind = bar.pixelColor(bar.width() / 2, 2);
    const auto stands = [&](int x) { return contrast(bar.pixelColor(x, bar.height() / 2), behind); };
    QVERIFY(stands(bar.width() - 20) > 2);                       // what is there
    QVERIFY(stands(bar.width() / 2) < stands(bar.width() - 20)); // of 42 %
    const auto *delegate =
        qobject_cast<ProgressDelegate *>(f->list()->itemDelegateForColumn(int(Column::Progress)));
    const QModelIndex index = f->list()->model()->index(1, int(Column::Progress));
    QVERIFY(delegate->buttonRect(index).right() < f->list()->visualRect(index).center().x());
}

int main(int argc, char *argv[]) { return runInOwnHome<TestWindowLayout>(argc, argv); }

#include "tst_windowlayout.moc"
