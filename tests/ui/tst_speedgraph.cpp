// SPDX-License-Identifier: MIT
#include "ui/speedgraph.h"

#include <QImage>
#include <QLocale>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

using namespace longhaul;

namespace {

constexpr qint64 kKiB = 1024;
constexpr qint64 kMiB = 1024 * 1024;

QString s(const char *text) { return QString::fromLatin1(text); }

// A manager that starts nothing by itself.
struct World {
    World() { settings.downloadsAtOnce = 0; }

    QTemporaryDir folder;
    QThreadPool threads;
    NetworkPolicy network;
    Settings settings;
    ResumeStore store{folder.filePath(s("store")), threads};
    bool opened = store.open() == ResumeStore::OpenResult::Opened;
    std::unique_ptr<DownloadManager> manager;

    DownloadManager &make()
    {
        settings.folder = folder.path();
        manager = std::make_unique<DownloadManager>(store, network, threads, settings);
        return *manager;
    }
    DownloadTask *add(int number) { return manager->add(QUrl(s("http://127.0.0.1:1/%1").arg(number))); }
};

QImage painted(QWidget &widget)
{
    QImage image(widget.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    widget.render(&image, {}, {}, {});
    return image;
}

// How many pixels of `column` have the colour of the curve, or are tinted by the area below it.
int tinted(const QImage &image, int column, const QColor &base)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        const QColor color = image.pixelColor(column, y);
        count += color.blue() - color.red() > 15 && color != base ? 1 : 0;
    }
    return count;
}

QPalette knownPalette()
{
    QPalette palette(QColor(240, 240, 240));
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    palette.setColor(QPalette::Highlight, QColor(0, 0, 255));
    return palette;
}

} // namespace

class TestSpeedGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void axis_data();
    void axis();
    void everyAxisFits();
    void oneSampleASecond();
    void pausesAreGaps();
    void facts();
    void window();
    void paintsCurvesAndGaps();
    void paintsNothingOfNothing();
    void recordsTasksThatRun();
    void forgetsThoseThatAreRemoved();
    void completedOnesCostNothing();
    void isBounded();
};

void TestSpeedGraph::axis_data()
{
    QTest::addColumn<qint64>("peak");
    QTest::addColumn<QStringList>("labels");
    const auto row = [](qint64 peak, const QStringList &labels) {
        QTest::newRow(QByteArray::number(peak).constData()) << peak << labels;
    };
    row(0, {s("512 bytes/s")});
    row(1, {s("512 bytes/s")});
    row(2000, {s("512 bytes/s"), s("1 KiB/s"), s("1.5 KiB/s"), s("2 KiB/s")});
    row(4 * kKiB, {s("1 KiB/s"), s("2 KiB/s"), s("3 KiB/s"), s("4 KiB/s")});
    row(4 * kKiB + 1, {s("2 KiB/s"), s("4 KiB/s"), s("6 KiB/s")});
    row(90 * kKiB, {s("50 KiB/s"), s("100 KiB/s")});
    row(700 * kKiB, {s("200 KiB/s"), s("400 KiB/s"), s("600 KiB/s"), s("800 KiB/s")});
    row(900 * kKiB, {s("512 KiB/s"), s("1 MiB/s")});
    row(9 * kMiB, {s("5 MiB/s"), s("10 MiB/s")});
    row(11 * kMiB, {s("5 MiB/s"), s("10 MiB/s"), s("15 MiB/s")});
    row(120 * kMiB, {s("50 MiB/s"), s("100 MiB/s"), s("150 MiB/s")});
}

void TestSpeedGraph::axis()
{
    QFETCH(const qint64, peak);
    const RateAxis axis = rateAxis(peak);
    QStringList labels;
    for (int line = 1; line <= axis.lines; ++line)
        labels.append(axisLabel(axis.step * line));
    QTEST(labels, "labels");
}

void TestSpeedGraph::everyAxisFits()
{
    QRandomGenerator random(3);
    for (int i = 0; i < 20'000; ++i) {
        const qint64 peak = qint64(random.generate64() >> 4) >> random.bounded(58);
        const RateAxis axis = rateAxis(peak);
        QVERIFY(axis.lines >= 1 && axis.lines <= 4);
        QVERIFY2(axis.top() >= peak, qPrintable(QString::number(peak)));
        QVERIFY2(peak < 512 || axis.top() - axis.step < peak, qPrintable(QString::number(peak)));
    }
    QVERIFY(rateAxis(std::numeric_limits<qint64>::max()).top() > 0);
}

