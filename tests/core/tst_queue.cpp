// SPDX-License-Identifier: MIT
// Who is next: the order of the queue, how the user changes it, and who gives up a place.
#include "managerrun.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;

using Move = DownloadManager::QueueMove;

namespace {

const char *const kNames = "abcdef"; // each the path of a task, in the order they are added

QUrl urlOf(char name) { return QUrl(QStringLiteral("http://queue.test/%1").arg(QLatin1Char(name))); }

char nameOf(const DownloadTask &task) { return task.url().path().back().toLatin1(); }

QByteArray orderOf(const DownloadManager &manager)
{
    QByteArray order;
    for (const DownloadTask *task : manager.queue())
        order += nameOf(*task);
    return order;
}

QByteArray runningIn(const DownloadManager &manager)
{
    QByteArray names;
    for (const auto &task : manager.tasks()) {
        if (task->state() == TaskState::Running)
            names += nameOf(*task);
    }
    return names;
}

QList<DownloadTask *> tasksOf(const DownloadManager &manager, const QByteArray &names)
{
    QList<DownloadTask *> tasks;
    for (const char name : names)
        tasks.append(manager.find(urlOf(name)));
    return tasks;
}

TaskOptions with(Priority priority)
{
    TaskOptions options;
    options.priority = priority;
    return options;
}

Handler stalling()
{
    return [](const Request &request) {
        return Answer::honest(request, Content::random(1000)).stallBodyAfter(10);
    };
}

} // namespace

class TestQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inTheOrderAdded();
    void moving_data();
    void moving();
    void prioritiesComeFirst();
    void onlyQueuedOnesMove();
    void newOnesStayBehind();
    void placesAreRecorded();
    void onlyWhatMustBeIsRecorded();
    void startsInThisOrder();
    void startsNextByPriority();
    void waitingGivesUpItsPlace();
    void countsVerifyingAndRunning();
    void moreAtOnceCountsAtOnce();
};

void TestQueue::inTheOrderAdded()
{
    ManagerRun run;
    run.network.set(false, false); // nobody starts
    for (const char name : QByteArray("fbdace"))
        run.manager().add(urlOf(name));
    QCOMPARE(orderOf(run.manager()), QByteArray("fbdace"));
    run.restart();
    QCOMPARE(orderOf(run.manager()), QByteArray("fbdace")); // also of one millisecond
}

void TestQueue::moving_data()
{
    QTest::addColumn<QByteArray>("chosen");
    QTest::addColumn<int>("move");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *chosen, Move move, const char *expected) {
        static constexpr const char *kMoves[] = {"top", "up", "down", "bottom"};
        QTest::addRow("%s %s", chosen, kMoves[int(move)])
            << QByteArray(chosen) << int(move) << QByteArray(expected);
    };
    row("", Move::Top, "abcdef");
    row("a", Move::Top, "abcdef");
    row("c", Move::Top, "cabdef");
    row("f", Move::Top, "fabcde");
    row("db", Move::Top, "bdacef"); // their own order stays
    row("abcdef", Move::Top, "abcdef");
    row("c", Move::Up, "acbdef");
    row("a", Move::Up, "abcdef");
    row("bc", Move::Up, "bcadef");
    row("be", Move::Up, "bacedf");
    row("ab", Move::Up, "abcdef"); // at the edge already
    row("abd", Move::Up, "abdcef");
    row("ac", Move::Up, "acbdef");
    row("c", Move::Down, "abdcef");
    row("f", Move::Down, "abcdef");
    row("ef", Move::Down, "abcdef");
    row("cef", Move::Down, "abdcef");
    row("bc", Move::Down, "adbcef");
    row("a", Move::Bottom, "bcdefa");
    row("f", Move::Bottom, "abcdef");
    row("ca", Move::Bottom, "bdefac");
}

void TestQueue::moving()
{
    QFETCH(QByteArray, chosen);
    QFETCH(int, move);
    ManagerRun run;
    run.network.set(false, false);
    for (const char name : QByteArray(kNames))
        run.manager().add(urlOf(name));
    run.manager().moveInQueue(tasksOf(run.manager(), chosen), Move(move));
    QTEST(orderOf(run.manager()), "expected");
    run.restart();
    QTEST(orderOf(run.manager()), "expected");
}

