// SPDX-License-Identifier: MIT
// What is said about a command line that asks for help or cannot be followed.
#include "commandwords.h"

#include <QRegularExpression>
#include <QTest>

using namespace longhaul;
using namespace longhaul::commandwords;

class TestUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }
    void general_data();
    void general();
    void badUrls();
    void badUrlsAsJson();
    void bad_data();
    void bad();
    void secretsStayInside_data();
    void secretsStayInside();
};

void TestUsage::general_data()
{
    QTest::addColumn<QString>("arguments"); // words
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("part"); // of what is said
    const auto row = [](const char *arguments, int exitCode, const char *part) {
        QTest::newRow(*arguments ? arguments : "nothing") << s(arguments) << exitCode << s(part);
    };
    row("--help", 0, "Usage: longhaul [--background] [URL...]\n");
    row("-h", 0, "longhaul COMMAND [options]");
    row("help", 0, "longhaul COMMAND [options]");
    row("--background --help", 0, "Usage: longhaul [--background] [URL...]\n");
    row("http://h/a --help", 0, "Usage: longhaul [--background] [URL...]\n");
    row("--nonsense", 2, "longhaul: Unknown option 'nonsense'. See");
    row("--json http://h/a", 2, "longhaul: Unknown option 'json'. See");
    row("example.org", 2, "longhaul: example.org: The address is not valid.");
    row("http://h/a ftp://h/a", 2, "longhaul: ftp://h/a: Addresses of this kind are not supported (ftp).");
    row("--state-dir", 2, "longhaul: Missing value after '--state-dir'. See");
    row("--version", 0, "longhaul " LONGHAUL_VERSION "\n");
    row("-v", 0, "longhaul " LONGHAUL_VERSION "\n");
    row("fetch http://h/a", 2, "longhaul: 'fetch' is no command. See 'longhaul --help'.\n");
    row("Get http://h/a", 2, "longhaul: 'Get' is no command.");
    row("ftp://u:secret@h/a", 2, "longhaul: ftp://u@h/a: Addresses of this kind");
    row("get", 2, "longhaul: No URL is given. See 'longhaul --help'.\n");
    row("get --json", 2, "No URL is given.");
    row("get --help", 0, "Usage: longhaul get [options] URL...");
    row("get -h", 0, "--limit-rate");
    row("get --nonsense http://h/a", 2, "longhaul: Unknown option 'nonsense'. See");
    row("get -y http://h/a", 2, "longhaul: Unknown option 'y'. See");
    row("get -x http://h/a", 2, "longhaul: No URL is given. See");
    row("get http://h/a -x", 2, "longhaul: Missing value after '-x'. See");
    row("get --priority high http://h/a", 2, "longhaul: Unknown option 'priority'. See");
    row("get http://h/a --dir", 2, "longhaul: Missing value after '--dir'. See");
    row("list --help", 0, "Usage: longhaul list [options]");
    row("list x", 2, "longhaul: 'list' takes no arguments. See");
    row("list --dir x", 2, "longhaul: Unknown option 'dir'. See");
    row("remove", 2, "No URL is given.");
    row("remove --help", 0, "Usage: longhaul remove [options] URL...");
    row("add", 2, "longhaul: No URL is given. See 'longhaul --help'.\n");
    row("add --help", 0, "Usage: longhaul add [options] URL...");
    row("add --max-downloads 1 http://h/a", 2, "longhaul: Unknown option 'max-downloads'. See");
    row("add --limit-rate 0 http://h/a", 2,
        "longhaul: --limit-rate takes bytes per second such as 500K or 1.5M, not '0'. See");
    row("add --connections 17 http://h/a", 2,
        "longhaul: --connections takes a number from 1 to 16, not '17'. See");
    row("add --priority urgent http://h/a", 2,
        "longhaul: --priority takes low, normal or high, not 'urgent'. See");
    row("add --priority High http://h/a", 2, "low, normal or high, not 'High'. See");
    row("add --priority= http://h/a", 2, "low, normal or high, not ''. See");
    row("add -o x http://h/a http://h/b", 2, "longhaul: --output goes with one URL. See");
    row("add --on-conflict ask http://h/a", 2,
        "longhaul: --on-conflict takes rename, overwrite or skip, not");
    row("adopt --help", 0, "Usage: longhaul adopt [options] FILE URL");
    for (const char *bad : {"adopt", "adopt a", "adopt a http://h/a http://h/b"})
        row(bad, 2, "longhaul: 'adopt' takes a file and its URL. See");
    row("adopt a b", 2, "longhaul: b: The address is not valid.");
    row("adopt -d x a http://h/a", 2, "longhaul: Unknown option 'd'. See");
    row("adopt -o x/y a http://h/a", 2,
        "longhaul: --output takes the name of a file: it stays in its folder, not 'x/y'. See");
    row("resume --repair", 2, "longhaul: --repair goes with the URLs of what is to be repaired. See");
    row("pause --repair http://h/a", 2, "longhaul: Unknown option 'repair'. See");
    row("readdress --help", 0, "Usage: longhaul readdress [options] OLD NEW");
    for (const char *bad : {"readdress http://h/a", "readdress http://h/a http://h/b http://h/c",
                            "readdress http://h/a http://h:80/a"})
        row(bad, 2, "longhaul: 'readdress' takes the old address and another one. See");
    row("readdress http://h/a ftp://h/a", 2, "longhaul: ftp://h/a: Addresses of this kind");
    row("pause --help", 0, "Usage: longhaul pause [options] [URL...]");
    row("pause nonsense", 2, "longhaul: nonsense: The address is not valid.");
    row("resume --help", 0, "Usage: longhaul resume [options] [URL...]");
    row("resume --with-part", 2, "longhaul: Unknown option 'with-part'. See");
    row("limit --help", 0, "Usage: longhaul limit [options] [RATE|off]");
    row("limit fast", 2,
        "longhaul: 'limit' takes bytes per second such as 500K or 1.5M, or 'off', not 'fast'. See");
    row("limit 0", 2, "or 'off', not '0'. See");
    row("limit 1K 2K", 2, "longhaul: 'limit' takes one rate. See");
    row("remove ftp://h/a", 2, "longhaul: ftp://h/a: Addresses of this kind are not supported (ftp).");
}

