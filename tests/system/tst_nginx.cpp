// SPDX-License-Identifier: MIT
// The program as its users run it, against a real server: stopped in every way, it goes on from where it was,
// and the file is the server's file.
#include "bigfile.h"
#include "nginxserver.h"
#include "program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace longhaul;

namespace {

constexpr qint64 bigSize = 1024 * MiB;
constexpr qint64 smallSize = 16 * MiB;
constexpr qint64 roomNeeded = 3 * bigSize;

#if defined(__SANITIZE_ADDRESS__)
constexpr qint64 leaveLimit = 4000; // milliseconds; the leak check at the end is not the program's
#else
constexpr qint64 leaveLimit = 1000;
#endif

} // namespace

class TestNginx : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void whole();
    void manyConnections();
    void interrupted_data();
    void interrupted();
    void killed_data();
    void killed();
    void serverRestarted();
    void severalAndAgain();
    void replacedOnTheServer();
    void refused_data();
    void refused();
    void secondProcess();

private:
    QString served(const QString &name) const { return m_root->filePath(u"files/"_s + name); }
    QString downloaded(const QString &name) const { return m_work->filePath(u"downloads/"_s + name); }
    QString address(const QString &path) const { return m_server->url(path).toString(); }
    QStringList getArguments(const QStringList &addresses, int connections = 1) const;
    QString stateOf(const QString &address) const;
    void runToEnd(Program &program, const QStringList &arguments) const;
    void verifyWhole(const Program &program, const QString &name) const;

    std::unique_ptr<QTemporaryDir> m_root; // the server's files, for all tests
    std::unique_ptr<QTemporaryDir> m_work; // home, store and downloads of one test
    std::unique_ptr<NginxServer> m_server;
};

// Ends the test with what the program said.
#define VERIFY(condition, program) QVERIFY2(condition, (program).account().constData())

void TestNginx::initTestCase()
{
    QVERIFY2(QFileInfo(QStringLiteral(LONGHAUL_BINARY)).isExecutable(), "the program is not built");

    // In memory where there is room, for speed.
    const QStorageInfo memory(u"/dev/shm"_s);
    const bool inMemory = memory.isValid() && memory.bytesAvailable() >= roomNeeded;
    m_root = std::make_unique<QTemporaryDir>((inMemory ? u"/dev/shm"_s : QDir::tempPath())
                                             + u"/longhaul-nginx-XXXXXX"_s);
    QVERIFY2(m_root->isValid(), qPrintable(m_root->errorString()));
    QVERIFY2(QStorageInfo(m_root->path()).bytesAvailable() >= roomNeeded,
             "these tests need 3 GiB in /dev/shm or in the folder for temporary files");

    QVERIFY(QDir(m_root->path()).mkpath(u"files"_s));
    QVERIFY(QDir(m_root->path()).mkpath(u"nginx"_s));
    QVERIFY(makeFile(served(u"big.bin"_s), bigSize, 1));
    quint64 seed = 2;
    for (const QString &name : {u"a.bin"_s, u"b.bin"_s, u"c.bin"_s, u"small.bin"_s})
        QVERIFY(makeFile(served(name), smallSize, seed++));

    m_server = std::make_unique<NginxServer>(m_root->filePath(u"nginx"_s), m_root->filePath(u"files"_s));
    QVERIFY2(m_server->start(), qPrintable(m_server->errorString()));
}

void TestNginx::init()
{
    m_work = std::make_unique<QTemporaryDir>(m_root->filePath(u"work-XXXXXX"_s));
    QVERIFY(m_work->isValid());
    QVERIFY(QDir(m_work->path()).mkpath(u"downloads"_s));
    QVERIFY2(m_server->waitUntilIdle(), "a request of the test before is still under way");
    m_server->clearLog();
}

void TestNginx::cleanup() { m_work.reset(); }

