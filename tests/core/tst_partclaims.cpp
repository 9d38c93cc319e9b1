// SPDX-License-Identifier: MIT
// No two downloads have one part file, whatever somebody does to the files.
#include "adoptrun.h"
#include "core/partclaims.h"
#include "partwatch.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::adoptrun;
using namespace longhaul::partwatch;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestPartClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void claims();
    void samePlace();
    void createAvoidsOthers();
    void commitIsOfItsOwn();
    void targetIsNoPart();
    void replacedWhileItRuns();
    void recordsThatAreNoTasks();
    void deletedByHand_data();
    void deletedByHand();
    void offTheListMeanwhile();
    void damagedList();
    void adoptByALink();
};

void TestPartClaims::claims()
{
    PartClaims claims;
    QVERIFY(claims.claim(1, u"/a"_s));
    QVERIFY(claims.claim(1, u"/a"_s));
    QVERIFY(claims.claim(2, {}));
    QVERIFY(!claims.claim(2, u"/a"_s));
    QVERIFY(claims.claim(2, u"/b"_s));
    QVERIFY(!claims.claim(2, u"/a"_s)); // and has none any more
    QVERIFY(claims.claim(3, u"/b"_s));
    QCOMPARE(claims.ofOthers(3), QStringList{u"/a"_s});
    QCOMPARE(claims.ofOthers(1), QStringList{u"/b"_s});
    QCOMPARE(claims.ofOthers(2).size(), 2);
    claims.release(1);
    QVERIFY(claims.claim(2, u"/a"_s));
}

void TestPartClaims::samePlace()
{
    const QTemporaryDir dir;
    const QString real = dir.filePath(u"real"_s);
    const QString link = dir.filePath(u"link"_s);
    QVERIFY(QDir().mkpath(real + u"/a"_s));
    QVERIFY(QFile::link(real, link));
    const QStringList others{real + u"/a/x.part"_s, u"/not/there/x.part"_s};
    QVERIFY(isOneOf(real + u"/a/x.part"_s, others));
    QVERIFY(isOneOf(link + u"/a/x.part"_s, others)); // neither is on the disk
    QVERIFY(isOneOf(u"/not/there/x.part"_s, others));
    QVERIFY(!isOneOf(real + u"/x.part"_s, others));
    QVERIFY(!isOneOf(real + u"/a/y.part"_s, others));
    QVERIFY(!isOneOf(u"/nor/there/x.part"_s, others));
    QVERIFY(!isOneOf(real + u"/a/x.part"_s, {}));
}

void TestPartClaims::createAvoidsOthers()
{
    const QTemporaryDir dir;
    Watch watch(dir.path());
    watch->create(dir.path(), u"a.zip"_s, ConflictPolicy::Rename,
                  {dir.filePath(u"a.zip.part"_s), dir.filePath(u"a (3).zip.part"_s)});
    QCOMPARE(watch.next(), u"opened a (2).zip | a (2).zip.part | "_s);
}

// Somebody has deleted the part file, and another program has made one of that name.
void TestPartClaims::commitIsOfItsOwn()
{
    const QTemporaryDir dir;
    Watch watch(dir.path());
    watch->create(dir.path(), u"a.zip"_s, ConflictPolicy::Rename);
    QVERIFY(watch.next().startsWith(u"opened"_s));
    QVERIFY(QFile::remove(watch.part()));
    QFile other(watch.part());
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("other") == 5);
    other.close();
    watch->commit(dir.filePath(u"a.zip"_s), ConflictPolicy::Rename);
    QCOMPARE(watch.next(), u"failed 1012"_s);
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{u"a.zip.part"_s});
}

// A file called "a.zip.part" must not take the place of the part file of "a.zip".
void TestPartClaims::targetIsNoPart()
{
    const QTemporaryDir dir;
    const QStringList others{dir.filePath(u"a.zip.part"_s)};
    Watch renamed(dir.path());
    renamed->create(dir.path(), u"a.zip.part"_s, ConflictPolicy::Rename, others);
    QVERIFY(renamed.next().startsWith(u"opened a.zip (2).part |"_s));
    Watch over(dir.path());
    over->create(dir.path(), u"a.zip.part"_s, ConflictPolicy::Overwrite, others);
    QCOMPARE(over.next(), u"failed 1009"_s);
}

