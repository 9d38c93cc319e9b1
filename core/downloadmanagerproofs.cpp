// SPDX-License-Identifier: MIT
// What a DownloadManager is given of bytes that must be proved: a new address for them, a foreign file.
#include "downloadmanager.h"

#include "filename.h"
#include "foreignfile.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace longhaul {

std::optional<Error> DownloadManager::readdress(DownloadTask *task, const QUrl &url)
{
    if (const std::optional<Error> problem = addressProblem(url))
        return problem;
    if (task->state() != TaskState::Paused && task->state() != TaskState::Failed)
        return Error{ErrorCode::UnderWay, 0, {}, {}};
    if (known(url) || m_store.find(url))
        return Error{ErrorCode::KnownAddress, 0, {}, {}};
    const QUrl candidate = normalized(url);
    m_byCandidate.insert(candidate, task);
    task->readdress(candidate);
    return {};
}

std::variant<DownloadTask *, Error> DownloadManager::adopt(const QUrl &url, const QString &path,
                                                           TaskOptions options)
{
    if (const std::optional<Error> problem = addressProblem(url))
        return *problem;
    if (known(url) || m_store.find(url))
        return Error{ErrorCode::KnownAddress, 0, {}, {}};
    const QFileInfo file(QDir::cleanPath(foreignPathOf(path)));
    if (hasFile(file.filePath()))
        return Error{ErrorCode::NotAdoptable, 0, tr("another download has it"), {}};
    options.folder = file.path();
    for (const QString &name :
         {nameOfForeign(file.fileName()), nameFromUrl(url), QStringLiteral("download")}) {
        if (options.name.isEmpty())
            options.name = safeName(name);
    }
    ResumeData data;
    data.url = normalized(url);
    data.options = options;
    data.foreignPath = file.filePath();
    return addNew(std::move(data));
}

// It is no task yet.
void DownloadManager::claimFor(const ResumeData &record)
{
    const QString part = ownPart(record);
    if (part.isEmpty())
        return;
    quint64 owner = m_parts.ownerOf(part);
    if (owner != 0)
        m_confused.insert(owner);
    else
        m_parts.claim(owner = ++m_lastTask, part);
    m_stored.insert(record.url.text(), owner);
}

void DownloadManager::claimStored()
{
    m_store.forEachWithPart([this](const ResumeData &record) { claimFor(record); });
}

QStringList DownloadManager::filesOfOthers(const DownloadTask *task) const
{
    const auto last = [](const QString &path) { return QStringView(path).mid(path.lastIndexOf(u'/') + 1); };
    const QStringView name = last(task->resumeData().foreignPath);
    const QStringView movedTo = last(task->resumeData().partPath);
    QStringList paths;
    const auto take = [&](const QString &path) {
        if (!path.isEmpty() && (last(path) == name || last(path) == movedTo))
            paths.append(path);
    };
    for (const auto &other : m_tasks) {
        if (other.get() == task)
            continue;
        const ResumeData &data = other->resumeData();
        take(data.partPath);
        take(data.targetPath);
        if (other->number() < task->number())
            take(data.foreignPath);
    }
    return paths;
}

bool DownloadManager::hasFile(const QString &path) const
{
    return std::any_of(m_tasks.begin(), m_tasks.end(), [&](const auto &task) {
        const ResumeData &data = task->resumeData();
        return data.partPath == path || data.foreignPath == path || data.targetPath == path;
    });
}

} // namespace longhaul
