// SPDX-License-Identifier: MIT
#include "partwatch.h"

#include <QCryptographicHash>
#include <QFileInfo>

using namespace longhaul;
using namespace longhaul::partwatch;

namespace {

constexpr auto kRename = int(ConflictPolicy::Rename);
constexpr auto kOverwrite = int(ConflictPolicy::Overwrite);
constexpr auto kSkip = int(ConflictPolicy::Skip);

QString zipName() { return QStringLiteral("a.zip"); }

ExpectedDigest digestFor(const QByteArray &content)
{
    return {DigestAlgorithm::Sha256, QCryptographicHash::hash(content, QCryptographicHash::Sha256)};
}

} // namespace

class TestPartFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void openExisting();
    void writesAnywhere();
    void roomAndIdleness();
    void compares();
    void rests();
    void reserves();
    void verify_data();
    void verify();
    void commit_data();
    void commit();
    void commitAgainWithTheNextName();
    void overwriteLeavesWhatALinkLeadsTo();
    void wholeLife();
    void destroyedEarly();

private:
    void begin(Watch &watch, const QByteArray &content);

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestPartFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestPartFile::openExisting()
{
    QVERIFY(makeFile(m_dir->filePath(zipName() + QStringLiteral(".part")), QByteArray(100, 'x')));
    RangeSet received({0, 10});
    received.add({50, 150}); // 50 more than there is
    Watch watch(m_dir->path());
    watch->openExisting(watch.path("a.zip.part"), watch.path("a.zip"), received);
    QCOMPARE(watch.next(), QStringLiteral("opened a.zip | a.zip.part | [0,10)[50,100)"));
    watch->write(10, "abc");
    QCOMPARE(watch.next(), QStringLiteral("written [10,13)"));
    QCOMPARE(contentOf(watch.path("a.zip.part")), QByteArray(10, 'x') + "abc" + QByteArray(87, 'x'));
}

void TestPartFile::begin(Watch &watch, const QByteArray &content)
{
    watch->create(m_dir->path(), zipName(), ConflictPolicy::Overwrite);
    QVERIFY(watch.next().startsWith(QStringLiteral("opened")));
    watch->write(0, content);
    QCOMPARE(watch.next(), QStringLiteral("written [0,%1)").arg(content.size()));
}

void TestPartFile::writesAnywhere()
{
    Watch watch(m_dir->path());
    begin(watch, "0123456789");
    watch->write(20, "xyz");
    watch->write(5, "ab");
    watch->write(7, "c");
    watch->sync();
    QCOMPARE(watch.next(), QStringLiteral("written [20,23)"));
    QCOMPARE(watch.next(), QStringLiteral("written [5,7)"));
    QCOMPARE(watch.next(), QStringLiteral("written [7,8)"));
    QCOMPARE(watch.next(), QStringLiteral("synced"));
    QCOMPARE(contentOf(watch.part()), "01234abc89" + QByteArray(10, '\0') + "xyz");
}

void TestPartFile::roomAndIdleness()
{
    Watch watch(m_dir->path());
    QVERIFY(watch->isIdle());
    QCOMPARE(watch->room(), PartFile::kQueueLimit);
    watch->create(m_dir->path(), zipName(), ConflictPolicy::Rename);
    QVERIFY(!watch->isIdle());
    watch->write(0, QByteArray(1'000'000, 'x'));
    QCOMPARE(watch->room(), PartFile::kQueueLimit - 1'000'000);
    watch->compare(0, QByteArray(5, 'x'));
    QCOMPARE(watch->room(), PartFile::kQueueLimit - 1'000'005);
    watch->write(1'000'000, QByteArray(PartFile::kQueueLimit, 'y'));
    QCOMPARE(watch->room(), qint64(-1'000'005));
    for (int i = 0; i < 4; ++i)
        watch.next();
    QCOMPARE(watch->room(), PartFile::kQueueLimit);
    QVERIFY(watch->isIdle());
    QVERIFY(watch.isQuiet());
    QCOMPARE(QFileInfo(watch.part()).size(), 1'000'000 + PartFile::kQueueLimit);
}

void TestPartFile::compares()
{
    Watch watch(m_dir->path());
    begin(watch, "0123456789");
    const auto answerTo = [&watch](qint64 offset, const QByteArray &bytes) {
        watch->compare(offset, bytes);
        return watch.next();
    };
    QCOMPARE(answerTo(0, "0123456789"), QStringLiteral("compared [0,10) 10"));
    QCOMPARE(answerTo(3, "345"), QStringLiteral("compared [3,6) 3"));
    QCOMPARE(answerTo(0, "x123"), QStringLiteral("compared [0,4) 0"));
    QCOMPARE(answerTo(2, "23x5"), QStringLiteral("compared [2,6) 2"));
    QCOMPARE(answerTo(8, "8901"), QStringLiteral("compared [8,12) 2")); // shorter than was believed
    QCOMPARE(answerTo(50, "a"), QStringLiteral("compared [50,51) 0"));
    QCOMPARE(contentOf(watch.part()), QByteArray("0123456789"));
}

