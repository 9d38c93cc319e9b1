// SPDX-License-Identifier: MIT
// The n-th call that opens, writes, syncs, renames ... fails, for each n until there is none left to fail:
// nothing is wrong then, the user is told, and a later start goes on.
//
// LONGHAUL_FAULTS=all   every n, rather than one in some
// LONGHAUL_SEED=n       which ones
#include "diskjudge.h"

#include "core/storefiles.h"
#include "core/storeformat.h"
#include "tests/core/recordjson.h"
#include "tests/support/diskwatch.h"

#ifdef LONGHAUL_BINARY
#include "program.h"
#endif

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;
using diskwatch::Kind;

namespace {

constexpr int kStride = 6;
constexpr int kFiles[] = {DiskFiles::Plain, DiskFiles::Over, DiskFiles::Small};
constexpr int kLate = DiskFiles::Small + 1; // added after a second start
constexpr qint64 kRate = 4 << 20;           // of one that is to be paused on its way
constexpr const char *kNames[] = {"open", "close", "write", "sync", "rename", "resize", "unlink", "mkdir"};

} // namespace

class TestIoFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void faults_data();
    void faults();
    void listThatIsNotConfirmed();
    void programTells_data();
    void programTells();

private:
    bool begin(DiskWorld &world);
    bool download(DiskWorld &world);
    QByteArray wrongRecordsIn(const QString &root, bool certain, bool late);
    QByteArray problem(const QString &root, const diskwatch::Fault &fault, bool *struck);

    DiskFiles m_files;
    QTemporaryDir m_temp;
    bool m_all = false;
    QRandomGenerator m_random;
};

void TestIoFaults::initTestCase()
{
    m_all = qgetenv("LONGHAUL_FAULTS") == "all";
    m_random.seed(qEnvironmentVariable("LONGHAUL_SEED", u"1"_s).toUInt());
}

