// SPDX-License-Identifier: MIT
// Threads that are to give way do, and no others.
#include "core/accessmanager.h"
#include "core/ioqueue.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTest>
#include <QThreadPool>

#include <algorithm>
#include <memory>

using namespace longhaul;
using namespace longhaul::test;

namespace {

// Of a thread, as the system counts: 0 usually, 19 for the most patient (proc(5), field 19 of stat).
int niceness(const QString &task)
{
    QFile stat(task + QStringLiteral("/stat"));
    const QByteArray text = stat.open(QIODevice::ReadOnly) ? stat.readAll() : QByteArray();
    return text.mid(text.lastIndexOf(')') + 2).split(' ').value(16).toInt();
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
};

void TestThreadPriority::initTestCase()
{
#ifndef Q_OS_LINUX
    QSKIP("Elsewhere the system heeds Qt's priorities.");
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
    const int ours = niceness(QStringLiteral("/proc/thread-self"));
    const int wanted = low ? std::max(ours, 10) : ours;
    QThreadPool pool;
    if (low)
        pool.setThreadPriority(QThread::LowPriority);
    IoQueue queue(pool);
    int seen = -1;
    queue.post([&seen] { seen = niceness(QStringLiteral("/proc/thread-self")); });
    queue.drain();
    QCOMPARE(seen, wanted);

    QTRY_VERIFY(threadNamed("network").isEmpty()); // that of the row before may still be on its way out
    ScriptedServer server([](const Request &) { return Answer::status(200, {}, "small"); });
    AccessManager manager(&pool);
    manager.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(server.url())));
    QTRY_VERIFY(reply->isFinished());
    const QString network = threadNamed("network");
    QVERIFY(!network.isEmpty());
    QCOMPARE(niceness(network), wanted);
    QCOMPARE(niceness(QStringLiteral("/proc/thread-self")), ours);
}

QTEST_GUILESS_MAIN(TestThreadPriority)
#include "tst_threadpriority.moc"
