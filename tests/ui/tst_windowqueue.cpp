// SPDX-License-Identifier: MIT
// The queue as the user changes it: order, priorities, the columns that show them, and the properties.
#include "windowfixture.h"

#include <QComboBox>
#include <QDialog>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestWindowQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void moves();
    void movesByKeys();
    void onlyTheQueuedMove();
    void positionsFollow();
    void sortsByPosition();
    void priorities();
    void properties();
    void menus();

private:
    QStringList queued() const
    {
        QStringList names;
        for (const DownloadTask *task : f->manager().queue())
            names.append(shownName(task->resumeData()));
        return names;
    }
    // What the column says, by name of the task.
    QString cell(const DownloadTask *task, Column column) const
    {
        for (int row = 0; row < f->list()->model()->rowCount(); ++row) {
            const QModelIndex index = f->list()->model()->index(row, 0);
            if (index.data(TaskModel::TaskRole).value<QObject *>() == task)
                return index.siblingAtColumn(int(column)).data().toString();
        }
        return u"no row"_s;
    }
    void select(const QList<DownloadTask *> &tasks)
    {
        f->list()->clearSelection();
        for (int row = 0; row < f->list()->model()->rowCount(); ++row) {
            const QModelIndex index = f->list()->model()->index(row, 0);
            if (tasks.contains(
                    static_cast<DownloadTask *>(index.data(TaskModel::TaskRole).value<QObject *>())))
                f->list()->selectionModel()->select(index,
                                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
        QTRY_COMPARE(f->list()->selectedTasks().size(), tasks.size());
        QTRY_COMPARE(f->isEnabled(u"copyAddress"_s), !tasks.isEmpty());
    }

    std::unique_ptr<WindowFixture> f;
    QList<DownloadTask *> m_tasks; // a, b, c, d: queued, with no network to start on
};

void TestWindowQueue::init()
{
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
    f->network().set(false, false);
    m_tasks.clear();
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        m_tasks.append(f->manager().add(QUrl(u"http://h.example/"_s + name)));
    QTRY_COMPARE(f->rows(), 4);
    QCOMPARE(queued(), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
}

void TestWindowQueue::moves()
{
    select({m_tasks[2]});
    f->trigger(u"queueTop"_s);
    QCOMPARE(queued(), (QStringList{u"c"_s, u"a"_s, u"b"_s, u"d"_s}));
    f->trigger(u"queueDown"_s);
    QCOMPARE(queued(), (QStringList{u"a"_s, u"c"_s, u"b"_s, u"d"_s}));
    f->trigger(u"queueBottom"_s);
    QCOMPARE(queued(), (QStringList{u"a"_s, u"b"_s, u"d"_s, u"c"_s}));
    select({m_tasks[3], m_tasks[2]});
    f->trigger(u"queueUp"_s); // together
    QCOMPARE(queued(), (QStringList{u"a"_s, u"d"_s, u"c"_s, u"b"_s}));
}

void TestWindowQueue::movesByKeys()
{
    select({m_tasks[1]});
    f->list()->setFocus();
    const auto press = [this](Qt::Key key) { QTest::keyClick(f->list(), key, Qt::AltModifier); };
    press(Qt::Key_End);
    QCOMPARE(queued().constLast(), u"b"_s);
    press(Qt::Key_Up);
    QCOMPARE(queued(), (QStringList{u"a"_s, u"c"_s, u"b"_s, u"d"_s}));
    press(Qt::Key_Home);
    press(Qt::Key_Down);
    QCOMPARE(queued(), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(f->list()->selectedTasks(), QList{m_tasks[1]}); // the list kept its own selection
}

void TestWindowQueue::onlyTheQueuedMove()
{
    m_tasks[0]->pause();
    select({m_tasks[0]});
    for (const QString &name : {u"queueTop"_s, u"queueUp"_s, u"queueDown"_s, u"queueBottom"_s})
        QTRY_VERIFY2(!f->isEnabled(name), qPrintable(name));
    select({});
    QVERIFY(!f->isEnabled(u"queueTop"_s) && !f->isEnabled(u"priorityHigh"_s));
}

void TestWindowQueue::positionsFollow()
{
    QVERIFY(f->list()->isColumnHidden(int(Column::QueuePosition)));
    QVERIFY(f->list()->isColumnHidden(int(Column::Priority)));
    f->part<QAction>(u"showqueuePosition"_s)->trigger();
    QVERIFY(!f->list()->isColumnHidden(int(Column::QueuePosition)));
    QCOMPARE(cell(m_tasks[3], Column::QueuePosition), u"4"_s);
    // All that move are told, not the one alone that was moved.
    QSignalSpy changes(f->list()->model(), &QAbstractItemModel::dataChanged);
    select({m_tasks[3]});
    f->trigger(u"queueTop"_s);
    const auto told = [&] {
        QSet<const QObject *> tasks;
        for (const auto &one : std::as_const(changes)) {
            for (int row = one[0].toModelIndex().row(); row <= one[1].toModelIndex().row(); ++row)
                tasks.insert(f->list()->model()->index(row, 0).data(TaskModel::TaskRole).value<QObject *>());
        }
        return tasks.size();
    };
    QTRY_COMPARE(told(), 4);
    QCOMPARE(cell(m_tasks[3], Column::QueuePosition), u"1"_s);
    QCOMPARE(cell(m_tasks[0], Column::QueuePosition), u"2"_s);
    // One that leaves the queue lets the others move up.
    changes.clear();
    m_tasks[3]->pause();
    QTRY_COMPARE(told(), 4);
    QCOMPARE(cell(m_tasks[3], Column::QueuePosition), QString());
    QCOMPARE(cell(m_tasks[2], Column::QueuePosition), u"3"_s);
    changes.clear();
    f->manager().remove(m_tasks[0], false);
    QTRY_COMPARE(cell(m_tasks[2], Column::QueuePosition), u"2"_s);
}

void TestWindowQueue::sortsByPosition()
{
    f->list()->sortByColumn(int(Column::QueuePosition), Qt::AscendingOrder);
    m_tasks[0]->pause();
    QTRY_COMPARE(f->names(), (QStringList{u"b"_s, u"c"_s, u"d"_s, u"a"_s}));
    select({m_tasks[3]});
    f->trigger(u"queueTop"_s);
    QTRY_COMPARE(f->names(), (QStringList{u"d"_s, u"b"_s, u"c"_s, u"a"_s}));
    select({m_tasks[2]});
    f->trigger(u"priorityHigh"_s);
    QTRY_COMPARE(f->names(), (QStringList{u"c"_s, u"d"_s, u"b"_s, u"a"_s}));
}

void TestWindowQueue::priorities()
{
    const auto isChecked = [this](const QString &name) {
        return f->part<QAction>(name + u"Action"_s)->isChecked();
    };
    select({m_tasks[3]});
    QVERIFY(isChecked(u"priorityNormal"_s));
    f->trigger(u"priorityHigh"_s);
    QCOMPARE(m_tasks[3]->resumeData().options.priority, Priority::High);
    QCOMPARE(queued().constFirst(), u"d"_s);
    QTRY_VERIFY(isChecked(u"priorityHigh"_s) && !isChecked(u"priorityNormal"_s));
    QTRY_COMPARE(cell(m_tasks[3], Column::Priority), u"High"_s);
    select({m_tasks[2], m_tasks[3]});
    QTRY_VERIFY(!isChecked(u"priorityHigh"_s) && !isChecked(u"priorityNormal"_s));
    f->trigger(u"priorityLow"_s);
    QTRY_VERIFY(isChecked(u"priorityLow"_s));
    QCOMPARE(m_tasks[2]->resumeData().options.priority, Priority::Low);
    QCOMPARE(queued(), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    f->trigger(u"priorityLow"_s); // again: it stays
    QTRY_VERIFY(isChecked(u"priorityLow"_s));
}

void TestWindowQueue::properties()
{
    select({m_tasks[0], m_tasks[1]});
    f->list()->setFocus();
    QTest::keyClick(f->list(), Qt::Key_Return, Qt::AltModifier);
    auto *dialog = f->part<QDialog>(u"propertiesDialog"_s);
    QVERIFY(dialog->isVisible()); // and this line is reached
    dialog->findChild<QComboBox *>(u"priorityCombo"_s)->setCurrentIndex(0);
    dialog->findChild<QPushButton *>(u"okButton"_s)->click();
    QCOMPARE(m_tasks[0]->resumeData().options.priority, Priority::High);
    QCOMPARE(m_tasks[1]->resumeData().options.priority, Priority::High);
    QTRY_VERIFY(!f->window->findChild<QDialog *>(u"propertiesDialog"_s));
}

void TestWindowQueue::menus()
{
    select({m_tasks[0]});
    Q_EMIT f->list()->customContextMenuRequested({20, 20});
    auto *menu = f->part<QMenu>(u"taskMenu"_s);
    const auto *queue = menu->findChild<QMenu *>(u"queueMenu"_s);
    QVERIFY(queue);
    QCOMPARE(queue->actions().size(), 4);
    QCOMPARE(queue->actions().constFirst(), f->part<QAction>(u"queueTopAction"_s));
    const auto *priority = menu->findChild<QMenu *>(u"priorityMenu"_s);
    QVERIFY(priority);
    QCOMPARE(priority->actions().size(), 3);
    menu->close();
    QTRY_VERIFY(!f->window->findChild<QMenu *>(u"taskMenu"_s));
}

int main(int argc, char *argv[]) { return runInOwnHome<TestWindowQueue>(argc, argv); }

#include "tst_windowqueue.moc"