// It has its length then, so that what comes before its name does not change it any more.
void TestPartFile::rests()
{
    Watch watch(m_dir->path());
    begin(watch, "0123456789");
    watch->rest({});
    QCOMPARE(watch.next(), QStringLiteral("rested"));
    QCOMPARE(contentOf(watch.part()), "0123456789");
    const QByteArray before = watch.stamp();
    QCOMPARE(stampOf(watch.part()), before);
    watch->rest(7);
    QCOMPARE(watch.next(), QStringLiteral("rested"));
    QCOMPARE(contentOf(watch.part()), "0123456");
#ifdef Q_OS_LINUX
    QVERIFY(watch.stamp() != before);
#endif
    watch->verify(7, digestFor("another"));
    QVERIFY(watch.next().startsWith(QStringLiteral("failed")));
    QCOMPARE(stampOf(watch.part()), watch.stamp());
}

void TestPartFile::reserves()
{
    Watch watch(m_dir->path());
    begin(watch, "0123456789");
    watch->reserve(5000);
    watch->reserve(100); // less than there is: nothing to do
    QVERIFY(watch.isQuiet());
    QCOMPARE(contentOf(watch.part()), "0123456789" + QByteArray(4990, '\0'));
    // In steps: what is written meanwhile, also far behind them, stays.
    constexpr qint64 kTotal = 100'000'000;
    watch->reserve(kTotal);
    watch->write(90'000'000, "far away");
    QCOMPARE(watch.next(), QStringLiteral("written [90000000,90000008)"));
    QTRY_COMPARE(QFileInfo(watch.part()).size(), kTotal);
    QVERIFY(watch.isQuiet());
    QFile part(watch.part());
    QVERIFY(part.open(QIODevice::ReadOnly) && part.seek(90'000'000));
    QCOMPARE(part.read(9), QByteArray("far away\0", 9));
}

void TestPartFile::verify_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<QByteArray>("digestOf"); // null: none is wanted
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QByteArray>("left");
    const QString verified = QStringLiteral("verified");
    const QByteArray ten = "0123456789";
    QTest::newRow("size") << ten << qint64(10) << QByteArray() << verified << ten;
    QTest::newRow("digest") << ten << qint64(10) << ten << verified << ten;
    QTest::newRow("cut") << ten + "xyz" << qint64(10) << ten << verified << ten;
    QTest::newRow("empty file") << QByteArray("x") << qint64(0) << QByteArray("") << verified
                                << QByteArray("");
    QTest::newRow("wrong digest") << ten << qint64(10) << QByteArray("other") << QStringLiteral("failed 4006")
                                  << ten;
    QTest::newRow("too short") << ten << qint64(11) << QByteArray() << QStringLiteral("failed 4001") << ten;
    QTest::newRow("too short, whatever the digest")
        << ten << qint64(11) << ten << QStringLiteral("failed 4001") << ten;
}

void TestPartFile::verify()
{
    QFETCH(QByteArray, content);
    QFETCH(qint64, total);
    QFETCH(QByteArray, digestOf);
    QFETCH(QByteArray, left);
    Watch watch(m_dir->path());
    begin(watch, content);
    watch->verify(total, digestOf.isNull() ? std::nullopt : std::optional(digestFor(digestOf)));
    QTEST(watch.next(), "expected");
    QCOMPARE(contentOf(watch.part()), left);
    QVERIFY(!QFileInfo::exists(watch.path("a.zip")));
}

void TestPartFile::commit_data()
{
    QTest::addColumn<QString>("there");
    QTest::addColumn<int>("policy");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const char *there, int policy, const char *expected) {
        QTest::newRow(tag) << QString::fromLatin1(there) << policy << QString::fromLatin1(expected);
    };
    row("free", "", kRename, "committed a.zip");
    row("free, skip", "", kSkip, "committed a.zip");
    row("free, overwrite", "", kOverwrite, "committed a.zip");
    row("taken", "a.zip", kRename, "taken, next a (2).zip");
    row("taken twice", "a.zip|a (2).zip", kRename, "taken, next a (3).zip");
    row("taken, then by a link", "a.zip|a (2).zip@", kRename, "taken, next a (3).zip");
    row("taken by a link", "a.zip@", kRename, "taken, next a (2).zip");
    row("taken by a folder", "a.zip/", kRename, "taken, next a (2).zip");
    row("taken, skip", "a.zip", kSkip, "failed 1009");
    row("taken by a link, skip", "a.zip@", kSkip, "failed 1009");
    row("taken, overwrite", "a.zip", kOverwrite, "committed a.zip");
    row("taken by a link, overwrite", "a.zip@", kOverwrite, "committed a.zip");
    row("taken by a folder, overwrite", "a.zip/", kOverwrite, "failed 1009");
}

