// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace longhaul {

// May transfers run on the present network? This base class always says yes; what cannot be known counts as
// allowed. Tests replace it.
class NetworkPolicy : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // False only when the system says for sure that there is no network.
    virtual bool isOnline() const { return true; }

Q_SIGNALS:
    void changed();
};

// What the system tells through QNetworkInformation, where it has a backend for that.
class SystemNetworkPolicy : public NetworkPolicy
{
    Q_OBJECT

public:
    explicit SystemNetworkPolicy(QObject *parent = nullptr);
    bool isOnline() const override;
};

} // namespace longhaul
