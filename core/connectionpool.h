// SPDX-License-Identifier: MIT
#pragma once

#include "proxyfinder.h"

#include <QObject>
#include <QUrl>

#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace longhaul {

// Lends network access managers, each to one transfer at a time: a request handed to one always has a socket
// (a QNetworkAccessManager opens six per host and queues the rest without a word). Managers come back with
// their idle connections and are lent again, first to the host they know. Owner's thread.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    explicit ConnectionPool(QObject *parent = nullptr);
    ~ConnectionPool() override;

    // A manager that nobody else uses until giveBack(). Owned by the pool, which must outlive the loan.
    QNetworkAccessManager *lend(const QUrl &url);
    void giveBack(QNetworkAccessManager *manager);

    // How requests leave this machine: to be asked before each.
    ProxyFinder &proxies() { return m_proxies; }

private:
    struct Entry {
        std::unique_ptr<QNetworkAccessManager> manager;
        QString host; // it was last lent for
        bool lent = false;
    };
    std::vector<Entry> m_entries;
    ProxyFinder m_proxies;
};

} // namespace longhaul