void TestQueue::prioritiesComeFirst()
{
    ManagerRun run;
    run.network.set(false, false);
    DownloadManager &manager = run.manager();
    const Priority priorities[] = {Priority::Low,  Priority::Normal, Priority::High,
                                   Priority::High, Priority::Normal, Priority::Low};
    for (size_t i = 0; i < 6; ++i)
        manager.add(urlOf(kNames[i]), with(priorities[i]));
    QCOMPARE(orderOf(manager), QByteArray("cdbeaf"));
    manager.moveInQueue(tasksOf(manager, "f"), Move::Top); // of its own priority
    QCOMPARE(orderOf(manager), QByteArray("cdbefa"));
    manager.moveInQueue(tasksOf(manager, "dea"), Move::Up);
    QCOMPARE(orderOf(manager), QByteArray("dcebaf"));
    manager.moveInQueue(tasksOf(manager, "def"), Move::Bottom);
    QCOMPARE(orderOf(manager), QByteArray("cdbeaf"));
    TaskOptions options = manager.find(urlOf('a'))->resumeData().options;
    options.priority = Priority::High;
    manager.find(urlOf('a'))->setOptions(options);
    QCOMPARE(orderOf(manager).size(), qsizetype(6));
    QVERIFY(orderOf(manager).indexOf('a') < 3);
    run.restart();
    QVERIFY(orderOf(run.manager()).indexOf('a') < 3);
}

void TestQueue::onlyQueuedOnesMove()
{
    ManagerRun run;
    run.network.set(false, false);
    DownloadManager &manager = run.manager();
    for (const char name : QByteArray("abc"))
        manager.add(urlOf(name));
    manager.find(urlOf('b'))->pause();
    QCOMPARE(orderOf(manager), QByteArray("ac"));
    manager.moveInQueue(tasksOf(manager, "bc"), Move::Top);
    QCOMPARE(orderOf(manager), QByteArray("ca"));
    QCOMPARE(manager.find(urlOf('b'))->resumeData().place, qint64(0));
    manager.find(urlOf('b'))->resume();
    QCOMPARE(orderOf(manager), QByteArray("cab"));
}

void TestQueue::newOnesStayBehind()
{
    for (const Move move : {Move::Top, Move::Bottom, Move::Up, Move::Down}) {
        ManagerRun run;
        run.network.set(false, false);
        DownloadManager &manager = run.manager();
        for (const char name : QByteArray("abc"))
            manager.add(urlOf(name));
        for (int i = 0; i < 3; ++i)
            manager.moveInQueue(tasksOf(manager, "b"), move);
        manager.add(urlOf('d'));
        QVERIFY(orderOf(manager).endsWith('d'));
        manager.moveInQueue(tasksOf(manager, "d"), Move::Top);
        QVERIFY(orderOf(manager).startsWith('d'));
    }
}

void TestQueue::placesAreRecorded()
{
    ManagerRun run;
    run.network.set(false, false);
    for (const char name : QByteArray("abc"))
        run.manager().add(urlOf(name));
    run.manager().moveInQueue(tasksOf(run.manager(), "c"), Move::Top);
    QCOMPARE(run.store().find(urlOf('c'))->place, qint64(-1));
    run.restart();
    run.manager().moveInQueue(tasksOf(run.manager(), "b"), Move::Up);
    QCOMPARE(orderOf(run.manager()), QByteArray("cba"));
    run.restart();
    QCOMPARE(orderOf(run.manager()), QByteArray("cba"));
}

void TestQueue::onlyWhatMustBeIsRecorded()
{
    ManagerRun run;
    run.network.set(false, false);
    DownloadManager &manager = run.manager();
    for (const char name : QByteArray(kNames))
        manager.add(urlOf(name));
    QSignalSpy recorded(&manager, &DownloadManager::recordChanged);
    manager.moveInQueue(tasksOf(manager, "f"), Move::Top);
    QCOMPARE(recorded.count(), 1);
    manager.moveInQueue(tasksOf(manager, "f"), Move::Top);
    manager.moveInQueue({}, Move::Bottom);
    QCOMPARE(recorded.count(), 1);
    manager.moveInQueue(tasksOf(manager, "f"), Move::Bottom);
    QCOMPARE(recorded.count(), 2);
    QCOMPARE(orderOf(manager), QByteArray("abcdef"));
}

