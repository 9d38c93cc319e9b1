// SPDX-License-Identifier: MIT
// Threads that are to give way do, and no others.
#include "core/accessmanager.h"
#include "core/ioqueue.h"
#include "core/threadpriority.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <memory>

#ifdef Q_OS_LINUX
#include <sched.h>
#endif

using namespace longhaul;
using namespace longhaul::test;

namespace {

const QString kThisThread = QStringLiteral("/proc/thread-self");
constexpr int kBatch = 3; // SCHED_BATCH (sched.h)

// How the system lets a thread run.
struct Turns {
    int niceness = -1; // 0 usually, 19 for the most patient
    int policy = -1;

    bool operator==(const Turns &) const = default;
};

// By fields 19 and 41 of its stat (proc(5)).
Turns turnsOf(const QString &task)
{
    QFile stat(task + QStringLiteral("/stat"));
    const QByteArray text = stat.open(QIODevice::ReadOnly) ? stat.readAll() : QByteArray();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' '); // from the third on
    return fields.size() > 38 ? Turns{fields[16].toInt(), fields[38].toInt()} : Turns();
}

QString threadNamed(const QByteArray &name)
{
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile comm(tasks.filePath(task) + QStringLiteral("/comm"));
        if (comm.open(QIODevice::ReadOnly) && comm.readAll().trimmed() == name)
            return tasks.filePath(task);
    }
    return {};
}

} // namespace

class TestThreadPriority : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void threadsGiveWay_data();
    void threadsGiveWay();
    void threadsThatAreStartedPreferThroughput();
};

void TestThreadPriority::initTestCase()
{
#ifndef Q_OS_LINUX
    QSKIP("Elsewhere the system heeds Qt's priorities.");
#else
    bool isAllowed = false;
    const std::unique_ptr<QThread> trial(QThread::create([&isAllowed] {
        const sched_param none{};
        isAllowed =
            ::sched_getscheduler(0) == SCHED_OTHER && ::sched_setscheduler(0, SCHED_BATCH, &none) == 0;
    }));
    trial->start();
    trial->wait();
    if (!isAllowed)
        QSKIP("The system, or who has started this, wants threads to run otherwise.");
#endif
}

void TestThreadPriority::threadsGiveWay_data()
{
    QTest::addColumn<bool>("low");
    QTest::newRow("low") << true;
    QTest::newRow("as usual") << false;
}

void TestThreadPriority::threadsGiveWay()
{
    QFETCH(const bool, low);
    const Turns ours = turnsOf(kThisThread);
    const Turns wanted = low ? Turns{std::max(ours.niceness, 10), kBatch} : ours;
    QThreadPool pool;
    if (low)
        pool.setThreadPriority(QThread::LowPriority);
    IoQueue queue(pool);
    Turns seen;
    queue.post([&seen] { seen = turnsOf(kThisThread); });
    queue.drain();
    QVERIFY(seen == wanted);

    QTRY_VERIFY(threadNamed("network").isEmpty()); // that of the row before may still be on its way out
    ScriptedServer server([](const Request &) { return Answer::status(200, {}, "small"); });
    AccessManager manager(&pool);
    manager.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(server.url())));
    QTRY_VERIFY(reply->isFinished());
    const QString network = threadNamed("network");
    QVERIFY(!network.isEmpty());
    QVERIFY(turnsOf(network) == wanted);
    QVERIFY(turnsOf(kThisThread) == ours);
}

void TestThreadPriority::threadsThatAreStartedPreferThroughput()
{
    const Turns ours = turnsOf(kThisThread);
    QVERIFY(ours.niceness >= 0);
    Turns inner;
    const std::unique_ptr<QThread> outer(QThread::create([&inner] {
        preferThroughput();
        const std::unique_ptr<QThread> started(QThread::create([&inner] { inner = turnsOf(kThisThread); }));
        started->start();
        started->wait();
    }));
    outer->start();
    outer->wait();
    QCOMPARE(inner.policy, kBatch);
    QCOMPARE(inner.niceness, ours.niceness);
    QVERIFY(turnsOf(kThisThread) == ours); // it is of the thread alone that asked for it
}

QTEST_GUILESS_MAIN(TestThreadPriority)
#include "tst_threadpriority.moc"
