// SPDX-License-Identifier: MIT
#include "downloadmanager.h"

#include <QFile>

#include <algorithm>

namespace longhaul {

DownloadManager::DownloadManager(ResumeStore &store, NetworkPolicy &network, QThreadPool &ioThreads,
                                 const Settings &settings, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_network(network)
    , m_ioThreads(ioThreads)
    , m_settings(settings)
{
    m_limiter.setLimit(m_settings.effectiveRateLimit());
    connect(&m_store, &ResumeStore::recorded, this, &DownloadManager::onRecorded);
    connect(&m_store, &ResumeStore::writeFailed, this, &DownloadManager::onWriteFailed);
}

DownloadManager::~DownloadManager() { m_tasks.clear(); }

void DownloadManager::restore()
{
    const QList<ResumeData> records = m_store.records();
    for (const ResumeData &record : records) {
        if (!m_byKey.contains(storeKey(record.url)))
            take(record);
    }
    scheduleSoon();
}

DownloadTask *DownloadManager::find(const QUrl &url) const { return m_byKey.value(storeKey(url)); }

DownloadTask *DownloadManager::add(const QUrl &url, const TaskOptions &options)
{
    if (DownloadTask *known = find(url))
        return known;
    if (std::optional<ResumeData> record = m_store.find(url)) {
        if (!longhaul::isAtRest(record->state))
            record->state = TaskState::Paused; // what it was doing died with the process that did it
        return take(std::move(*record));
    }
    ResumeData data;
    data.url = normalized(url);
    data.options = options;
    data.added = QDateTime::currentDateTimeUtc();
    DownloadTask *task = take(std::move(data));
    record(task, Durability::Written);
    scheduleSoon();
    return task;
}

DownloadTask *DownloadManager::take(ResumeData data)
{
    const QString key = storeKey(data.url);
    m_tasks.push_back(std::make_unique<DownloadTask>(
        std::move(data), m_settings, FetchTools{m_connections, m_limiter, m_ioThreads}, m_network));
    DownloadTask *task = m_tasks.back().get();
    m_byKey.insert(key, task);
    connect(task, &DownloadTask::resumeDataChanged, this,
            [this, task](Durability durability) { record(task, durability); });
    connect(task, &DownloadTask::stateChanged, this, [this] {
        scheduleSoon();
        Q_EMIT totalsChanged();
    });
    connect(task, &DownloadTask::completed, this, &DownloadManager::completed);
    connect(task, &DownloadTask::failed, this, &DownloadManager::failed);
    Q_EMIT added(task);
    return task;
}

void DownloadManager::record(DownloadTask *task, Durability durability)
{
    const quint64 number = m_store.put(task->resumeData(), durability);
    m_awaited.insert(number, task);
    m_lastRecord.insert(task, number);
}

void DownloadManager::onRecorded(quint64 number)
{
    DownloadTask *task = m_awaited.take(number);
    if (task && m_lastRecord.value(task) == number)
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

ResumeData DownloadManager::remove(DownloadTask *task, bool withPart)
{
    Q_EMIT aboutToRemove(task);
    ResumeData data = task->resumeData();
    m_store.remove(task->url());
    m_byKey.remove(storeKey(task->url()));
    m_lastRecord.remove(task);
    m_awaited.removeIf([task](auto entry) { return entry.value() == task; });
    const auto at =
        std::find_if(m_tasks.begin(), m_tasks.end(), [task](const auto &t) { return t.get() == task; });
    Q_ASSERT(at != m_tasks.end());
    std::unique_ptr<DownloadTask> gone = std::move(*at);
    m_tasks.erase(at);
    gone->disconnect(this);
    gone.reset(); // its part file is closed when this returns
    if (withPart && !data.partPath.isEmpty())
        m_ioThreads.start([part = data.partPath] { QFile::remove(part); });
    scheduleSoon();
    Q_EMIT totalsChanged();
    return data;
}

DownloadTask *DownloadManager::putBack(ResumeData data)
{
    if (find(data.url))
        return nullptr;
    DownloadTask *task = take(std::move(data));
    record(task, Durability::Written);
    scheduleSoon();
    return task;
}

std::optional<Error> DownloadManager::readdress(DownloadTask *, const QUrl &url)
{
    if (find(url))
        return Error{ErrorCode::KnownAddress, 0, {}, {}};
    return {};
}

void DownloadManager::pauseAll()
{
    for (const auto &task : m_tasks)
        task->pause();
}

void DownloadManager::resumeAll()
{
    for (const auto &task : m_tasks) {
        if (task->state() == TaskState::Paused)
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
    scheduleSoon();
}

bool DownloadManager::isAtRest() const
{
    return std::all_of(m_tasks.begin(), m_tasks.end(),
                       [](const auto &task) { return longhaul::isAtRest(task->state()); });
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
    QList<Candidate> candidates;
    for (size_t i = 0; i < m_tasks.size(); ++i) {
        const TaskState state = m_tasks[i]->state();
        const bool busy = state == TaskState::Running || state == TaskState::Verifying;
        if (busy || state == TaskState::Queued)
            candidates.append({int(i), m_tasks[i]->url().authority(), busy, state == TaskState::Queued});
    }
    const QList<int> chosen =
        tasksToStart(candidates, m_settings.downloadsAtOnce, m_settings.connectionsPerHost);
    for (const int index : chosen)
        m_tasks[size_t(index)]->start();
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