void TestQueue::startsInThisOrder()
{
    ScriptedServer server(stalling());
    ManagerRun run;
    run.settings().downloadsAtOnce = 2;
    run.restart();
    run.network.set(false, false);
    DownloadManager &manager = run.manager();
    QList<DownloadTask *> tasks;
    for (const char *path : {"/a", "/b", "/c", "/d"})
        tasks.append(manager.add(server.url(QString::fromLatin1(path))));
    manager.moveInQueue({tasks[3]}, Move::Top);
    run.network.set(true, false);
    QVERIFY(server.waitForHolding(2));
    QCOMPARE(runningIn(manager), QByteArray("ad"));
    manager.moveInQueue({tasks[2]}, Move::Top);
    tasks[0]->pause();
    QVERIFY(server.waitForRequests(3));
    QTRY_COMPARE(runningIn(manager), QByteArray("cd"));
    QCOMPARE(orderOf(manager), QByteArray("b"));
}

void TestQueue::startsNextByPriority()
{
    ScriptedServer server(stalling());
    ManagerRun run;
    run.settings().downloadsAtOnce = 1;
    run.restart();
    DownloadManager &manager = run.manager();
    DownloadTask *first = manager.add(server.url(QStringLiteral("/a")));
    QTRY_COMPARE(first->state(), TaskState::Running);
    manager.add(server.url(QStringLiteral("/b")), with(Priority::Low));
    manager.add(server.url(QStringLiteral("/c")), with(Priority::Normal));
    manager.add(server.url(QStringLiteral("/d")), with(Priority::High));
    first->pause();
    QTRY_COMPARE(runningIn(manager), QByteArray("d")); // who runs is not stopped for it
    QCOMPARE(orderOf(manager), QByteArray("cb"));
}

// Who waits for its next try does not keep others from running.
void TestQueue::waitingGivesUpItsPlace()
{
    const Content content = Content::random(1000);
    ScriptedServer server([&](const Request &request) {
        return request.path == "/a" ? Answer::status(503, {{"Retry-After", "60"}})
                                    : Answer::honest(request, content);
    });
    ManagerRun run;
    run.settings().downloadsAtOnce = 1;
    run.restart();
    DownloadTask *first = run.manager().add(server.url(QStringLiteral("/a")));
    DownloadTask *second = run.manager().add(server.url(QStringLiteral("/b")));
    QTRY_COMPARE(second->state(), TaskState::Completed);
    QCOMPARE(first->state(), TaskState::Waiting);
    QVERIFY(first->untilRetry() > std::chrono::seconds(30));
    QVERIFY(run.manager().queue().empty());
}

void TestQueue::countsVerifyingAndRunning()
{
    ScriptedServer server(stalling());
    ManagerRun run;
    run.settings().downloadsAtOnce = 3;
    run.settings().connectionsPerHost = 2;
    run.restart();
    DownloadManager &manager = run.manager();
    for (const char *path : {"/a", "/b", "/c"})
        manager.add(server.url(QString::fromLatin1(path)));
    manager.add(server.url(QStringLiteral("/d"), QStringLiteral("localhost"))); // another host
    QTRY_COMPARE(runningIn(manager), QByteArray("abd"));
    QCOMPARE(orderOf(manager), QByteArray("c"));
}

void TestQueue::moreAtOnceCountsAtOnce()
{
    ScriptedServer server(stalling());
    ManagerRun run;
    Settings settings = run.settings();
    settings.downloadsAtOnce = 1;
    DownloadManager &manager = run.manager();
    manager.apply(settings);
    for (const char *path : {"/a", "/b", "/c"})
        manager.add(server.url(QString::fromLatin1(path)));
    QTRY_COMPARE(runningIn(manager), QByteArray("a"));
    settings.downloadsAtOnce = 2;
    manager.apply(settings);
    QTRY_COMPARE(runningIn(manager), QByteArray("ab"));
    settings.downloadsAtOnce = 1; // those that run go on
    manager.apply(settings);
    manager.find(server.url(QStringLiteral("/a")))->pause();
    QTRY_COMPARE(manager.find(server.url(QStringLiteral("/a")))->state(), TaskState::Paused);
    QCOMPARE(runningIn(manager), QByteArray("b"));
    QCOMPARE(orderOf(manager), QByteArray("c"));
}

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