// Somebody has put another file in the place of the part file: it is neither believed nor touched.
void TestPartClaims::replacedWhileItRuns()
{
    const Content content = Content::random(kSize, 1);
    const Resource strong{.etag = "\"e\""};
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, content, strong).stallBodyAfter(kBegun);
    });
    ManagerRun run;
    TaskOptions options;
    options.connections = 1;
    DownloadTask *task = run.manager().add(server.url(u"/1/a.bin"_s), options);
    QVERIFY(server.waitForHolding(1));
    QTRY_COMPARE(task->progress().onDisk, kBegun);
    const QString part = task->resumeData().partPath;
    QVERIFY(QFile::remove(part));
    const QByteArray stranger(2 * kSize, 's');
    QFile other(part);
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write(stranger) == stranger.size());
    other.close();
    server.releaseForGood();
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(task->reason()->code, ErrorCode::PartReplaced);
    QVERIFY(task->resumeData().received.isEmpty());
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(ManagerRun::bytesOf(part), stranger);
}

// `longhaul get` makes tasks of what it is to fetch alone; the part files of all others are theirs.
void TestPartClaims::recordsThatAreNoTasks()
{
    const Content first = Content::random(kSize, 1);
    const Content second = Content::random(kSize, 2);
    const Resource strong{.etag = "\"e\""};
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, request.path == "/1/a.bin" ? first : second, strong);
    });
    ManagerRun run;
    const ResumeData data = run.begun(server.url(u"/1/a.bin"_s), first, kBegun, {"\"e\"", {}, {}});
    run.store().put(data, Durability::Written);
    QVERIFY(QFile::remove(data.partPath));
    run.manager().claimStored();
    DownloadTask *two = run.manager().add(server.url(u"/2/a.bin"_s));
    QTRY_VERIFY(!two->resumeData().partPath.isEmpty());
    QVERIFY(two->resumeData().partPath != data.partPath);
    QTRY_COMPARE(two->state(), TaskState::Completed);
    DownloadTask *one = run.manager().add(data.url);
    QVERIFY(one->resumeData().partPath == data.partPath); // its own
    one->resume();
    QTRY_COMPARE(one->state(), TaskState::Completed);
    QVERIFY(first.matchesFile(one->resumeData().targetPath));
    QVERIFY(second.matchesFile(two->resumeData().targetPath));

    // A damaged list: two have the same.
    ManagerRun damaged;
    ResumeData a = damaged.begun(server.url(u"/1/a.bin"_s), first, kBegun, {"\"e\"", {}, {}});
    ResumeData b = a;
    b.url = server.url(u"/2/a.bin"_s);
    damaged.store().put(a, Durability::Written);
    damaged.store().put(b, Durability::Written);
    damaged.manager().claimStored();
    for (const ResumeData &each : {a, b}) {
        DownloadTask *task = damaged.manager().add(each.url);
        QVERIFY(task->resumeData().received.isEmpty());
        task->resume();
        QTRY_COMPARE(task->state(), TaskState::Completed);
    }
    QVERIFY(first.matchesFile(damaged.manager().find(a.url)->resumeData().targetPath));
    QVERIFY(second.matchesFile(damaged.manager().find(b.url)->resumeData().targetPath));
}

void TestPartClaims::deletedByHand_data()
{
    QTest::addColumn<bool>("byALink");
    QTest::newRow("the same folder") << false;
    QTest::newRow("a link to the folder") << true;
}

// The name is free then, but the next download must not take it: the first one would go on in its file.
void TestPartClaims::deletedByHand()
{
    QFETCH(bool, byALink);
    const Content first = Content::random(kSize, 1);
    const Content second = Content::random(kSize, 2);
    const Resource strong{.etag = "\"e\""};
    ScriptedServer server([=](const Request &request) {
        if (request.path == "/1/a.bin")
            return Answer::honest(request, first, strong);
        return Answer::honest(request, second, strong).stallBodyAfter(request.range ? kSize : kBegun);
    });
    ManagerRun run;
    const ResumeData data = run.begun(server.url(u"/1/a.bin"_s), first, kBegun, {"\"e\"", {}, {}});
    DownloadTask *one = run.manager().putBack(data);
    QVERIFY(QFile::remove(data.partPath));
    TaskOptions options;
    options.connections = 1;
    if (byALink) {
        options.folder = run.folder() + u"-link"_s;
        QVERIFY(QFile::link(run.folder(), options.folder));
    }
    DownloadTask *two = run.manager().add(server.url(u"/2/a.bin"_s), options);
    QVERIFY(server.waitForHolding(1));
    QTRY_VERIFY(!two->resumeData().partPath.isEmpty());
    QVERIFY(QFileInfo(two->resumeData().partPath).fileName() != QFileInfo(data.partPath).fileName());
    one->resume();
    QTRY_COMPARE(one->state(), TaskState::Completed);
    QVERIFY(first.matchesFile(one->resumeData().targetPath));
    server.releaseForGood();
    QTRY_COMPARE(two->state(), TaskState::Completed);
    QVERIFY(second.matchesFile(two->resumeData().targetPath));
    QVERIFY(first.matchesFile(one->resumeData().targetPath));
}

