// SPDX-License-Identifier: MIT
// A foreign file on its way to be ours: what is proved of it, and what may happen meanwhile.
#include "adoptrun.h"

#include <QSet>

using namespace longhaul;
using namespace longhaul::adoptrun;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestTakeover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startOverSparesAnothersFile();
    void exchangedWhileItIsProved();
    void pausedWhileItIsProved();
    void killedOnceMore();
    void edgesOfRanges_data();
    void edgesOfRanges();
};

namespace {

// Every answer comes as far as that, and no further until it is released.
Handler halting(const Content &content)
{
    return [=](const Request &request) { return Answer::honest(request, content).stallBodyAfter(1000); };
}

} // namespace

// What has the name that it was to get, and did not get before the program was killed.
void TestTakeover::startOverSparesAnothersFile()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    Begun begun(u"b.iso"_s);
    begun.write("foreign");
    begun.write("another's", u".part"_s);
    DownloadTask *task =
        begun.run.manager().putBack(begun.killedOnTheWay(server.url(u"/a.bin"_s), u"b.iso.part"_s));
    task->startOver();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(ManagerRun::bytesOf(begun.path), QByteArray("foreign"));
    QCOMPARE(ManagerRun::bytesOf(begun.inFolder(u"b.iso.part"_s)), QByteArray("another's"));
}

// Another program puts another file in its place: what was proved is not what has the name now.
void TestTakeover::exchangedWhileItIsProved()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(halting(content));
    Begun begun(u"b.iso"_s);
    begun.write(content.read(0, kBegun));
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QVERIFY(server.waitForHolding(1));
    const QByteArray other = Content::random(kBegun, 2).readAll();
    QVERIFY(QFile::rename(begun.path, begun.inFolder(u"aside"_s)));
    begun.write(other);
    server.releaseForGood();
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(int(task->reason()->code), int(ErrorCode::NotAdoptable));
    QCOMPARE(begun.files(), (QStringList{u"aside"_s, u"b.iso"_s}));
    QCOMPARE(ManagerRun::bytesOf(begun.path), other);
    QCOMPARE(ManagerRun::bytesOf(begun.inFolder(u"aside"_s)), content.read(0, kBegun));
    QCOMPARE(task->progress().onDisk, 0);
}

// At once, not when the server has sent, or time is up.
void TestTakeover::pausedWhileItIsProved()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(halting(content));
    Begun begun(u"b.iso"_s);
    begun.run.end();
    begun.run.settings().timeout = std::chrono::hours(1);
    begun.run.restart();
    begun.write(content.read(0, kBegun));
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QVERIFY(server.waitForHolding(1));
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_COMPARE(server.answering(), 0);
    QCOMPARE(begun.files(), QStringList{u"b.iso"_s});
    server.releaseForGood();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(begun.path));
}

// It had its new name when the program was killed. No record names another file meanwhile: killed then, it
// would not be found again.
void TestTakeover::killedOnceMore()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    Begun begun(u"b.iso"_s);
    begun.write("another's", u".part"_s);
    const QString name = u"b.iso (2).part"_s;
    begun.write(content.read(0, kBegun), u" (2).part"_s);
    DownloadTask *task = begun.run.manager().putBack(begun.killedOnTheWay(server.url(u"/a.bin"_s), name));
    QSet<QString> recorded;
    connect(task, &DownloadTask::resumeDataChanged, this, [&] {
        if (task->state() == TaskState::Running)
            recorded.insert(QFileInfo(task->resumeData().partPath).fileName());
    });
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(recorded, QSet<QString>{name});
    QVERIFY(content.matchesFile(begun.path));
    QVERIFY(task->report().bytesReused >= kBegun);
    QCOMPARE(ManagerRun::bytesOf(begun.inFolder(u"b.iso.part"_s)), QByteArray("another's"));
}

void TestTakeover::edgesOfRanges_data()
{
    QTest::addColumn<qint64>("place"); // of the byte that is wrong
    QTest::newRow("end of the first") << qint64(700'000 - 10);
    QTest::newRow("begin of the second") << qint64(1'500'000 + 10);
    QTest::newRow("end of the second") << qint64(1'700'000 - 10);
    QTest::newRow("begin of the third") << qint64(2'000'000 + 10);
}

// Each of the pieces that are there may have come in its own way: both ends of each are proved.
void TestTakeover::edgesOfRanges()
{
    QFETCH(qint64, place);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    Begun begun(u"b.iso"_s);
    QByteArray bytes(kSize, '\0');
    for (const auto &[at, size] : {std::pair{0, 700'000}, {1'500'000, 200'000}, {2'000'000, 700'000}})
        bytes.replace(at, size, content.read(at, size));
    bytes[place] = char(~bytes[place]);
    begun.write(bytes);
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_VERIFY(isAtRest(task->state()));
    QCOMPARE(task->state(), TaskState::Failed);
    QCOMPARE(int(task->reason()->code), int(ErrorCode::NotOfThisFile));
    QCOMPARE(ManagerRun::bytesOf(begun.path), bytes);
}

QTEST_GUILESS_MAIN(TestTakeover)
#include "tst_takeover.moc"
