// SPDX-License-Identifier: MIT
// The command lines that are for a Longhaul that runs, or for the window.
#include "commandwords.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

using namespace longhaul;
using namespace longhaul::commandwords;

namespace {

QString here(const char *path) { return QDir::cleanPath(QDir::current().absoluteFilePath(s(path))); }

} // namespace

class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void add();
    void addToAPlace();
    void pauseAndResume();
    void limit_data();
    void limit();
    void readdress();
    void adopt();
    void repair();
    void window_data();
    void window();
};

// What `get` takes for a task, `add` takes too; without a place the running Longhaul chooses the folder.
void TestCommands::add()
{
    const Command command = parsed({s("add"), zipUrl(), s("http://h:80/a.zip#x"), s("--header"),
                                    s("Cookie: a=b"), s("--on-conflict"), s("skip"), s("--json")});
    const auto *add = std::get_if<AddCommand>(&command);
    QVERIFY2(add, qPrintable(saidBy(command)));
    QCOMPARE(add->urls, QList<QUrl>{QUrl(zipUrl())});
    TaskOptions options;
    options.headers = {{"Cookie", "a=b"}};
    options.conflict = ConflictPolicy::Skip;
    QVERIFY(add->options == options);
    QVERIFY(add->json && !add->stateDirGiven);
    QCOMPARE(add->stateDir, QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
}

void TestCommands::addToAPlace()
{
    const QString digest = s("md5:") + QString(32, u'0');
    const Command command = parsed({s("add"), s("-d"), s("x"), s("-o"), s("b.bin"), s("--checksum"), digest,
                                    s("--state-dir"), s("y"), zipUrl()});
    const auto *add = std::get_if<AddCommand>(&command);
    QVERIFY2(add, qPrintable(saidBy(command)));
    QCOMPARE(add->options.folder, here("x"));
    QCOMPARE(add->options.name, s("b.bin"));
    QVERIFY(add->options.digest && add->options.digest->toString() == digest);
    QVERIFY(add->stateDirGiven && !add->json);
    QCOMPARE(add->stateDir, here("y"));
}

void TestCommands::pauseAndResume()
{
    const Command all = parsed({s("pause"), s("--state-dir=/x")});
    QVERIFY(!std::get<PauseCommand>(all).resume && std::get<PauseCommand>(all).urls.isEmpty());
    QCOMPARE(std::get<PauseCommand>(all).stateDir, s("/x"));
    const Command one = parsed({s("resume"), zipUrl(), zipUrl(), s("--json")});
    QVERIFY(std::get<PauseCommand>(one).resume && std::get<PauseCommand>(one).json);
    QCOMPARE(std::get<PauseCommand>(one).urls, QList<QUrl>{QUrl(zipUrl())});
}

void TestCommands::limit_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<qint64>("rate"); // -1: only tell
    QTest::newRow("tell") << QString() << qint64(-1);
    QTest::newRow("off") << s("off") << qint64(0);
    QTest::newRow("1.5M") << s("1.5M") << qint64(1'572'864);
}

void TestCommands::limit()
{
    QFETCH(QString, word);
    const Command command = parsed(QStringList{s("limit")} + word.split(u' ', Qt::SkipEmptyParts));
    const auto *limit = std::get_if<LimitCommand>(&command);
    QVERIFY2(limit, qPrintable(saidBy(command)));
    QTEST(limit->rate.value_or(-1), "rate");
}

void TestCommands::readdress()
{
    const Command command = parsed({s("readdress"), zipUrl(), s("http://h:80/b.zip#x"), s("--json")});
    const auto *readdress = std::get_if<ReaddressCommand>(&command);
    QVERIFY2(readdress, qPrintable(saidBy(command)));
    QCOMPARE(readdress->url, QUrl(zipUrl()));
    QCOMPARE(readdress->newUrl, QUrl(s("http://h/b.zip")));
    QVERIFY(readdress->json);
}

void TestCommands::adopt()
{
    const Command command = parsed({s("adopt"), s("x/a.iso.part"), s("http://h:80/a.zip#x"), s("-o"),
                                    s("b.iso"), s("--priority"), s("high"), s("--header"), s("Cookie: a=b")});
    const auto *adopt = std::get_if<AdoptCommand>(&command);
    QVERIFY2(adopt, qPrintable(saidBy(command)));
    QCOMPARE(adopt->url, QUrl(zipUrl()));
    QCOMPARE(adopt->file, here("x/a.iso.part"));
    TaskOptions options;
    options.name = s("b.iso");
    options.priority = Priority::High;
    options.headers = {{"Cookie", "a=b"}};
    QVERIFY(adopt->options == options);
    QVERIFY(!adopt->json && !adopt->stateDirGiven);
}

void TestCommands::repair()
{
    const Command resume = parsed({s("resume"), s("--repair"), zipUrl()});
    QVERIFY2(std::holds_alternative<PauseCommand>(resume), qPrintable(saidBy(resume)));
    QVERIFY(std::get<PauseCommand>(resume).repair);
    QVERIFY(!std::get<PauseCommand>(parsed({s("resume"), zipUrl()})).repair);
    QVERIFY(std::get<GetCommand>(get({s("--repair")})).repair);
}

void TestCommands::window_data()
{
    QTest::addColumn<QString>("arguments"); // words
    QTest::addColumn<QList<QUrl>>("urls");
    QTest::addColumn<QString>("stateDir");
    QTest::addColumn<QString>("settingsFile");
    QTest::addColumn<bool>("background");
    const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const QString config = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    const auto row = [&](const char *arguments, const QList<QUrl> &urls, bool background) {
        QTest::newRow(*arguments ? arguments : "nothing")
            << s(arguments) << urls << data << config + s("/settings.json") << background;
    };
    row("", {}, false);
    row("--background", {}, true);
    row("http://h/a.zip", {QUrl(zipUrl())}, false);
    row("http://h/a.zip http://h/ HTTP://h:80/a.zip", {QUrl(zipUrl()), QUrl(s("http://h/"))}, false);
    row("--background http://h/a.zip", {QUrl(zipUrl())}, true);
    QTest::newRow("state-dir") << s("--state-dir x http://h/a.zip --background") << QList{QUrl(zipUrl())}
                               << here("x") << here("x/settings.json") << true;
}

void TestCommands::window()
{
    QFETCH(QString, arguments);
    const Command command = parsed(arguments.split(u' ', Qt::SkipEmptyParts));
    const auto *window = std::get_if<WindowCommand>(&command);
    QVERIFY2(window, qPrintable(saidBy(command)));
    QTEST(window->urls, "urls");
    QTEST(window->stateDir, "stateDir");
    QTEST(window->settingsFile, "settingsFile");
    QTEST(window->background, "background");
    QCOMPARE(window->stateDirGiven, arguments.contains(s("state-dir")));
}

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
