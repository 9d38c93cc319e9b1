// SPDX-License-Identifier: MIT
// The frames and requests of the control socket as values: what is right comes back as it was, and nothing
// that is wrong gets any further.
#include "app/controlframe.h"
#include "app/controlplace.h"
#include "app/controlrequest.h"
#include "app/platform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace longhaul;
using namespace Qt::StringLiterals;
using Command = ControlRequest::Command;

namespace {

QByteArray framed(const QByteArray &json)
{
    QByteArray head(4, '\0');
    qToBigEndian(quint32(json.size()), head.data());
    return head + json;
}

QJsonObject requested(const QByteArray &members)
{
    const QJsonDocument json = QJsonDocument::fromJson("{\"version\":1," + members + '}');
    return json.object();
}

QString problemOf(const QJsonObject &object)
{
    const auto parsed = controlRequestFromJson(object);
    const auto *problem = std::get_if<QString>(&parsed);
    return problem ? *problem : QString();
}

ControlRequest fullRequest()
{
    ControlRequest request;
    request.command = Command::Add;
    request.urls = {QUrl(u"http://user:pass@h/%C3%A4%20b?c=d&e"_s)};
    request.options.folder = u"/d/e"_s;
    request.options.name = u"\u00e4 b.bin"_s;
    request.options.headers = {{"Cookie", "a=\xc3\xa4"}, {"X-Empty", ""}, {"Cookie", "second"}};
    request.options.digest = ExpectedDigest::parse(u"md5:0123456789abcdef0123456789abcdef"_s);
    request.options.conflict = ConflictPolicy::Overwrite;
    request.options.allowMetered = false;
    request.options.connections = 16;
    request.options.rateLimit = kMostRate;
    request.options.priority = Priority::Low;
    request.withPart = true;
    request.rate = kMostRate;
    request.activationToken = u"token"_s;
    return request;
}

} // namespace

class TestControlProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void frames();
    void framesByteByByte();
    void wrongFrames_data();
    void wrongFrames();
    void largestFrame();
    void noise();
    void requests();
    void commands_data();
    void commands();
    void wrongRequests_data();
    void wrongRequests();
    void secretsAreNotRepeated();
    void manyUrls();
    void mutations();
    void placeOfTheSocket();
    void longPlaces();
    void unsafePlaces();
};

void TestControlProtocol::frames()
{
    const QJsonObject object{{u"a"_s, u"\u00e4\u4e2d"_s}, {u"b"_s, QJsonArray{1, 2}}};
    const auto bytes = encodeFrame(object);
    QVERIFY(bytes);
    QCOMPARE(qFromBigEndian<quint32>(bytes->constData()), quint32(bytes->size() - 4));
    const Frame frame = decodeFrame(*bytes + "rest");
    QVERIFY(frame.kind == Frame::Kind::Whole);
    QCOMPARE(frame.size, bytes->size());
    QCOMPARE(frame.object, object);
}

void TestControlProtocol::framesByteByByte()
{
    const QByteArray bytes = framed("{\"a\":1}");
    for (qsizetype n = 0; n < bytes.size(); ++n) {
        const Frame frame = decodeFrame(bytes.left(n));
        QVERIFY(frame.kind == Frame::Kind::Incomplete);
        QCOMPARE(frame.size, n < 4 ? qint64(4) : qint64(bytes.size()));
    }
    QVERIFY(decodeFrame(bytes).kind == Frame::Kind::Whole);
}

void TestControlProtocol::wrongFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("tooLong");
    const auto row = [](const char *name, const QByteArray &json) {
        QTest::newRow(name) << framed(json) << false;
    };
    row("empty", {});
    row("no JSON", "hello");
    row("array", "[]");
    row("text", "\"a\"");
    row("number", "1");
    row("null", "null");
    row("truncated", "{\"a\":");
    row("something behind", "{} {}");
    row("a NUL behind", QByteArray("{}\0", 3));
    row("a NUL within", QByteArray("{\0}", 3));
    row("no UTF-8", "{\"a\":\"\xff\xfe\"}");
    row("UTF-16", QByteArray("{\0}\0", 4));
    row("nested too deep", QByteArray("{\"a\":").repeated(2000) + '1' + QByteArray("}").repeated(2000));
    row("brackets", QByteArray(100'000, '['));
    row("huge number", "{\"a\":1e400}");
    QTest::newRow("a byte too long") << QByteArray("\x00\x10\x00\x01{}", 6) << true;
    QTest::newRow("4 GiB") << QByteArray("\xff\xff\xff\xff{}", 6) << true;
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n") << true;
}

void TestControlProtocol::wrongFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, tooLong);
    const Frame frame = decodeFrame(bytes);
    QVERIFY(frame.kind == (tooLong ? Frame::Kind::TooLong : Frame::Kind::NoObject));
    QVERIFY(frame.object.isEmpty());
    QCOMPARE(frame.size, tooLong ? qint64(4) : qint64(bytes.size()));
}

