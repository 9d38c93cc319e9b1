// SPDX-License-Identifier: MIT
#include "tasklistfixture.h"

#include <QAction>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

QJsonObject parsed(const char *json) { return QJsonDocument::fromJson(json).object(); }

} // namespace

class TestTaskList : public test::TaskListFixture
{
    Q_OBJECT

private:
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

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    // What a click on the header does, for who has no mouse; and remembered as that is.
    void sortsByMenu()
    {
        DownloadTask *small = put(u"b.iso"_s, TaskState::Paused, 1, 100);
        DownloadTask *large = put(u"a.iso"_s, TaskState::Paused, 1, 300);
        const auto action = [&](const QString &name) {
            QAction *found = m_list->sortMenu()->findChild<QAction *>(name);
            Q_EMIT m_list->sortMenu()->aboutToShow();
            return found;
        };
        QVERIFY(m_list->columnMenu()->actions().contains(m_list->sortMenu()->menuAction()));
        QVERIFY(action(u"sortadded"_s)->isChecked() && action(u"sortDescending"_s)->isChecked());
        QSignalSpy changed(m_list.get(), &TaskList::stateChanged);
        action(u"sortsize"_s)->trigger();
        action(u"sortAscending"_s)->trigger();
        QCOMPARE(m_filter->taskAt(m_filter->index(0, 0)), small);
        QVERIFY(action(u"sortsize"_s)->isChecked() && action(u"sortAscending"_s)->isChecked());
        action(u"sortname"_s)->trigger();
        QCOMPARE(m_filter->taskAt(m_filter->index(0, 0)), large);
        QVERIFY(changed.wait());
    }

    void spaceIsForAllThatAreSelected()
    {
        DownloadTask *first = put(u"a.iso"_s);
        DownloadTask *second = put(u"b.iso"_s);
        m_list->select(first);
        m_list->selectAll();
        QSignalSpy one(m_list.get(), &TaskList::toggled);
        QSignalSpy many(m_list.get(), &TaskList::manyToggled);
        QTest::keyClick(m_list.get(), Qt::Key_Space);
        QCOMPARE(one.size(), 0);
        QCOMPARE(many.size(), 1);
        const auto tasks = many[0][0].value<QList<DownloadTask *>>();
        QCOMPARE(QSet<DownloadTask *>(tasks.begin(), tasks.end()), (QSet<DownloadTask *>{first, second}));
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
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, u" "_s, true);
        QCoreApplication::sendEvent(m_list.get(), &held);
        QCOMPARE(toggled.size(), 1);
        QTest::keyClick(m_list.get(), Qt::Key_Return);
        QTest::keyClick(m_list.get(), Qt::Key_Enter, Qt::KeypadModifier);
        QCOMPARE(opened.size(), 2);
        const QPoint at = m_list->visualRect(cellOf(task, Column::Name)).center();
        QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(m_list->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(opened.size(), 3);
        QCOMPARE(opened[2][0].value<DownloadTask *>(), task);
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
};

QTEST_MAIN(TestTaskList)
#include "tst_tasklist.moc"
