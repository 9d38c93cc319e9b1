// SPDX-License-Identifier: MIT
#include "randomrun.h"

#include <algorithm>

namespace longhaul::test {

using namespace std::chrono_literals;

namespace {

constexpr qint64 KiB = 1024;
constexpr qint64 MiB = 1024 * KiB;
constexpr int kTimeout = 500;       // ms, the client's while the server misbehaves
constexpr int kLongestStorm = 1500; // ms
constexpr int kLongestPause = 150;  // ms between two actions
constexpr int kDrive = 40;          // ms between two looks at what is left to do
constexpr qint64 kPatience = 60'000;
constexpr const char *kActions[] = {"pause",        "resume", "rate",   "connections", "options",
                                    "network gone", "kill",   "remove", "start over"};

} // namespace

RandomRun::RandomRun(quint64 seed, QObject *parent)
    : QObject(parent)
    , m_seed(seed)
    , m_random(quint32(seed) ^ 0x5eedU)
    , m_server(seed, kTimeout)
{
    static_assert(std::size(kActions) == size_t(Action::Count));
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, [this] { m_calm ? drive() : act(); });
}

void RandomRun::start()
{
    m_clock.start();
    m_storm = m_random.bounded(kLongestStorm);
    m_run.end();
    Settings &settings = m_run.settings();
    settings.timeout = std::chrono::milliseconds(kTimeout);
    settings.retries = m_random.bounded(4);
    settings.connectionsPerTask = m_random.bounded(1, 17);
    settings.connectionsPerHost = m_random.bounded(1, 33);
    m_run.restart();
    follow();
    for (int file = 0; file < m_server.count(); ++file) {
        TaskOptions options;
        if (chance(0.7))
            options.connections = m_random.bounded(1, 17);
        m_run.manager().add(m_server.url(file), options);
    }
    m_needed = m_changes;
    m_next.start(m_random.bounded(kLongestPause));
}

// After each start of the program.
void RandomRun::follow()
{
    m_changes = m_recorded = m_needed = 0;
    DownloadManager &manager = m_run.manager();
    connect(&manager, &DownloadManager::changed, this, &RandomRun::onChanged);
    connect(&manager, &DownloadManager::recordChanged, this, [this] { ++m_changes; });
    connect(&m_run.store(), &ResumeStore::recorded, this, [this](quint64 number) { m_recorded = number; });
}

void RandomRun::act()
{
    if (m_clock.elapsed() >= m_storm) {
        calm();
        return;
    }
    perform(Action(m_random.bounded(int(Action::Count))));
    if (!m_over)
        m_next.start(m_random.bounded(kLongestPause));
}

void RandomRun::perform(Action action)
{
    const int file = m_random.bounded(m_server.count());
    note(QByteArray(kActions[int(action)]) + " (" + QByteArray::number(file) + ')');
    DownloadManager &manager = m_run.manager();
    Settings settings = manager.settings();
    switch (action) {
    case Action::NetworkGone: loseNetwork(); break;
    case Action::Kill: kill(); break;
    case Action::Rate:
        settings.rateLimit = chance(0.4) ? 0 : m_random.bounded(int(MiB / 4), int(20 * MiB));
        manager.apply(settings);
        break;
    case Action::Connections:
        settings.connectionsPerTask = m_random.bounded(1, 17);
        settings.connectionsPerHost = m_random.bounded(1, 33);
        manager.apply(settings);
        break;
    case Action::Pause:
    case Action::Resume:
    case Action::Options:
    case Action::RemoveAndPutBack:
    case Action::StartOver:
    case Action::Count:
        if (DownloadTask *known = task(file))
            perform(action, known);
        else
            putBack();
    }
}

void RandomRun::perform(Action action, DownloadTask *task)
{
    if (action == Action::Pause) {
        task->pause();
    } else if (action == Action::RemoveAndPutBack) {
        remove(task);
    } else if (action == Action::Options) {
        TaskOptions options = task->resumeData().options;
        options.connections = m_random.bounded(1, 17);
        options.rateLimit = chance(0.5) ? 0 : m_random.bounded(int(MiB / 4), int(20 * MiB));
        task->setOptions(options);
    } else if (action == Action::StartOver && chance(0.3)) {
        task->startOver();
    } else {
        if (task->state() == TaskState::Waiting) // at once, rather than when its time has come
            task->pause();
        task->resume();
    }
}

// The system's word and the end of all connections come in either order, or one without the other.
void RandomRun::loseNetwork()
{
    const bool told = chance(0.8);
    if (told)
        m_run.network.set(false, false);
    if (!told || chance(0.7))
        m_server.setReachable(false);
    QTimer::singleShot(m_random.bounded(2 * kLongestPause), this, [this] {
        m_server.setReachable(true);
        if (!m_run.network.isOnline())
            m_run.network.set(true, false);
    });
}

