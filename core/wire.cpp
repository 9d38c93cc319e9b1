// SPDX-License-Identifier: MIT
#include "wire.h"

#include "tlssession.h"

#include <QSslSocket>

namespace longhaul {

Wire::Wire(QTcpSocket *socket, std::unique_ptr<TlsSession> tls)
    : m_socket(socket)
    , m_tls(std::move(tls))
{
    socket->setParent(this);
}

Wire::~Wire() = default;

qint64 Wire::read(char *bytes, qint64 most)
{
    return m_tls ? m_tls->read(bytes, most) : m_socket->read(bytes, most);
}

qint64 Wire::available() const
{
    if (m_tls && m_tls->isOver()) // what comes now is nothing
        return 0;
    return m_socket->bytesAvailable() + (m_tls ? m_tls->pending() : 0);
}

bool Wire::isDry() const { return !m_tls || m_tls->isDry(); }

bool Wire::write(const QByteArray &bytes)
{
    return m_tls ? m_tls->write(bytes) : m_socket->write(bytes) >= 0;
}

bool Wire::hasUnsent() const
{
    const auto *tls = qobject_cast<QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() > 0 || (tls && tls->encryptedBytesToWrite() > 0);
}

bool Wire::isBroken() const { return m_tls && !m_tls->errorString().isEmpty(); }

QString Wire::errorString() const
{
    const bool isOfTls = isBroken() && m_socket->error() == QAbstractSocket::UnknownSocketError;
    return isOfTls ? m_tls->errorString() : m_socket->errorString();
}

} // namespace longhaul