void TestControlProtocol::largestFrame()
{
    const qsizetype around = QByteArray("{\"a\":\"\"}").size();
    const QString most(kMostFrameBytes - around, u'x');
    const auto bytes = encodeFrame({{u"a"_s, most}});
    QVERIFY(bytes);
    QCOMPARE(bytes->size(), kFrameHeadBytes + kMostFrameBytes);
    QVERIFY(decodeFrame(*bytes).kind == Frame::Kind::Whole);
    QVERIFY(!encodeFrame({{u"a"_s, most + u'x'}}));
}

// Whatever comes: no crash, and a frame never takes more than it says or than is allowed.
void TestControlProtocol::noise()
{
    QRandomGenerator random(1);
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes(random.bounded(64), '\0');
        for (char &c : bytes)
            c = char(random.bounded(256));
        if (bytes.size() >= 4 && i % 2)
            qToBigEndian(quint32(random.bounded(70)), bytes.data());
        const Frame frame = decodeFrame(bytes);
        QVERIFY(frame.size >= 4 && frame.size <= kFrameHeadBytes + kMostFrameBytes);
        QVERIFY(frame.kind == Frame::Kind::Incomplete || frame.size <= bytes.size());
    }
}

void TestControlProtocol::requests()
{
    const ControlRequest request = fullRequest();
    const auto parsed = controlRequestFromJson(toJson(request));
    const auto *same = std::get_if<ControlRequest>(&parsed);
    QVERIFY2(same, qPrintable(problemOf(toJson(request))));
    QVERIFY(same->command == Command::Add);
    QCOMPARE(same->urls, request.urls);
    QVERIFY(same->options == request.options);
    QVERIFY(same->withPart && same->rate == kMostRate);
    QCOMPARE(same->activationToken, u"token"_s);
}

