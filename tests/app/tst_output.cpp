// SPDX-License-Identifier: MIT
#include "app/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTcpServer>
#include <QTest>
#include <QThreadPool>

using namespace longhaul;
using namespace std::chrono_literals;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

// What a task needs around it.
struct World {
    Settings settings;
    ConnectionPool connections;
    RateLimiter limiter;
    QThreadPool threads;
    NetworkPolicy network;

    std::unique_ptr<DownloadTask> task(const ResumeData &data)
    {
        return std::make_unique<DownloadTask>(data, settings, FetchTools{connections, limiter, threads},
                                              network);
    }
};

ResumeData record()
{
    ResumeData data;
    data.url = QUrl(s("http://user:hunter2@h/a.zip"));
    data.targetPath = s("/d/a.zip");
    data.partPath = s("/d/a.zip.part");
    data.received = RangeSet({0, 1000});
    data.entity.total = 3000;
    data.entity.ranges = true;
    data.entity.finalUrl = QUrl(s("http://user:hunter2@i/b?c=d%20e"));
    data.state = TaskState::Paused;
    data.added = QDateTime(QDate(2024, 2, 29), QTime(12, 0), Qt::UTC);
    return data;
}

// An object on one line; empty when it is anything else.
QJsonObject objectOf(const QString &text)
{
    return text.contains(u'\n') ? QJsonObject() : QJsonDocument::fromJson(text.toUtf8()).object();
}

QJsonObject jsonOf(const Error &error, const QJsonValue &status)
{
    return {{s("code"), int(error.code)},
            {s("message"), message(error)},
            {s("advice"), advice(error.code)},
            {s("httpStatus"), status}};
}

} // namespace

class TestOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void recordJson();
    void recordJsonOfLittle();
    void reportJson();
    void reportJsonOfFailure();
    void invalidUrlJson();
    void stateAndProgressJson();
    void progressLines_data();
    void progressLines();
    void longNames();
    void held();
    void waiting();
    void recordLines();
    void taskJson();
    void listLines();
    void statesInWords();
};

