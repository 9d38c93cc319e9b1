// SPDX-License-Identifier: MIT
#include "partclaims.h"

#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace longhaul {

bool PartClaims::claim(quint64 task, const QString &path)
{
    if (const auto before = m_paths.constFind(task); before != m_paths.constEnd()) {
        if (*before == path)
            return true;
        m_tasks.remove(*before);
        m_paths.erase(before);
    }
    if (path.isEmpty())
        return true;
    if (m_tasks.contains(path))
        return false;
    m_tasks.insert(path, task);
    m_paths.insert(task, path);
    return true;
}

QStringList PartClaims::ofOthers(quint64 task) const
{
    QStringList paths = m_paths.values();
    paths.removeAll(m_paths.value(task)); // each is there once
    return paths;
}

bool isOneOf(const QString &path, const QStringList &others)
{
    const QFileInfo info(path);
    const QString ending = QLatin1Char('/') + info.fileName();
    std::optional<QString> folder; // few have the same name
    return std::any_of(others.begin(), others.end(), [&](const QString &other) {
        if (!other.endsWith(ending))
            return false;
        const QFileInfo otherInfo(other);
        if (otherInfo.path() == info.path())
            return true;
        if (!folder)
            folder = QFileInfo(info.path()).canonicalFilePath(); // empty: there is no such folder
        return !folder->isEmpty() && QFileInfo(otherInfo.path()).canonicalFilePath() == *folder;
    });
}

} // namespace longhaul
