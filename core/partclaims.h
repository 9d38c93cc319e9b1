// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QStringList>

namespace longhaul {

// Which task has which part file, whether that is on the disk or not: one that somebody has deleted, or that
// is on a drive that is not mounted now, leaves its name free, and still no other task may have it. By the
// text of the path: isOneOf() knows of links. A value.
class PartClaims
{
public:
    // From now on `task` has the part file at `path`, in place of the one before; empty: none. False, and it
    // has none, when another one has that.
    bool claim(quint64 task, const QString &path);
    void release(quint64 task) { claim(task, {}); }
    quint64 ownerOf(const QString &path) const { return m_tasks.value(path); } // 0: nobody
    QStringList ofOthers(quint64 task) const;

private:
    QHash<QString, quint64> m_tasks;
    QHash<quint64, QString> m_paths;
};

// Whether `path` and one of the others are the same name in the same folder, whatever links lead to that.
// Blocks: for an I/O thread.
bool isOneOf(const QString &path, const QStringList &others);

} // namespace longhaul