void TestOutput::recordJson()
{
    ResumeData data = record();
    const Error error{ErrorCode::ServerBusy, 503, {}, {}};
    data.error = error;
    data.options.connections = 6;
    data.options.rateLimit = 500'000;
    data.options.priority = Priority::High;
    const QJsonObject expected{{s("url"), s("http://user@h/a.zip")},
                               {s("state"), s("paused")},
                               {s("bytes"), 1000},
                               {s("total"), 3000},
                               {s("target"), s("/d/a.zip")},
                               {s("part"), s("/d/a.zip.part")},
                               {s("added"), s("2024-02-29T12:00:00Z")},
                               {s("resumable"), s("yes: after comparing some bytes again")},
                               {s("connections"), 6},
                               {s("rateLimit"), 500'000},
                               {s("priority"), s("high")},
                               {s("error"), jsonOf(error, 503)}};
    QCOMPARE(objectOf(recordAsJson(data)), expected);
}

void TestOutput::recordJsonOfLittle()
{
    ResumeData data;
    data.url = QUrl(s("http://h/"));
    const QJsonObject object = objectOf(recordAsJson(data));
    QCOMPARE(object.value(s("state")), QJsonValue(s("queued")));
    for (const char *unknown : {"total", "connections", "rateLimit"})
        QVERIFY(object.value(QLatin1String(unknown)).isNull());
    QCOMPARE(object.value(s("priority")), QJsonValue(s("normal")));
    QCOMPARE(object.value(s("bytes")), QJsonValue(0));
    QVERIFY(!object.contains(s("error")));
    data.entity.total = 0; // is known
    QCOMPARE(objectOf(recordAsJson(data)).value(s("total")), QJsonValue(0));
    data.received = RangeSet({0, (qint64(1) << 53) + 1}); // more than a double holds
    QVERIFY(recordAsJson(data).contains(s("\"bytes\":9007199254740993,")));
}

void TestOutput::reportJson()
{
    TaskReport report;
    report.url = record().url;
    report.finalUrl = record().entity.finalUrl;
    report.filePath = s("/d/a \"b\"\n.zip");
    report.bytes = 2000;
    report.bytesReused = 1000;
    report.size = 3000;
    report.duration = 1234ms;
    report.retries = 2;
    report.resumable = s("no: the file is complete");
    const QJsonObject expected{{s("type"), s("report")},
                               {s("url"), s("http://user@h/a.zip")},
                               {s("finalUrl"), s("http://user@i/b?c=d%20e")},
                               {s("bytes"), 2000},
                               {s("bytesReused"), 1000},
                               {s("size"), 3000},
                               {s("seconds"), 1.234},
                               {s("retries"), 2},
                               {s("resumable"), s("no: the file is complete")},
                               {s("filePath"), s("/d/a \"b\"\n.zip")}};
    QCOMPARE(objectOf(reportAsJson(report)), expected);
}

void TestOutput::reportJsonOfFailure()
{
    TaskReport report;
    report.error = Error{ErrorCode::DiskFull, 0, {}, {}};
    const QJsonObject object = objectOf(reportAsJson(report));
    QCOMPARE(object.value(s("error")).toObject(), jsonOf(*report.error, QJsonValue()));
    QVERIFY(!object.contains(s("filePath")));
    const Error other{ErrorCode::Interrupted, 0, {}, {}}; // goes before the report's own
    QCOMPARE(objectOf(reportAsJson(report, other)).value(s("error")).toObject(), jsonOf(other, QJsonValue()));
}

void TestOutput::invalidUrlJson()
{
    const Error error{ErrorCode::InvalidUrl, 0, {}, {}};
    const QJsonObject object = objectOf(invalidUrlAsJson(s("http://u:hunter2@h:99999/\x1b"), error));
    QCOMPARE(object.value(s("type")), QJsonValue(s("report")));
    QCOMPARE(object.value(s("url")), QJsonValue(s("http://u@h:99999/")));
    QCOMPARE(object.value(s("error")).toObject(), jsonOf(error, QJsonValue()));
    QCOMPARE(object.value(s("bytes")), QJsonValue(0));
}

void TestOutput::stateAndProgressJson()
{
    World world;
    const auto task = world.task(record());
    const QJsonObject state{
        {s("type"), s("state")}, {s("url"), s("http://user@h/a.zip")}, {s("state"), s("paused")}};
    QCOMPARE(objectOf(stateAsJson(*task)), state);
    const QJsonObject progress{{s("type"), s("progress")},
                               {s("url"), s("http://user@h/a.zip")},
                               {s("bytes"), 1000},
                               {s("total"), 3000},
                               {s("rate"), 0},
                               {s("secondsLeft"), QJsonValue()}};
    QCOMPARE(objectOf(progressAsJson(*task)), progress);
    ResumeData unknown = record();
    unknown.entity.total.reset();
    QVERIFY(objectOf(progressAsJson(*world.task(unknown))).value(s("total")).isNull());
}

void TestOutput::progressLines_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<qint64>("onDisk");
    QTest::addColumn<qint64>("total"); // -1: unknown
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, int width, qint64 onDisk, qint64 total, const char *target,
                        const char *expected) {
        QTest::newRow(tag) << width << onDisk << total << s(target) << s(expected);
    };
    row("usual", 80, 1000, 4000, "/d/a.zip",
        "a.zip                      25%  1000 bytes of 3.9 KiB  0 bytes/s");
    row("nothing yet", 80, 0, 4000, "/d/a.zip",
        "a.zip                       0%  0 bytes of 3.9 KiB  0 bytes/s");
    row("all", 80, 4000, 4000, "/d/a.zip", "a.zip                     100%  3.9 KiB of 3.9 KiB  0 bytes/s");
    row("nearly all", 80, 3999, 4000, "/d/a.zip",
        "a.zip                      99%  3.9 KiB of 3.9 KiB  0 bytes/s");
    row("no total", 80, 1000, -1, "/d/a.zip", "a.zip                     1000 bytes  0 bytes/s");
    row("no bytes, no total", 80, 0, -1, "/d/a.zip", "a.zip                     0 bytes/s");
    row("empty file", 80, 0, 0, "/d/a.zip", "a.zip                     0 bytes/s");
    row("no name yet", 80, 0, -1, "", "http://user@h/a.zip       0 bytes/s");
    row("narrow", 50, 1000, 4000, "/d/a-long-name.zip",
        "a-lo\u2026.zip   25%  1000 bytes of 3.9 KiB  0 bytes/s");
    row("very narrow", 20, 1000, 4000, "/d/a-long-name.zip", "a-lo\u2026zip   25%  100");
    row("no room at all", 1, 1000, 4000, "/d/a.zip", "");
    row("no columns", 0, 1000, 4000, "/d/a.zip", "");
}

void TestOutput::progressLines()
{
    QFETCH(int, width);
    QFETCH(qint64, onDisk);
    QFETCH(qint64, total);
    QFETCH(QString, target);
    ResumeData data = record();
    data.received = RangeSet({0, onDisk});
    data.entity.total = total < 0 ? std::nullopt : std::optional(total);
    data.targetPath = target;
    World world;
    const QString line = progressLine(*world.task(data), width);
    QTEST(line, "expected");
    QVERIFY(line.size() < std::max(width, 1));
}