// With all that is to be fetched in its list.
bool TestIoFaults::begin(DiskWorld &world)
{
    if (!world.begin())
        return false;
    ResumeData filler; // makes a snapshot of the journal when the store is closed
    filler.url = m_files.base().resolved(QUrl(u"/filler"_s));
    filler.state = TaskState::Completed;
    filler.unknown.insert(u"filler"_s, QString(70'000, u'f'));
    world.store().put(filler, Durability::Written);
    for (const int file : kFiles) {
        TaskOptions options;
        options.conflict = file == DiskFiles::Over ? ConflictPolicy::Overwrite : ConflictPolicy::Rename;
        options.rateLimit = file == DiskFiles::Plain ? kRate : 0;
        world.manager().add(m_files.url(file), options);
    }
    return true;
}

// One of them in two parts. True when all is complete.
bool TestIoFaults::download(DiskWorld &world)
{
    DownloadTask *task = world.manager().find(m_files.url(DiskFiles::Plain));
    runUntil(
        [task] {
            const QList<ByteRange> wanted = task->inFlight();
            return isAtRest(task->state()) || (!wanted.isEmpty() && wanted.constFirst().begin > 0);
        },
        10'000);
    task->pause();
    runUntil([task] { return isAtRest(task->state()); }, 10'000);
    task->setOptions({});
    const auto &tasks = world.manager().tasks();
    return world.runToRest(0) && std::all_of(tasks.begin(), tasks.end(), [](const auto &each) {
               return each->state() == TaskState::Completed;
           });
}

// `certain`: what was added first must be in the list; `late`: the last one, too.
QByteArray TestIoFaults::wrongRecordsIn(const QString &root, bool certain, bool late)
{
    const DiskState disk = DiskState::of(root);
    const QString copy = m_temp.filePath(u"copy"_s);
    if (!disk.moved(root + u"/store"_s, copy).write(copy))
        return "the files cannot be written";
    QThreadPool threads;
    ResumeStore store(copy, threads);
    if (store.open() != ResumeStore::OpenResult::Opened)
        return "the store does not open: " + store.errorString().toUtf8();
    ExpectedList::Entries expected;
    for (const int file : kFiles) {
        if (certain)
            expected.there.insert(file);
    }
    if (late)
        expected.there.insert(kLate);
    return wrongRecords(store, disk, m_files, expected);
}

// What is wrong when the fault strikes, or after it.
QByteArray TestIoFaults::problem(const QString &root, const diskwatch::Fault &fault, bool *struck)
{
    DiskWorld world(root);
    QDir().mkpath(world.files());
    QFile old(world.files() + u"/over.bin"_s);
    if (!old.open(QIODevice::WriteOnly)
        || old.write(QByteArray(m_files.current(DiskFiles::Over).size(), 'o')) < 0)
        return "the old file cannot be made";
    old.close();

    diskwatch::watch(QFile::encodeName(root).toStdString());
    diskwatch::failOn(fault);
    const bool begun = begin(world);
    bool complete = begun && download(world);
    world.end();
    const bool late = begun && world.begin(); // what it finds now is what it left
    if (late) {
        world.manager().add(m_files.url(kLate))->pause();
        world.end();
        complete = world.begin() && complete;
    }
    world.end();
    *struck = diskwatch::heal();
    diskwatch::stop();

    const bool certain = !fault.onwards || !*struck;
    if (*struck && !complete && world.said().join(QString()).isEmpty())
        return "nothing was said";
    QByteArray wrong = wrongRecordsIn(root, begun && certain, late && certain);
    if (!wrong.isEmpty())
        return wrong + "; said: " + world.said().join(u' ').toUtf8();
    DiskWorld next(root);
    if (!begin(next))
        return "the store does not open again: " + next.said().join(u' ').toUtf8();
    return wrongEnd(next, m_files);
}

void TestIoFaults::faults_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("onwards");
    for (const Kind kind : diskwatch::kKinds) {
        for (const int error : {EIO, ENOSPC}) {
            for (const bool onwards : {false, true})
                QTest::addRow("%s %s %s", kNames[int(kind)], error == EIO ? "EIO" : "ENOSPC",
                              onwards ? "from then on" : "once")
                    << int(kind) << error << onwards;
        }
    }
}

void TestIoFaults::faults()
{
    QFETCH(const int, kind);
    QFETCH(const int, error);
    QFETCH(const bool, onwards);
    QByteArrayList wrong;
    int runs = 0;
    bool struck = true;
    for (int nth = m_all ? 1 : m_random.bounded(1, kStride + 1); struck; nth += m_all ? 1 : kStride, ++runs) {
        const QString root = m_temp.filePath(u"run"_s);
        QDir(root).removeRecursively();
        const QByteArray found = problem(root, {Kind(kind), nth, error, onwards}, &struck);
        if (!found.isEmpty())
            wrong.append("n = " + QByteArray::number(nth) + ": " + found);
    }
    qInfo("%d runs", runs);
    for (const QByteArray &line : std::as_const(wrong))
        qInfo().noquote() << line;
    QVERIFY2(wrong.isEmpty(), (QByteArray::number(wrong.size()) + " are wrong").constData());
}

// What the last sync confirmed and what came after: while the disk confirms nothing, an older record that
// tells of bytes which a part file has lost must not be all that there is.
void TestIoFaults::listThatIsNotConfirmed()
{
    using enum StoreFiles::Appended;
    const QString root = m_temp.filePath(u"list"_s);
    diskwatch::watch(QFile::encodeName(root).toStdString());
    const auto line = [](int n) { return recordjson::lineOf({{u"url"_s, u"http://h/a"_s}, {u"n"_s, n}}); };
    const auto newest = [&] {
        QFile journal(root + u"/downloads.journal"_s);
        const bool opened = journal.open(QIODevice::ReadOnly);
        const auto records = storeformat::loadJournal(opened ? journal.readAll() : QByteArray()).records;
        return recordjson::recordOf(records.value("http://h/a"))["n"_L1].toInt();
    };
    {
        StoreFiles files(root);
        QVERIFY(files.makeFolder() && files.load().records.isEmpty());
        QCOMPARE(files.append(line(1), true), Done);
        QCOMPARE(files.append(line(2), false), Done);
        diskwatch::failOn({Kind::Sync, 1, EIO, true});
        QCOMPARE(files.append(line(3), true), Unconfirmed);
        QCOMPARE(newest(), 3);
        QVERIFY(files.needsRebuild());
        QCOMPARE(files.append(line(4), false), Done);
        QCOMPARE(files.append({}, true), Unconfirmed);
        QCOMPARE(newest(), 4);
        QVERIFY(diskwatch::heal());
        QCOMPARE(files.append({}, true), Done);
        QCOMPARE(newest(), 4);
    }
    const auto loaded = StoreFiles(root).load();
    QCOMPARE(loaded.records.size(), 1);
    QVERIFY2(loaded.notices.isEmpty(), qPrintable(loaded.notices.join(u' ')));
    diskwatch::stop();
}

void TestIoFaults::programTells_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("nth");
    QTest::addColumn<int>("error");
    QTest::addRow("a full disk") << int(Kind::Write) << 5 << ENOSPC;
    QTest::addRow("a bad disk") << int(Kind::Write) << 5 << EIO;
    QTest::addRow("no room for the file") << int(Kind::Resize) << 1 << ENOSPC;
    QTest::addRow("no sync") << int(Kind::Sync) << 3 << EIO;
    QTest::addRow("no store") << int(Kind::Open) << 1 << EIO;
    QTest::addRow("no name") << int(Kind::Rename) << 1 << EIO;
}

// The real program: it fails, in one sentence with the system's reason or an advice, and goes on the next
// time.
void TestIoFaults::programTells()
{
#if !defined(LONGHAUL_BINARY) || defined(__SANITIZE_ADDRESS__)
    QSKIP("there is no program, or none into which something can be preloaded");
#else
    QFETCH(const int, kind);
    QFETCH(const int, nth);
    QFETCH(const int, error);
    const QTemporaryDir root;
    const QUrl url = m_files.url(DiskFiles::Over);
    const QStringList arguments{u"get"_s,         u"-q"_s,
                                u"--state-dir"_s, root.filePath(u"store"_s),
                                u"-d"_s,          root.filePath(u"files"_s),
                                url.toString()};
    qputenv("LD_PRELOAD", LONGHAUL_DISKWATCH);
    qputenv("LONGHAUL_DISK_WATCH", QFile::encodeName(root.path()));
    qputenv("LONGHAUL_DISK_FAULT", QStringLiteral("%1 %2 %3 1").arg(kind).arg(nth).arg(error).toLatin1());
    Program failing(root.path());
    for (const char *name : {"LD_PRELOAD", "LONGHAUL_DISK_WATCH", "LONGHAUL_DISK_FAULT"})
        qunsetenv(name);
    QVERIFY(failing.start(arguments) && failing.waitForEnd());
    QVERIFY2(failing.exitCode() == 1, failing.account().constData());
    const QByteArray said = failing.errorText().trimmed();
    QVERIFY2(said.startsWith("longhaul: ") && said.endsWith('.'), failing.account().constData());
    Program next(root.path());
    QVERIFY(next.start(arguments) && next.waitForEnd());
    QVERIFY2(next.exitCode() == 0, next.account().constData());
    QVERIFY(m_files.current(DiskFiles::Over).matchesFile(root.filePath(u"files/over.bin"_s)));
#endif
}

QTEST_GUILESS_MAIN(TestIoFaults)
#include "tst_iofaults.moc"
