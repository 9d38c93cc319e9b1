// SPDX-License-Identifier: MIT
// Thousands of small downloads, one after the other, through one manager: memory and open files stay flat.
//
// LONGHAUL_TASKS=n   n downloads rather than 1000
#include "diskworld.h"

#include "tests/support/content.h"
#include "tests/support/diskwatch.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <unistd.h>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kTasks = 1000;
constexpr int kBatch = 50;
constexpr int kRow = 2500;        // tasks
constexpr int kPatience = 60'000; // ms for a batch
#if defined(__SANITIZE_ADDRESS__)
constexpr double kMostGrowth = 256 << 10; // it keeps so much of what was freed, and finds leaks by itself
#else
constexpr double kMostGrowth = 2048; // KiB, of what the line through the samples rises
#endif

struct Sample {
    int tasks;
    double resident; // KiB
    qsizetype files;
};

double residentKiB()
{
    QFile file(u"/proc/self/statm"_s);
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return text.split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1024;
}

// KiB per task, by least squares.
double slopeOf(const QList<Sample> &samples)
{
    double x = 0;
    double y = 0;
    for (const Sample &sample : samples) {
        x += sample.tasks / double(samples.size());
        y += sample.resident / double(samples.size());
    }
    double up = 0;
    double square = 0;
    for (const Sample &sample : samples) {
        up += (sample.tasks - x) * (sample.resident - y);
        square += (sample.tasks - x) * (sample.tasks - x);
    }
    return up / square;
}

} // namespace

class TestSoak : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void batches_data();
    void batches();
    void isFlat();
    void cleanupTestCase();

private:
    void batch();
    void add(int number);

    QTemporaryDir m_temp;
    const Content m_content = Content::random(20'000);
    QProcess m_server;
    QString m_base;
    DiskWorld m_world{m_temp.filePath(u"root"_s)};
    QList<Sample> m_samples;
    int m_done = 0;
};

// The server is a process of its own: what it remembers does not count.
void TestSoak::initTestCase()
{
    diskwatch::heal(); // nothing is synced where it is, for the sake of time
    const QString folder = m_temp.filePath(u"served"_s);
    QVERIFY(QDir().mkpath(folder));
    QFile file(folder + u"/small.bin"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_content.readAll()) == m_content.size());
    file.close();
    m_server.start(QStringLiteral(LONGHAUL_BENCHSERVER), {folder});
    QVERIFY(m_server.waitForReadyRead());
    m_base = u"http://127.0.0.1:%1/"_s.arg(QString::fromLatin1(m_server.readAll().trimmed()));
    QVERIFY(m_world.begin());
}

void TestSoak::add(int number)
{
    const QString name = number % 25 == 0 ? u"missing.bin?%1"_s : u"small.bin?%1"_s;
    TaskOptions options;
    if (number % 10 == 1)
        options.digest = ExpectedDigest::parse(u"sha-256:"_s + QString::fromLatin1(m_content.sha256()));
    DownloadTask *task = m_world.manager().add(QUrl(m_base + name.arg(number)), options);
    if (number % 10 == 2)
        task->pause();
}

void TestSoak::batch()
{
    DownloadManager &manager = m_world.manager();
    for (int i = 0; i < kBatch; ++i)
        add(++m_done);
    QVERIFY(runUntil([&] { return manager.isAtRest(); }, kPatience));
    for (const auto &task : manager.tasks()) {
        if (task->state() == TaskState::Completed && task->number() % 10 == 3)
            task->startOver();
        else if (task->state() == TaskState::Paused)
            task->resume();
    }
    QVERIFY(runUntil([&] { return manager.isAtRest(); }, kPatience));
    QList<DownloadTask *> all;
    for (const auto &task : manager.tasks()) {
        const bool complete = task->state() == TaskState::Completed;
        QCOMPARE(complete, !task->url().path().contains("missing"_L1));
        QFile file(task->resumeData().targetPath);
        QVERIFY(!complete || (m_content.matchesFile(file.fileName()) && file.remove()));
        all.append(task.get());
    }
    QCOMPARE(all.size(), kBatch);
    manager.remove(all, true);
    m_world.forgetSaid();
    m_samples.append(
        {m_done, residentKiB(),
         QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size()});
}

// In rows, for a row has no more than five minutes.
void TestSoak::batches_data()
{
    QTest::addColumn<int>("count");
    bool given = false;
    int left = qEnvironmentVariableIntValue("LONGHAUL_TASKS", &given);
    for (left = given ? left : kTasks; left > 0; left -= kRow)
        QTest::addRow("%d to go", left) << std::min(left, kRow);
}

void TestSoak::batches()
{
    QFETCH(const int, count);
    for (const int end = m_done + count; m_done < end && !QTest::currentTestFailed();)
        batch();
}

// From a third on, when all has found its size.
void TestSoak::isFlat()
{
    QList<Sample> late = m_samples.mid(m_samples.size() / 3);
    const auto byFiles = [](const Sample &a, const Sample &b) { return a.files < b.files; };
    const auto mostAtFirst = std::max_element(late.begin(), late.begin() + late.size() / 2, byFiles)->files;
    const auto mostLater = std::max_element(late.begin() + late.size() / 2, late.end(), byFiles)->files;
    const double slope = slopeOf(late);
    const double growth = slope * (late.last().tasks - late.first().tasks);
    qInfo("%d tasks: %.0f KiB after a third, %.0f KiB in the end, the line rises by %.2f KiB per 1000 tasks; "
          "%lld open files at most in the first half, %lld in the second",
          m_done, late.first().resident, late.last().resident, slope * 1000, qlonglong(mostAtFirst),
          qlonglong(mostLater));
    QVERIFY2(growth < kMostGrowth, QByteArray::number(growth).constData());
    QVERIFY(mostLater <= mostAtFirst + 8);
}

void TestSoak::cleanupTestCase()
{
    m_server.kill();
    m_server.waitForFinished();
}

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
