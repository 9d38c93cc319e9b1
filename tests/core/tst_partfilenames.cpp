// SPDX-License-Identifier: MIT
// Which names a part file takes, and which files it opens.
#include "partwatch.h"

#include <QFileInfo>

using namespace longhaul;
using namespace longhaul::partwatch;

namespace {

constexpr auto kRename = int(ConflictPolicy::Rename);
constexpr auto kOverwrite = int(ConflictPolicy::Overwrite);
constexpr auto kSkip = int(ConflictPolicy::Skip);

QString zipName() { return QStringLiteral("a.zip"); }

} // namespace

class TestPartFileNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void create_data();
    void create();
    void createMakesFolders();
    void longNames();
    void openMissing_data();
    void openMissing();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestPartFileNames::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestPartFileNames::create_data()
{
    QTest::addColumn<QString>("there");
    QTest::addColumn<int>("policy");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *there, int policy, const char *expected) {
        constexpr const char *kPolicies[] = {"rename", "overwrite", "skip"};
        QTest::addRow("%s, %s", *there ? there : "nothing", kPolicies[policy])
            << QString::fromLatin1(there) << policy << QString::fromLatin1(expected);
    };
    const char *const plain = "opened a.zip | a.zip.part | ";
    const char *const second = "opened a (2).zip | a (2).zip.part | ";
    const char *const third = "opened a (3).zip | a (3).zip.part | ";
    const char *const otherPart = "opened a.zip | a (2).zip.part | ";
    const char *const exists = "failed 1009";
    row("", kRename, plain);
    row("", kOverwrite, plain);
    row("", kSkip, plain);
    row("a.zip", kRename, second);
    row("a.zip", kOverwrite, plain);
    row("a.zip", kSkip, exists);
    row("a.zip.part", kRename, second);
    row("a.zip.part", kOverwrite, otherPart);
    row("a.zip.part", kSkip, otherPart);
    row("a.zip a.zip.part", kSkip, exists);
    row("a.zip a.zip.part", kOverwrite, otherPart);
    row("a.zip.part a~(2).zip.part", kRename, third);
    row("a.zip a~(2).zip", kRename, third);
    row("a.zip a~(2).zip.part", kRename, third);
    row("a~(2).zip", kRename, plain);
    row("a.zip@", kRename, second);
    row("a.zip@", kOverwrite, plain);
    row("a.zip@", kSkip, exists);
    row("a.zip.part@", kRename, second);
    row("a.zip.part@", kOverwrite, otherPart);
    row("a.zip/", kRename, second);
    row("a.zip/", kSkip, exists);
    row("a.zip.part/", kRename, second);
    row("a.zip.part/", kOverwrite, otherPart);
}

void TestPartFileNames::create()
{
    QFETCH(QString, there);
    QFETCH(int, policy);
    QStringList entries = there.split(u' ', Qt::SkipEmptyParts);
    entries.replaceInStrings(QStringLiteral("~"), QStringLiteral(" "));
    populate(m_dir->path(), entries);
    Watch watch(m_dir->path());
    watch->create(m_dir->path(), zipName(), ConflictPolicy(policy));
    QTEST(watch.next(), "expected");
    QVERIFY(watch.isQuiet());
    QVERIFY2(!QFileInfo::exists(watch.path("nowhere")), "a link was followed");
    for (const QString &entry : std::as_const(entries)) {
        if (entry.endsWith(QStringLiteral("zip")) || entry.endsWith(QStringLiteral("part")))
            QCOMPARE(contentOf(m_dir->filePath(entry)), QByteArray("old"));
    }
    if (!watch.part().isEmpty())
        QCOMPARE(QFileInfo(watch.part()).size(), qint64(0));
}

void TestPartFileNames::createMakesFolders()
{
    Watch watch(m_dir->path());
    watch->create(m_dir->filePath(QStringLiteral("b/c d/\u00e9")), zipName(), ConflictPolicy::Rename);
    QCOMPARE(watch.next(), QStringLiteral("opened b/c d/\u00e9/a.zip | b/c d/\u00e9/a.zip.part | "));
    QVERIFY(QFileInfo::exists(m_dir->filePath(QStringLiteral("b/c d/\u00e9/a.zip.part"))));
}

void TestPartFileNames::longNames()
{
    const QString longest = QString(127, QChar(0xe9)) + u'x'; // 255 bytes
    Watch watch(m_dir->path());
    watch->create(m_dir->path(), longest, ConflictPolicy::Rename);
    QVERIFY(watch.next().startsWith(QStringLiteral("opened ") + longest + QStringLiteral(" | ")));
    QVERIFY(QFileInfo(watch.part()).isFile());
    watch->write(0, "abc");
    QCOMPARE(watch.next(), QStringLiteral("written [0,3)"));
    watch->commit(m_dir->filePath(longest), ConflictPolicy::Rename);
    QCOMPARE(watch.next(), QStringLiteral("committed ") + longest);

    Watch tooLong(m_dir->path());
    tooLong->create(m_dir->path(), longest + u'y', ConflictPolicy::Rename);
    QCOMPARE(tooLong.next(), QStringLiteral("failed 1004"));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 1);
}

void TestPartFileNames::openMissing_data()
{
    QTest::addColumn<QString>("there");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << QString() << QStringLiteral("missing -1");
    QTest::newRow("the target") << zipName() << QStringLiteral("missing 3");
    QTest::newRow("a folder") << QStringLiteral("a.zip.part/") << QStringLiteral("missing -1");
    QTest::newRow("a target folder") << QStringLiteral("a.zip/") << QStringLiteral("missing -1");
}

void TestPartFileNames::openMissing()
{
    QFETCH(QString, there);
    populate(m_dir->path(), there.split(u' ', Qt::SkipEmptyParts));
    Watch watch(m_dir->path());
    watch->openExisting(watch.path("a.zip.part"), watch.path("a.zip"), RangeSet({0, 10}));
    QTEST(watch.next(), "expected");
    // A link in its place is not followed: somebody else put it there.
    QVERIFY(makeFile(watch.path("precious"), "old"));
    QVERIFY(QFile::link(watch.path("precious"), watch.path("b.part")));
    Watch link(m_dir->path());
    link->openExisting(link.path("b.part"), link.path("b"), RangeSet({0, 3}));
    QCOMPARE(link.next(), QStringLiteral("missing -1"));
}

QTEST_GUILESS_MAIN(TestPartFileNames)
#include "tst_partfilenames.moc"
