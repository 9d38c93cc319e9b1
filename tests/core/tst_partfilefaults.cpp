// SPDX-License-Identifier: MIT
// What a part file says when the system says no: full and limited disks, folders that cannot be written to or
// that vanish.
#include "partwatch.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QStorageInfo>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <sched.h>
#include <sys/mount.h>
#endif

using namespace longhaul;
using namespace longhaul::partwatch;

namespace {

constexpr QFile::Permissions kReadable = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup
                                         | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
QString zipName() { return QStringLiteral("a.zip"); }

#ifdef Q_OS_UNIX

// Files end at `bytes` as long as it lives.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        m_set = setrlimit(RLIMIT_FSIZE, &limit) == 0;
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)
    bool isSet() const { return m_set; }

private:
    rlimit m_before{};
    bool m_set = false;
};

// Without root's powers as long as it lives.
class Unprivileged
{
public:
    Unprivileged()
        : m_before(geteuid())
    {
        if (m_before == 0)
            m_dropped = seteuid(65534) == 0;
    }
    ~Unprivileged()
    {
        if (m_dropped && seteuid(m_before) != 0)
            qFatal("cannot become root again");
    }
    Q_DISABLE_COPY_MOVE(Unprivileged)
    bool isDropped() const { return m_before != 0 || m_dropped; }

private:
    uid_t m_before;
    bool m_dropped = false;
};

#endif

// A file system of that size for this process alone; false when that cannot be had.
bool mountSmallDisk([[maybe_unused]] const QString &path)
{
#ifdef Q_OS_LINUX
    // No thread may run yet that still lives in the old namespace: main() has seen to that.
    return ::mount("tmpfs", QFile::encodeName(path).constData(), "tmpfs", 0, "size=256k,mode=0777") == 0;
#else
    return false;
#endif
}

} // namespace

class TestPartFileFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void folderNotWritable();
    void folderCannotBeMade();
    void folderIsAFile();
    void partNotWritable();
    void sizeLimitOnWriting();
    void sizeLimitOnReserving();
    void fullDiskOnWriting();
    void fullDiskOnReserving();
    void reservingInMemory();
    void memoryTakenByOthers();
    void moreThanIsFree();
    void silentAfterFailure();
    void folderVanishes();
    void partVanishesBeforeItsDigest();
    void nothingIsOpen();

private:
    void begin(Watch &watch, const QString &folder);

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestPartFileFaults::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    // Others may pass, for the tests without root's powers.
    QVERIFY(QFile::setPermissions(m_dir->path(), kReadable | QFile::WriteOwner));
}

void TestPartFileFaults::cleanup()
{
#ifdef Q_OS_LINUX
    ::umount2(QFile::encodeName(m_dir->path()).constData(), MNT_DETACH); // where one was mounted
#endif
}

void TestPartFileFaults::begin(Watch &watch, const QString &folder)
{
    watch->create(folder, zipName(), ConflictPolicy::Rename);
    QVERIFY(watch.next().startsWith(QStringLiteral("opened")));
}

void TestPartFileFaults::folderNotWritable()
{
#ifdef Q_OS_UNIX
    const QString folder = m_dir->filePath(QStringLiteral("closed"));
    QVERIFY(QDir().mkdir(folder));
    QVERIFY(QFile::setPermissions(folder, kReadable));
    const Unprivileged guard;
    if (!guard.isDropped())
        QSKIP("root's powers cannot be dropped here");
    for (const ConflictPolicy policy :
         {ConflictPolicy::Rename, ConflictPolicy::Overwrite, ConflictPolicy::Skip}) {
        Watch watch(folder);
        watch->create(folder, zipName(), policy);
        QCOMPARE(watch.next(), QStringLiteral("failed 1001"));
        QCOMPARE(watch.error().detail, QStringLiteral("Permission denied"));
    }
#endif
}

void TestPartFileFaults::folderCannotBeMade()
{
#ifdef Q_OS_UNIX
    const QString closed = m_dir->filePath(QStringLiteral("closed"));
    QVERIFY(QDir().mkdir(closed));
    QVERIFY(QFile::setPermissions(closed, kReadable));
    const Unprivileged guard;
    if (!guard.isDropped())
        QSKIP("root's powers cannot be dropped here");
    Watch watch(closed);
    watch->create(closed + QStringLiteral("/b/c"), zipName(), ConflictPolicy::Rename);
    QCOMPARE(watch.next(), QStringLiteral("failed 1001"));
#endif
}

