// SPDX-License-Identifier: MIT
// Files of other programs: continued when they are a part of what is at the address, else as they were.
#include "adoptrun.h"
#include "aria2bytes.h"

#include <QSignalSpy>

using namespace longhaul;
using namespace longhaul::adoptrun;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestAdopt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void continues_data() { addServers(); }
    void continues();
    void allIsThere_data() { addServers(); }
    void allIsThere();
    void names_data();
    void names();
    void reservedSpace_data() { addServers(); }
    void reservedSpace();
    void aria2_data() { addServers(); }
    void aria2();
    void hostileAria2();
    void otherFile_data();
    void otherFile();
    void anotherAddressThen();
    void startOverLeavesIt();
    void removingLeavesIt();
    void survivesEndsAndErrors();
    void killedWhileItIsTried();
    void killedBetweenNames_data();
    void killedBetweenNames();
    void takenNames();
    void refused();
};

// What a browser has left: fetched is only the rest and what proves it.
void TestAdopt::continues()
{
    QFETCH(int, kind);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server(kind), content));
    Begun begun(u"b.iso.crdownload"_s);
    begun.write(content.read(0, kBegun));
    QSignalSpy completed(&begun.run.manager(), &DownloadManager::completed);
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QVERIFY(task);
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->resumeData().targetPath, begun.inFolder(u"b.iso"_s));
    QVERIFY(content.matchesFile(begun.inFolder(u"b.iso"_s)));
    QCOMPARE(begun.files(), QStringList{u"b.iso"_s});
    QVERIFY(task->report().bytesReused >= kBegun);
    QVERIFY(task->resumeData().earlierUrls.isEmpty());
    const bool ranges = Server(kind) == Server::WithEtag || Server(kind) == Server::WithoutValidators;
    QVERIFY(server.bodyBytesSent() < (ranges ? kSize - kBegun + (1 << 19) : 3 * kSize));
    begun.run.restart();
    QCOMPARE(begun.run.manager().tasks().size(), size_t(1));
    QVERIFY(begun.run.manager().tasks()[0]->resumeData().foreignPath.isEmpty());
}

void TestAdopt::allIsThere()
{
    QFETCH(int, kind);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server(kind), content));
    Begun begun(u"b.iso"_s);
    begun.write(content.readAll());
    QSignalSpy completed(&begun.run.manager(), &DownloadManager::completed);
    QVERIFY(begun.adopt(server.url(u"/a.bin"_s)));
    QTRY_COMPARE(completed.size(), 1);
    QVERIFY(content.matchesFile(begun.path));
    QCOMPARE(begun.files(), QStringList{u"b.iso"_s});
}

void TestAdopt::names_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("wanted"); // by the user
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"b.iso"_s << QString() << u"b.iso"_s;
    QTest::newRow("part") << u"b.iso.part"_s << QString() << u"b.iso"_s;
    QTest::newRow("unnamed") << u"Unconfirmed 12.crdownload"_s << QString() << u"a.bin"_s;
    QTest::newRow("wanted") << u"b.iso.part"_s << u"c.iso"_s << u"c.iso"_s;
}

void TestAdopt::names()
{
    QFETCH(QString, file);
    QFETCH(QString, wanted);
    QFETCH(QString, name);
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, content).rate(4 << 20); // time to see its name
    });
    Begun begun(file);
    begun.write(content.read(0, 1000));
    TaskOptions options;
    options.name = wanted;
    options.folder = u"/elsewhere"_s; // does not count
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s), options);
    QVERIFY(task);
    QTRY_VERIFY(!task->resumeData().partPath.isEmpty() && task->resumeData().foreignPath.isEmpty());
    QCOMPARE(begun.files(), QStringList{name + u".part"_s});
    QVERIFY(task->resumeData().durable.contains({0, 1000})); // or a power cut would have it overwritten
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(begun.files(), QStringList{name});
    QVERIFY(content.matchesFile(begun.inFolder(name)));
}

// As long as the whole file and written in two places: what was only reserved is fetched.
void TestAdopt::reservedSpace()
{
    QFETCH(int, kind);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server(kind), content));
    Begun begun(u"b.iso"_s);
    QByteArray bytes(kSize, '\0');
    bytes.replace(0, 700'000, content.read(0, 700'000));
    bytes.replace(1'500'000, 400'000, content.read(1'500'000, 400'000));
    begun.write(bytes);
    QSignalSpy completed(&begun.run.manager(), &DownloadManager::completed);
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(completed.size(), 1);
    QVERIFY(content.matchesFile(begun.path));
    if (Server(kind) != Server::WithoutRanges && Server(kind) != Server::WithoutLength)
        QVERIFY(task->report().bytesReused >= 1'090'000);
}

