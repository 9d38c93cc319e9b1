// SPDX-License-Identifier: MIT
#include "networkpolicy.h"

#include <QNetworkInformation>

namespace longhaul {

SystemNetworkPolicy::SystemNetworkPolicy(QObject *parent)
    : NetworkPolicy(parent)
{
    if (QNetworkInformation::loadDefaultBackend()) {
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
                &NetworkPolicy::changed);
    }
}

bool SystemNetworkPolicy::isOnline() const
{
    const QNetworkInformation *information = QNetworkInformation::instance();
    return !information || information->reachability() != QNetworkInformation::Reachability::Disconnected;
}

} // namespace longhaul