// The name was free when the download began; what is there now came later.
void TestPartFile::commit()
{
    QFETCH(QString, there);
    QFETCH(int, policy);
    QFETCH(QString, expected);
    Watch watch(m_dir->path());
    begin(watch, "new");
    populate(m_dir->path(), there.split(u'|', Qt::SkipEmptyParts));
    watch->commit(watch.path("a.zip"), ConflictPolicy(policy));
    QCOMPARE(watch.next(), expected);
    QVERIFY(watch.isQuiet());
    const bool done = expected.startsWith(QStringLiteral("committed"));
    QCOMPARE(QFileInfo::exists(watch.part()), !done);
    QCOMPARE(contentOf(done ? watch.path("a.zip") : watch.part()), QByteArray("new"));
    if (!done && there.startsWith(QStringLiteral("a.zip")) && !QFileInfo(watch.path("a.zip")).isDir()
        && !QFileInfo(watch.path("a.zip")).isSymLink())
        QCOMPARE(contentOf(watch.path("a.zip")), QByteArray("old"));
    QCOMPARE(QFileInfo(watch.path("a.zip")).isSymLink(), !done && there.startsWith(QStringLiteral("a.zip@")));
    QVERIFY(!QFileInfo::exists(watch.path("nowhere")));
}

void TestPartFile::commitAgainWithTheNextName()
{
    Watch watch(m_dir->path());
    begin(watch, "new");
    populate(m_dir->path(), {zipName()});
    watch->commit(watch.path("a.zip"), ConflictPolicy::Rename);
    QCOMPARE(watch.next(), QStringLiteral("taken, next a (2).zip"));
    watch->commit(watch.path("a (2).zip"), ConflictPolicy::Rename);
    QCOMPARE(watch.next(), QStringLiteral("committed a (2).zip"));
    QCOMPARE(contentOf(watch.path("a.zip")), QByteArray("old"));
    QCOMPARE(contentOf(watch.path("a (2).zip")), QByteArray("new"));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 2);
}

void TestPartFile::overwriteLeavesWhatALinkLeadsTo()
{
    QVERIFY(makeFile(m_dir->filePath(QStringLiteral("precious")), "old"));
    QVERIFY(QFile::link(m_dir->filePath(QStringLiteral("precious")), m_dir->filePath(zipName())));
    Watch watch(m_dir->path());
    begin(watch, "new");
    watch->commit(watch.path("a.zip"), ConflictPolicy::Overwrite);
    QCOMPARE(watch.next(), QStringLiteral("committed a.zip"));
    QVERIFY(!QFileInfo(watch.path("a.zip")).isSymLink());
    QCOMPARE(contentOf(watch.path("a.zip")), QByteArray("new"));
    QCOMPARE(contentOf(watch.path("precious")), QByteArray("old"));
}

// All of it queued at once: done in order.
void TestPartFile::wholeLife()
{
    const QByteArray content(300'000, 'z');
    Watch watch(m_dir->path());
    watch->create(m_dir->path(), zipName(), ConflictPolicy::Rename);
    watch->reserve(content.size());
    watch->write(0, content.left(1000));
    watch->compare(0, content.left(1000));
    watch->write(1000, content.mid(1000));
    watch->sync();
    watch->verify(content.size(), digestFor(content));
    watch->commit(watch.path("a.zip"), ConflictPolicy::Rename);
    for (const char *expected : {"opened a.zip | a.zip.part | ", "written [0,1000)", "compared [0,1000) 1000",
                                 "written [1000,300000)", "synced", "verified", "committed a.zip"})
        QCOMPARE(watch.next(), QString::fromLatin1(expected));
    QVERIFY(watch.isQuiet());
    QCOMPARE(contentOf(watch.path("a.zip")), content);
}

void TestPartFile::destroyedEarly()
{
    for (int round = 0; round < 50; ++round) {
        Watch watch(m_dir->path());
        watch->create(m_dir->path(), zipName(), ConflictPolicy::Rename);
        for (int i = 0; i < 20; ++i)
            watch->write(i * 1000, QByteArray(1000, 'x'));
        if (round % 2 == 0)
            watch.next();
        watch.destroyFile();
        watch.waitForDisk();
    }
}

QTEST_GUILESS_MAIN(TestPartFile)
#include "tst_partfile.moc"