void TestUsage::general()
{
    QFETCH(QString, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, part);
    const Command command = parsed(arguments.split(u' ', Qt::SkipEmptyParts));
    const auto *leave = std::get_if<Leave>(&command);
    QVERIFY(leave);
    QCOMPARE(leave->exitCode, exitCode);
    QVERIFY2(leave->text.contains(part), qPrintable(leave->text));
    QVERIFY(leave->text.endsWith(u'\n') && !leave->text.contains(QStringLiteral(".. See")));
    QVERIFY(leave->json.isEmpty());
}

// One bad address of several: nothing is begun.
void TestUsage::badUrls()
{
    const Command command = get({s("ftp://h/a"), s("nonsense")});
    const auto *leave = std::get_if<Leave>(&command);
    QVERIFY(leave);
    QCOMPARE(leave->exitCode, kExitUsage);
    QCOMPARE(leave->text,
             s("longhaul: ftp://h/a: Addresses of this kind are not supported (ftp). "
               "Longhaul fetches http and https.\n"
               "longhaul: nonsense: The address is not valid. Give it as in https://host/path.\n"));
    QVERIFY(leave->json.isEmpty());
}

void TestUsage::badUrlsAsJson()
{
    const Command command = get({s("nonsense"), s("--json")});
    const auto *leave = std::get_if<Leave>(&command);
    QVERIFY(leave);
    QCOMPARE(leave->exitCode, kExitUsage);
    QVERIFY(leave->json.contains(s("\"url\":\"nonsense\"")) && leave->json.contains(s("\"code\":5001")));
    QCOMPARE(leave->json.count(u'\n'), 1);
    QVERIFY(leave->json.endsWith(u'\n'));
}

