// SPDX-License-Identifier: MIT
#include "networkpolicy.h"

#include <QHostAddress>
#include <QNetworkInformation>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr auto kAfterStart = 300ms; // a window has been drawn by then

} // namespace

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
    const bool local = isLocal(url); // the system is asked nothing about what needs no network
    return holdOf(local || isOnline(), !local && isMetered(), local, allowMetered);
}

SystemNetworkPolicy::SystemNetworkPolicy(QObject *parent)
    : NetworkPolicy(parent)
{
    QTimer::singleShot(kAfterStart, this, [this] { load(); });
}

void SystemNetworkPolicy::load() const
{
    if (std::exchange(m_loaded, true))
        return;
    // The default one may be no backend at all where "glib" works (Qt 6.4, facts of issue 3).
    if (!QNetworkInformation::loadDefaultBackend() && !QNetworkInformation::loadBackendByName(u"glib"))
        return;
    const QNetworkInformation *information = QNetworkInformation::instance();
    connect(information, &QNetworkInformation::reachabilityChanged, this, &NetworkPolicy::changed);
    connect(information, &QNetworkInformation::isMeteredChanged, this, &NetworkPolicy::changed);
}

bool SystemNetworkPolicy::isOnline() const
{
    load();
    const QNetworkInformation *information = QNetworkInformation::instance();
    return !information || information->reachability() != QNetworkInformation::Reachability::Disconnected;
}

bool SystemNetworkPolicy::isMetered() const
{
    load();
    const QNetworkInformation *information = QNetworkInformation::instance();
    return information && information->isMetered();
}

} // namespace longhaul
