// SPDX-License-Identifier: MIT
#pragma once

#include "accessmanager.h"
#include "proxyfinder.h"
#include "resumedata.h"

#include <QHash>
#include <QObject>
#include <QUrl>

namespace longhaul {

// Lends connections, each to one transfer at a time, and knows how many each run may have: the runs at one
// host share its limit, which is the user's, or less where the server has refused more. A request that is
// handed over never waits: neither AccessManager nor Qt counts. Owner's thread.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    // `like`: see AccessManager.
    explicit ConnectionPool(const QThreadPool *like = nullptr, QObject *parent = nullptr);
    ~ConnectionPool() override;

    // What requests are made with.
    AccessManager &network() { return m_network; }
    // A transfer to the host of `url` has a connection, from lend() to giveBack().
    void lend(const QUrl &url);
    void giveBack(const QUrl &url);
    // What each connection may hold unread, so that all of them together stay bounded: bytes.
    qint64 bufferSize() const;

    // A run at the host of `url` begins, and ends.
    void enter(const QUrl &url);
    void leave(const QUrl &url);
    // How many connections one run at that host may have now, >= 1. sharesChanged() tells when it changes.
    int share(const QUrl &url) const;
    // How many connections all runs there may have together: the user's limit, or less where the host has
    // refused more. `host` as told by hostOf().
    int perHost(const QString &host) const;
    static QString hostOf(const UrlText &url); // and its port
    static QString hostOf(const QUrl &url);
    // The user's limit for each host, >= 1.
    void setPerHost(int connections);
    // The host has refused more than `connections` at once: remembered while the program runs.
    void limitHost(const QUrl &url, int connections);
    // The host has answered a range with a whole file: from now on each run there has one connection.
    void setWithoutRanges(const QUrl &url);
    // Connections lent to that host now.
    int lent(const QUrl &url) const { return m_lentAt.value(hostOf(url)); }

    // How requests leave this machine: to be asked before each.
    ProxyFinder &proxies() { return m_proxies; }

Q_SIGNALS:
    void sharesChanged();

private:
    struct Host {
        int runs = 0;
        int limit = 0; // what it was seen to allow; 0: not known
        bool withoutRanges = false;
    };
    AccessManager m_network;
    QHash<QString, int> m_lentAt; // by host
    QHash<QString, Host> m_hosts; // that have runs, or a limit
    int m_runs = 0;               // at all of them
    int m_perHost = 8;
    int m_lent = 0;
    ProxyFinder m_proxies;
};

} // namespace longhaul