void TestUsage::bad_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *option, const char *value, const char *sentence) {
        QTest::addRow("%s=%s", option, value) << QStringList{s(option), s(value)} << s(sentence);
    };
    const auto numbers = [&row](const char *option, std::initializer_list<const char *> values,
                                const char *wanted) {
        for (const char *value : values) {
            const QByteArray sentence = QByteArray(option) + " takes " + wanted + ", not '" + value + "'.";
            row(option, value, sentence.constData());
        }
    };
    numbers("--limit-rate", {"", "0", "-1", "fast", "1T", "%1"}, "bytes per second such as 500K or 1.5M");
    numbers("--retries", {"", "-1", "1.5", "many", "99999999999"}, "a number from 0 on");
    numbers("--connections", {"", "0", "-1", "17", "1.5", "many", "0x4", "99999999999"},
            "a number from 1 to 16");
    numbers("--max-downloads", {"", "0", "-1", "101", "1e2", "all"}, "a number from 1 to 100");
    numbers("--timeout", {"", "0", "-1", "nan", "inf", "86401", "1s"}, "seconds from above 0 to 86400");
    numbers("--on-conflict", {"", "Rename", "ask", "rename "}, "rename, overwrite or skip");
    numbers(
        "--checksum",
        {"", "sha-256", "sha-256:", "sha-256:00", "crc32:00000000", "md5:0123456789abcdef0123456789abcdeg"},
        "sha-256, sha-512, sha-1 or md5, a colon and all hexadecimal digits");
    numbers("--output", {"", ".", "..", "x/", "x/.", "x/..", "/"}, "the name or path of a file");
    const char *const header = "--header takes 'Name: value' without control characters.";
    for (const char *value :
         {"", ":", ": v", "Name", "Na me: v", "Name : v", " Name: v", "N\xc3\xa4me: v", "Name\r: v",
          "Name: v\r\nOther: x", "Name: v\nx", "Name: \x01", "Name: a\x7f", "(Name): v"})
        row("--header", value, header);
    const QString digest = s("md5:") + QString(32, u'0');
    QTest::newRow("checksum for two")
        << QStringList{s("http://h/b"), s("--checksum"), digest} << s("--checksum goes with one URL.");
    QTest::newRow("output for two") << QStringList{s("http://h/b"), s("-o"), s("x")}
                                    << s("--output goes with one URL.");
}

void TestUsage::bad()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);
    QCOMPARE(saidBy(get(arguments)), s("2 longhaul: %1 See 'longhaul --help'.\n").replace(s("%1"), sentence));
}

void TestUsage::secretsStayInside_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *tag, const QStringList &arguments) { QTest::newRow(tag) << arguments; };
    row("bad header", {s("--header"), s("Authorization: hunter2\n") + s("x")});
    row("header without colon", {s("--header"), s("hunter2")});
    row("misspelt option", {s("--heeder=Cookie: hunter2")});
    row("option without a value", {s("--json=hunter2")});
    row("other scheme", {s("ftp://user:hunter2@h/a")});
    row("other scheme as JSON", {s("--json"), s("ftp://user:hunter2@h/a")});
    row("bad port", {s("--json"), s("http://user:hunter2@h:99999/a")});
    row("bad host", {s("--json"), s("http://user:hunter2@h i/a")});
    row("no host", {s("--json"), s("http://user:hunter2@/a")});
    row("no scheme", {s("--json"), s("user:hunter2@h/a")});
    row("one slash", {s("--json"), s("http:/user:hunter2@h/a")});
    row("at sign within", {s("--json"), s("http://user:hunter2@hunter2@h:99999/a")});
}

void TestUsage::secretsStayInside()
{
    QFETCH(QStringList, arguments);
    const QString said = saidBy(get(arguments));
    QVERIFY(said.startsWith(s("2 longhaul: ")));
    QVERIFY2(!said.contains(s("hunter2")), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestUsage)
#include "tst_usage.moc"