void TestSpeedGraph::oneSampleASecond()
{
    QList<SpeedSample> samples;
    addSample(samples, {5, 100});
    addSample(samples, {5, 200});
    addSample(samples, {6, 300});
    QCOMPARE(samples, (QList<SpeedSample>{{5, 200}, {6, 300}}));
    for (qint64 second = 7; second < 2000; ++second)
        addSample(samples, {second, second});
    QCOMPARE(samples.size(), kSpeedSeconds);
    QCOMPARE(samples.first().second, 1999 - kSpeedSeconds + 1);
    addSample(samples, {100'000, 1}); // after a long pause
    QCOMPARE(samples, (QList<SpeedSample>{{100'000, 1}}));
}

void TestSpeedGraph::pausesAreGaps()
{
    const QList<SpeedSample> samples{{1, 10}, {2, 20}, {4, 30}, {60, 40}, {61, 50}, {200, 60}};
    QCOMPARE(curvesOf(samples),
             (QList<QList<SpeedSample>>{{{1, 10}, {2, 20}, {4, 30}}, {{60, 40}, {61, 50}}, {{200, 60}}}));
    QVERIFY(curvesOf({}).isEmpty());
}

void TestSpeedGraph::facts()
{
    const QList<SpeedSample> samples{{1, 10}, {2, 20}, {60, 60}};
    QCOMPARE(averageRate(samples), 30);
    QCOMPARE(peakRate(samples), 60);
    QCOMPARE(averageRate({}), 0);
    QCOMPARE(peakRate({}), 0);
    const qint64 much = std::numeric_limits<qint64>::max() / 2;
    QVERIFY(averageRate({{1, much}, {2, much}, {3, much}}) > much / 2); // no overflow
}

void TestSpeedGraph::window()
{
    QCOMPARE(secondsShown({}), 60);
    QCOMPARE(secondsShown({{0, 1}, {59, 1}}), 60);
    QCOMPARE(secondsShown({{0, 1}, {60, 1}}), 120);
    QCOMPARE(secondsShown({{0, 1}, {120, 1}}), kSpeedSeconds);
    QCOMPARE(secondsShown({{0, 1}, {kSpeedSeconds - 1, 1}}), kSpeedSeconds);
}

void TestSpeedGraph::paintsCurvesAndGaps()
{
    SpeedGraph graph;
    graph.setPalette(knownPalette());
    graph.resize(600, 200);
    QList<SpeedSample> samples; // the last minute: 20 s of it, a pause, 10 s
    for (qint64 second = 0; second < 60; ++second) {
        if (second < 20 || second >= 50)
            samples.append({second, 4 * kMiB});
    }
    graph.setSamples(samples);
    const QImage image = painted(graph);
    const auto at = [&image](int percent) { return tinted(image, image.width() * percent / 100, Qt::white); };
    QVERIFY2(at(30) > 100, qPrintable(QString::number(at(30))));
    QCOMPARE(at(60), 0);
    QVERIFY2(at(93) > 100, qPrintable(QString::number(at(93))));

    graph.setLayoutDirection(Qt::RightToLeft);
    const QImage mirrored = painted(graph);
    QVERIFY(tinted(mirrored, mirrored.width() * 7 / 100, Qt::white) > 100);
    QCOMPARE(tinted(mirrored, mirrored.width() * 40 / 100, Qt::white), 0);
    QCOMPARE(graph.findChildren<QTimer *>().size(), 0);
}

void TestSpeedGraph::paintsNothingOfNothing()
{
    SpeedGraph graph;
    graph.resize(300, 100);
    const QImage empty = painted(graph);
    QCOMPARE(empty.pixelColor(150, 50), empty.pixelColor(0, 0));
    graph.setSamples({{1, 100}});
    QVERIFY(painted(graph) != empty);
}

void TestSpeedGraph::recordsTasksThatRun()
{
    World world;
    DownloadManager &manager = world.make();
    DownloadTask *before = world.add(0);
    SpeedHistory history(manager);
    DownloadTask *task = world.add(1);
    QVERIFY(history.samples(task).isEmpty());
    Q_EMIT task->progressChanged(); // queued: nothing moves
    QVERIFY(history.samples(task).isEmpty());
    for (DownloadTask *one : {before, task}) {
        one->start();
        Q_EMIT one->progressChanged();
        QCOMPARE(history.samples(one).size(), 1);
        Q_EMIT one->progressChanged();
        QVERIFY(history.samples(one).size() <= 2); // a second may have begun
    }
    history.watch(task); // again
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    const QList<SpeedSample> samples = history.samples(task);
    Q_EMIT task->progressChanged();
    QCOMPARE(history.samples(task), samples); // kept, and no more
}

void TestSpeedGraph::forgetsThoseThatAreRemoved()
{
    World world;
    DownloadManager &manager = world.make();
    SpeedHistory history(manager);
    DownloadTask *task = world.add(1);
    task->start();
    Q_EMIT task->progressChanged();
    QCOMPARE(history.samples(task).size(), 1);
    manager.remove(task, true);
    QVERIFY(history.samples(task).isEmpty()); // only the address of what was is compared
}

void TestSpeedGraph::completedOnesCostNothing()
{
    World world;
    ResumeData data;
    data.url = QUrl(s("http://127.0.0.1:1/done"));
    data.targetPath = world.folder.filePath(s("done"));
    data.received = RangeSet({0, 10});
    data.entity.total = 10;
    data.state = TaskState::Completed;
    world.store.put(data, Durability::Written);
    DownloadManager &manager = world.make();
    SpeedHistory history(manager);
    manager.restore();
    DownloadTask *task = manager.find(data.url);
    QVERIFY(task);
    task->resume();
    task->start();
    Q_EMIT task->progressChanged();
    QVERIFY(history.samples(task).isEmpty());
    history.watch(task);
    Q_EMIT task->progressChanged();
    QCOMPARE(history.samples(task).size(), 1);
}

void TestSpeedGraph::isBounded()
{
    World world;
    DownloadManager &manager = world.make();
    SpeedHistory history(manager);
    for (int i = 0; i < SpeedHistory::kMostTasks + 10; ++i) {
        DownloadTask *task = world.add(i);
        task->start();
        Q_EMIT task->progressChanged();
        QCOMPARE(history.samples(task).size(), 1);
    }
    int kept = 0;
    for (const auto &task : manager.tasks())
        kept += history.samples(task.get()).isEmpty() ? 0 : 1;
    QCOMPARE(kept, SpeedHistory::kMostTasks);
}

QTEST_MAIN(TestSpeedGraph)
#include "tst_speedgraph.moc"
