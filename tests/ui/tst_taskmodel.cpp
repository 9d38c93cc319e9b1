// SPDX-License-Identifier: MIT
#include "taskfixture.h"
#include "tests/support/scriptedserver.h"

#include "ui/taskmodel.h"

#include <QAbstractItemModelTester>
#include <QFont>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace longhaul;
using namespace Qt::StringLiterals;
using test::Answer;
using test::Content;
using test::Request;
using test::ScriptedServer;

namespace {

constexpr auto kTester = QAbstractItemModelTester::FailureReportingMode::Fatal;

QString textOf(const TaskModel &model, const DownloadTask *task, Column column, int role = Qt::DisplayRole)
{
    return model.data(model.index(model.rowOf(task), int(column)), role).toString();
}

// Rows and columns of a dataChanged().
QRect areaOf(const QList<QVariant> &arguments)
{
    const auto first = arguments[0].toModelIndex();
    const auto last = arguments[1].toModelIndex();
    return {QPoint(first.column(), first.row()), QPoint(last.column(), last.row())};
}

} // namespace

class TestTaskModel : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::TaskFixture> m_fixture;

    DownloadTask *put(const QString &name, TaskState state, qint64 received, std::optional<qint64> total)
    {
        return m_fixture->put(m_fixture->record(name, state, received, total));
    }
    // One that waits for its turn; its row is there.
    DownloadTask *addQueued(TaskModel &model)
    {
        m_fixture->letNoneStart();
        DownloadTask *task = m_fixture->manager().add(QUrl(u"http://h.example/a"_s));
        model.tellNow();
        return task;
    }

