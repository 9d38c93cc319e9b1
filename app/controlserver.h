// SPDX-License-Identifier: MIT
#pragma once

#include "controlconnection.h"

#include <QLocalServer>
#include <QObject>

namespace longhaul {

// The control socket of the process that has the list of downloads: who has the store has the socket, so a
// file that a dead owner left there is simply replaced. Our user alone may connect (the rights of the file,
// and the peer is asked who it is). One thread; no timer runs while nobody is connected.
class ControlServer : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMostClients = 16;

    // `answer` is called for each request, however malformed it is beyond being a JSON object.
    explicit ControlServer(ControlAnswer answer,
                           std::chrono::milliseconds patience = std::chrono::seconds(10),
                           QObject *parent = nullptr);
    ~ControlServer() override; // close()s

    // Only while this process has the store in `stateDir`. False when there is no place for a socket.
    bool listen(const QString &stateDir);
    // Lets go of all clients and of the socket; before the store is closed.
    void close();

    QString path() const { return m_server.fullServerName(); }
    int clients() const { return int(m_connections.size()); }

private:
    void onConnected();

    const ControlAnswer m_answer;
    const std::chrono::milliseconds m_patience;
    QLocalServer m_server;
    QList<ControlConnection *> m_connections; // children
};

} // namespace longhaul