// By its map, though what the pieces that it does not name hold looks like data.
void TestAdopt::aria2()
{
    QFETCH(int, kind);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server(kind), content));
    Begun begun(u"b.iso"_s);
    QByteArray bytes = Content::random(kSize, 9).readAll();
    bytes.replace(0, 1 << 20, content.read(0, 1 << 20));
    bytes.replace(2 << 20, 1 << 20, content.read(2 << 20, 1 << 20));
    begun.write(bytes);
    begun.write(aria2Bytes({.piece = 1 << 20, .total = kSize, .bits = QByteArray(1, char(0b10100000))}),
                u".aria2"_s);
    begun.path += u".aria2"_s; // as good as the other
    QSignalSpy completed(&begun.run.manager(), &DownloadManager::completed);
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(completed.size(), 1);
    QVERIFY(content.matchesFile(begun.inFolder(u"b.iso"_s)));
    QCOMPARE(begun.files(), (QStringList{u"b.iso"_s, u"b.iso.aria2"_s}));
    if (Server(kind) == Server::WithEtag)
        QCOMPARE(task->report().bytesReused, 2 << 20);
}

void TestAdopt::hostileAria2()
{
    ScriptedServer server(handlerOf(Server::WithEtag, Content::random(kSize)));
    Begun begun(u"b.iso"_s);
    begun.write("x");
    begun.write(aria2Bytes({.total = std::numeric_limits<quint64>::max()}), u".aria2"_s);
    QSignalSpy failed(&begun.run.manager(), &DownloadManager::failed);
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(int(task->reason()->code), int(ErrorCode::NotAdoptable));
    QCOMPARE(server.requestCount(), 0);
    QCOMPARE(begun.files(), (QStringList{u"b.iso"_s, u"b.iso.aria2"_s}));
}

void TestAdopt::otherFile_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("what"); // 0: other bytes, 1: shorter on the server, 2: a web page
    for (const Server kind : {Server::WithEtag, Server::WithoutRanges, Server::WithoutLength}) {
        for (int what = 0; what < 3; ++what)
            QTest::addRow("%d, %d", int(kind), what) << int(kind) << what;
    }
}

// Not a byte of it changes, nor its name, nor when.
void TestAdopt::otherFile()
{
    QFETCH(int, kind);
    QFETCH(int, what);
    const Content content = Content::random(kSize);
    const Handler file = handlerOf(Server(kind), what == 1 ? Content::random(kBegun / 2) : content);
    ScriptedServer server([=](const Request &request) {
        return what == 2 ? Answer::status(200, {{"Content-Type", "text/html"}}, "<html>Sign in</html>")
                         : file(request);
    });
    Begun begun(u"b.iso.part"_s);
    QByteArray bytes = content.read(0, kBegun);
    if (what == 0)
        bytes[kBegun - 10] = char(~bytes[kBegun - 10]); // within the last bytes, which are always compared
    begun.write(bytes);
    const QDateTime before = QFileInfo(begun.path).lastModified();
    QSignalSpy failed(&begun.run.manager(), &DownloadManager::failed);
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(int(task->reason()->code), int(ErrorCode::NotOfThisFile));
    QCOMPARE(begun.files(), QStringList{u"b.iso.part"_s});
    QCOMPARE(ManagerRun::bytesOf(begun.path), bytes);
    QCOMPARE(QFileInfo(begun.path).lastModified(), before);
    QCOMPARE(task->progress().onDisk, 0);
    QCOMPARE(task->resumeData().foreignPath, begun.path);
    QVERIFY(task->resumeData().partPath.isEmpty());
}

void TestAdopt::anotherAddressThen()
{
    const Content content = Content::random(kSize);
    const Content other = Content::random(kSize, 2);
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, request.path == "/a.bin" ? other : content, {.etag = "\"e\""});
    });
    Begun begun(u"b.iso.part"_s);
    begun.write(content.read(0, kBegun));
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QVERIFY(!begun.run.manager().readdress(task, server.url(u"/b.bin"_s)));
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(begun.inFolder(u"b.iso"_s)));
    QVERIFY(task->report().bytesReused >= kBegun);
}

void TestAdopt::startOverLeavesIt()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    Begun begun(u"b.iso.part"_s);
    begun.write("something else");
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    task->startOver();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(task->resumeData().targetPath));
    QCOMPARE(ManagerRun::bytesOf(begun.path), QByteArray("something else"));
}

void TestAdopt::removingLeavesIt()
{
    ScriptedServer server(handlerOf(Server::WithEtag, Content::random(kSize)));
    Begun begun(u"b.iso.part"_s);
    begun.write("something else");
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    begun.run.manager().remove(task, true);
    begun.run.end(); // all that was to be done is done
    QCOMPARE(begun.files(), QStringList{u"b.iso.part"_s});
}

