// SPDX-License-Identifier: MIT
#include "downloadmanager.h"

#include <QFile>
#include <QSet>

#include <algorithm>

namespace longhaul {

namespace {

QString partOf(const DownloadTask &task) { return ownPart(task.resumeData()); }

} // namespace

QueuePlace queuePlaceOf(const DownloadTask &task)
{
    const ResumeData &data = task.resumeData();
    const QDateTime dies = linkDies(data);
    return {int(data.options.priority), data.place, task.number(),
            dies.isValid() ? dies.toSecsSinceEpoch() : QueuePlace::kNever};
}

DownloadManager::DownloadManager(ResumeStore &store, NetworkPolicy &network, QThreadPool &ioThreads,
                                 const Settings &settings, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_network(network)
    , m_ioThreads(ioThreads)
    , m_settings(settings)
    , m_connections(&ioThreads)
{
    m_limiter.setLimit(m_settings.effectiveRateLimit());
    m_connections.setPerHost(m_settings.connectionsPerHost);
    m_connections.proxies().setProxy(m_settings.proxy);
    connect(&m_store, &ResumeStore::recorded, this, &DownloadManager::onRecorded);
    connect(&m_store, &ResumeStore::writeFailed, this, &DownloadManager::onWriteFailed);
    connect(&m_network, &NetworkPolicy::changed, this, &DownloadManager::reviewHolds);
}

DownloadManager::~DownloadManager() { m_tasks.clear(); }

void DownloadManager::restore()
{
    // Each becomes a task at once, for a list of all records would weigh as much as the tasks.
    std::vector<std::pair<AddedOrder, std::unique_ptr<DownloadTask>>> tasks;
    tasks.reserve(size_t(m_store.count()));
    m_store.forEachRecord([&](ResumeData record) {
        if (m_byUrl.contains(record.url.text()))
            return;
        claimFor(record);
        auto task = make(std::move(record));
        const AddedOrder order = addedOrder(task->resumeData());
        tasks.emplace_back(order, std::move(task));
    });
    std::sort(tasks.begin(), tasks.end());
    m_tasks.reserve(m_tasks.size() + tasks.size());
    m_byUrl.reserve(m_byUrl.size() + qsizetype(tasks.size()));
    for (auto &[order, task] : tasks)
        take(std::move(task));
    scheduleSoon();
}

DownloadTask *DownloadManager::find(const QUrl &url) const { return m_byUrl.value(storeKey(url)); }

// A task that is trying the address will have it.
DownloadTask *DownloadManager::known(const QUrl &url) const
{
    if (DownloadTask *task = find(url))
        return task;
    const QUrl wanted = m_byCandidate.isEmpty() ? QUrl() : normalized(url);
    DownloadTask *task = m_byCandidate.value(wanted);
    return task && task->candidate() == wanted ? task : nullptr;
}

DownloadTask *DownloadManager::add(const QUrl &url, const TaskOptions &options)
{
    if (DownloadTask *task = known(url))
        return task;
    if (std::optional<ResumeData> record = m_store.find(url)) {
        if (!longhaul::isAtRest(record->state))
            record->state = TaskState::Paused; // what it was doing died with the process that did it
        return take(make(std::move(*record)));
    }
    ResumeData data;
    data.url = UrlText(storeKey(url));
    data.options = options;
    return addNew(std::move(data));
}

DownloadTask *DownloadManager::addNew(ResumeData data)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    // Each later than the one before: after a restart their order goes by it.
    data.added = m_lastAdded = m_lastAdded.isValid() ? std::max(m_lastAdded.addMSecs(1), now) : now;
    DownloadTask *task = take(make(std::move(data)));
    record(task, Durability::Written);
    scheduleSoon();
    return task;
}

std::unique_ptr<DownloadTask> DownloadManager::make(ResumeData data)
{
    const FetchTools tools{m_connections, m_limiter, m_ioThreads};
    return std::make_unique<DownloadTask>(std::move(data), m_settings, tools, m_network);
}

DownloadTask *DownloadManager::take(std::unique_ptr<DownloadTask> made)
{
    m_tasks.push_back(std::move(made));
    DownloadTask *task = m_tasks.back().get();
    task->setKeeper(this, ++m_lastTask);
    m_byUrl.insert(task->resumeData().url.text(), task);
    sortIn(task);
    const quint64 before = m_stored.take(task->resumeData().url.text());
    const bool isConfused = m_confused.contains(before);
    if (!isConfused)
        m_parts.release(before);
    // Or it was off the list meanwhile.
    if (isConfused || !m_parts.claim(task->number(), partOf(*task))) {
        task->losePart();
        record(task, Durability::Synced);
    }
    Q_EMIT added(task);
    if (task->state() == TaskState::Queued) // once whoever has added it listens
        QMetaObject::invokeMethod(task, &DownloadTask::reviewHold, Qt::QueuedConnection);
    return task;
}

// Among those of its state.
void DownloadManager::sortIn(DownloadTask *task)
{
    const quint64 number = task->number();
    const TaskState state = task->state();
    if (longhaul::isAtRest(state))
        m_busy.erase(number);
    else
        m_busy.emplace(number, task);
    if (state == TaskState::Running || state == TaskState::Verifying)
        m_running.insert_or_assign(number, ConnectionPool::hostOf(task->resumeData().url));
    else
        m_running.erase(number);
    if (state == TaskState::Queued)
        m_queue.put(queuePlaceOf(*task), ConnectionPool::hostOf(task->resumeData().url));
    else
        m_queue.remove(number);
}

void DownloadManager::stateChanged(DownloadTask *task)
{
    sortIn(task);
    scheduleSoon();
    Q_EMIT changed(task);
    Q_EMIT totalsChanged();
}

void DownloadManager::holdChanged(DownloadTask *task)
{
    scheduleSoon();
    Q_EMIT changed(task);
}

void DownloadManager::ended(const TaskReport &report)
{
    if (report.error)
        Q_EMIT failed(report);
    else
        Q_EMIT completed(report);
}

// The new record before the old one goes: whatever happens between the two, the bytes are known to one of
// them.
void DownloadManager::moved(DownloadTask *task, const QUrl &old)
{
    record(task, Durability::Synced);
    m_store.remove(old);
    m_byUrl.remove(storeKey(old));
    m_byUrl.insert(task->resumeData().url.text(), task);
    m_byCandidate.remove(task->url());
    sortIn(task); // its host may be another one
    scheduleSoon();
    Q_EMIT readdressed(task, old);
    Q_EMIT changed(task);
}

void DownloadManager::record(DownloadTask *task, Durability durability)
{
    m_parts.claim(task->number(), partOf(*task));
    const quint64 number = m_store.put(task->resumeData(), durability);
    m_awaited.insert(number, task);
    m_lastRecord.insert(task, number);
    if (task->state() == TaskState::Queued) // its place, or its address, may be another one
        sortIn(task);
    Q_EMIT recordChanged(task);
}

void DownloadManager::onRecorded(quint64 number)
{
    DownloadTask *task = m_awaited.take(number);
    const auto last = m_lastRecord.constFind(task); // a task that is gone has none
    if (last == m_lastRecord.constEnd() || *last != number)
        return;
    m_lastRecord.erase(last);
    task->recorded();
}

void DownloadManager::onWriteFailed(const QString &reason)
{
    const QList<DownloadTask *> waiting = m_awaited.values();
    m_awaited.clear();
    for (DownloadTask *task : waiting) {
        if (m_lastRecord.contains(task))
            task->recordFailed(reason);
    }
}

QList<ResumeData> DownloadManager::remove(const QList<DownloadTask *> &tasks, bool withPart)
{
    Q_EMIT aboutToRemoveMany(tasks);
    for (DownloadTask *task : tasks)
        Q_EMIT aboutToRemove(task);
    QList<ResumeData> records;
    for (DownloadTask *task : tasks) {
        records.append(task->resumeData());
        m_store.remove(task->url());
        m_byUrl.remove(task->resumeData().url.text());
        m_lastRecord.remove(task);
        m_busy.erase(task->number());
        m_running.erase(task->number());
        m_queue.remove(task->number());
        m_parts.release(task->number());
        task->setKeeper(nullptr, 0);
    }
    const QSet<DownloadTask *> leaving(tasks.begin(), tasks.end());
    // A candidate that was given up leaves its entry behind.
    m_byCandidate.removeIf([&](auto entry) { return leaving.contains(entry.value()); });
    std::vector<std::unique_ptr<DownloadTask>> gone;
    std::erase_if(m_tasks, [&](auto &task) {
        if (!leaving.contains(task.get()))
            return false;
        gone.push_back(std::move(task));
        return true;
    });
    gone.clear(); // their part files are closed when this returns
    for (const ResumeData &record : std::as_const(records)) {
        if (withPart && !record.partPath.isEmpty() && record.foreignPath.isEmpty())
            m_ioThreads.start([part = record.partPath] { QFile::remove(part); });
    }
    scheduleSoon();
    Q_EMIT totalsChanged();
    return records;
}

DownloadTask *DownloadManager::putBack(ResumeData data)
{
    if (known(data.url))
        return nullptr;
    DownloadTask *task = take(make(std::move(data)));
    record(task, Durability::Written);
    scheduleSoon();
    return task;
}

// A copy, for loops in which they change.
std::vector<DownloadTask *> DownloadManager::busy() const
{
    std::vector<DownloadTask *> tasks;
    tasks.reserve(m_busy.size());
    for (const auto &[number, task] : m_busy)
        tasks.push_back(task);
    return tasks;
}

// Paused and finished ones have no place in it.
std::vector<DownloadTask *> DownloadManager::queue() const
{
    std::vector<DownloadTask *> tasks;
    for (const QueuePlace &place : m_queue.order())
        tasks.push_back(m_busy.at(place.number));
    return tasks;
}

void DownloadManager::moveInQueue(const QList<DownloadTask *> &tasks, QueueMove move)
{
    QSet<quint64> chosen;
    for (const DownloadTask *task : tasks)
        chosen.insert(task->number());
    for (const QueuePlace &place : rearranged(m_queue.order(), chosen, move))
        m_busy.at(place.number)->setPlace(place.place);
    scheduleSoon();
}

void DownloadManager::pauseAll()
{
    for (DownloadTask *task : busy())
        task->pause();
}

void DownloadManager::resumeAll()
{
    for (const auto &task : m_tasks) {
        if (task->state() == TaskState::Paused || task->isPausing())
            task->resume();
    }
}

void DownloadManager::shutDown()
{
    if (std::exchange(m_leaving, true))
        return;
    for (const auto &task : m_tasks)
        task->leave();
    scheduleSoon();
}

void DownloadManager::apply(const Settings &settings)
{
    m_settings = settings;
    m_limiter.setLimit(settings.effectiveRateLimit());
    m_connections.setPerHost(settings.connectionsPerHost);
    m_connections.proxies().setProxy(settings.proxy);
    for (DownloadTask *task : busy())
        task->reviewConnections();
    reviewHolds();
    scheduleSoon();
}

void DownloadManager::reviewHolds()
{
    for (DownloadTask *task : busy())
        task->reviewHold();
    scheduleSoon();
}

// Once for all changes of this turn of the event loop.
void DownloadManager::scheduleSoon()
{
    if (!std::exchange(m_scheduling, true))
        QMetaObject::invokeMethod(this, &DownloadManager::schedule, Qt::QueuedConnection);
}

void DownloadManager::schedule()
{
    m_scheduling = false;
    if (m_leaving) {
        stopped();
        return;
    }
    QHash<QString, int> running;
    for (const auto &[number, host] : m_running)
        ++running[host];
    const auto perHost = [this](const QString &host) { return m_connections.perHost(host); };
    const auto may = [this](quint64 number) { return m_busy.at(number)->hold() == Hold::None; };
    const auto numbers = m_queue.toStart(running, m_settings.downloadsAtOnce, perHost, may);
    for (const quint64 number : numbers) {
        const auto task = m_busy.find(number); // a listener may have taken it away, or paused it
        if (task != m_busy.end() && task->second->state() == TaskState::Queued)
            task->second->start();
    }
}

// Once the last task that ran when shutDown() was called has stopped.
void DownloadManager::stopped()
{
    const bool any = std::any_of(m_tasks.begin(), m_tasks.end(),
                                 [](const auto &task) { return task->state() == TaskState::Running; });
    if (!any && !std::exchange(m_stopped, true))
        Q_EMIT hasStopped();
}

} // namespace longhaul
