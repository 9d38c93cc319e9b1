// SPDX-License-Identifier: MIT
#include "networkpolicy.h"

#include <QHostAddress>
#include <QNetworkInformation>
#include <QUrl>

namespace longhaul {

Hold holdOf(bool online, bool metered, bool local, bool allowMetered)
{
    if (local)
        return Hold::None;
    if (!online)
        return Hold::Offline;
    return metered && !allowMetered ? Hold::Metered : Hold::None;
}

bool NetworkPolicy::isLocal(const QUrl &url) const
{
    const QString host = url.host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

Hold NetworkPolicy::holdFor(const QUrl &url, bool allowMetered) const
{
    return holdOf(isOnline(), isMetered(), isLocal(url), allowMetered);
}

SystemNetworkPolicy::SystemNetworkPolicy(QObject *parent)
    : NetworkPolicy(parent)
{
    QMetaObject::invokeMethod(this, &SystemNetworkPolicy::load, Qt::QueuedConnection);
}

void SystemNetworkPolicy::load()
{
    // The default one may be no backend at all where "glib" works (Qt 6.4, facts of issue 3).
    if (!QNetworkInformation::loadDefaultBackend() && !QNetworkInformation::loadBackendByName(u"glib"))
        return;
    const QNetworkInformation *information = QNetworkInformation::instance();
    connect(information, &QNetworkInformation::reachabilityChanged, this, &NetworkPolicy::changed);
    connect(information, &QNetworkInformation::isMeteredChanged, this, &NetworkPolicy::changed);
    Q_EMIT changed();
}

bool SystemNetworkPolicy::isOnline() const
{
    const QNetworkInformation *information = QNetworkInformation::instance();
    return !information || information->reachability() != QNetworkInformation::Reachability::Disconnected;
}

bool SystemNetworkPolicy::isMetered() const
{
    const QNetworkInformation *information = QNetworkInformation::instance();
    return information && information->isMetered();
}

} // namespace longhaul
