// SPDX-License-Identifier: MIT
#include "commandwords.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

using namespace longhaul;
using namespace longhaul::commandwords;

namespace {

QString here(const char *path) { return QDir::cleanPath(QDir::current().absoluteFilePath(s(path))); }

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void rates_data();
    void rates();
    void defaults();
    void manyUrls();
    void place_data();
    void place();
    void numbers_data();
    void numbers();
    void connections();
    void add();
    void headers();
    void conflict();
    void checksum();
    void flags();
    void list();
    void remove();
};

void TestCommandLine::rates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected"); // 0: malformed
    const auto row = [](const char *text, qint64 expected) {
        QTest::newRow(*text ? text : "empty") << s(text) << expected;
    };
    row("1", 1);
    row("1500", 1500);
    row("500K", 512'000);
    row("500k", 512'000);
    row("500KB", 512'000);
    row("100B", 100);
    row("1.5M", 1'572'864);
    row("2G", 2'147'483'648);
    row("2gb", 2'147'483'648);
    row(" 10K ", 10'240);
    row("0.5K", 512);
    row("1.9", 1);
    row("", 0);
    row(" ", 0);
    row("0", 0);
    row("0K", 0);
    row("0.9", 0);
    row("-1", 0);
    row("-1K", 0);
    row("K", 0);
    row("B", 0);
    row("KB", 0);
    row("1KK", 0);
    row("1KM", 0);
    row("1BK", 0);
    row("1BB", 0);
    row("1T", 0);
    row("1,5M", 0);
    row("1.5.5", 0);
    row("0x10", 0);
    row("ten", 0);
    row("nan", 0);
    row("inf", 0);
    row("1e300", 0);
    row("9999999999G", 0);
    row("\xd9\xa5", 0); // an Arabic five
}

void TestCommandLine::rates()
{
    QFETCH(QString, text);
    QTEST(parseRate(text).value_or(0), "expected");
}

void TestCommandLine::defaults()
{
    const Command command = get({});
    const auto *run = std::get_if<GetCommand>(&command);
    QVERIFY(run);
    QCOMPARE(run->urls, QList<QUrl>{QUrl(zipUrl())});
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    TaskOptions options;
    options.folder = downloads;
    QVERIFY(run->options == options);
    Settings settings;
    settings.folder = downloads;
    settings.allowMetered = true; // asked for just now, by name
    QVERIFY(run->settings == settings);
    QCOMPARE(run->stateDir, QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    QVERIFY(!run->placeGiven && !run->json && !run->quiet);
}

void TestCommandLine::manyUrls()
{
    const Command command = get({s("http://h"), s("http://h/#x"), s("https://h/"), s("HTTP://h:80/a.zip")});
    const auto *run = std::get_if<GetCommand>(&command);
    QVERIFY(run);
    const QList<QUrl> expected{QUrl(s("http://h/")), QUrl(s("https://h/")), QUrl(zipUrl())};
    QCOMPARE(run->urls, expected);
}

void TestCommandLine::place_data()
{
    QTest::addColumn<QString>("arguments"); // words
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *arguments, const QString &folder, const char *name) {
        QTest::newRow(arguments) << s(arguments) << folder << s(name);
    };
    row("-d /x/y", s("/x/y"), "");
    row("--dir /x/y/", s("/x/y"), "");
    row("--dir=x/../y", here("y"), "");
    row("-dx", here("x"), "");
    row("-d .", here("."), "");
    row("-o a.bin", here("."), "a.bin");
    row("--output ./x/a.bin", here("x"), "a.bin");
    row("-o ../a.bin", here(".."), "a.bin");
    row("-o /x/a.bin", s("/x"), "a.bin");
    row("-o a.bin -d /x", s("/x"), "a.bin");
    row("-o y/a.bin -d /x", s("/x/y"), "a.bin");
    row("-o /y/a.bin -d /x", s("/y"), "a.bin");
    row("-o .hidden", here("."), ".hidden"); // the user's own name is not tampered with
}

void TestCommandLine::place()
{
    QFETCH(QString, arguments);
    QFETCH(QString, folder);
    const Command command = get(arguments.split(u' '));
    const auto *run = std::get_if<GetCommand>(&command);
    QVERIFY2(run, qPrintable(saidBy(command)));
    QCOMPARE(run->options.folder, folder);
    QCOMPARE(run->settings.folder, folder);
    QTEST(run->options.name, "name");
    QVERIFY(run->placeGiven);
}

void TestCommandLine::numbers_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<int>("retries");
    QTest::addColumn<int>("timeout"); // ms
    QTest::addColumn<int>("atOnce");
    const auto row = [](const char *arguments, qint64 rate, int retries, int timeout, int atOnce = 3) {
        QTest::newRow(arguments) << s(arguments) << rate << retries << timeout << atOnce;
    };
    row("--limit-rate 1M", 1 << 20, 5, 30'000);
    row("--retries 0", 0, 0, 30'000);
    row("--retries 100000", 0, 100'000, 30'000);
    row("--timeout 5", 0, 5, 5000);
    row("--timeout 0.25", 0, 5, 250);
    row("--timeout 0.0001", 0, 5, 1);
    row("--timeout 86400", 0, 5, 86'400'000);
    row("--limit-rate=2K --retries=1 --timeout=1.5", 2048, 1, 1500);
    row("--retries 1 --retries 2", 0, 2, 30'000); // the last one counts
    row("--max-downloads 1", 0, 5, 30'000, 1);
    row("--max-downloads=100", 0, 5, 30'000, 100);
}

void TestCommandLine::numbers()
{
    QFETCH(QString, arguments);
    const Command command = get(arguments.split(u' '));
    const auto *run = std::get_if<GetCommand>(&command);
    QVERIFY2(run, qPrintable(saidBy(command)));
    QTEST(run->settings.rateLimit, "rate");
    QTEST(run->settings.retries, "retries");
    QTEST(int(run->settings.timeout.count()), "timeout");
    QTEST(run->settings.downloadsAtOnce, "atOnce");
}

void TestCommandLine::connections()
{
    for (const auto &[words, number] :
         {std::pair("-x 1", 1), {"-x16", 16}, {"--connections 7", 7}, {"--connections=12", 12}}) {
        const Command command = get(s(words).split(u' '));
        const auto *run = std::get_if<GetCommand>(&command);
        QVERIFY2(run, qPrintable(saidBy(command)));
        QVERIFY(run->options.connections == number);
        // For three downloads at once: it would be in the way.
        QCOMPARE(run->settings.connectionsPerHost, std::clamp(3 * number, 8, 32));
    }
}

void TestCommandLine::add()
{
    const Command plain = parsed({s("add"), zipUrl()});
    QVERIFY(std::get<AddCommand>(plain).options == TaskOptions());
    const Command command = parsed({s("add"), zipUrl(), s("http://h/b"), s("-x"), s("5"), s("--limit-rate"),
                                    s("1.5M"), s("--priority"), s("high"), s("--json")});
    const auto *add = std::get_if<AddCommand>(&command);
    QVERIFY2(add, qPrintable(saidBy(command)));
    QCOMPARE(add->urls.size(), qsizetype(2));
    QVERIFY(add->json && add->options.connections == 5);
    QCOMPARE(add->options.rateLimit, qint64(1'572'864));
    QCOMPARE(add->options.priority, Priority::High);
    for (const Priority priority : {Priority::Low, Priority::Normal, Priority::High}) {
        const Command one = parsed({s("add"), zipUrl(), s("--priority"), priorityName(priority)});
        QCOMPARE(std::get<AddCommand>(one).options.priority, priority);
    }
}

void TestCommandLine::headers()
{
    const Command command = get({s("--header"), s("Cookie: a=b; c=\xc3\xa4"), s("--header"), s("X-Empty:"),
                                 s("--header=X-Tab:\t a\tb "), s("--header"), s("Cookie: second")});
    const auto *run = std::get_if<GetCommand>(&command);
    QVERIFY2(run, qPrintable(saidBy(command)));
    const HeaderList expected{
        {"Cookie", "a=b; c=\xc3\xa4"}, {"X-Empty", ""}, {"X-Tab", "a\tb"}, {"Cookie", "second"}};
    QVERIFY(run->options.headers == expected);
}

void TestCommandLine::conflict()
{
    const std::pair<const char *, ConflictPolicy> cases[] = {{"rename", ConflictPolicy::Rename},
                                                             {"overwrite", ConflictPolicy::Overwrite},
                                                             {"skip", ConflictPolicy::Skip}};
    for (const auto &[name, policy] : cases) {
        const Command command = get({s("--on-conflict"), s(name)});
        const auto *run = std::get_if<GetCommand>(&command);
        QVERIFY(run);
        QVERIFY(run->options.conflict == policy);
    }
}

void TestCommandLine::checksum()
{
    const Command command = get({s("--checksum"), s("SHA256:") + QString(64, u'A')});
    const auto *run = std::get_if<GetCommand>(&command);
    QVERIFY(run && run->options.digest);
    QVERIFY(run->options.digest->algorithm == DigestAlgorithm::Sha256);
    QCOMPARE(run->options.digest->value, QByteArray(32, '\xaa'));
}

void TestCommandLine::flags()
{
    const Command command = get({s("--json"), s("-q"), s("--state-dir"), s("x/y")});
    const auto *run = std::get_if<GetCommand>(&command);
    QVERIFY(run);
    QVERIFY(run->json && run->quiet && !run->placeGiven);
    QCOMPARE(run->stateDir, here("x/y"));
    const Command absolute = get({s("--quiet"), s("--state-dir=/x")});
    QVERIFY(std::get<GetCommand>(absolute).quiet && !std::get<GetCommand>(absolute).json);
    QCOMPARE(std::get<GetCommand>(absolute).stateDir, s("/x"));
}

void TestCommandLine::list()
{
    const Command command = parsed({s("list"), s("--json"), s("--state-dir"), s("/x")});
    const auto *list = std::get_if<ListCommand>(&command);
    QVERIFY(list && list->json);
    QCOMPARE(list->stateDir, s("/x"));
    const Command plain = parsed({s("list")});
    QVERIFY(!std::get<ListCommand>(plain).json);
    QCOMPARE(std::get<ListCommand>(plain).stateDir,
             QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
}

void TestCommandLine::remove()
{
    const Command command =
        parsed({s("remove"), zipUrl(), s("http://h"), s("--with-part"), s("--state-dir=/x")});
    const auto *remove = std::get_if<RemoveCommand>(&command);
    QVERIFY(remove && remove->withPart);
    const QList<QUrl> expected{QUrl(zipUrl()), QUrl(s("http://h/"))};
    QCOMPARE(remove->urls, expected);
    QCOMPARE(remove->stateDir, s("/x"));
    QVERIFY(!std::get<RemoveCommand>(parsed({s("remove"), zipUrl()})).withPart);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
