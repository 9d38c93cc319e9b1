// SPDX-License-Identifier: MIT
// How long a store of many finished downloads takes to open, and what it costs in memory.
//
//   bench_manyrecords [NUMBER]            makes such a store, then measures itself in a process of its own
//   bench_manyrecords NUMBER FOLDER       makes it there, and no more
//   bench_manyrecords --measure FOLDER
#include "core/downloadmanager.h"
#include "core/storeformat.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThreadPool>

#include <cstdio>
#include <ctime>

using namespace longhaul;

namespace {

// A record as a download of an hour leaves it.
ResumeData record(int i)
{
    ResumeData data;
    data.url =
        QUrl(QStringLiteral("https://downloads.example.org/archive/2026/%1/project-%2-x86_64.release.tar.gz")
                 .arg(i % 97)
                 .arg(i));
    data.entity.finalUrl = QUrl(
        QStringLiteral("https://mirror%1.example.net/pub/archive/2026/%2/project-%3-x86_64.release.tar.gz")
            .arg(i % 7)
            .arg(i % 97)
            .arg(i));
    data.entity.total = 1'000'000 + i;
    const auto date = [i](const char *day) {
        return day + QByteArray::number(10 + i % 10) + ':' + QByteArray::number(10 + i / 10 % 50) + ":00 GMT";
    };
    data.entity.validators = {"\"5f3b-" + QByteArray::number(i) + '"', date("Mon, 02 Nov 2026 "),
                              date("Tue, 03 Nov 2026 ")};
    data.entity.mediaType = "application/gzip";
    data.entity.ranges = true;
    data.options.folder = QStringLiteral("/home/somebody/Downloads");
    data.targetPath = QStringLiteral("/home/somebody/Downloads/project-%1-x86_64.release.tar.gz").arg(i);
    data.received = data.durable = RangeSet({0, 1'000'000 + i});
    data.bootId = QStringLiteral("3f1c9a52-8f0b-4f7d-9d52-0e6f4f5c7a11");
    data.state = TaskState::Completed;
    data.added = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + i, Qt::UTC);
    data.completed = data.added.addSecs(3600);
    return data;
}

qint64 residentKiB(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.mid(qsizetype(qstrlen(field)) + 1).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

int measure(const QString &folder)
{
    QThreadPool threads;
    const qint64 before = residentKiB("VmRSS");
    QElapsedTimer clock;
    clock.start();
    ResumeStore store(folder, threads);
    if (store.open() != ResumeStore::OpenResult::Opened)
        return 1;
    const qint64 opened = clock.elapsed();
    const qint64 afterOpen = residentKiB("VmRSS");
    NetworkPolicy network;
    Settings settings;
    DownloadManager manager(store, network, threads, settings);
    manager.restore();
    const qint64 restored = clock.elapsed();
    std::printf(
        "%zu records: opened in %lld ms, restored by %lld ms; resident %lld KiB at first, %lld KiB when "
        "open, %lld KiB in the end, %lld KiB at most; %.2f s of processor time\n",
        manager.tasks().size(), static_cast<long long>(opened), static_cast<long long>(restored),
        static_cast<long long>(before), static_cast<long long>(afterOpen),
        static_cast<long long>(residentKiB("VmRSS")), static_cast<long long>(residentKiB("VmHWM")),
        double(std::clock()) / CLOCKS_PER_SEC);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--measure"))
        return measure(arguments.value(2));
    const int count = arguments.size() > 1 ? arguments[1].toInt() : 100'000;
    const QTemporaryDir temp;
    const QString folder = arguments.value(2, temp.path());
    storeformat::Records records;
    for (int i = 0; i < count; ++i) {
        const ResumeData data = record(i);
        records.insert(storeKey(data.url), storeformat::recordText(toJson(data)));
    }
    QFile file(folder + QStringLiteral("/downloads.json"));
    const QByteArray text = storeformat::snapshot(records);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return 1;
    file.close();
    if (arguments.size() > 2)
        return 0;
    return QProcess::execute(QCoreApplication::applicationFilePath(), {QStringLiteral("--measure"), folder});
}