// With one connection the server's log tells each byte's way.
QStringList TestNginx::getArguments(const QStringList &addresses, int connections) const
{
    return QStringList{u"get"_s,         u"--json"_s,
                       u"-x"_s,          QString::number(connections),
                       u"--state-dir"_s, m_work->filePath(u"state"_s),
                       u"-d"_s,          m_work->filePath(u"downloads"_s)}
           + addresses;
}

// What `longhaul list --json` says of an address, an object per line.
QString TestNginx::stateOf(const QString &address) const
{
    QProcess list;
    list.start(QStringLiteral(LONGHAUL_BINARY),
               {u"list"_s, u"--json"_s, u"--state-dir"_s, m_work->filePath(u"state"_s)});
    if (!list.waitForFinished() || list.exitCode() != 0)
        return u"no list: "_s + QString::fromUtf8(list.readAllStandardError());
    const QList<QByteArray> lines = list.readAllStandardOutput().split('\n');
    for (const QByteArray &line : lines) {
        const QJsonObject record = QJsonDocument::fromJson(line).object();
        if (record["url"_L1].toString() == address)
            return record["state"_L1].toString();
    }
    return u"not in the list"_s;
}

void TestNginx::runToEnd(Program &program, const QStringList &arguments) const
{
    QVERIFY(program.start(arguments));
    VERIFY(program.waitForEnd(), program);
}

// The run ended well and `name` is what the server has, with nothing left beside it.
void TestNginx::verifyWhole(const Program &program, const QString &name) const
{
    VERIFY(!program.isRunning() && program.exitCode() == 0, program);
    QVERIFY2(program.strayLines().isEmpty(), program.strayLines().value(0).constData());
    QVERIFY(isSameFile(downloaded(name), served(name)));
    QVERIFY(!QFileInfo::exists(downloaded(name + u".part"_s)));
}

void TestNginx::whole()
{
    const QString url = address(u"/files/big.bin"_s);
    Program program(m_work->path());
    runToEnd(program, getArguments({url}));
    verifyWhole(program, u"big.bin"_s);

    const QJsonObject report = program.report();
    QCOMPARE(report["url"_L1].toString(), url);
    QCOMPARE(report["finalUrl"_L1].toString(), url);
    QCOMPARE(report["filePath"_L1].toString(), downloaded(u"big.bin"_s));
    QCOMPARE(report["bytes"_L1].toInteger(), bigSize);
    QCOMPARE(report["bytesReused"_L1].toInteger(), 0);
    QCOMPARE(stateOf(url), u"completed"_s);

    QVERIFY(m_server->waitUntilIdle());
    QCOMPARE(m_server->bytesServed(), bigSize);
}

// Whole, after a break in the middle of all of them.
void TestNginx::manyConnections()
{
    const QString url = address(u"/slow/big.bin"_s);
    Program first(m_work->path());
    QVERIFY(first.start(getArguments({url}, 16)));
    VERIFY(first.waitForBytes(bigSize * 3 / 10), first);
    first.sendSignal(SIGINT);
    VERIFY(first.waitForEnd(), first);
    QVERIFY2(first.elapsed() <= leaveLimit, QByteArray::number(first.elapsed()).constData());

    Program second(m_work->path());
    runToEnd(second, getArguments({url}, 16));
    verifyWhole(second, u"big.bin"_s);
    QVERIFY(m_server->waitUntilIdle());
    const QList<LogLine> log = m_server->log();
    QVERIFY2(log.size() >= 8, QByteArray::number(log.size()).constData()); // the line was not full
    const qint64 twice = m_server->bytesServed() - bigSize;
    // What each connection's kernel held when it broke off, on both sides.
    QVERIFY2(twice < 16 * 16 * MiB, QByteArray::number(twice).constData());
}

