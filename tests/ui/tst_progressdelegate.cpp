// SPDX-License-Identifier: MIT
// The bar of each row, and its button.
#include "palettes.h"
#include "tasklistfixture.h"

#include "ui/progressdelegate.h"

#include <QHelpEvent>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QToolTip>

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestProgressDelegate : public test::TaskListFixture
{
    Q_OBJECT

private:
    QPoint buttonOf(const DownloadTask *task) const
    {
        const auto *delegate =
            qobject_cast<ProgressDelegate *>(m_list->itemDelegateForColumn(int(Column::Progress)));
        const QRect rect = delegate->buttonRect(cellOf(task, Column::Progress));
        return rect.isEmpty() ? QPoint(-1, -1) : rect.center();
    }
    QImage picture(const QModelIndex &index, QStyle::State state)
    {
        QStyleOptionViewItem option;
        option.initFrom(m_list.get());
        option.state = QStyle::State_Enabled | QStyle::State_Active | state;
        option.font = m_list->font();
        option.widget = m_list.get();
        option.showDecorationSelected = true; // as in a view of whole rows
        option.rect = QRect(0, 0, 260, 28);
        option.backgroundBrush = option.palette.base();
        QImage image(option.rect.size(), QImage::Format_RGB32);
        image.fill(option.palette.color(QPalette::Base));
        QPainter painter(&image);
        m_list->itemDelegateForIndex(index)->paint(&painter, option, index);
        return image;
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void theButtonIsForItsRowAlone()
    {
        DownloadTask *paused = put(u"paused"_s);
        DownloadTask *failed = put(u"failed"_s, TaskState::Failed);
        DownloadTask *done = put(u"done"_s, TaskState::Completed, 5, 5);
        m_list->select(done);
        QSignalSpy toggled(m_list.get(), &TaskList::toggled);
        const auto *view = m_list->viewport();
        auto *target = m_list->viewport();
        QVERIFY(view->hasMouseTracking());
        QTest::mouseClick(target, Qt::LeftButton, {}, buttonOf(paused));
        QTest::mouseClick(target, Qt::LeftButton, {}, buttonOf(failed));
        QCOMPARE(toggled.size(), 2);
        QCOMPARE(toggled[0][0].value<DownloadTask *>(), paused);
        QCOMPARE(toggled[1][0].value<DownloadTask *>(), failed);
        QCOMPARE(m_list->selectedTasks(), QList<DownloadTask *>{done}); // as it was
        QCOMPARE(buttonOf(done), QPoint(-1, -1));

        // Let go of elsewhere, or over another row: nothing.
        QTest::mousePress(target, Qt::LeftButton, {}, buttonOf(paused));
        QTest::mouseRelease(target, Qt::LeftButton, {}, buttonOf(failed));
        QTest::mousePress(target, Qt::LeftButton, {}, buttonOf(paused));
        m_fixture->manager().remove(paused, false);
        QTest::mouseRelease(target, Qt::LeftButton, {}, buttonOf(failed));
        QCOMPARE(toggled.size(), 2);
        // Beside it the row is selected as ever.
        QTest::mouseClick(target, Qt::LeftButton, {},
                          m_list->visualRect(cellOf(failed, Column::Status)).center());
        QCOMPARE(m_list->selectedTasks(), QList<DownloadTask *>{failed});
        QCOMPARE(toggled.size(), 2);

        m_list->setLayoutDirection(Qt::RightToLeft);
        QVERIFY(buttonOf(failed).x() < m_list->visualRect(cellOf(failed, Column::Progress)).center().x());
        QTest::mouseClick(target, Qt::LeftButton, {}, buttonOf(failed));
        QCOMPARE(toggled.size(), 3);
    }

    void theButtonShowsWhereTheMouseIs()
    {
        DownloadTask *task = put(u"a"_s);
        const auto grab = [&] {
            return m_list->viewport()->grab(m_list->visualRect(cellOf(task, Column::Progress))).toImage();
        };
        const QImage plain = grab();
        QTest::mouseMove(m_list->viewport(), buttonOf(task));
        const QImage hovered = grab();
        QVERIFY(hovered != plain);
        QTest::mousePress(m_list->viewport(), Qt::LeftButton, {}, buttonOf(task));
        QVERIFY(grab() != hovered);
        QTest::mouseRelease(m_list->viewport(), Qt::LeftButton, {}, buttonOf(task));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(m_list->viewport(), &leave);
        QCOMPARE(grab(), plain);
        QCOMPARE(rowActionOf(TaskState::Running), RowAction::Pause);
        QCOMPARE(rowActionOf(TaskState::Waiting), RowAction::Pause);
        QCOMPARE(rowActionOf(TaskState::Failed), RowAction::Retry);
        QCOMPARE(rowActionOf(TaskState::Completed), RowAction::None);
    }

    // The bar and its per cent can be told from what is behind them, whatever the palette and the selection.
    void legible_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<bool>("selected");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        for (const bool selected : {false, true}) {
            for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
                QTest::addRow("light %d %d", selected, direction)
                    << QPalette(Qt::lightGray) << selected << direction;
                QTest::addRow("dark %d %d", selected, direction)
                    << test::darkPalette() << selected << direction;
            }
        }
    }
    void legible()
    {
        QFETCH(QPalette, palette);
        QFETCH(bool, selected);
        QFETCH(Qt::LayoutDirection, direction);
        m_list->setPalette(palette);
        m_list->setLayoutDirection(direction);
        const QStyle::State state = selected ? QStyle::State_Selected : QStyle::State_None;
        const QList<DownloadTask *> tasks{put(u"p"_s), put(u"f"_s, TaskState::Failed),
                                          put(u"c"_s, TaskState::Completed, 100), put(u"w"_s)};
        tasks[3]->resume();
        for (const DownloadTask *task : tasks) {
            const QImage image = picture(cellOf(task, Column::Progress), state);
            const QColor behind = image.pixelColor(image.width() / 2, 2);
            const int atBegin = direction == Qt::LeftToRight ? 20 : image.width() - 20;
            const int atEnd = direction == Qt::LeftToRight ? 110 : image.width() - 110;
            const QColor bar = image.pixelColor(atBegin, image.height() / 2);
            QVERIFY2(test::contrast(bar, behind) > 2, qPrintable(bar.name() + u' ' + behind.name()));
            if (task->state() != TaskState::Completed) // 42 %: the rest of the track is fainter
                QVERIFY(test::contrast(image.pixelColor(atEnd, image.height() / 2), behind)
                        < test::contrast(bar, behind));
            double best = 0; // the text is somewhere in the last third
            for (int x = 0; x < image.width() / 3; ++x) {
                for (int y = 0; y < image.height(); ++y) {
                    const int at = direction == Qt::LeftToRight ? image.width() - 1 - x : x;
                    best = std::max(best, test::contrast(image.pixelColor(at, y), behind));
                }
            }
            // As far from it as the palette's own text is.
            const auto role = selected ? QPalette::HighlightedText : QPalette::Text;
            const double own = test::contrast(palette.color(QPalette::Active, role), behind);
            QVERIFY2(best > 0.9 * own, qPrintable(QString::number(best)));
        }
    }

    void tipsOfTheButton()
    {
        DownloadTask *task = put(u"a"_s);
        const QPoint at = buttonOf(task);
        QHelpEvent help(QEvent::ToolTip, at, m_list->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(m_list->viewport(), &help);
        QCOMPARE(QToolTip::text(), u"Resume"_s);
        QToolTip::hideText();
    }
};

QTEST_MAIN(TestProgressDelegate)
#include "tst_progressdelegate.moc"