// A line that breaks within the proof, a server that is busy, a pause, an end of the program.
void TestAdopt::survivesEndsAndErrors()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        if (request.number == 0)
            return Answer::status(503);
        Answer answer = Answer::honest(request, content);
        if (request.number == 2)
            return answer.resetBodyAfter(1000);
        return request.number == 4 ? answer.stallBodyAfter(1000) : answer;
    });
    Begun begun(u"b.iso.part"_s);
    begun.write(content.read(0, kBegun));
    const QUrl url = server.url(u"/a.bin"_s);
    DownloadTask *task = begun.adopt(url);
    QVERIFY(server.waitForHolding(1, 20'000));
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QCOMPARE(begun.files(), QStringList{u"b.iso.part"_s});
    QCOMPARE(task->resumeData().foreignPath, begun.path);
    begun.run.restart();
    task = begun.run.manager().find(url);
    QVERIFY(task);
    QCOMPARE(task->progress().onDisk, 0); // not believed before it was proved
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(begun.inFolder(u"b.iso"_s)));
    QVERIFY(task->report().bytesReused >= kBegun);
}

void TestAdopt::killedWhileItIsTried()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([=](const Request &request) {
        return Answer::honest(request, content).stallBodyAfter(request.number == 0 ? 1000 : kSize);
    });
    Begun begun(u"b.iso"_s);
    begun.write(content.read(0, kBegun));
    const QUrl url = server.url(u"/a.bin"_s);
    QVERIFY(begun.adopt(url));
    QVERIFY(server.waitForHolding(1));
    begun.run.kill();
    QTRY_COMPARE(begun.run.manager().find(url)->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(begun.path));
    QVERIFY(begun.run.manager().find(url)->report().bytesReused >= kBegun);
}

void TestAdopt::killedBetweenNames_data()
{
    QTest::addColumn<bool>("isMoved");
    QTest::newRow("before it has its new name") << false;
    QTest::newRow("before that is recorded") << true;
}

void TestAdopt::killedBetweenNames()
{
    QFETCH(bool, isMoved);
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    Begun begun(u"b.iso"_s);
    begun.write(content.read(0, kBegun));
    const ResumeData data = begun.killedOnTheWay(server.url(u"/a.bin"_s), u"b.iso.part"_s);
    if (isMoved)
        QVERIFY(QFile::rename(data.foreignPath, data.partPath));
    DownloadTask *task = begun.run.manager().putBack(data);
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(content.matchesFile(begun.path));
    QVERIFY(task->report().bytesReused >= kBegun);
    QCOMPARE(begun.files(), QStringList{u"b.iso"_s});
}

// Neither the part file nor the finished one takes the place of another.
void TestAdopt::takenNames()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(handlerOf(Server::WithEtag, content));
    Begun begun(u"b.iso.crdownload"_s);
    begun.write(content.read(0, kBegun));
    for (const QString &name : {u"b.iso"_s, u"b.iso.part"_s, u"b.iso (2).part"_s, u"b (2).iso.part"_s}) {
        QFile file(begun.inFolder(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    }
    DownloadTask *task = begun.adopt(server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(task->resumeData().targetPath, begun.inFolder(u"b (2).iso"_s));
    QVERIFY(content.matchesFile(begun.inFolder(u"b (2).iso"_s)));
    for (const QString &name : {u"b.iso"_s, u"b.iso.part"_s, u"b (2).iso.part"_s})
        QCOMPARE(ManagerRun::bytesOf(begun.inFolder(name)), QByteArray("mine"));
}

void TestAdopt::refused()
{
    const Content content = Content::random(kSize);
    Begun begun(u"b.iso"_s);
    const auto codeOf = [&](const QString &url, const QString &path) {
        const auto adopted = begun.run.manager().adopt(QUrl(url), path);
        const auto *error = std::get_if<Error>(&adopted);
        return error ? int(error->code) : 0;
    };
    const QUrl known(u"http://127.0.0.1:1/a"_s);
    DownloadTask *task = begun.run.manager().putBack(begun.run.begun(known, content, kBegun));
    QCOMPARE(codeOf(known.toString(), begun.path), int(ErrorCode::KnownAddress));
    QCOMPARE(codeOf(u"ftp://h/a"_s, begun.path), int(ErrorCode::UnsupportedScheme));
    QCOMPARE(codeOf(QString(), begun.path), int(ErrorCode::InvalidUrl));
    const QUrl other(u"http://127.0.0.1:1/b"_s);
    QCOMPARE(codeOf(other.toString(), task->resumeData().partPath), int(ErrorCode::NotAdoptable));
    QCOMPARE(codeOf(other.toString(), task->resumeData().targetPath), int(ErrorCode::NotAdoptable));
    QCOMPARE(begun.run.manager().tasks().size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestAdopt)
#include "tst_adopt.moc"