// It was removed, its part file was deleted, and another one took the name: put back, it has no bytes.
void TestPartClaims::offTheListMeanwhile()
{
    const Content content = Content::random(kSize);
    ManagerRun run;
    const ResumeData data = run.begun(QUrl(u"http://127.0.0.1:1/1"_s), content, kBegun);
    DownloadTask *one = run.manager().putBack(data);
    const ResumeData removed = run.manager().remove(one, false);
    DownloadTask *two = run.manager().putBack(run.begun(QUrl(u"http://127.0.0.1:1/2"_s), content, kBegun));
    QCOMPARE(two->resumeData().partPath, removed.partPath);
    for (int start = 0; start < 2; ++start) {
        DownloadTask *back = start == 0 ? run.manager().putBack(removed) : run.manager().find(removed.url);
        QVERIFY(back);
        QVERIFY(back->resumeData().partPath.isEmpty());
        QVERIFY(back->resumeData().received.isEmpty());
        QCOMPARE(run.manager().find(QUrl(u"http://127.0.0.1:1/2"_s))->resumeData().received.size(), kBegun);
        run.restart();
    }
}

// Two records tell of one part file: nobody knows whose bytes are in it.
void TestPartClaims::damagedList()
{
    const Content content = Content::random(kSize);
    ManagerRun run;
    for (const QString &name : {u"1"_s, u"2"_s, u"3"_s}) {
        ResumeData data = run.begun(QUrl(u"http://127.0.0.1:1/"_s + name), content, kBegun);
        if (name == u"3")
            data.partPath += u"3"_s;
        run.store().put(data, Durability::Synced);
    }
    for (int start = 0; start < 2; ++start) { // it is recorded, too
        run.restart();
        QCOMPARE(run.manager().tasks().size(), size_t(3));
        for (const auto &task : run.manager().tasks()) {
            const bool sure = task->url().path() == u"/3";
            QCOMPARE(task->resumeData().received.size(), sure ? kBegun : 0);
            QCOMPARE(task->resumeData().partPath.isEmpty(), !sure);
            QCOMPARE(task->state(), TaskState::Paused);
        }
    }
}

// The file of another download is refused by whatever way it is reached, and stays that one's.
void TestPartClaims::adoptByALink()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    Begun begun(u"b.iso"_s);
    const QString link = begun.run.folder() + u"-link"_s;
    QVERIFY(QFile::link(begun.run.folder(), link));
    DownloadTask *one = begun.run.manager().putBack(
        begun.run.begun(server.url(u"/a.bin"_s), content, kBegun, {"\"e\"", {}, {}}));
    const auto adopted = begun.run.manager().adopt(server.url(u"/b.bin"_s), link + u"/a.bin.part"_s);
    auto *const two = std::get<DownloadTask *>(adopted);
    QTRY_COMPARE(two->state(), TaskState::Failed);
    QCOMPARE(two->reason()->code, ErrorCode::NotAdoptable);
    QCOMPARE(begun.files(), QStringList{u"a.bin.part"_s});
    one->resume();
    QTRY_COMPARE(one->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(begun.inFolder(u"a.bin"_s)));
    const auto again = begun.run.manager().adopt(server.url(u"/c.bin"_s), link + u"/a.bin"_s);
    QTRY_COMPARE(std::get<DownloadTask *>(again)->state(), TaskState::Failed);

    begun.write(content.read(0, kBegun)); // of two that adopt one file, the first has it
    DownloadTask *three = begun.adopt(server.url(u"/d.bin"_s));
    const auto four = begun.run.manager().adopt(server.url(u"/e.bin"_s), link + u"/b.iso"_s);
    QTRY_COMPARE(std::get<DownloadTask *>(four)->state(), TaskState::Failed);
    QTRY_COMPARE(three->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(begun.path));
}

QTEST_GUILESS_MAIN(TestPartClaims)
#include "tst_partclaims.moc"
