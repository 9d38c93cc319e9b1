// SPDX-License-Identifier: MIT
// What a user, a disk or a certificate may have wrong: one clear sentence, the right exit code, nothing under
// the final name, and the good bytes kept.
#include "program.h"
#include "programhome.h"
#include "tests/support/handlers.h"

#include <QTest>

#include <sys/mount.h>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 3'000'000;

// A home, and what is asked of the program there.
struct Place : ProgramHome {
    QStringList get(const QUrl &url, const QStringList &options = {}) const
    {
        return QStringList{u"get"_s, u"--json"_s, u"--state-dir"_s, inHome(u"state"_s),
                           u"-d"_s,  files(),     u"--retries"_s,   u"0"_s}
               + options + QStringList{url.toString(QUrl::FullyEncoded)};
    }
};

int errorOf(const Program &program) { return program.report()["error"_L1]["code"_L1].toInt(); }

} // namespace

class TestBadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usage_data();
    void usage();
    void folderThatCannotBe();
    void nameTooLong();
    void fileTooLarge();
    void diskFull();
    void untrustedCertificate();
    void conflicts_data();
    void conflicts();
};

void TestBadInput::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &says) {
        QTest::newRow(name) << arguments << says;
    };
    row("unknown command", {u"fetch"_s}, "'fetch' is no command");
    row("no URL", {u"get"_s}, "No URL is given");
    row("no scheme", {u"get"_s, u"example.test/file"_s}, "The address is not valid");
    row("no host", {u"get"_s, u"http:///file"_s}, "The address is not valid");
    row("bad port", {u"get"_s, u"http://h.test:99999/f"_s}, "The address is not valid");
    row("empty", {u"get"_s, u""_s}, "The address is not valid");
    row("ftp", {u"get"_s, u"ftp://h.test/f"_s}, "not supported (ftp)");
    row("file", {u"get"_s, u"file:///etc/passwd"_s}, "not supported (file)");
    row("one of two", {u"get"_s, u"http://127.0.0.1:1/a"_s, u"gopher://h/b"_s}, "not supported (gopher)");
    row("unknown option", {u"get"_s, u"--fast"_s, u"http://h.test/f"_s}, "fast");
    row("rate", {u"get"_s, u"--limit-rate"_s, u"quick"_s, u"http://h.test/f"_s}, "--limit-rate takes");
    row("retries", {u"get"_s, u"--retries"_s, u"-1"_s, u"http://h.test/f"_s}, "--retries takes");
    row("timeout", {u"get"_s, u"--timeout"_s, u"0"_s, u"http://h.test/f"_s}, "--timeout takes");
    row("checksum", {u"get"_s, u"--checksum"_s, u"sha-256:12"_s, u"http://h.test/f"_s}, "--checksum takes");
    row("conflict", {u"get"_s, u"--on-conflict"_s, u"ask"_s, u"http://h.test/f"_s}, "--on-conflict takes");
    row("header", {u"get"_s, u"--header"_s, u"a b"_s, u"http://h.test/f"_s}, "--header takes");
    row("output of two", {u"get"_s, u"-o"_s, u"x"_s, u"http://h.test/a"_s, u"http://h.test/b"_s},
        "--output goes with one URL");
}

void TestBadInput::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    Place place;
    Program program(place.home());
    QVERIFY(program.start(arguments));
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 2);
    QVERIFY2(program.errorText().contains(says), program.errorText().constData());
    QCOMPARE(program.errorText().count('\n'), 1);
    QVERIFY(QDir(place.home()).isEmpty()); // nothing was begun
}

void TestBadInput::folderThatCannotBe()
{
    ScriptedServer server(honest(Content::random(kSize)));
    Place place;
    QFile file(place.files());
    QVERIFY(file.open(QIODevice::WriteOnly)); // in the folder's stead
    Program program(place.home());
    QVERIFY(program.start(place.get(server.url(u"/file.bin"_s))));
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 1);
    QCOMPARE(errorOf(program), 1001);
}

void TestBadInput::nameTooLong()
{
    ScriptedServer server(honest(Content::random(kSize)));
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.get(server.url(u"/file.bin"_s), {u"-o"_s, QString(300, u'n')})));
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 1);
    QCOMPARE(errorOf(program), 1004);
    QCOMPARE(place.names(), QStringList());
}

