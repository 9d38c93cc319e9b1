// SPDX-License-Identifier: MIT
// What the window costs while many downloads run at full speed: for how long its thread is not to be had (see
// watchdog.h), and how fast they are together beside one alone in the same process.
//
//   bench_window [--downloads N] [--size MiB] [--laps N]
//
// Each of the N downloads fetches a file of that size that many times, one after another; what is finished is
// deleted, so that memory never holds more than N of them. The files come from benchservers, 16 downloads
// from each, over loopback, and go to a memory disk. Ends with lines of "figure value" on standard output.
#include "watchdog.h"

#include "tests/ui/taskfixture.h"

#include "ui/files.h"
#include "ui/goingfirst.h"
#include "ui/mainwindow.h"
#include "ui/preferences.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QHash>
#include <QProcess>

#include <cstdio>

using namespace longhaul;

namespace {

constexpr std::chrono::milliseconds kMostBlocked{50};
constexpr int kPerServer = 16; // of the 32 connections that one host may have at the most
constexpr int kWait = 10'000;

struct Wanted {
    int downloads = 20;
    int mebibytes = 256;
    int laps = 4;
};

// A file of holes on one address of loopback.
class Server
{
public:
    Server(const QString &folder, int number)
        : m_host(QStringLiteral("127.0.0.%1").arg(1 + number))
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(LONGHAUL_BENCHSERVER), {QStringLiteral("--address"), m_host, folder});
        if (m_process.waitForReadyRead(kWait))
            m_port = m_process.readLine().trimmed().toInt();
    }
    ~Server()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Server)

    // Another address for each `query`: the list holds each once.
    QUrl url(int query) const
    {
        return QUrl(
            QStringLiteral("http://%1:%2/data.bin?%3").arg(m_host, QString::number(m_port)).arg(query));
    }

private:
    const QString m_host;
    int m_port = 0;
    QProcess m_process;
};

// The real window over a manager of its own.
class Bench : public test::TaskFixture
{
public:
    explicit Bench(const Wanted &wanted)
        : m_wanted(wanted)
        , m_preferences(folder() + QStringLiteral("/settings.json"), threads())
        , m_files(threads())
        , m_window(manager(), m_preferences, m_files, threads())
        , m_watchdog(kMostBlocked)
    {
        settings().downloadsAtOnce = wanted.downloads;
        settings().connectionsPerHost = 2 * kPerServer;
        manager().apply(settings());
        QObject::connect(&manager(), &DownloadManager::completed, &m_window,
                         [this](const TaskReport &report) { onCompleted(report); });
        QObject::connect(&manager(), &DownloadManager::failed, &m_window, [](const TaskReport &report) {
            std::fprintf(stderr, "%s\n", qPrintable(message(*report.error)));
            QCoreApplication::exit(1);
        });
        m_window.resize(1100, 700);
        m_window.show();
    }

    bool serve()
    {
        const QString served = folder() + QStringLiteral("/served");
        QFile file(served + QStringLiteral("/data.bin"));
        if (!QDir().mkpath(served) || !file.open(QIODevice::WriteOnly) || !file.resize(bytesOfOne()))
            return false;
        for (int i = 0; i <= (m_wanted.downloads - 1) / kPerServer; ++i)
            m_servers.push_back(std::make_unique<Server>(served, i));
        return true;
    }

    struct Figures {
        double rate = 0; // bytes per second, from the first begin to the last end
        test::Watchdog::Findings findings;
    };
    // Nothing when one failed.
    std::optional<Figures> run(int downloads)
    {
        m_left = downloads * m_wanted.laps;
        m_toBegin = m_left;
        m_watchdog.take();
        QElapsedTimer clock;
        clock.start();
        for (int slot = 0; slot < downloads; ++slot)
            begin(slot);
        m_window.reveal(manager().tasks().front().get());
        if (QCoreApplication::exec() != 0)
            return {};
        const double seconds = double(clock.nsecsElapsed()) / 1e9;
        const double bytes = double(bytesOfOne()) * downloads * m_wanted.laps;
        const Figures figures{bytes / seconds, m_watchdog.take()};
        threads().waitForDone(); // what it is still deleting
        return figures;
    }

private:
    qint64 bytesOfOne() const { return qint64(m_wanted.mebibytes) << 20; }

    void begin(int slot)
    {
        --m_toBegin;
        const DownloadTask *task = manager().add(m_servers[size_t(slot / kPerServer)]->url(m_number++));
        m_slots[task->url()] = slot;
    }

    void onCompleted(const TaskReport &report)
    {
        const int slot = m_slots.take(report.url);
        // Giving back its memory takes a while.
        threads().start([path = report.filePath] { QFile::remove(path); });
        // Not while the manager tells of it.
        QMetaObject::invokeMethod(
            &m_window,
            [this, slot, url = report.url] {
                manager().remove(manager().find(url), false);
                if (--m_left == 0)
                    QCoreApplication::exit(0);
                else if (m_toBegin > 0)
                    begin(slot);
            },
            Qt::QueuedConnection);
    }

    const Wanted m_wanted;
    std::vector<std::unique_ptr<Server>> m_servers;
    Preferences m_preferences;
    Files m_files;
    MainWindow m_window;
    test::Watchdog m_watchdog;
    QHash<QUrl, int> m_slots;
    int m_number = 0;
    int m_left = 0;    // that are not finished
    int m_toBegin = 0; // of those, that are not in the list yet
};

void print(const char *what, const Bench::Figures &figures)
{
    const auto &[worst, computed, slept, percentile, over] = figures.findings;
    std::fprintf(stderr,
                 "%s: %.0f MiB/s\n  event loop blocked for %.1f ms at most (%.1f computing, %.1f waiting for "
                 "a processor, %.1f for others); 99.9 %%: %.1f ms; %d times too long\n"
                 "  the most it computed in one go: %.1f ms; the most it slept: %.1f ms\n",
                 what, figures.rate / (1 << 20), worst.all, worst.computed, worst.queued, worst.slept(),
                 percentile, over, computed, slept);
}

Wanted wantedBy(const QStringList &arguments)
{
    Wanted wanted;
    QCommandLineParser parser;
    const QList<std::pair<QString, int *>> known{{QStringLiteral("downloads"), &wanted.downloads},
                                                 {QStringLiteral("size"), &wanted.mebibytes},
                                                 {QStringLiteral("laps"), &wanted.laps}};
    for (const auto &[name, value] : known)
        parser.addOption({name, QString(), QStringLiteral("N"), QString::number(*value)});
    parser.process(arguments);
    for (const auto &[name, value] : known)
        *value = std::max(1, parser.value(name).toInt());
    return wanted;
}

} // namespace

int main(int argc, char *argv[])
{
    if (!qEnvironmentVariableIsSet("TMPDIR"))
        qputenv("TMPDIR", "/dev/shm");
    QApplication app(argc, argv);
    const Wanted wanted = wantedBy(QCoreApplication::arguments());
    Bench bench(wanted);
    bench.threads().waitForDone();     // then it has none
    letWindowGoFirst(bench.threads()); // as the program does
    if (!bench.isOpen() || !bench.serve())
        return 1;
    const auto one = bench.run(1);
    const auto many = one ? bench.run(wanted.downloads) : one;
    if (!many)
        return 1;
    print("one", *one);
    print("all of them", *many);
    std::printf("worst %.1f\ncomputed %.1f\npercentile %.1f\nrate %.0f\nratio %.3f\n",
                many->findings.worst.all, many->findings.computed, many->findings.percentile,
                many->rate / (1 << 20), many->rate / one->rate);
    return 0;
}