void TestNginx::interrupted_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl-C") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestNginx::interrupted()
{
    QFETCH(const int, signal);
    const QString url = address(u"/slow/big.bin"_s);

    Program first(m_work->path());
    QVERIFY(first.start(getArguments({url})));
    VERIFY(first.waitForBytes(bigSize * 3 / 10), first);
    const qint64 before = first.bytes();
    first.sendSignal(signal);
    VERIFY(first.waitForEnd(), first);
    VERIFY(first.exitCode() == 130, first);
    QVERIFY2(first.elapsed() <= leaveLimit, QByteArray::number(first.elapsed()).constData());
    QVERIFY(!QFileInfo::exists(downloaded(u"big.bin"_s)));
    QVERIFY(QFileInfo::exists(downloaded(u"big.bin.part"_s)));
    QVERIFY(m_server->waitUntilIdle());

    Program second(m_work->path());
    runToEnd(second, getArguments({url}));
    verifyWhole(second, u"big.bin"_s);
    QCOMPARE(stateOf(url), u"completed"_s);

    const QJsonObject report = second.report();
    const qint64 reused = report["bytesReused"_L1].toInteger();
    VERIFY(reused >= before, second);
    QCOMPARE(report["bytes"_L1].toInteger() + reused, bigSize);

    // The server's side of it: one request went on where the record ended, and hardly a byte was sent twice.
    QVERIFY(m_server->waitUntilIdle());
    const QList<LogLine> log = m_server->log();
    QCOMPARE(log.size(), 2);
    QCOMPARE(log[1].status, 206);
    QCOMPARE(log[1].range, "bytes=" + QByteArray::number(reused) + '-');
    const qint64 twice = m_server->bytesServed() - bigSize;
    QVERIFY2(twice < MiB, QByteArray::number(twice).constData());
}

void TestNginx::killed_data()
{
    QTest::addColumn<int>("kills");
    QTest::addColumn<quint32>("seed");
    QTest::newRow("once") << 1 << quint32(11);
    QTest::newRow("five times") << 5 << quint32(12);
}

void TestNginx::killed()
{
    QFETCH(const int, kills);
    QFETCH(const quint32, seed);
    const QString url = address(u"/slow/big.bin"_s);
    QRandomGenerator random(seed);

    for (int i = 0; i < kills; ++i) {
        Program program(m_work->path());
        QVERIFY(program.start(getArguments({url})));
        // Somewhere in this kill's share of the first 85 %.
        const double share = (i + random.generateDouble()) / kills;
        VERIFY(program.waitForBytes(qint64(double(bigSize) * 0.85 * share)), program);
        // At any phase between two records, rather than just after a progress line.
        QTest::qWait(random.bounded(800));
        VERIFY(program.isRunning(), program);
        program.sendSignal(SIGKILL);
        VERIFY(program.waitForEnd(), program);
        QVERIFY(program.hasCrashed());
    }

    Program last(m_work->path());
    runToEnd(last, getArguments({url}));
    verifyWhole(last, u"big.bin"_s);

    // What a request carried, less how far the next one had come: at most one second's traffic was lost.
    QVERIFY(m_server->waitUntilIdle());
    const QList<LogLine> log = m_server->log();
    QCOMPARE(log.size(), kills + 1);
    for (qsizetype i = 0; i < kills; ++i) {
        const qint64 lost = log[i].begin() + log[i].bodyBytes - log[i + 1].begin();
        QVERIFY2(lost <= NginxServer::slowRate + MiB, QByteArray::number(lost).constData());
    }
}

void TestNginx::serverRestarted()
{
    Program program(m_work->path());
    QVERIFY(program.start(getArguments({address(u"/slow/big.bin"_s)})));
    VERIFY(program.waitForBytes(bigSize * 3 / 10), program);
    m_server->kill();
    VERIFY(program.waitForState(u"waiting"_s), program);
    QVERIFY2(m_server->start(), qPrintable(m_server->errorString()));
    VERIFY(program.waitForEnd(), program);
    verifyWhole(program, u"big.bin"_s);

    const QJsonObject report = program.report();
    QVERIFY(report["retries"_L1].toInt() >= 1);
    // The request that the server did not live to log is not repeated from its beginning.
    QVERIFY(m_server->waitUntilIdle());
    QVERIFY(m_server->bytesServed() <= bigSize * 7 / 10 + MiB);
}

