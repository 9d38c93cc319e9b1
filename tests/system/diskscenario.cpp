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
    for (int file = Quiet; file < Count; ++file) // while nothing else is synced
        at(300 + 300 * (file - Quiet), [this, file] {
            add(file);
            task(file)->pause();
        });
    at(1300, [this] {
        for (const int file : {Changing, Again, Bare, Reused})
            task(file)->pause();
    });
    at(1700, [this] { changeFiles(); });
    at(2000, [this] {
        task(Changing)->resume();
        task(Bare)->resume();
        task(Again)->startOver();
    });
    at(2300, [this] { remove(Reused); });
    at(2310, [this] { add(ReusedToo); });
    at(4000, [this] { restart(); });
    for (int file = Small; file < Quiet; ++file)
        at(4200 + 250 * (file - Small), [this, file] { add(file); });
    for (int number = 0; number < 40; ++number)
        at(4300 + 60 * number, [this, number] { fill(number); });
    at(5300, [this] { remove(Small); });
    at(5310, [this] { remove(Small + 1); });
    at(6000, [this] { task(Small + 3)->startOver(); });
    at(6500, [this] { m_world.manager().pauseAll(); });
    at(6700, [this] { m_world.manager().resumeAll(); });
    std::stable_sort(m_steps.begin(), m_steps.end(),
                     [](const Step &a, const Step &b) { return a.at < b.at; });
}

QByteArray DiskScenario::play()
{
    if (!makeOldFile() || !m_world.begin())
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

// Safe before anything begins.
bool DiskScenario::makeOldFile()
{
    const QString folder = folderOf(DiskFiles::Over);
    QFile file(folder + u"/over.bin"_s);
    const QByteArray old(m_files.current(DiskFiles::Over).size(), 'o');
    const bool made = QDir().mkpath(folder) && file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
                      && file.write(old) == old.size() && platformfile::syncData(file.handle()) == 0;
    const QString files = m_world.files();
    return made && platformfile::syncFolder(folder) == 0
           && platformfile::syncFolder(QFileInfo(folder).path()) == 0 && platformfile::syncFolder(files) == 0
           && platformfile::syncFolder(QFileInfo(files).path()) == 0;
}

// Few share one, so that one does not sync the names of another.
QString DiskScenario::folderOf(int file) const
{
    const int own = file == DiskFiles::ReusedToo ? DiskFiles::Reused : std::min<int>(file, DiskFiles::Small);
    return m_world.files() + u"/folder%1/below"_s.arg(own);
}

void DiskScenario::add(int file)
{
    diskwatch::mark("added " + std::to_string(file));
    TaskOptions options;
    options.folder = folderOf(file);
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
    m_world.store().put(data, Durability::Written);
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