void RandomRun::kill()
{
    if (m_recorded < m_needed) // an entry that no file holds yet
        return;
    ++m_kills;
    m_run.settings() = m_run.manager().settings();
    m_run.kill();
    follow();
    checkEntries();
    for (const auto &task : m_run.manager().tasks())
        checkRecord(task->resumeData(), "after a kill");
}

void RandomRun::remove(DownloadTask *task)
{
    const int file = fileOf(task->url());
    m_removed.insert_or_assign(file, m_run.manager().remove(task, false));
    ++m_changes;
    m_needed = m_changes; // else a kill brings it back, too
    QTimer::singleShot(m_random.bounded(kLongestPause), this, &RandomRun::putBack);
}

void RandomRun::putBack()
{
    for (auto &[file, data] : std::exchange(m_removed, {})) {
        m_run.manager().putBack(data);
        m_needed = m_changes;
    }
}

void RandomRun::checkEntries()
{
    for (int file = 0; file < m_server.count(); ++file) {
        if (!m_removed.contains(file) && !task(file))
            fail("the entry of file " + QByteArray::number(file) + " is lost");
    }
}

// The part file may have got its name since the record was made: then that one is whole.
void RandomRun::checkRecord(const ResumeData &data, const char *when)
{
    const int file = fileOf(data.url);
    if (data.state == TaskState::Completed) {
        if (!m_server.isVersion(file, data.targetPath))
            fail(QByteArray("a completed file is wrong ") + when);
        return;
    }
    QList<RandomServer::Span> spans;
    for (const ByteRange &range : data.received.ranges())
        spans.append({range.begin, range.end});
    if (!spans.isEmpty() && QFile::exists(data.partPath)
        && !m_server.isOfOneVersion(file, data.partPath, spans))
        fail("what the record of file " + QByteArray::number(file) + " says is on disk is not right " + when);
}

void RandomRun::onChanged(DownloadTask *task)
{
    const TaskState state = task->state();
    note("    " + QByteArray::number(fileOf(task->url())) + ' ' + stateName(state).toLatin1() + ", "
         + QByteArray::number(task->progress().onDisk) + " bytes"
         + (task->reason() ? ", " + message(*task->reason()).toUtf8() : QByteArray()));
    if (state == TaskState::Completed || state == TaskState::Paused)
        checkRecord(task->resumeData(), "after a change");
}

// From now on nothing goes wrong.
void RandomRun::calm()
{
    note("calm");
    m_calm = true;
    m_server.heal();
    m_server.setReachable(true);
    m_run.network.set(true, false);
    putBack();
    Settings settings = m_run.manager().settings();
    settings.rateLimit = 0;
    settings.timeout = 10s;
    m_run.manager().apply(settings);
    for (const auto &task : m_run.manager().tasks()) {
        TaskOptions options = task->resumeData().options;
        options.rateLimit = 0;
        task->setOptions(options);
    }
    drive();
}

// Resumes what has stopped, until all is done.
void RandomRun::drive()
{
    bool complete = true;
    for (int file = 0; file < m_server.count() && !m_over; ++file) {
        DownloadTask *task = this->task(file);
        if (!task) {
            fail("a task is gone");
            return;
        }
        complete = complete && task->state() == TaskState::Completed;
        if (task->state() == TaskState::Waiting)
            task->pause();
        if (task->state() == TaskState::Paused || task->state() == TaskState::Failed)
            task->resume();
    }
    if (complete)
        finish();
    else if (m_clock.elapsed() > kPatience)
        fail("it comes to no end");
    else if (!m_over)
        m_next.start(kDrive);
}

// What the store has on disk says the same.
void RandomRun::finish()
{
    if (m_over)
        return;
    m_run.restart();
    checkEntries();
    for (int file = 0; file < m_server.count() && !m_over; ++file) {
        const ResumeData &data = task(file)->resumeData();
        if (data.state != TaskState::Completed)
            fail("a completed task is another one after the next start");
        checkRecord(data, "at the end");
    }
    if (!m_over) {
        m_over = true;
        Q_EMIT done();
    }
}

void RandomRun::fail(const QByteArray &what)
{
    note(what);
    if (std::exchange(m_over, true))
        return;
    m_failure = what;
    m_next.stop();
    QMetaObject::invokeMethod(this, &RandomRun::done, Qt::QueuedConnection);
}

int RandomRun::fileOf(const QUrl &url) const
{
    for (int file = 0; file < m_server.count(); ++file) {
        if (m_server.url(file) == url)
            return file;
    }
    return -1;
}

void RandomRun::note(const QByteArray &line)
{
    m_notes.append(QByteArray::number(m_clock.elapsed()) + " ms: " + line);
}

QByteArray RandomRun::account() const
{
    return "seed " + QByteArray::number(m_seed) + ": " + m_failure + '\n' + m_notes.join('\n') + '\n'
           + m_server.account();
}

} // namespace longhaul::test