void TestNginx::severalAndAgain()
{
    const QStringList names{u"a.bin"_s, u"b.bin"_s, u"c.bin"_s};
    QStringList urls;
    for (const QString &name : names)
        urls << address(u"/files/"_s + name);

    Program first(m_work->path());
    runToEnd(first, getArguments(urls));
    for (const QString &name : names)
        verifyWhole(first, name);
    QCOMPARE(first.linesOf(u"report"_s).size(), 3);

    QVERIFY(m_server->waitUntilIdle());
    m_server->clearLog();
    Program again(m_work->path());
    runToEnd(again, getArguments(urls));
    for (const QString &name : names)
        verifyWhole(again, name);
    QCOMPARE(again.linesOf(u"report"_s).size(), 3);
    QVERIFY(m_server->waitUntilIdle());
    QCOMPARE(m_server->log().size(), 0);
}

void TestNginx::replacedOnTheServer()
{
    const QString url = address(u"/crawl/small.bin"_s);
    Program first(m_work->path());
    QVERIFY(first.start(getArguments({url})));
    VERIFY(first.waitForBytes(smallSize * 3 / 10), first);
    first.sendSignal(SIGINT);
    VERIFY(first.waitForEnd(), first);
    VERIFY(first.exitCode() == 130, first);

    // Another file of the same size; nginx makes its ETag of the time and the size.
    QVERIFY(makeFile(served(u"small.bin"_s), smallSize, 77));
    QFile file(served(u"small.bin"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-1), QFileDevice::FileModificationTime));
    file.close();

    Program second(m_work->path());
    runToEnd(second, getArguments({url}));
    verifyWhole(second, u"small.bin"_s);
}

void TestNginx::refused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("403") << u"/forbidden/a.bin"_s << 403;
    QTest::newRow("404") << u"/files/missing.bin"_s << 404;
}

void TestNginx::refused()
{
    QFETCH(const QString, path);
    QFETCH(const int, status);
    const QStringList arguments = getArguments({address(path)});

    Program program(m_work->path());
    runToEnd(program, arguments);
    VERIFY(program.exitCode() == 1, program);
    const QJsonObject report = program.report();
    QVERIFY(!report.contains("filePath"_L1));
    QCOMPARE(report["error"_L1]["httpStatus"_L1].toInt(), status);

    // For people: one line, with the status.
    QStringList plain = arguments;
    plain.replace(plain.indexOf(u"--json"_s), u"--quiet"_s);
    Program quiet(m_work->path());
    runToEnd(quiet, plain);
    VERIFY(quiet.exitCode() == 1, quiet);
    VERIFY(quiet.errorText().trimmed().split('\n').size() == 1, quiet);
    VERIFY(quiet.errorText().contains(QByteArray::number(status)), quiet);

    QVERIFY(QDir(m_work->filePath(u"downloads"_s)).isEmpty());
}

void TestNginx::secondProcess()
{
    Program first(m_work->path());
    QVERIFY(first.start(getArguments({address(u"/crawl/a.bin"_s)})));
    VERIFY(first.waitForBytes(smallSize / 10), first);

    Program second(m_work->path());
    QVERIFY(second.start(getArguments({address(u"/files/b.bin"_s)})));
    VERIFY(second.waitForEnd(5000), second);
    VERIFY(second.exitCode() > 0, second);
    QCOMPARE(second.errorText().trimmed().split('\n').size(), 1);
    VERIFY(!second.errorText().trimmed().isEmpty(), second);
    QVERIFY(!QFileInfo::exists(downloaded(u"b.bin"_s)));

    VERIFY(first.waitForEnd(), first);
    verifyWhole(first, u"a.bin"_s);
    QCOMPARE(stateOf(address(u"/crawl/a.bin"_s)), u"completed"_s);
}

QTEST_GUILESS_MAIN(TestNginx)
#include "tst_nginx.moc"