// The size is not announced, so that it shows only on the way; what was written before is continued.
void TestBadInput::fileTooLarge()
{
    const Content content = Content::random(kSize);
    ScriptedServer server([content](const Request &request) {
        Resource resource;
        resource.etag = "\"one\"";
        Answer answer = Answer::honest(request, content, resource);
        return request.range ? answer : answer.chunked();
    });
    Place place;
    Program first(place.home());
    first.limitFileSize(1'500'000);
    QVERIFY(first.start(place.get(server.url(u"/file.bin"_s))));
    QVERIFY(first.waitForEnd());
    QCOMPARE(first.exitCode(), 1);
    QCOMPARE(errorOf(first), 1003);
    QCOMPARE(place.names(), QStringList{u"file.bin.part"_s});

    Program second(place.home());
    QVERIFY(second.start(place.get(server.url(u"/file.bin"_s))));
    QVERIFY(second.waitForEnd());
    QVERIFY2(second.exitCode() == 0, second.account().constData());
    QVERIFY(second.report()["bytesReused"_L1].toInteger() > 0);
    QVERIFY(content.matchesFile(place.files() + u"/file.bin"_s));
}

void TestBadInput::diskFull()
{
    const Content content = Content::random(kSize);
    ScriptedServer server(honest(content));
    Place place;
    QVERIFY(QDir().mkpath(place.files()));
    const QByteArray files = QFile::encodeName(place.files());
    if (::mount("tmpfs", files.constData(), "tmpfs", 0, "size=1m") != 0)
        QSKIP("A small file system can be mounted by root alone.");
    Program first(place.home());
    const bool started = first.start(place.get(server.url(u"/file.bin"_s))) && first.waitForEnd();
    const QStringList names = place.names();
    const bool grown = ::mount("tmpfs", files.constData(), "tmpfs", MS_REMOUNT, "size=8m") == 0;
    Program second(place.home());
    const bool again = second.start(place.get(server.url(u"/file.bin"_s))) && second.waitForEnd();
    const bool matches = content.matchesFile(place.files() + u"/file.bin"_s);
    QCOMPARE(::umount(files.constData()), 0);

    QVERIFY(started && grown && again);
    QCOMPARE(first.exitCode(), 1);
    QCOMPARE(errorOf(first), 1002);
    QVERIFY(!names.contains(u"file.bin"_s));
    QVERIFY2(second.exitCode() == 0, second.account().constData());
    QVERIFY(matches);
}

void TestBadInput::untrustedCertificate()
{
    ServerOptions options;
    options.tls = selfSignedIdentity();
    if (options.tls.isNull())
        QSKIP("There is no openssl command to make a certificate with.");
    ScriptedServer server(honest(Content::random(kSize)), options);
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.get(server.url(u"/file.bin"_s))));
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 1);
    QCOMPARE(errorOf(program), 2006);
    const QString message = program.report()["error"_L1]["message"_L1].toString();
    QVERIFY(message.contains(u"self-signed"_s)); // why, and which one
    QVERIFY2(message.contains(u"that of \""_s + options.tls.chain.first().subjectDisplayName()),
             qPrintable(message));
    QCOMPARE(server.requestCount(), 0); // not a byte was said to a stranger
    QCOMPARE(place.names(), QStringList());
}

void TestBadInput::conflicts_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<bool>("oldStays");
    QTest::addColumn<int>("requests");
    QTest::newRow("rename") << u"rename"_s << QStringList{u"a (2).tar.gz"_s, u"a.tar.gz"_s} << true << 1;
    QTest::newRow("overwrite") << u"overwrite"_s << QStringList{u"a.tar.gz"_s} << false << 1;
    QTest::newRow("skip") << u"skip"_s << QStringList{u"a.tar.gz"_s} << true << 1;
}

void TestBadInput::conflicts()
{
    QFETCH(QString, policy);
    QFETCH(QStringList, names);
    QFETCH(bool, oldStays);
    QFETCH(int, requests);
    const Content content = Content::random(kSize);
    ScriptedServer server(honest(content));
    Place place;
    const QString target = place.put(u"a.tar.gz"_s, "old");
    Program program(place.home());
    QVERIFY(
        program.start(place.get(server.url(u"/a.tar.gz"_s), {u"-x"_s, u"1"_s, u"--on-conflict"_s, policy})));
    QVERIFY(program.waitForEnd());
    QVERIFY2(program.exitCode() == 0, program.account().constData());
    QCOMPARE(place.names(), names);
    QCOMPARE(QFileInfo(target).size() == 3, oldStays);
    if (policy != u"skip"_s)
        QVERIFY(content.matchesFile(place.files() + u'/' + names.first()));
    QCOMPARE(server.requestCount(), requests);
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
