// SPDX-License-Identifier: MIT
#include "connectionpool.h"

#include <QNetworkAccessManager>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr size_t kMostIdle = 16; // each has a thread
// Unread bytes of all connections together, and of one: more costs memory, less processor time (measured).
constexpr qint64 kMostBuffered = 32 << 20;
constexpr qint64 kMostInOne = 2 << 20;
constexpr qint64 kLeastInOne = 256 << 10;
constexpr int kMostInAll = 128;          // connections, but for the one that each run has anyway
constexpr qsizetype kMostHosts = 10'000; // whose limits are remembered

} // namespace

ConnectionPool::ConnectionPool(QObject *parent)
    : QObject(parent)
{}

ConnectionPool::~ConnectionPool() = default;

QNetworkAccessManager *ConnectionPool::lend(const QUrl &url)
{
    // Passwords in an address are remembered by the manager that used them: never share it.
    const QString host = url.userInfo().isEmpty() ? hostOf(url) : QString();
    const auto idle = [&](const QString &of) {
        return std::find_if(m_entries.begin(), m_entries.end(),
                            [&](const Entry &e) { return !e.lent && (of.isEmpty() || e.host == of); });
    };
    auto entry = host.isEmpty() ? m_entries.end() : idle(host);
    if (entry == m_entries.end() && !host.isEmpty() && m_entries.size() >= kMostIdle)
        entry = idle({}); // of another host
    if (entry == m_entries.end()) {
        entry =
            m_entries.insert(m_entries.end(), {std::make_unique<QNetworkAccessManager>(), host, {}, false});
        entry->manager->setAutoDeleteReplies(false);
    }
    entry->lent = true;
    entry->host = host;
    entry->at = hostOf(url);
    ++m_lent;
    return entry->manager.get();
}

void ConnectionPool::giveBack(QNetworkAccessManager *manager)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [manager](const Entry &e) { return e.manager.get() == manager; });
    Q_ASSERT(entry != m_entries.end());
    entry->lent = false;
    --m_lent;
    // Later: a reply may be on its way to deletion. Those that are too many go when nothing moves: the end of
    // a manager waits for its thread.
    if (entry->host.isEmpty()) {
        entry->manager.release()->deleteLater();
        m_entries.erase(entry);
    } else if (m_lent == 0) {
        while (m_entries.size() > kMostIdle) {
            m_entries.back().manager.release()->deleteLater();
            m_entries.pop_back();
        }
    }
}

qint64 ConnectionPool::bufferSize() const
{
    return std::clamp(kMostBuffered / std::max(1, m_lent), kLeastInOne, kMostInOne);
}

int ConnectionPool::lent(const QUrl &url) const
{
    const QString host = hostOf(url);
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [&](const Entry &e) { return e.lent && e.at == host; }));
}

void ConnectionPool::enter(const QUrl &url)
{
    ++m_hosts[hostOf(url)].runs;
    Q_EMIT sharesChanged();
}

void ConnectionPool::leave(const QUrl &url)
{
    const QString name = hostOf(url);
    Host &host = m_hosts[name];
    Q_ASSERT(host.runs > 0);
    if (--host.runs == 0 && ((host.limit == 0 && !host.withoutRanges) || m_hosts.size() > kMostHosts))
        m_hosts.remove(name);
    Q_EMIT sharesChanged();
}

QString ConnectionPool::hostOf(const QUrl &url) { return url.adjusted(QUrl::RemoveUserInfo).authority(); }

int ConnectionPool::perHost(const QString &host) const
{
    const int limit = m_hosts.value(host).limit;
    return limit > 0 ? std::min(limit, m_perHost) : m_perHost;
}

void ConnectionPool::setWithoutRanges(const QUrl &url)
{
    if (!std::exchange(m_hosts[hostOf(url)].withoutRanges, true))
        Q_EMIT sharesChanged();
}

int ConnectionPool::share(const QUrl &url) const
{
    const QString host = hostOf(url);
    if (m_hosts.value(host).withoutRanges)
        return 1;
    const int here = std::max(1, m_hosts.value(host).runs);
    int all = 0;
    for (const Host &other : m_hosts)
        all += other.runs;
    return std::max(1, std::min(perHost(host) / here, kMostInAll / std::max(1, all)));
}

void ConnectionPool::setPerHost(int connections)
{
    if (std::exchange(m_perHost, std::max(1, connections)) != m_perHost)
        Q_EMIT sharesChanged();
}

void ConnectionPool::limitHost(const QUrl &url, int connections)
{
    Host &host = m_hosts[hostOf(url)];
    const int limit = std::max(1, connections);
    if (host.limit > 0 && host.limit <= limit)
        return;
    host.limit = limit;
    Q_EMIT sharesChanged();
}

} // namespace longhaul