void TestOutput::longNames()
{
    World world;
    ResumeData data = record();
    data.targetPath = s("/d/") + QString(200, u'x') + s("-end.zip");
    for (int width = 46; width < 120; ++width) {
        const QString line = progressLine(*world.task(data), width);
        QVERIFY(line.size() < width);
        QVERIFY2(line.contains(s(" 33%")), qPrintable(line));
        QVERIFY2(line.startsWith(u'x') && line.contains(QChar(0x2026)) && line.contains(s("zip ")),
                 qPrintable(line));
    }
}

// A task that waits says why and how long.
// The network holds it.
void TestOutput::held()
{
    class Network : public NetworkPolicy
    {
    public:
        bool isOnline() const override { return online; }
        bool isMetered() const override { return true; }
        bool online = true;
    } network;
    World world;
    ResumeData data = record();
    data.state = TaskState::Queued;
    const DownloadTask task(data, world.settings, FetchTools{world.connections, world.limiter, world.threads},
                            network);
    QVERIFY(progressLine(task, 100).endsWith(s("waiting for an unmetered network")));
    network.online = false;
    QVERIFY(progressLine(task, 100).endsWith(s("waiting for the network")));
    world.settings.allowMetered = network.online = true;
    QVERIFY(progressLine(task, 100).endsWith(s("queued")));
}

void TestOutput::waiting()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close(); // connections are refused
    ResumeData data;
    data.url = QUrl(s("http://127.0.0.1:%1/a").arg(port));
    World world;
    const auto task = world.task(data);
    connect(task.get(), &DownloadTask::resumeDataChanged, task.get(), &DownloadTask::recorded,
            Qt::QueuedConnection);
    task->start();
    QTRY_COMPARE_WITH_TIMEOUT(task->state(), TaskState::Waiting, 20'000);
    const QJsonObject object = objectOf(stateAsJson(*task));
    QCOMPARE(object.value(s("state")), QJsonValue(s("waiting")));
    QCOMPARE(object.value(s("reason")).toObject().value(s("code")), QJsonValue(2002));
    const QString line = progressLine(*task, 200);
    QVERIFY2(line.contains(s("  The server refuses connections")) && line.endsWith(s(". next try in 1 s")),
             qPrintable(line));
}

void TestOutput::recordLines()
{
    ResumeData data = record();
    QCOMPARE(recordLine(data), s("paused     1000 bytes of 2.9 KiB   http://user@h/a.zip  -> /d/a.zip"));
    data.error = Error{ErrorCode::ServerBusy, 503, s("50% %1 %2"), {}};
    QCOMPARE(recordLine(data), s("paused     1000 bytes of 2.9 KiB   http://user@h/a.zip  -> /d/a.zip"
                                 "  The server is busy (HTTP 503, 50% %1 %2)."));
    ResumeData little;
    little.url = QUrl(s("http://h/%251%2520"));
    QCOMPARE(recordLine(little), s("queued     0 bytes                 http://h/%251%2520"));
}

// A task tells what its record does, and what only one that is alive knows.
void TestOutput::taskJson()
{
    World world;
    ResumeData data = record();
    data.unseen = true;
    const auto task = world.task(data);
    QJsonObject object = objectOf(*task);
    for (const char *live : {"rate", "secondsLeft", "unseen"})
        QVERIFY(object.contains(QLatin1String(live)));
    QCOMPARE(object.take(s("rate")), QJsonValue(0));
    QCOMPARE(object.take(s("secondsLeft")), QJsonValue(QJsonValue::Null));
    QCOMPARE(object.take(s("unseen")), QJsonValue(true));
    QCOMPARE(asLine(object), recordAsJson(data));
    QVERIFY(!asLine(object).contains(s("hunter2")));
}

void TestOutput::listLines()
{
    QJsonObject object{
        {s("url"), s("http://h/a.zip")}, {s("state"), s("running")}, {s("bytes"), 1024}, {s("total"), 4096},
        {s("target"), s("/d/a.zip")},    {s("rate"), 2048}};
    QCOMPARE(listLine(object),
             s("running    1.0 KiB of 4.0 KiB      http://h/a.zip  2.0 KiB/s  -> /d/a.zip"));
    object.insert(s("reason"), QJsonObject{{s("message"), s("The server is busy.")}});
    QVERIFY(listLine(object).endsWith(s("-> /d/a.zip  The server is busy.")));
    QCOMPARE(listLine({}).trimmed(), s("0 bytes"));
}

void TestOutput::statesInWords()
{
    QCOMPARE(stateInWords(s("verifying")), s("checking"));
    QCOMPARE(stateInWords(s("paused")), s("paused"));
    QCOMPARE(stateInWords(s("of a newer version")), s("of a newer version"));
}

QTEST_GUILESS_MAIN(TestOutput)
#include "tst_output.moc"