private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale::c());
        m_fixture = std::make_unique<test::TaskFixture>();
        QVERIFY(m_fixture->isOpen());
    }
    void cleanup() { m_fixture.reset(); }

    void columnsAreATable()
    {
        QStringList keys;
        for (const ColumnEntry &entry : columns()) {
            QCOMPARE(&entryOf(entry.column), &entry);
            QVERIFY(!titleOf(entry.column).isEmpty());
            QVERIFY(entry.text || entry.column == Column::QueuePosition);
            keys.append(QLatin1String(entry.key));
        }
        QCOMPARE(keys.size(), 15);
        QCOMPARE(keys.removeDuplicates(), 0);
    }

    void textsOfTasksAtRest()
    {
        DownloadTask *paused = put(u"half.iso"_s, TaskState::Paused, 999, 2000);
        DownloadTask *done = put(u"done.zip"_s, TaskState::Completed, 3 << 20, 3 << 20);
        DownloadTask *failed = put(u"gone.mp4"_s, TaskState::Failed, 10, std::nullopt);
        TaskModel model(m_fixture->manager());
        const QAbstractItemModelTester tester(&model, kTester);

        QCOMPARE(textOf(model, paused, Column::Name), u"half.iso"_s);
        QCOMPARE(textOf(model, paused, Column::Size), sizeInWordsOf(2000));
        QCOMPARE(textOf(model, paused, Column::Progress), u"49 %"_s);
        QCOMPARE(textOf(model, paused, Column::Progress, Qt::AccessibleTextRole), u"49 %"_s);
        QCOMPARE(textOf(model, paused, Column::Name, Qt::AccessibleDescriptionRole), u"Paused, 49 %"_s);
        QCOMPARE(textOf(model, paused, Column::Status), u"Paused"_s);
        QCOMPARE(textOf(model, paused, Column::Speed), QString());
        QCOMPARE(textOf(model, paused, Column::TimeLeft), QString());
        QCOMPARE(textOf(model, paused, Column::Downloaded), u"999 bytes"_s);
        QCOMPARE(textOf(model, paused, Column::Host), u"h.example"_s);
        QCOMPARE(textOf(model, paused, Column::Folder), m_fixture->folder());
        QCOMPARE(textOf(model, paused, Column::Completed), QString());
        QCOMPARE(textOf(model, paused, Column::Resumable), resumableInWords(paused->resumeData()));
        QCOMPARE(textOf(model, paused, Column::Connections), QString());

        QCOMPARE(textOf(model, done, Column::Progress), u"100 %"_s);
        QCOMPARE(textOf(model, done, Column::Status), u"Finished"_s);
        QVERIFY(!textOf(model, done, Column::Completed).isEmpty());
        QCOMPARE(textOf(model, done, Column::Added),
                 QLocale().toString(done->resumeData().added.toLocalTime(), QLocale::ShortFormat));

        QCOMPARE(textOf(model, failed, Column::Progress), u"10 bytes"_s);
        QCOMPARE(textOf(model, failed, Column::Size), QString());
        QCOMPARE(textOf(model, failed, Column::Status), u"The server does not have this file (HTTP 404)."_s);
        QVERIFY(textOf(model, failed, Column::Status, Qt::ToolTipRole)
                    .contains(advice(ErrorCode::NotFound).toHtmlEscaped()));
        QVERIFY(!model.data(model.index(model.rowOf(failed), 0), TaskModel::FractionRole).isValid());
        QCOMPARE(model.data(model.index(model.rowOf(done), 0), TaskModel::FractionRole).toDouble(), 1.0);
        QCOMPARE(model.data(model.index(1, 3), TaskModel::TaskRole).value<QObject *>(), done);
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Name"_s);
    }

    void neverAllBeforeAllIsThere()
    {
        const qint64 total = (qint64(1) << 60) + 1;
        const DownloadTask *task = put(u"a"_s, TaskState::Paused, total - 1, total);
        QCOMPARE(progressInWords(*task), u"99 %"_s);
        QCOMPARE(progressInWords(*put(u"b"_s, TaskState::Paused, total, total)), u"100 %"_s);
        QCOMPARE(progressInWords(*put(u"c"_s, TaskState::Paused, 0, 5)), u"0 %"_s);
        QCOMPARE(progressInWords(*put(u"d"_s, TaskState::Paused, 0, std::nullopt)), QString());
    }

    void hostileNamesStayText()
    {
        ResumeData data = m_fixture->record(u"x"_s, TaskState::Paused, 0, std::nullopt);
        data.url = QUrl(u"http://me:secret@h.example/%E2%80%AEgpj%0A<img src=x>"_s);
        data.targetPath.clear();
        data.partPath.clear();
        const DownloadTask *task = m_fixture->put(data);
        TaskModel model(m_fixture->manager());
        QCOMPARE(textOf(model, task, Column::Name), u"gpj<img src=x>"_s);
        const QString tip = textOf(model, task, Column::Name, Qt::ToolTipRole);
        QVERIFY(tip.contains(u"gpj&lt;img src=x&gt;"_s));
        QVERIFY(!tip.contains(u"<img"_s));
        QVERIFY(!tip.contains(u"secret"_s));

        data = m_fixture->record(u"y"_s, TaskState::Failed, 1, 2);
        data.error = Error{ErrorCode::ServerFailed, 500, u"100 %2 %1"_s, {}};
        QCOMPARE(statusInWords(*m_fixture->put(data)), u"The server failed (HTTP 500, 100 %2 %1)."_s);
    }

    void rowsComeTogetherAndGoAtOnce()
    {
        put(u"there"_s, TaskState::Paused, 1, 2);
        TaskModel model(m_fixture->manager());
        const QAbstractItemModelTester tester(&model, kTester);
        QCOMPARE(model.rowCount(), 1);
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QList<DownloadTask *> tasks;
        for (int i = 0; i < 10; ++i)
            tasks.append(put(u"file%1"_s.arg(i), TaskState::Paused, 1, 2));
        DownloadTask *brief = put(u"brief"_s, TaskState::Paused, 1, 2);
        m_fixture->manager().remove(brief, false); // before its row was told of
        QTRY_COMPARE(model.rowCount(), 11);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(model.rowOf(brief), -1);

        for (const int gone : {5, 0, 9})
            m_fixture->manager().remove(tasks[gone], false);
        QCOMPARE(model.rowCount(), 8);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowOf(model.taskAt(row)), row);
        QCOMPARE(model.rowOf(tasks[5]), -1);
        QCOMPARE(model.rowOf(nullptr), -1);
        QCOMPARE(model.taskAt(8), nullptr);
        QCOMPARE(model.taskAt(-1), nullptr);

        DownloadTask *last = put(u"last"_s, TaskState::Paused, 1, 2);
        QCOMPARE(model.rowOf(last), -1);
        model.tellNow();
        QCOMPARE(model.rowOf(last), 8);
    }

    void unseenIsBoldUntilSeen()
    {
        ResumeData data = m_fixture->record(u"new"_s, TaskState::Completed, 5, 5);
        data.unseen = true;
        DownloadTask *task = m_fixture->put(data);
        TaskModel model(m_fixture->manager());
        QVERIFY(model.index(0, 0).data(Qt::FontRole).value<QFont>().bold());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        task->setUnseen(false);
        QVERIFY(changed.wait());
        QCOMPARE(areaOf(changed.at(0)), QRect(0, 0, int(columns().size()), 1));
        QVERIFY(!model.index(0, 0).data(Qt::FontRole).isValid());
    }

    void changesOfManyAreToldInRuns()
    {
        QList<DownloadTask *> tasks;
        for (int i = 0; i < 20; ++i)
            tasks.append(put(u"file%1"_s.arg(i), TaskState::Completed, 5, 5));
        TaskModel model(m_fixture->manager());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        m_fixture->letNoneStart();
        for (const int i : {7, 3, 2, 4, 12})
            tasks[i]->resume();
        QVERIFY(changed.wait());
        QCOMPARE(changed.size(), 3);
        QCOMPARE(areaOf(changed[0]), QRect(0, 2, int(columns().size()), 3));
        QCOMPARE(areaOf(changed[1]), QRect(0, 7, int(columns().size()), 1));
        QCOMPARE(areaOf(changed[2]), QRect(0, 12, int(columns().size()), 1));
        QCOMPARE(textOf(model, tasks[3], Column::Status), u"Waiting for its turn"_s);
    }

    void heldTasksSayWhatTheyWaitFor()
    {
        TaskModel model(m_fixture->manager());
        DownloadTask *task = addQueued(model);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        m_fixture->network().set(true, true);
        QVERIFY(changed.wait());
        QCOMPARE(textOf(model, task, Column::Status), u"Waiting for an unmetered network"_s);
        m_fixture->network().set(false, false);
        QCOMPARE(textOf(model, task, Column::Status), u"Waiting for the network"_s);
        m_fixture->network().set(true, false);
        QCOMPARE(textOf(model, task, Column::Status), u"Waiting for its turn"_s);
    }

    // A download over the wire: its name, the ticks of its progress, its end.
    void progressIsToldByTicks()
    {
        const Content content = Content::random(2 << 20);
        ScriptedServer server([&](const Request &request) {
            return Answer::honest(request, content,
                                  {.extra = {{"Content-Disposition", "attachment; filename=\"real.bin\""}}})
                .rate(1 << 20);
        });
        TaskModel model(m_fixture->manager());
        const QAbstractItemModelTester tester(&model, kTester);
        DownloadTask *task = m_fixture->manager().add(server.url(u"/other.bin"_s));
        model.tellNow();
        QCOMPARE(textOf(model, task, Column::Name), u"other.bin"_s);

        QElapsedTimer clock;
        clock.start();
        int ticks = 0;
        int namings = 0;
        connect(&model, &QAbstractItemModel::dataChanged, this,
                [&](const QModelIndex &first, const QModelIndex &last) {
                    if (task->state() != TaskState::Running)
                        return;
                    ++(first.column() == 0 ? namings : ticks);
                    if (first.column() != 0)
                        QCOMPARE(last.column(), int(Column::Resumable));
                });
        QTRY_COMPARE(textOf(model, task, Column::Name), u"real.bin"_s);
        QTRY_VERIFY(!textOf(model, task, Column::Speed).isEmpty());
        QCOMPARE(textOf(model, task, Column::Status), u"Downloading"_s);
        QCOMPARE(textOf(model, task, Column::Connections), u"1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(textOf(model, task, Column::Status), u"Finished"_s, 20'000);
        QCOMPARE(textOf(model, task, Column::Progress), u"100 %"_s);
        QCOMPARE(textOf(model, task, Column::Connections), QString());
        QVERIFY(ticks >= 2);
        QVERIFY2(ticks <= clock.elapsed() / 250 + 1, qPrintable(QString::number(ticks)));
        QVERIFY2(namings >= 1 && namings <= 3, qPrintable(QString::number(namings)));
        disconnect(&model, nullptr, this, nullptr);
    }

    // As many small files make them.
    void changesOfStateComeByTicks()
    {
        TaskModel model(m_fixture->manager());
        DownloadTask *task = addQueued(model);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 1000) {
            task->pause();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            task->resume();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        }
        const auto told = std::count_if(changed.begin(), changed.end(), [](const QList<QVariant> &arguments) {
            return areaOf(arguments).left() == 0; // its place in the queue is told beside it
        });
        QVERIFY2(told >= 2 && told <= clock.elapsed() / 230 + 1, qPrintable(QString::number(told)));
        task->pause();
        QTRY_COMPARE(textOf(model, task, Column::Status), u"Paused"_s);
        QTRY_VERIFY(task->state() == TaskState::Paused && !changed.wait(600)); // and then it rests
    }

    void countsDownEachSecondAndThenRests()
    {
        ScriptedServer server(ScriptedServer::sequence({Answer::status(503, {{"Retry-After", "3"}})}));
        TaskModel model(m_fixture->manager());
        DownloadTask *task = m_fixture->manager().add(server.url(u"/a"_s));
        const auto status = [&] { return textOf(model, task, Column::Status); };
        QTRY_COMPARE(task->state(), TaskState::Waiting);
        QTRY_VERIFY(model.rowOf(task) == 0);
        QTRY_COMPARE(status(), u"Next try in 3 s. The server is busy (HTTP 503)."_s);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QTRY_COMPARE(status(), u"Next try in 2 s. The server is busy (HTTP 503)."_s);
        QTRY_VERIFY(std::any_of(changed.begin(), changed.end(), [](const QList<QVariant> &arguments) {
            return areaOf(arguments) == QRect(int(Column::Status), 0, 1, 1);
        }));
        task->pause();
        model.tellNow();
        QCOMPARE(status(), u"Paused"_s);
        changed.clear();
        QVERIFY(!changed.wait(1500)); // the countdown's timer has gone
    }

    void removedWhileItRuns()
    {
        const Content content = Content::random(1 << 20);
        ScriptedServer server(
            [&](const Request &request) { return Answer::honest(request, content).stallBodyAfter(100'000); });
        TaskModel model(m_fixture->manager());
        const QAbstractItemModelTester tester(&model, kTester);
        DownloadTask *task = m_fixture->manager().add(server.url(u"/a"_s));
        QSignalSpy progress(task, &DownloadTask::progressChanged);
        QVERIFY(progress.wait()); // gathered, not yet told
        m_fixture->manager().remove(task, true);
        QCOMPARE(model.rowCount(), 0);
        model.tellNow();
        QCOMPARE(model.rowCount(), 0);
    }

private:
    static QString sizeInWordsOf(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1); }
};

QTEST_MAIN(TestTaskModel)
#include "tst_taskmodel.moc"
