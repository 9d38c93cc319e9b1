// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QUrl;

namespace longhaul {

// Why a task may not run just now.
enum class Hold {
    None,
    Offline, // there is no network
    Metered, // the network is metered, and the task is not to run on such
};

// Pure. `local`: the server is this machine, which no network stands before.
Hold holdOf(bool online, bool metered, bool local, bool allowMetered);

// May transfers run on the present network? This base class always says yes; what cannot be known counts as
// allowed. Tests replace it.
class NetworkPolicy : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // False only when the system says for sure that there is no network.
    virtual bool isOnline() const { return true; }
    // True only when the system says for sure that the network costs by the byte.
    virtual bool isMetered() const { return false; }
    // The server is this machine: "localhost" or a loopback address.
    virtual bool isLocal(const QUrl &url) const;

    // Why a task for `url` may not run now.
    Hold holdFor(const QUrl &url, bool allowMetered) const;

Q_SIGNALS:
    void changed(); // what holdFor() says
};

// What the system tells through QNetworkInformation, where it has a backend for that. The backend is loaded
// by the first question (it may have to ask other processes), or a moment after the start, when the window is
// there. The application's thread.
class SystemNetworkPolicy : public NetworkPolicy
{
    Q_OBJECT

public:
    explicit SystemNetworkPolicy(QObject *parent = nullptr);
    bool isOnline() const override;
    bool isMetered() const override;

private:
    void load() const;

    mutable bool m_loaded = false;
};

} // namespace longhaul
