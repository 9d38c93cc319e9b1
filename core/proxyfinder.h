// SPDX-License-Identifier: MIT
#pragma once

#include "settings.h"

#include <QElapsedTimer>
#include <QHash>
#include <QNetworkProxy>
#include <QObject>
#include <QThreadPool>
#include <QUrl>

#include <functional>

namespace longhaul {

// Which proxy a request goes through. The system's is looked up on a thread of its own, for that may take its
// time (a script of the network's, for one); what it said holds for a minute. Owner's thread.
class ProxyFinder : public QObject
{
    Q_OBJECT

public:
    explicit ProxyFinder(QObject *parent = nullptr);
    ~ProxyFinder() override; // waits for a lookup that runs

    // For requests from now on.
    void setProxy(const Proxy &proxy);

    // Calls `found` with the proxy for `url`: at once where it is known, else from the event loop, unless
    // `context` is gone by then.
    void find(const QUrl &url, QObject *context, std::function<void(const QNetworkProxy &)> found);

private:
    struct Known {
        QNetworkProxy proxy;
        qint64 at = 0; // ms of m_clock
    };

    Proxy m_proxy;
    QHash<QString, Known> m_known; // by origin: what the system said
    QElapsedTimer m_clock;
    QThreadPool m_threads;
};

} // namespace longhaul
