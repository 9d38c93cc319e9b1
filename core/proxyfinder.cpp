// SPDX-License-Identifier: MIT
#include "proxyfinder.h"

#include <QPointer>

#include <utility>

namespace longhaul {

namespace {

constexpr qint64 kHolds = 60'000; // ms

QString originOf(const QUrl &url)
{
    return url.scheme() + QStringLiteral("://") + url.host() + QLatin1Char(':') + QString::number(url.port());
}

} // namespace

ProxyFinder::ProxyFinder(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    m_threads.setMaxThreadCount(1);
}

ProxyFinder::~ProxyFinder() { m_threads.clear(); }

void ProxyFinder::setProxy(const Proxy &proxy)
{
    if (std::exchange(m_proxy, proxy) != proxy)
        m_known.clear();
}

void ProxyFinder::find(const QUrl &url, QObject *context, std::function<void(const QNetworkProxy &)> found)
{
    switch (m_proxy.kind) {
    case ProxyKind::None: found(QNetworkProxy(QNetworkProxy::NoProxy)); return;
    case ProxyKind::Http:
    case ProxyKind::Socks5: {
        const auto type =
            m_proxy.kind == ProxyKind::Http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy;
        found(QNetworkProxy(type, m_proxy.host, m_proxy.port, m_proxy.user, m_proxy.password));
        return;
    }
    case ProxyKind::System: break;
    }
    const QString origin = originOf(url);
    const auto known = m_known.constFind(origin);
    if (known != m_known.constEnd() && m_clock.elapsed() - known->at < kHolds) {
        found(QNetworkProxy(known->proxy)); // a copy: `found` may make it known anew
        return;
    }
    QUrl asked = url; // neither passwords nor what is fetched are the system's business
    asked.setUserInfo(QString());
    asked.setQuery(QString());
    m_threads.start([this, origin, asked, context = QPointer<QObject>(context), found = std::move(found)] {
        const QList<QNetworkProxy> proxies =
            QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(asked));
        const QNetworkProxy proxy = proxies.value(0, QNetworkProxy(QNetworkProxy::NoProxy));
        QMetaObject::invokeMethod(
            this,
            [this, origin, proxy, context, found] {
                m_known.insert(origin, {proxy, m_clock.elapsed()});
                if (context)
                    found(proxy);
            },
            Qt::QueuedConnection);
    });
}

} // namespace longhaul
