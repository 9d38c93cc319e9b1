// SPDX-License-Identifier: MIT
#include "connectionpool.h"

#include <QNetworkAccessManager>

#include <algorithm>

namespace longhaul {

namespace {

constexpr size_t kMostIdle = 8; // each has a thread

}

ConnectionPool::ConnectionPool(QObject *parent)
    : QObject(parent)
{}

ConnectionPool::~ConnectionPool() = default;

QNetworkAccessManager *ConnectionPool::lend(const QUrl &url)
{
    // Passwords in an address are remembered by the manager that used them: never share it.
    const QString host = url.userInfo().isEmpty() ? url.authority() : QString();
    auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                              [&](const Entry &e) { return !e.lent && !host.isEmpty() && e.host == host; });
    if (entry == m_entries.end()) {
        entry = m_entries.insert(m_entries.end(), {std::make_unique<QNetworkAccessManager>(), host, false});
        entry->manager->setAutoDeleteReplies(false);
    }
    entry->lent = true;
    return entry->manager.get();
}

void ConnectionPool::giveBack(QNetworkAccessManager *manager)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [manager](const Entry &e) { return e.manager.get() == manager; });
    Q_ASSERT(entry != m_entries.end());
    entry->lent = false;
    const auto idle =
        size_t(std::count_if(m_entries.begin(), m_entries.end(), [](const Entry &e) { return !e.lent; }));
    if (entry->host.isEmpty() || idle > kMostIdle) {
        // Not at once: a reply may be on its way to deletion, and the oldest idle one goes first.
        const auto oldest = entry->host.isEmpty() ? entry
                                                  : std::find_if(m_entries.begin(), m_entries.end(),
                                                                 [](const Entry &e) { return !e.lent; });
        oldest->manager.release()->deleteLater();
        m_entries.erase(oldest);
    }
}

} // namespace longhaul
