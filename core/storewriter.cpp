// SPDX-License-Identifier: MIT
#include "storewriter.h"

#include <algorithm>
#include <utility>

namespace longhaul {

StoreWriter::StoreWriter(const QString &folder, QObject *owner, std::function<void()> news)
    : files(folder)
    , m_owner(owner)
    , m_news(std::move(news))
{}

void StoreWriter::add(Change change)
{
    const QMutexLocker lock(&m_mutex);
    m_added.push_back(std::move(change));
}

StoreWriter::Outcomes StoreWriter::takeOutcomes()
{
    const QMutexLocker lock(&m_mutex);
    m_told = false;
    return std::exchange(m_outcomes, {{}, false, m_outcomes.snapshotBytes});
}

void StoreWriter::work()
{
    {
        const QMutexLocker lock(&m_mutex);
        std::move(m_added.begin(), m_added.end(), std::back_inserter(m_todo));
        m_added.clear();
    }
    while (!m_todo.empty() && step()) {
    }
    const QMutexLocker lock(&m_mutex);
    m_outcomes.snapshotBytes = files.snapshotBytes();
    m_outcomes.rebuildDue = files.needsRebuild();
    if (!std::exchange(m_told, true))
        QMetaObject::invokeMethod(m_owner, m_news, Qt::QueuedConnection);
}

bool StoreWriter::step()
{
    // A rebuild writes all that stands before it, whatever became of the journal.
    const auto last = std::find_if(m_todo.rbegin(), m_todo.rend(), [](const Change &c) { return c.rebuild; });
    if (last != m_todo.rend()) {
        rebuild(m_todo.rend() - last - 1);
        return true;
    }
    if (!m_todo.front().compact)
        return writeLines();
    if (!files.compact(*m_todo.front().compact, false))
        reportFailure();
    m_todo.pop_front();
    return true;
}

void StoreWriter::rebuild(qsizetype index)
{
    const bool done = files.compact(*m_todo[size_t(index)].compact, true);
    if (!done)
        reportFailure();
    if (!files.needsRebuild())
        report(size_t(index) + 1);
    else // the lines go to the journal for now; the owner gives newer records with the next change
        m_todo.erase(m_todo.begin() + index);
}

bool StoreWriter::writeLines()
{
    QByteArray lines;
    bool sync = false;
    size_t count = 0;
    for (; count < m_todo.size() && !m_todo[count].compact; ++count) {
        lines += m_todo[count].line;
        sync = sync || m_todo[count].sync;
    }
    using enum StoreFiles::Appended;
    const auto appended = lines.isEmpty() && !sync ? Done : files.append(lines, sync);
    if (appended == Done) {
        report(count);
        return true;
    }
    if (appended == Unconfirmed) { // to be synced later, not to be written
        for (size_t i = 0; i < count; ++i)
            m_todo[i].line.clear();
    }
    reportFailure();
    return false;
}

void StoreWriter::report(size_t changes)
{
    const QMutexLocker lock(&m_mutex);
    for (; changes > 0; --changes) {
        if (const quint64 number = m_todo.front().number)
            m_outcomes.list.push_back({number, {}});
        m_todo.pop_front();
    }
}

void StoreWriter::reportFailure()
{
    const QMutexLocker lock(&m_mutex);
    m_outcomes.list.push_back({0, files.errorString()});
}

} // namespace longhaul
