// SPDX-License-Identifier: MIT
#pragma once

#include "proxyfinder.h"

#include <QHash>
#include <QObject>
#include <QUrl>

#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace longhaul {

// Lends network access managers, each to one transfer at a time: a request handed to one always has a socket
// (a QNetworkAccessManager opens six per host and queues the rest without a word). Managers come back with
// their idle connections and are lent again, first to the host they know.
//
// It also knows how many connections each run may have: the runs at one host share its limit, which is the
// user's, or less where the server has refused more. Owner's thread.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    explicit ConnectionPool(QObject *parent = nullptr);
    ~ConnectionPool() override;

    // A manager that nobody else uses until giveBack(). Owned by the pool, which must outlive the loan.
    QNetworkAccessManager *lend(const QUrl &url);
    void giveBack(QNetworkAccessManager *manager);
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
    static QString hostOf(const QUrl &url);
    // The user's limit for each host, >= 1.
    void setPerHost(int connections);
    // The host has refused more than `connections` at once: remembered while the program runs.
    void limitHost(const QUrl &url, int connections);
    // The host has answered a range with a whole file: from now on each run there has one connection.
    void setWithoutRanges(const QUrl &url);
    // Connections lent to that host now.
    int lent(const QUrl &url) const;

    // How requests leave this machine: to be asked before each.
    ProxyFinder &proxies() { return m_proxies; }

Q_SIGNALS:
    void sharesChanged();

private:
    struct Entry {
        std::unique_ptr<QNetworkAccessManager> manager;
        QString host; // it was last lent for; empty: of no further use
        QString at;   // the host that it is lent to
        bool lent = false;
    };
    struct Host {
        int runs = 0;
        int limit = 0; // what it was seen to allow; 0: not known
        bool withoutRanges = false;
    };
    std::vector<Entry> m_entries;
    QHash<QString, Host> m_hosts; // that have runs, or a limit
    int m_perHost = 8;
    int m_lent = 0;
    ProxyFinder m_proxies;
};

} // namespace longhaul