void TestControlProtocol::commands_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("command");
    const auto row = [](const QByteArray &members, Command command) {
        QTest::newRow(members.constData()) << members << int(command);
    };
    row(R"("command":"hello")", Command::Hello);
    row(R"("command":"hello","future":{"x":[null]})", Command::Hello);
    row(R"("command":"show")", Command::Show);
    row(R"("command":"show","activationToken":"x")", Command::Show);
    row(R"("command":"list")", Command::List);
    row(R"("command":"pause")", Command::Pause);
    row(R"("command":"pause","urls":[])", Command::Pause);
    row(R"("command":"resume","urls":["http://h/a"])", Command::Resume);
    row(R"("command":"remove","urls":["http://h/a"],"withPart":true)", Command::Remove);
    row(R"("command":"limit")", Command::Limit);
    row(R"("command":"limit","rate":0)", Command::Limit);
    row(R"("command":"add","urls":["http://h/a","http://h/b","http://h:80/a#x"])", Command::Add);
}

void TestControlProtocol::commands()
{
    QFETCH(QByteArray, members);
    const auto parsed = controlRequestFromJson(requested(members));
    const auto *request = std::get_if<ControlRequest>(&parsed);
    QVERIFY2(request, qPrintable(problemOf(requested(members))));
    QTEST(int(request->command), "command");
    if (request->command == Command::Add)
        QCOMPARE(request->urls, (QList{QUrl(u"http://h/a"_s), QUrl(u"http://h/b"_s)}));
}

void TestControlProtocol::wrongRequests_data()
{
    QTest::addColumn<QJsonObject>("object");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << QJsonObject() << u"version 1"_s;
    QTest::newRow("no version") << QJsonObject{{u"command"_s, u"list"_s}} << u"version 1"_s;
    for (const QJsonValue &version : {QJsonValue(2), QJsonValue(0), QJsonValue(1.5), QJsonValue(-1),
                                      QJsonValue(u"1"_s), QJsonValue(true), QJsonValue()})
        QTest::addRow("version %s", qPrintable(version.toVariant().toString()))
            << QJsonObject{{u"version"_s, version}, {u"command"_s, u"list"_s}} << u"version 1"_s;
    const auto row = [](const QByteArray &members, const char *says) {
        QTest::newRow(members.constData()) << requested(members) << QString::fromUtf8(says);
    };
    row(R"("a":1)", "does not know the command ''");
    row(R"("command":"quit")", "does not know the command 'quit'");
    row(R"("command":"Add","urls":["http://h/a"])", "does not know the command 'Add'");
    row(R"("command":["add"])", "does not know the command ''");
    row(R"("command":null)", "does not know the command ''");
    row(R"("command":"add")", "\"urls\"");
    row(R"("command":"add","urls":[])", "\"urls\"");
    row(R"("command":"add","urls":"http://h/a")", "\"urls\"");
    row(R"("command":"add","urls":{"0":"http://h/a"})", "\"urls\"");
    row(R"("command":"add","urls":["http://h/a",1])", "\"urls\"");
    row(R"("command":"add","urls":[null])", "\"urls\"");
    row(R"("command":"add","urls":["http://h/a\u0000b"])", "\"urls\"");
    row(R"("command":"add","urls":["http://h/a","nonsense"])", "nonsense: The address is not valid.");
    row(R"("command":"add","urls":["file:///etc/passwd"])", "not supported (file)");
    row(R"("command":"pause","urls":["ftp://h/a"])", "not supported (ftp)");
    row(R"("command":"pause","urls":null)", "\"urls\"");
    row(R"("command":"remove")", "\"urls\"");
    row(R"("command":"remove","urls":["http://h/a"],"withPart":1)", "\"withPart\"");
    row(R"("command":"limit","rate":-1)", "\"rate\"");
    row(R"("command":"limit","rate":1.5)", "\"rate\"");
    row(R"("command":"limit","rate":1e300)", "\"rate\"");
    row(R"("command":"limit","rate":"1K")", "\"rate\"");
    row(R"("command":"limit","rate":null)", "\"rate\"");
    row(R"("command":"show","activationToken":1)", "\"activationToken\"");
    const auto option = [](const QByteArray &member, const char *says) {
        QTest::newRow(member.constData())
            << requested(R"("command":"add","urls":["http://h/a"],)" + member) << QString::fromUtf8(says);
    };
    for (const char *folder :
         {"\"\"", "\"d\"", "\"./d\"", "\"../d\"", "\"~/d\"", "\":/d\"", "\"/d\\u0000\"", "1", "[]", "null"})
        option(QByteArray("\"folder\":") + folder, "\"folder\"");
    for (const char *name :
         {"\"\"", "\".\"", "\"..\"", "\"/a\"", "\"a/b\"", "\"../a\"", "\"a\\u0000b\"", "1"})
        option(QByteArray("\"name\":") + name, "\"name\"");
    for (const char *headers : {"\"A: b\"", "[1]", "[\"A\"]", "[\"A: b\\r\\nC: d\"]", "[\"A b: c\"]",
                                "[\": b\"]", "[\"A: \\u0000\"]", "{}"})
        option(QByteArray("\"headers\":") + headers, "\"headers\"");
    for (const char *checksum : {"\"\"", "\"md5:0\"", "\"crc32:00000000\"", "1"})
        option(QByteArray("\"checksum\":") + checksum, "\"checksum\"");
    for (const char *policy : {"\"\"", "\"ask\"", "\"Rename\"", "0"})
        option(QByteArray("\"onConflict\":") + policy, "\"onConflict\"");
    option(R"("allowMetered":"yes")", "\"allowMetered\"");
    for (const char *connections : {"0", "-1", "17", "1.5", "\"4\"", "null", "[4]", "1e300"})
        option(QByteArray("\"connections\":") + connections, "\"connections\"");
    for (const char *rate : {"-1", "0.5", "\"1K\"", "null", "1125899906842625"})
        option(QByteArray("\"rateLimit\":") + rate, "\"rateLimit\"");
    for (const char *priority : {"\"\"", "\"urgent\"", "\"High\"", "1", "null"})
        option(QByteArray("\"priority\":") + priority, "\"priority\"");
    QTest::newRow("name for two") << requested(
        R"("command":"add","urls":["http://h/a","http://h/b"],"name":"x")")
                                  << u"\"name\""_s;
}

void TestControlProtocol::wrongRequests()
{
    QFETCH(QJsonObject, object);
    QFETCH(QString, says);
    const QString problem = problemOf(object);
    QVERIFY2(problem.contains(says), qPrintable(problem));
    QVERIFY2(problem.endsWith(u'.'), qPrintable(problem));
}

void TestControlProtocol::secretsAreNotRepeated()
{
    const QString header = problemOf(requested(
        R"("command":"add","urls":["http://h/a"],"headers":["Cookie: hunter2\n"," Cookie: hunter2"])"));
    const QString url = problemOf(requested(R"("command":"add","urls":["ftp://u:hunter2@h/a"])"));
    QVERIFY(!header.isEmpty() && !url.isEmpty());
    QVERIFY2(!header.contains(u"hunter2") && !url.contains(u"hunter2"), qPrintable(header + url));
}

void TestControlProtocol::manyUrls()
{
    const auto withUrls = [](qsizetype count) {
        QJsonArray urls;
        for (qsizetype i = 0; i < count; ++i)
            urls.append(u"http://h/%1"_s.arg(i));
        QJsonObject object = requested(R"("command":"add")");
        object.insert(u"urls"_s, urls);
        return object;
    };
    const auto parsed = controlRequestFromJson(withUrls(kMostUrls));
    QVERIFY(std::holds_alternative<ControlRequest>(parsed));
    QCOMPARE(std::get<ControlRequest>(parsed).urls.size(), kMostUrls);
    QVERIFY(problemOf(withUrls(kMostUrls + 1)).contains(u"more than 1000 addresses"));
}

// A right frame with some bytes changed is right, or refused; what is accepted can be used as it is.
void TestControlProtocol::mutations()
{
    const QByteArray bytes = *encodeFrame(toJson(fullRequest()));
    QRandomGenerator random(2);
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        QByteArray changed = bytes;
        for (int n = random.bounded(1, 4); n > 0; --n)
            changed[random.bounded(int(changed.size()))] = char(random.bounded(256));
        const Frame frame = decodeFrame(changed);
        if (frame.kind != Frame::Kind::Whole)
            continue;
        const auto parsed = controlRequestFromJson(frame.object);
        const auto *request = std::get_if<ControlRequest>(&parsed);
        if (!request)
            continue;
        ++accepted;
        QVERIFY(request->options.folder.isEmpty() || request->options.folder.startsWith(u'/'));
        QVERIFY(!request->options.name.contains(u'/') && !request->options.name.contains(QChar(0)));
        for (const QUrl &url : request->urls)
            QVERIFY(url.isValid() && !url.host().isEmpty() && url.scheme().startsWith(u"http"));
    }
    QVERIFY(accepted > 100);
}

void TestControlProtocol::placeOfTheSocket()
{
    QTemporaryDir dir;
    const QString real = QDir(dir.path()).canonicalPath();
    QCOMPARE(controlPath(dir.path()), real + u"/control"_s);
    QCOMPARE(controlPath(dir.path() + u"/./"_s), real + u"/control"_s);
    QVERIFY(QFile::link(dir.path(), dir.filePath(u"link"_s)));
    QCOMPARE(controlPath(dir.filePath(u"link"_s)), real + u"/control"_s);
    QCOMPARE(controlPath(dir.filePath(u"none"_s)), QString());
}

void TestControlProtocol::longPlaces()
{
    QTemporaryDir dir;
    QTemporaryDir runtime(QDir::tempPath() + u"/r-XXXXXX"_s);
    const QString deep = dir.filePath(QString(60, u'd') + u'/' + QString(60, u'e'));
    const QString other = dir.filePath(QString(60, u'd') + u'/' + QString(60, u'f'));
    QVERIFY(QDir().mkpath(deep) && QDir().mkpath(other));
    const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
    const QString there = controlPath(deep);
    QVERIFY2(there.startsWith(runtime.path() + u"/longhaul-"_s), qPrintable(there));
    QVERIFY(there.size() < platform::mostSocketPathBytes());
    QCOMPARE(controlPath(deep + u"/../"_s + QString(60, u'e')), there);
    QVERIFY(controlPath(other) != there);
    // Open to others: not used. A folder of our own is.
    QVERIFY(QFile::setPermissions(runtime.path(), QFile::Permissions(0x7755)));
    const QString own = controlPath(deep);
    qputenv("XDG_RUNTIME_DIR", before);
    QVERIFY2(own.startsWith(QDir::tempPath() + u"/longhaul-"_s + platform::userId()), qPrintable(own));
}

void TestControlProtocol::unsafePlaces()
{
    QTemporaryDir dir;
    const QString ours = dir.filePath(u"ours"_s);
    QVERIFY(!platform::isPrivateFolder(ours));
    QVERIFY(platform::makePrivateFolder(ours));
    QVERIFY(platform::makePrivateFolder(ours)); // it is there
    QVERIFY(platform::isPrivateFolder(ours));
    QVERIFY(QFile::link(ours, dir.filePath(u"link"_s)));
    QVERIFY(!platform::makePrivateFolder(dir.filePath(u"link"_s)));
    QVERIFY(QFile::setPermissions(ours, QFile::Permissions(0x7750)));
    QVERIFY(!platform::makePrivateFolder(ours));
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!platform::makePrivateFolder(file.fileName()));
    QVERIFY(!platform::makePrivateFolder(dir.filePath(u"no/where"_s)));
}

QTEST_GUILESS_MAIN(TestControlProtocol)
#include "tst_controlprotocol.moc"
