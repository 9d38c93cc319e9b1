// SPDX-License-Identifier: MIT
#include "diskscenario.h"

#include "core/platformfile.h"
#include "tests/support/diskwatch.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <algorithm>

namespace longhaul::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostTime = 20'000; // ms

} // namespace

DiskScenario::DiskScenario(const QString &root, const DiskFiles &files)
    : m_files(files)
    , m_world(root)
{}

void DiskScenario::plan()
{
    using enum DiskFiles::File;
    at(0, [this] {
        for (const int file : {Plain, Big, Changing, Again, Bare, Over, Reused})
            add(file);
    });
    for (int number = 0; number < 50; ++number)
        at(100 + 120 * number, [this, number] { fill(number); });
    for (int file = Small; file < Count; ++file)
        at(200 + 400 * (file - Small), [this, file] { add(file); });
    at(1300, [this] {
        for (const int file : {Changing, Again, Bare})
            task(file)->pause();
    });
    at(1700, [this] { changeFiles(); });
    at(1900, [this] {
        task(Changing)->resume();
        task(Bare)->resume();
        task(Again)->startOver();
    });
    at(2100, [this] { remove(Reused); });
    at(2110, [this] { add(ReusedToo); });
    at(3000, [this] { restart(); });
    at(3500, [this] { remove(Small); });
    at(3510, [this] { remove(Small + 1); });
    at(4000, [this] { m_world.manager().pauseAll(); });
    at(4200, [this] { m_world.manager().resumeAll(); });
    at(4500, [this] { m_world.manager().find(m_files.url(Small + 3))->startOver(); });
    at(6800, [] {});
    std::stable_sort(m_steps.begin(), m_steps.end(),
                     [](const Step &a, const Step &b) { return a.at < b.at; });
}

QByteArray DiskScenario::play()
{
    if (!m_world.begin() || !makeOldFile())
        return "the scenario cannot begin";
    plan();
    QElapsedTimer clock;
    clock.start();
    qint64 seen = 0;
    qint64 late = 0;
    runUntil(
        [&] {
            const qint64 now = clock.nsecsElapsed() / 1000;
            late = std::max(late, now - std::exchange(seen, now));
            while (!m_steps.isEmpty() && m_steps.constFirst().at * 1000 <= now)
                m_steps.takeFirst().act();
            return m_steps.isEmpty() && m_world.manager().isAtRest();
        },
        kMostTime);
    if (!m_steps.isEmpty() || !m_world.manager().isAtRest())
        m_failure = "the scenario comes to no end";
    m_world.end();
    diskwatch::mark("late " + std::to_string(late));
    return m_failure;
}

bool DiskScenario::makeOldFile()
{
    QFile file(m_world.files() + u"/over.bin"_s);
    const QByteArray old(m_files.current(DiskFiles::Over).size(), 'o');
    return QDir().mkpath(m_world.files()) && file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
           && file.write(old) == old.size() && platformfile::syncData(file.handle()) == 0
           && platformfile::syncFolder(m_world.files()) == 0
           && platformfile::syncFolder(QFileInfo(m_world.files()).path()) == 0;
}

void DiskScenario::add(int file)
{
    diskwatch::mark("added " + std::to_string(file));
    TaskOptions options;
    if (file == DiskFiles::Over)
        options.conflict = ConflictPolicy::Overwrite;
    if (file == DiskFiles::Small + 2)
        options.digest =
            ExpectedDigest::parse(u"sha-256:"_s + QString::fromLatin1(m_files.current(file).sha256()));
    m_world.manager().add(m_files.url(file), options);
}

void DiskScenario::remove(int file)
{
    diskwatch::mark("removed " + std::to_string(file));
    m_world.manager().remove(task(file), true);
}

DownloadTask *DiskScenario::task(int file) { return m_world.manager().find(m_files.url(file)); }

// Large records that make the journal grow beyond what it may.
void DiskScenario::fill(int number)
{
    ResumeData data;
    data.url = m_files.base().resolved(QUrl(u"/filler%1"_s.arg(number % 3)));
    data.state = TaskState::Completed;
    data.unknown.insert(u"filler"_s, QString(40'000, QChar(u'a' + number % 26)));
    m_world.store().put(data, number % 10 == 0 ? Durability::Synced : Durability::Written);
}

void DiskScenario::restart()
{
    m_world.end();
    if (!m_world.begin())
        m_failure = "the store does not open again";
}

void DiskScenario::changeFiles()
{
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(m_files.changeUrl())));
    if (!runUntil([&] { return reply->isFinished(); }, kMostTime))
        m_failure = "the server does not answer";
}

} // namespace longhaul::test
