// SPDX-License-Identifier: MIT
#include "connectionpool.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace longhaul {

namespace {

// Unread bytes of all connections together, and of one: more costs memory, less processor time (measured).
constexpr qint64 kMostBuffered = 32 << 20;
constexpr qint64 kMostInOne = 2 << 20;
constexpr qint64 kLeastInOne = 256 << 10;
constexpr int kMostInAll = 128; // connections, but for the one that each run has anyway
constexpr std::string_view kAfterAuthority = "/?#";
constexpr qsizetype kMostHosts = 10'000; // whose limits are remembered

} // namespace

ConnectionPool::ConnectionPool(const QThreadPool *like, QObject *parent)
    : QObject(parent)
    , m_network(like)
{}

ConnectionPool::~ConnectionPool() = default;

void ConnectionPool::lend(const QUrl &url)
{
    ++m_lentAt[hostOf(url)];
    ++m_lent;
}

void ConnectionPool::giveBack(const QUrl &url)
{
    const QString host = hostOf(url);
    Q_ASSERT(lent(url) > 0);
    if (--m_lentAt[host] == 0)
        m_lentAt.remove(host);
    --m_lent;
}

qint64 ConnectionPool::bufferSize() const
{
    return std::clamp(kMostBuffered / std::max(1, m_lent), kLeastInOne, kMostInOne);
}

void ConnectionPool::enter(const QUrl &url)
{
    ++m_hosts[hostOf(url)].runs;
    ++m_runs;
    Q_EMIT sharesChanged();
}

void ConnectionPool::leave(const QUrl &url)
{
    const QString name = hostOf(url);
    Host &host = m_hosts[name];
    Q_ASSERT(host.runs > 0);
    --m_runs;
    if (--host.runs == 0 && ((host.limit == 0 && !host.withoutRanges) || m_hosts.size() > kMostHosts))
        m_hosts.remove(name);
    Q_EMIT sharesChanged();
}

QString ConnectionPool::hostOf(const UrlText &url)
{
    const QByteArrayView text = url.text();
    const qsizetype slashes = text.indexOf("//");
    const QByteArrayView behindScheme = text.sliced(slashes < 0 ? 0 : slashes + 2);
    const auto end = std::find_first_of(behindScheme.begin(), behindScheme.end(), kAfterAuthority.begin(),
                                        kAfterAuthority.end());
    const QByteArrayView authority = behindScheme.first(end - behindScheme.begin());
    return QString::fromLatin1(authority.sliced(authority.lastIndexOf('@') + 1));
}

QString ConnectionPool::hostOf(const QUrl &url)
{
    const QString authority = url.authority(QUrl::FullyEncoded);
    return authority.sliced(authority.lastIndexOf(u'@') + 1);
}

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
    const QString name = hostOf(url);
    const Host host = m_hosts.value(name);
    if (host.withoutRanges)
        return 1;
    return std::max(1, std::min(perHost(name) / std::max(1, host.runs), kMostInAll / std::max(1, m_runs)));
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
