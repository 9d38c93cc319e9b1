// SPDX-License-Identifier: MIT
#include "networkpolicy.h"

#include <QNetworkInformation>

namespace longhaul {

Hold holdOf(bool online, bool metered, bool local, bool allowMetered)
{
    if (local)
        return Hold::None;
    if (!online)
        return Hold::Offline;
    return metered && !allowMetered ? Hold::Metered : Hold::None;
}

SystemNetworkPolicy::SystemNetworkPolicy(QObject *parent)
    : NetworkPolicy(parent)
{
    if (QNetworkInformation::loadDefaultBackend()) {
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
                &NetworkPolicy::changed);
        connect(QNetworkInformation::instance(), &QNetworkInformation::isMeteredChanged, this,
                &NetworkPolicy::changed);
    }
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
