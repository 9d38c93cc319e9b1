// SPDX-License-Identifier: MIT
#include "taskfixture.h"

#include "ui/taskfilter.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kTester = QAbstractItemModelTester::FailureReportingMode::Fatal;

} // namespace

class TestTaskFilter : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::TaskFixture> m_fixture;
    std::unique_ptr<TaskModel> m_model;
    std::unique_ptr<TaskFilter> m_filter;
    std::unique_ptr<QAbstractItemModelTester> m_testers[2];

    DownloadTask *put(const QString &name, TaskState state = TaskState::Paused, qint64 received = 1,
                      std::optional<qint64> total = 10, int addedAfter = 0)
    {
        ResumeData data = m_fixture->record(name, state, received, total);
        data.added = data.added.addSecs(addedAfter);
        return m_fixture->put(data);
    }

    QStringList names() const
    {
        QStringList list;
        for (int row = 0; row < m_filter->rowCount(); ++row)
            list.append(m_filter->index(row, 0).data().toString());
        return list;
    }

    QStringList sorted(Column column, Qt::SortOrder order)
    {
        m_filter->sort(int(column), order);
        return names();
    }

private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale::c());
        m_fixture = std::make_unique<test::TaskFixture>();
        QVERIFY(m_fixture->isOpen());
        m_fixture->settings().downloadsAtOnce = 0; // what is queued stays so
        m_fixture->manager().apply(m_fixture->settings());
        m_model = std::make_unique<TaskModel>(m_fixture->manager());
        m_filter = std::make_unique<TaskFilter>(*m_model);
        m_testers[0] = std::make_unique<QAbstractItemModelTester>(m_model.get(), kTester);
        m_testers[1] = std::make_unique<QAbstractItemModelTester>(m_filter.get(), kTester);
    }
    void cleanup()
    {
        for (auto &tester : m_testers)
            tester.reset();
        m_filter.reset();
        m_model.reset();
        m_fixture.reset();
    }

    void everyStateIsOfOneGroup()
    {
        using enum TaskState;
        QCOMPARE(groupOf(Running), TaskGroup::Active);
        QCOMPARE(groupOf(Verifying), TaskGroup::Active);
        QCOMPARE(groupOf(Queued), TaskGroup::Waiting);
        QCOMPARE(groupOf(Waiting), TaskGroup::Waiting);
        QCOMPARE(groupOf(Paused), TaskGroup::Paused);
        QCOMPARE(groupOf(Completed), TaskGroup::Finished);
        QCOMPARE(groupOf(Failed), TaskGroup::Failed);
    }

    void groupsFollowTheStates()
    {
        DownloadTask *paused = put(u"p"_s, TaskState::Paused);
        put(u"c"_s, TaskState::Completed, 10);
        DownloadTask *failed = put(u"f"_s, TaskState::Failed);
        m_model->tellNow();
        m_filter->setGroup(TaskGroup::Finished);
        QCOMPARE(names(), QStringList{u"c"_s});
        m_filter->setGroup(TaskGroup::Waiting);
        QCOMPARE(names(), QStringList());

        paused->resume();
        failed->resume();
        QTRY_COMPARE(names(), (QStringList{u"p"_s, u"f"_s}));
        paused->pause();
        QTRY_COMPARE(names(), QStringList{u"f"_s});
        m_filter->setGroup(TaskGroup::All);
        QCOMPARE(names().size(), 3);
        QCOMPARE(m_filter->taskAt(m_filter->indexOf(failed)), failed);
        m_filter->setGroup(TaskGroup::Paused);
        QVERIFY(!m_filter->indexOf(failed).isValid());
        QCOMPARE(m_filter->taskAt({}), nullptr);
    }

    void searchLooksAtNamesAndAddresses()
    {
        put(u"Debian Live.iso"_s);
        put(u"ubuntu.iso"_s);
        ResumeData other = m_fixture->record(u"photo.jpg"_s, TaskState::Paused, 1, 2);
        other.url = QUrl(u"https://me:secret@Pictures.example/%C3%9Cber/photo.jpg?id=7"_s);
        m_fixture->put(other);
        m_model->tellNow();
        const auto found = [&](const QString &text) {
            m_filter->setSearch(text);
            return names();
        };
        QCOMPARE(found(u"ISO"_s), (QStringList{u"Debian Live.iso"_s, u"ubuntu.iso"_s}));
        QCOMPARE(found(u"  iso live "_s), QStringList{u"Debian Live.iso"_s});
        QCOMPARE(found(u"h.example ubuntu"_s), QStringList{u"ubuntu.iso"_s});
        QCOMPARE(found(u"pictures PHOTO id=7"_s), QStringList{u"photo.jpg"_s});
        QCOMPARE(found(u"über"_s), QStringList{u"photo.jpg"_s});
        QCOMPARE(found(u"secret"_s), QStringList());
        QCOMPARE(found(u"iso photo"_s), QStringList());
        put(u"late.iso"_s); // a search applies to what comes later
        put(u"late.zip"_s);
        m_filter->setSearch(u"late iso"_s);
        QTRY_COMPARE(names(), QStringList{u"late.iso"_s});
        QCOMPARE(found(QString()).size(), 5);
    }

    void sortsByValuesNotByTexts()
    {
        put(u"file10.bin"_s, TaskState::Paused, 9, 1000, 30);
        put(u"File2.bin"_s, TaskState::Completed, 20'000, 20'000, 10);
        put(u"file1.bin"_s, TaskState::Failed, 500, std::nullopt, 20);
        put(u"écran"_s, TaskState::Paused, 150, 300, 40);
        m_model->tellNow();
        QCOMPARE(names().constFirst(), u"file10.bin"_s); // as added
        const QStringList byName{u"écran"_s, u"file1.bin"_s, u"File2.bin"_s, u"file10.bin"_s};
        QCOMPARE(sorted(Column::Name, Qt::AscendingOrder), byName);
        QCOMPARE(sorted(Column::Name, Qt::DescendingOrder), QStringList(byName.rbegin(), byName.rend()));
        QCOMPARE(sorted(Column::Size, Qt::AscendingOrder),
                 (QStringList{u"file1.bin"_s, u"écran"_s, u"file10.bin"_s, u"File2.bin"_s}));
        QCOMPARE(sorted(Column::Progress, Qt::DescendingOrder),
                 (QStringList{u"File2.bin"_s, u"écran"_s, u"file10.bin"_s, u"file1.bin"_s}));
        QCOMPARE(sorted(Column::Downloaded, Qt::AscendingOrder),
                 (QStringList{u"file10.bin"_s, u"écran"_s, u"file1.bin"_s, u"File2.bin"_s}));
        QCOMPARE(sorted(Column::Added, Qt::DescendingOrder),
                 (QStringList{u"écran"_s, u"file10.bin"_s, u"file1.bin"_s, u"File2.bin"_s}));
        QCOMPARE(sorted(Column::Status, Qt::AscendingOrder),
                 (QStringList{u"file10.bin"_s, u"écran"_s, u"file1.bin"_s, u"File2.bin"_s}));
    }

    void equalOnesStayAsAdded()
    {
        for (int i = 0; i < 5; ++i)
            put(u"f%1"_s.arg(i));
        put(u"big"_s, TaskState::Paused, 1, 99);
        m_model->tellNow();
        const QStringList asAdded{u"f0"_s, u"f1"_s, u"f2"_s, u"f3"_s, u"f4"_s};
        QCOMPARE(sorted(Column::Size, Qt::AscendingOrder), asAdded + QStringList{u"big"_s});
        QCOMPARE(sorted(Column::Size, Qt::DescendingOrder), QStringList{u"big"_s} + asAdded);
        // Those that come later, and those that change, find the same place.
        put(u"f5"_s);
        m_model->tellNow();
        QCOMPARE(names(), (QStringList{u"big"_s} + asAdded + QStringList{u"f5"_s}));
        QCOMPARE(sorted(Column::Status, Qt::DescendingOrder).mid(0, 5), asAdded);
        m_model->taskAt(2)->resume();
        m_model->tellNow();
        QCOMPARE(names().constLast(), u"f2"_s);
        m_model->taskAt(2)->pause();
        m_model->tellNow();
        QCOMPARE(names().mid(0, 5), asAdded);
        // Added at the same moment: by their order all the same.
        QCOMPARE(sorted(Column::Added, Qt::DescendingOrder).constLast(), u"f0"_s);
    }

    // What is known of the order from before is used for another search, and only where it still holds.
    void searchingKeepsTheOrder()
    {
        QStringList byName;
        for (int i = 0; i < 120; ++i) {
            put(u"%1 %2"_s.arg(i % 2 ? u"odd"_s : u"even"_s).arg(i * 37 % 120));
            byName << u"%1 %2"_s.arg(i < 60 ? u"even"_s : u"odd"_s).arg(i < 60 ? 2 * i : 2 * (i - 60) + 1);
        }
        put(u"another"_s)->rename(u"odd 7"_s);
        byName.insert(byName.indexOf(u"odd 7"_s), u"odd 7"_s);
        m_model->tellNow();
        QCOMPARE(sorted(Column::Name, Qt::AscendingOrder), byName);
        m_filter->setSearch(u"odd"_s);
        QCOMPARE(names(), byName.mid(60));
        m_model->taskAt(0)->rename(u"odd 6"_s); // it was hidden, and is not any more
        m_model->taskAt(1)->rename(u"even 121"_s);
        m_fixture->manager().remove(m_model->taskAt(2), false); // "even 74"
        put(u"even 75"_s);
        m_model->tellNow();
        byName.removeOne(u"even 0"_s);
        byName.removeOne(u"odd 37"_s);
        byName.removeOne(u"even 74"_s);
        byName.insert(byName.indexOf(u"even 76"_s), u"even 75"_s);
        byName.insert(byName.indexOf(u"odd 1"_s), u"even 121"_s);
        byName.insert(byName.indexOf(u"odd 7"_s), u"odd 6"_s);
        m_filter->setSearch({});
        QCOMPARE(names(), byName);
        // Of two of one name the one added first is first, whichever way.
        QStringList backwards(byName.rbegin(), byName.rend());
        QCOMPARE(sorted(Column::Name, Qt::DescendingOrder), backwards);
        DownloadTask *first = m_filter->taskAt(m_filter->index(int(backwards.indexOf(u"odd 7"_s)), 0));
        DownloadTask *second = m_filter->taskAt(m_filter->index(int(backwards.lastIndexOf(u"odd 7"_s)), 0));
        QVERIFY(m_model->rowOf(first) < m_model->rowOf(second));
        m_filter->setSearch(u"7"_s);
        m_filter->setSearch({});
        QCOMPARE(names(), backwards);
    }

    // A name that has changed, which the model tells with its next tick: until then nothing is taken for
    // known that is not so any more.
    void namesThatAreNotToldYet()
    {
        DownloadTask *first = put(u"a"_s);
        put(u"b"_s);
        m_model->tellNow();
        QCOMPARE(sorted(Column::Name, Qt::AscendingOrder), (QStringList{u"a"_s, u"b"_s}));
        put(u"m"_s);
        m_model->tellNow();
        first->rename(u"z"_s);
        m_filter->setSearch(u"h.example"_s);
        m_model->tellNow();
        m_filter->setSearch({});
        QCOMPARE(names(), (QStringList{u"b"_s, u"m"_s, u"z"_s}));
        m_filter->setSearch(u"m"_s); // few are left of it: what is known of the others is kept
        m_filter->setSearch({});
        QCOMPARE(names(), (QStringList{u"b"_s, u"m"_s, u"z"_s}));
    }

    void everyColumnSortsBothWays()
    {
        for (int i = 0; i < 100; ++i)
            put(u"file%1.zip"_s.arg(i * 37 % 100), TaskState(4 + i % 3), i * 7 % 10, 10, i * 13 % 29);
        m_model->tellNow();
        for (const ColumnEntry &entry : columns()) {
            for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
                QCOMPARE(sorted(entry.column, order).size(), 100);
                if (!entry.compare)
                    continue;
                const int sign = order == Qt::AscendingOrder ? 1 : -1;
                for (int row = 1; row < 100; ++row) {
                    const DownloadTask *before = m_filter->taskAt(m_filter->index(row - 1, 0));
                    const DownloadTask *after = m_filter->taskAt(m_filter->index(row, 0));
                    QVERIFY2(entry.compare(*before, *after) * sign <= 0, entry.key);
                }
            }
        }
    }

    void manyAtOnceAreSortedIn()
    {
        m_filter->sort(int(Column::Name), Qt::AscendingOrder);
        for (int i = 0; i < 300; ++i)
            put(u"file%1"_s.arg((i * 7 + 3) % 300));
        const QSignalSpy inserted(m_filter.get(), &QAbstractItemModel::rowsInserted);
        QTRY_COMPARE(m_filter->rowCount(), 300);
        QCOMPARE(inserted.size(), 1);
        for (int i = 0; i < 300; ++i)
            QCOMPARE(names().at(i), u"file%1"_s.arg(i));
        put(u"file5.5"_s);
        QTRY_COMPARE(m_filter->rowCount(), 301);
        QCOMPARE(names().at(6), u"file5.5"_s);
        m_fixture->manager().remove(m_model->taskAt(0), false); // "file3"
        QCOMPARE(names().at(3), u"file4"_s);
    }
};

QTEST_MAIN(TestTaskFilter)
#include "tst_taskfilter.moc"