void TestPartFileFaults::folderIsAFile()
{
    const QString file = m_dir->filePath(QStringLiteral("file"));
    QVERIFY(makeFile(file, "old"));
    for (const char *below : {"", "/b"}) {
        Watch watch(m_dir->path());
        watch->create(file + QString::fromLatin1(below), zipName(), ConflictPolicy::Rename);
        QCOMPARE(watch.next(), QStringLiteral("failed 1001"));
    }
    QCOMPARE(contentOf(file), QByteArray("old"));
}

void TestPartFileFaults::partNotWritable()
{
#ifdef Q_OS_UNIX
    const QString part = m_dir->filePath(QStringLiteral("a.zip.part"));
    QVERIFY(makeFile(part, "old"));
    QVERIFY(QFile::setPermissions(part, kReadable));
    const Unprivileged guard;
    if (!guard.isDropped())
        QSKIP("root's powers cannot be dropped here");
    Watch watch(m_dir->path());
    watch->openExisting(part, watch.path("a.zip"), RangeSet({0, 3}));
    QCOMPARE(watch.next(), QStringLiteral("failed 1001"));
    QCOMPARE(watch.error().detail, QStringLiteral("Permission denied"));
#endif
}

void TestPartFileFaults::sizeLimitOnWriting()
{
#ifdef Q_OS_UNIX
    const FileSizeLimit limit(1 << 20);
    QVERIFY(limit.isSet());
    Watch watch(m_dir->path());
    begin(watch, m_dir->path());
    watch->write(0, QByteArray(1 << 19, 'x'));
    QCOMPARE(watch.next(), QStringLiteral("written [0,524288)"));
    watch->write(1 << 19, QByteArray((1 << 19) + 1, 'x')); // all of it but one byte would fit
    QCOMPARE(watch.next(), QStringLiteral("failed 1003"));
    QCOMPARE(watch.error().detail, QStringLiteral("File too large"));
    QVERIFY(QFileInfo(watch.part()).size() >= 1 << 19); // what was written stays
#endif
}

void TestPartFileFaults::sizeLimitOnReserving()
{
#ifdef Q_OS_UNIX
    const FileSizeLimit limit(1 << 20);
    QVERIFY(limit.isSet());
    Watch watch(m_dir->path());
    begin(watch, m_dir->path());
    watch->reserve(1 << 20);
    QVERIFY(watch.isQuiet());
    watch->reserve((1 << 20) + 1);
    QCOMPARE(watch.next(), QStringLiteral("failed 1003"));
#endif
}

