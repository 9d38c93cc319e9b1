// SPDX-License-Identifier: MIT
#include "controlserver.h"

#include "controlplace.h"
#include "platform.h"

#include <utility>

namespace longhaul {

ControlServer::ControlServer(ControlAnswer answer, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_answer(std::move(answer))
    , m_patience(patience)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(kMostClients);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlServer::onConnected);
}

ControlServer::~ControlServer() { close(); }

bool ControlServer::listen(const QString &stateDir)
{
    const QString path = controlPath(stateDir);
    if (path.isEmpty())
        return false;
    QLocalServer::removeServer(path);
    return m_server.listen(path);
}

void ControlServer::close()
{
    m_server.close();
    qDeleteAll(std::exchange(m_connections, {}));
}

void ControlServer::onConnected()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        if (!platform::isOwnPeer(socket->socketDescriptor())) {
            delete socket;
            continue;
        }
        auto *connection = new ControlConnection(socket, m_answer, m_patience, this);
        connect(connection, &ControlConnection::gone, this, [this, connection] {
            m_connections.removeOne(connection);
            connection->deleteLater();
        });
        m_connections.append(connection);
        if (m_connections.size() > kMostClients)
            connection->refuse(tr("Too many programs talk to Longhaul at once."));
    }
}

} // namespace longhaul
