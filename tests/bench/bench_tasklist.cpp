// SPDX-License-Identifier: MIT
// How long the window's thread is busy with a list of 10 000 tasks (or as many as the first argument says),
// step by step; and with 50 of them downloading, how long the event loop is ever held up. Prints milliseconds
// by the clock and of this thread's processor time, which alone means something where others use the machine,
// and exits with 1 when a step takes more of that than it may. Of a Release build; it is not run by ctest.
#include "tests/support/scriptedserver.h"
#include "tests/ui/taskfixture.h"

#include "ui/tasklist.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <vector>

using namespace longhaul;

namespace {

constexpr double kMostPerStep = 50; // ms
constexpr double kMostForShow = 1000;

int failures = 0;

struct Time {
    double clock = 0; // ms
    double processor = 0;
};

class Stopwatch
{
public:
    Stopwatch() { m_clock.start(); }
    Time elapsed() const { return {double(m_clock.nsecsElapsed()) / 1e6, processor() - m_processor}; }

private:
    static double processor()
    {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }

    QElapsedTimer m_clock;
    double m_processor = processor();
};

Time worse(Time a, Time b) { return {std::max(a.clock, b.clock), std::max(a.processor, b.processor)}; }

void report(const char *what, Time took, double most)
{
    const bool isSlow = took.processor > most;
    failures += isSlow;
    std::printf("%8.1f %8.1f  %s%s\n", took.clock, took.processor, what, isSlow ? "   TOO SLOW" : "");
}

template <typename F>
void step(const char *what, F function, double most = kMostPerStep)
{
    const Stopwatch watch;
    function();
    QCoreApplication::processEvents();
    report(what, watch.elapsed(), most);
}

// Names, sizes, dates and states in no order.
QList<ResumeData> records(const test::TaskFixture &fixture, int count)
{
    const QStringList suffixes{QStringLiteral("iso"), QStringLiteral("zip"), QStringLiteral("mp4"),
                               QStringLiteral("tar.gz"), QStringLiteral("pdf")};
    QList<ResumeData> all;
    for (int i = 0; i < count; ++i) {
        const quint32 noise = quint32(i) * 2654435761U;
        const QString name = QStringLiteral("some file %1 of a long list %2.%3")
                                 .arg(noise % 100'000)
                                 .arg(i)
                                 .arg(suffixes.at(i % suffixes.size()));
        const TaskState state = i % 3 == 0   ? TaskState::Paused
                                : i % 7 == 0 ? TaskState::Failed
                                             : TaskState::Completed;
        const qint64 total = 1000 + noise;
        ResumeData data =
            fixture.record(name, state, state == TaskState::Completed ? total : total / 3, total);
        data.added = data.added.addSecs(noise % 1'000'000);
        all.append(data);
    }
    return all;
}

void putInto(test::TaskFixture &fixture, int count)
{
    const QList<ResumeData> all = records(fixture, count);
    for (const ResumeData &data : all)
        fixture.store().put(data, Durability::Written);
    fixture.manager().restore();
}

void searchAndSwitch(TaskFilter &filter)
{
    for (const char *text : {"s", "so", "some", "some 12", "some 1234", "h.example", ""}) {
        const QByteArray what = QByteArray("search for \"") + text + '"';
        step(what.constData(), [&] { filter.setSearch(QString::fromLatin1(text)); });
    }
    for (const TaskGroup group :
         {TaskGroup::Paused, TaskGroup::Failed, TaskGroup::Finished, TaskGroup::All}) {
        const QByteArray what = "switch to group " + QByteArray::number(int(group));
        step(what.constData(), [&] { filter.setGroup(group); });
    }
}

void scrollThrough(TaskList &list)
{
    QScrollBar *bar = list.verticalScrollBar();
    const int steps = 100;
    Time worst;
    for (int i = 0; i <= steps; ++i) {
        const Stopwatch watch;
        bar->setValue(int(qint64(bar->maximum()) * i / steps));
        list.viewport()->repaint();
        QCoreApplication::processEvents();
        worst = worse(worst, watch.elapsed());
    }
    report("scroll through, the worst of 100 pages", worst, kMostPerStep);
    bar->setValue(0);
}

// A third of all tasks changes its state in one turn; what the manager needs for that counts, too.
void manyChangeAtOnce(test::TaskFixture &fixture, TaskFilter &filter, TaskList &list)
{
    fixture.settings().downloadsAtOnce = 0;
    fixture.manager().apply(fixture.settings());
    list.sortByColumn(int(Column::Name), Qt::AscendingOrder);
    filter.setGroup(TaskGroup::Paused);
    QCoreApplication::processEvents();
    step(
        "(resume all: the manager)", [&] { fixture.manager().resumeAll(); }, kMostForShow);
    filter.setGroup(TaskGroup::All);
    list.sortByColumn(int(Column::Status), Qt::AscendingOrder);
    QCoreApplication::processEvents();
    fixture.manager().pauseAll();
    step("a third of all changes its place", [&] { filter.model().tellNow(); });
    filter.setGroup(TaskGroup::Paused);
    QCoreApplication::processEvents();
    for (size_t i = 0; i < fixture.manager().tasks().size(); i += 6)
        fixture.manager().tasks()[i]->resume();
    step("every other one leaves the group", [&] { filter.model().tellNow(); });
    filter.setGroup(TaskGroup::All);
    fixture.manager().pauseAll();
    QCoreApplication::processEvents();
}

// The longest turn of the event loop within `ms`.
Time worstTurn(int ms)
{
    Time worst;
    QElapsedTimer whole;
    whole.start();
    while (whole.elapsed() < ms) {
        const Stopwatch watch;
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        worst = worse(worst, watch.elapsed());
    }
    return worst;
}

void withFiftyRunning(test::TaskFixture &fixture, TaskList &list)
{
    const test::Content content = test::Content::random(16 << 20);
    std::vector<std::unique_ptr<test::ScriptedServer>> servers; // one host may have six connections
    fixture.settings().downloadsAtOnce = 50;
    fixture.manager().apply(fixture.settings());
    QList<DownloadTask *> running;
    for (int i = 0; i < 50; ++i) {
        if (i % 5 == 0)
            servers.push_back(std::make_unique<test::ScriptedServer>([&](const test::Request &request) {
                return test::Answer::honest(request, content).rate(qint64(400) << 10);
            }));
        running.append(fixture.manager().add(servers.back()->url(QStringLiteral("/live%1").arg(i))));
    }
    const auto flow = [&] {
        return std::count_if(running.begin(), running.end(),
                             [](const DownloadTask *task) { return task->progress().rate > 0; });
    };
    const bool isFlowing = QTest::qWaitFor([&] { return flow() == 50; }, 20'000);
    std::printf("%d of 50 downloads run\n", int(flow()));
    failures += !isFlowing;
    for (const Column column :
         {Column::Added, Column::Name, Column::Speed, Column::Progress, Column::Status}) {
        list.sortByColumn(int(column), Qt::DescendingOrder);
        QCoreApplication::processEvents();
        const QByteArray what =
            QByteArray("longest turn of the event loop in 3 s, by ") + entryOf(column).key;
        report(what.constData(), worstTurn(3000), kMostPerStep);
    }
    step("pause all", [&] { fixture.manager().pauseAll(); });
    failures += !QTest::qWaitFor([&] { return fixture.manager().isAtRest(); }, 20'000);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    const int count = argc > 1 ? std::max(1, std::atoi(argv[1])) : 10'000;
    std::printf("%d tasks\n   clock  thread  (ms)\n", count);
    test::TaskFixture fixture;
    putInto(fixture, count);

    std::unique_ptr<TaskModel> model;
    std::unique_ptr<TaskFilter> filter;
    std::unique_ptr<TaskList> list;
    step(
        "model, filter and view made and shown",
        [&] {
            model = std::make_unique<TaskModel>(fixture.manager());
            filter = std::make_unique<TaskFilter>(*model);
            list = std::make_unique<TaskList>(*filter);
            list->resize(1100, 700);
            list->show();
            list->repaint();
        },
        kMostForShow);
    for (const ColumnEntry &entry : columns()) {
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            const QByteArray what = QByteArray("sort by ") + entry.key + (order ? ", descending" : "");
            step(what.constData(), [&] { list->sortByColumn(int(entry.column), order); });
        }
    }
    scrollThrough(*list);
    list->sortByColumn(int(Column::Name), Qt::AscendingOrder);
    searchAndSwitch(*filter);
    step("select all", [&] { list->selectAll(); });
    step("a sort with all selected", [&] { list->sortByColumn(int(Column::Size), Qt::AscendingOrder); });
    list->clearSelection();
    step("100 more, one by one", [&] {
        for (int i = 0; i < 100; ++i)
            fixture.put(fixture.record(QStringLiteral("more%1").arg(i), TaskState::Paused, 1, 10));
    });
    step("remove 100 from the middle", [&] {
        for (int i = 0; i < 100; ++i)
            fixture.manager().remove(fixture.manager().tasks()[size_t(count / 2)].get(), false);
    });
    manyChangeAtOnce(fixture, *filter, *list);
    withFiftyRunning(fixture, *list);
    std::printf(failures ? "%d too slow.\n" : "All within their limits.\n", failures);
    return failures ? 1 : 0;
}