void TestPartFileFaults::fullDiskOnWriting()
{
    const QString disk = m_dir->path();
    if (!mountSmallDisk(disk))
        QSKIP("no small disk can be mounted here (it takes root)");
    Watch watch(disk);
    begin(watch, disk);
    watch->write(0, QByteArray(100'000, 'x'));
    QCOMPARE(watch.next(), QStringLiteral("written [0,100000)"));
    watch->write(100'000, QByteArray(500'000, 'y'));
    QCOMPARE(watch.next(), QStringLiteral("failed 1002"));
    QCOMPARE(watch.error().detail, QStringLiteral("No space left on device"));
    QCOMPARE(contentOf(watch.part()).left(100'000), QByteArray(100'000, 'x'));
}

void TestPartFileFaults::fullDiskOnReserving()
{
    const QString disk = m_dir->path();
    if (!mountSmallDisk(disk))
        QSKIP("no small disk can be mounted here (it takes root)");
    Watch watch(disk);
    begin(watch, disk);
    watch->write(0, "abc");
    QCOMPARE(watch.next(), QStringLiteral("written [0,3)"));
    watch->reserve(10'000'000);
    QCOMPARE(watch.next(), QStringLiteral("failed 1002"));
    QCOMPARE(contentOf(watch.part()).left(3), QByteArray("abc"));
    QVERIFY(QFileInfo(watch.part()).size() < 10'000'000); // no sparse promise of what cannot be kept
}

// A file in memory takes none before its bytes come.
void TestPartFileFaults::reservingInMemory()
{
    const QString disk = m_dir->path();
    if (!mountSmallDisk(disk))
        QSKIP("no small disk can be mounted here (it takes root)");
    Watch watch(disk);
    begin(watch, disk);
    const qint64 before = QStorageInfo(disk).bytesAvailable();
    constexpr qint64 kTotal = 200'000;
    watch->reserve(kTotal);
    QTRY_COMPARE(QFileInfo(watch.part()).size(), kTotal);
    QVERIFY(watch.isQuiet());
    QCOMPARE(QStorageInfo(disk).bytesAvailable(), before);
}

// So others may take it meanwhile: the bytes that are there stay, and it goes on when there is room again.
void TestPartFileFaults::memoryTakenByOthers()
{
    const QString disk = m_dir->path();
    if (!mountSmallDisk(disk))
        QSKIP("no small disk can be mounted here (it takes root)");
    Watch watch(disk);
    begin(watch, disk);
    watch->reserve(200'000);
    watch->write(0, QByteArray(50'000, 'x'));
    QCOMPARE(watch.next(), QStringLiteral("written [0,50000)"));
    QFile other(disk + QStringLiteral("/other"));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write(QByteArray(180'000, 'o')) == 180'000);
    other.close();
    watch->write(50'000, QByteArray(150'000, 'y'));
    QCOMPARE(watch.next(), QStringLiteral("failed 1002"));
    QVERIFY(other.remove());

    Watch again(disk);
    again->openExisting(watch.part(), watch.path("a.zip"), RangeSet({0, 50'000}));
    QVERIFY(again.next().startsWith(QStringLiteral("opened")));
    again->reserve(200'000);
    again->write(50'000, QByteArray(150'000, 'y'));
    QCOMPARE(again.next(), QStringLiteral("written [50000,200000)"));
    QCOMPARE(contentOf(watch.part()), QByteArray(50'000, 'x') + QByteArray(150'000, 'y'));
}

// What is never going to fit is not tried first: others need the disk, too.
void TestPartFileFaults::moreThanIsFree()
{
    const QStorageInfo disk(m_dir->path());
    Watch watch(m_dir->path());
    begin(watch, m_dir->path());
    watch->reserve(disk.bytesAvailable() + (1 << 30));
    QCOMPARE(watch.next(), QStringLiteral("failed 1002"));
    QVERIFY(QFileInfo(watch.part()).size() <= 64 << 20);
}

// After failed() nothing more is emitted, whatever was queued behind it.
void TestPartFileFaults::silentAfterFailure()
{
    Watch watch(m_dir->path());
    begin(watch, m_dir->path());
    watch->write(0, "abc");
    watch->verify(10, {});
    watch->write(3, "def");
    watch->sync();
    watch->commit(watch.path("a.zip"), ConflictPolicy::Rename);
    watch->verify(10, {});
    QCOMPARE(watch.next(), QStringLiteral("written [0,3)"));
    QCOMPARE(watch.next(), QStringLiteral("failed 4001"));
    QVERIFY(watch.isQuiet());
    QVERIFY2(!QFileInfo::exists(watch.path("a.zip")), "done after failed()");
    QVERIFY(QFileInfo::exists(watch.part()));
}

void TestPartFileFaults::folderVanishes()
{
    const QString folder = m_dir->filePath(QStringLiteral("b"));
    Watch watch(folder);
    begin(watch, folder);
    QVERIFY(QDir(folder).removeRecursively());
    watch->write(0, "abc"); // the file is open still
    QCOMPARE(watch.next(), QStringLiteral("written [0,3)"));
    watch->sync();
    QCOMPARE(watch.next(), QStringLiteral("synced"));
    watch->commit(watch.path("a.zip"), ConflictPolicy::Rename);
    QCOMPARE(watch.next(), QStringLiteral("failed 1008"));
    QCOMPARE(watch.error().detail, QStringLiteral("No such file or directory"));
}

void TestPartFileFaults::partVanishesBeforeItsDigest()
{
    Watch watch(m_dir->path());
    begin(watch, m_dir->path());
    watch->write(0, "abc");
    QCOMPARE(watch.next(), QStringLiteral("written [0,3)"));
    QVERIFY(QFile::remove(watch.part()));
    const QByteArray value = QCryptographicHash::hash("abc", QCryptographicHash::Sha256);
    watch->verify(3, ExpectedDigest{DigestAlgorithm::Sha256, value});
    QCOMPARE(watch.next(), QStringLiteral("failed 1006"));
}

// Whoever forgets to open a file is told, not obeyed.
void TestPartFileFaults::nothingIsOpen()
{
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QFile, \"\"): device not open");
    Watch writing(m_dir->path());
    writing->write(0, "abc");
    QCOMPARE(writing.next(), QStringLiteral("failed 1005"));
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::read (QFile, \"\"): device not open");
    Watch comparing(m_dir->path());
    comparing->compare(0, "abc");
    QCOMPARE(comparing.next(), QStringLiteral("failed 1006"));
    Watch syncing(m_dir->path());
    syncing->sync();
    QCOMPARE(syncing.next(), QStringLiteral("failed 1007"));
}

int main(int argc, char **argv)
{
#ifdef Q_OS_LINUX
    // Mounts of these tests are seen by this process alone, and die with it. Before any thread is made.
    if (geteuid() == 0 && unshare(CLONE_NEWNS) == 0)
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
#endif
    QCoreApplication app(argc, argv);
    TestPartFileFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_partfilefaults.moc"
