// SPDX-License-Identifier: MIT
#include "palettes.h"
#include "taskfixture.h"

#include "ui/progressdelegate.h"
#include "ui/tasklist.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QHeaderView>
#include <QHelpEvent>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <memory>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

QJsonObject parsed(const char *json) { return QJsonDocument::fromJson(json).object(); }

} // namespace

class TestTaskList : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::TaskFixture> m_fixture;
    std::unique_ptr<TaskModel> m_model;
    std::unique_ptr<TaskFilter> m_filter;
    std::unique_ptr<TaskList> m_list;

    DownloadTask *put(const QString &name, TaskState state = TaskState::Paused, qint64 received = 42,
                      std::optional<qint64> total = 100)
    {
        DownloadTask *task = m_fixture->put(m_fixture->record(name, state, received, total));
        m_model->tellNow();
        return task;
    }
    void makeList()
    {
        m_list = std::make_unique<TaskList>(*m_filter);
        m_list->resize(1100, 400);
        m_list->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_list.get()));
    }
    QModelIndex cellOf(const DownloadTask *task, Column column) const
    {
        return m_filter->indexOf(task).siblingAtColumn(int(column));
    }
    QPoint buttonOf(const DownloadTask *task) const
    {
        const auto *delegate =
            qobject_cast<ProgressDelegate *>(m_list->itemDelegateForColumn(int(Column::Progress)));
        const QRect rect = delegate->buttonRect(cellOf(task, Column::Progress));
        return rect.isEmpty() ? QPoint(-1, -1) : rect.center();
    }
    QAction *columnAction(const char *key) const
    {
        return m_list->columnMenu()->findChild<QAction *>(u"show"_s + QLatin1String(key));
    }
    QStringList shownColumns() const
    {
        QStringList keys;
        for (int visual = 0; visual < m_list->header()->count(); ++visual) {
            const int column = m_list->header()->logicalIndex(visual);
            if (!m_list->isColumnHidden(column))
                keys.append(QLatin1String(entryOf(Column(column)).key));
        }
        return keys;
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
    void init()
    {
        m_fixture = std::make_unique<test::TaskFixture>();
        QVERIFY(m_fixture->isOpen());
        m_fixture->settings().downloadsAtOnce = 0;
        m_fixture->manager().apply(m_fixture->settings());
        m_model = std::make_unique<TaskModel>(m_fixture->manager());
        m_filter = std::make_unique<TaskFilter>(*m_model);
        makeList();
    }
    void cleanup()
    {
        m_list.reset();
        m_filter.reset();
        m_model.reset();
        m_fixture.reset();
    }

    void namesForMachines()
    {
        QCOMPARE(m_list->objectName(), u"taskList"_s);
        QVERIFY(!m_list->accessibleName().isEmpty());
        QVERIFY(m_list->uniformRowHeights());
        QVERIFY(!m_list->rootIsDecorated());
    }

    void newestFirstAndTheHeaderSorts()
    {
        put(u"b"_s);
        put(u"c"_s);
        put(u"a"_s);
        const auto first = [&] { return m_filter->index(0, 0).data().toString(); };
        QCOMPARE(first(), u"a"_s);
        QHeaderView *head = m_list->header();
        const auto click = [&](Column column) {
            QTest::mouseClick(head->viewport(), Qt::LeftButton, {},
                              {head->sectionViewportPosition(int(column)) + 20, head->height() / 2});
        };
        click(Column::Name);
        QCOMPARE(first(), u"a"_s);
        QVERIFY(head->isSortIndicatorShown());
        click(Column::Name);
        QCOMPARE(first(), u"c"_s);
        click(Column::Size);
        QCOMPARE(head->sortIndicatorOrder(), Qt::DescendingOrder); // the largest first
    }

    void selectionIsToldOnce()
    {
        DownloadTask *a = put(u"a"_s);
        DownloadTask *b = put(u"b"_s);
        DownloadTask *c = put(u"c"_s, TaskState::Failed);
        QSignalSpy told(m_list.get(), &TaskList::selectedTasksChanged);
        QVERIFY(!m_list->currentTask());
        m_list->select(b);
        m_list->select(a);
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(m_list->currentTask(), a);
        QCOMPARE(m_list->selectedTasks(), QList<DownloadTask *>{a});
        m_list->selectAll();
        QTRY_COMPARE(told.size(), 2);
        QCOMPARE(m_list->selectedTasks(), (QList<DownloadTask *>{c, b, a})); // as shown: newest first
        m_list->sortByColumn(int(Column::Name), Qt::AscendingOrder);
        QCOMPARE(m_list->selectedTasks(), (QList<DownloadTask *>{a, b, c}));
        m_filter->setGroup(TaskGroup::Failed);
        QTRY_COMPARE(told.size(), 3);
        QCOMPARE(m_list->selectedTasks(), QList<DownloadTask *>{c});
        m_list->select(a); // filtered out: nothing
        QCOMPARE(m_list->selectedTasks(), QList<DownloadTask *>{c});
        m_fixture->manager().remove(c, false);
        QTRY_COMPARE(told.size(), 4);
        QVERIFY(m_list->selectedTasks().isEmpty());
        QVERIFY(!m_list->currentTask());
        // One that the model has not told of yet.
        m_filter->setGroup(TaskGroup::All);
        DownloadTask *fresh =
            m_fixture->put(m_fixture->record(u"fresh"_s, TaskState::Paused, 1, std::nullopt));
        m_list->select(fresh);
        QCOMPARE(m_list->currentTask(), fresh);
    }

    void keysAndDoubleClick()
    {
        DownloadTask *task = put(u"a"_s);
        QSignalSpy toggled(m_list.get(), &TaskList::toggled);
        QSignalSpy opened(m_list.get(), &TaskList::opened);
        QTest::keyClick(m_list.get(), Qt::Key_Space); // nothing is current
        QCOMPARE(toggled.size(), 0);
        m_list->select(task);
        QTest::keyClick(m_list.get(), Qt::Key_Space);
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(toggled[0][0].value<DownloadTask *>(), task);
        QTest::keyClick(m_list.get(), Qt::Key_Return);
        QTest::keyClick(m_list.get(), Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(opened.size(), 2);
        const QPoint at = m_list->visualRect(cellOf(task, Column::Name)).center();
        QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(m_list->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(opened.size(), 3);
        QCOMPARE(opened[2][0].value<DownloadTask *>(), task);
    }

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

    void columnsAreShownHiddenAndRemembered()
    {
        QCOMPARE(shownColumns(), (QStringList{u"name"_s, u"size"_s, u"progress"_s, u"status"_s, u"speed"_s,
                                              u"timeLeft"_s, u"added"_s}));
        QSignalSpy changed(m_list.get(), &TaskList::stateChanged);
        QVERIFY(!columnAction("name")->isEnabled());
        columnAction("host")->trigger();
        columnAction("speed")->trigger(); // not shown as checked yet: hides only what the menu says
        Q_EMIT m_list->columnMenu()->aboutToShow();
        QVERIFY(columnAction("host")->isChecked());
        columnAction("timeLeft")->trigger();
        m_list->header()->moveSection(m_list->header()->visualIndex(int(Column::Host)), 1);
        m_list->header()->resizeSection(int(Column::Host), 222);
        m_list->sortByColumn(int(Column::Size), Qt::AscendingOrder);
        QTRY_COMPARE(changed.size(), 1); // one for all
        const QStringList shown = shownColumns();
        QVERIFY(!shown.contains(u"timeLeft"_s));
        QCOMPARE(shown.at(1), u"host"_s);

        const QJsonObject state = m_list->state();
        makeList();
        QSignalSpy untouched(m_list.get(), &TaskList::stateChanged);
        m_list->restoreState(state);
        QCOMPARE(shownColumns(), shown);
        QCOMPARE(m_list->header()->sectionSize(int(Column::Host)), 222);
        QCOMPARE(m_list->header()->sortIndicatorSection(), int(Column::Size));
        QCOMPARE(m_list->header()->sortIndicatorOrder(), Qt::AscendingOrder);
        QCOMPARE(m_filter->sortColumn(), int(Column::Size));
        QCOMPARE(m_list->state(), state);
        QVERIFY(!untouched.wait(500)); // what was restored is not news

        m_list->columnMenu()->findChild<QAction *>(u"resetColumns"_s)->trigger();
        QCOMPARE(shownColumns().at(1), u"size"_s);
        QVERIFY(untouched.wait());
    }

    void hostileStatesAreIgnored()
    {
        const QJsonObject before = m_list->state();
        for (const char *json : {"{}", R"({"columns": 7, "sorting": []})",
                                 R"({"columns": [1, null, {}, {"column": "nonsense"}]})",
                                 R"({"sorting": {"column": "nonsense", "descending": true}})",
                                 R"({"columns": [{"column": "size", "width": -5, "shown": "yes"}]})"}) {
            m_list->restoreState(parsed(json));
            QCOMPARE(shownColumns().size(), 7);
        }
        m_list->restoreState(before);
        QCOMPARE(m_list->state(), before);
        m_list->restoreState(parsed(R"({"columns": [{"column": "name", "shown": false, "width": 1},
            {"column": "name", "width": 2}, {"column": "size", "width": 1e300}, {"column": "speed", "width": 99999}]})"));
        QVERIFY(shownColumns().contains(u"name"_s));
        QVERIFY(m_list->header()->sectionSize(int(Column::Speed)) <= 5000);
        QVERIFY(m_list->header()->sectionSize(int(Column::Name)) >= m_list->header()->minimumSectionSize());
    }

    void datesFit()
    {
        put(u"a.bin"_s);
        for (const char *language : {"en_US", "zh_CN", "ar_EG", "C"}) {
            QLocale::setDefault(QLocale(QLatin1String(language)));
            makeList();
            const QAbstractItemView *view = m_list.get();
            QVERIFY2(m_list->columnWidth(int(Column::Added)) >= view->sizeHintForColumn(int(Column::Added)),
                     language);
        }
    }

    void theNameTakesWhatIsLeft()
    {
        QHeaderView *head = m_list->header();
        QCOMPARE(head->length(), m_list->viewport()->width());
        const int wanted = m_list->state()[u"columns"_s][0][u"width"_s].toInt();
        m_list->resize(1400, 400);
        QTRY_COMPARE(head->length(), m_list->viewport()->width());
        m_list->resize(300, 400);
        QTRY_COMPARE(head->sectionSize(int(Column::Name)), wanted); // never less: then it scrolls
        QCOMPARE(m_list->state()[u"columns"_s][0][u"width"_s].toInt(), wanted);
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

QTEST_MAIN(TestTaskList)
#include "tst_tasklist.moc"
