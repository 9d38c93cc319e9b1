// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTcpSocket>

#include <memory>

namespace longhaul {

class TlsSession;

// The bytes of one connection: as they go over its socket, or through TLS. Whoever reads is told by the
// socket's own signals. Owner's thread.
class Wire : public QObject
{
    Q_OBJECT

public:
    // Takes `socket`, which is connected, and may be a QSslSocket that does TLS itself. `tls`: over it; null:
    // none.
    Wire(QTcpSocket *socket, std::unique_ptr<TlsSession> tls);
    ~Wire() override;

    QTcpSocket *socket() const { return m_socket; }
    // Up to `most` bytes: 0 where there are none now, -1 when no more will come.
    qint64 read(char *bytes, qint64 most);
    // About how many there are to be read; read() tells more surely.
    qint64 available() const;
    // Whether the socket had no more when read() last looked: it tells when there is more. Else read() is to
    // be called again, or what TLS holds of it may never be seen.
    bool isDry() const;
    bool write(const QByteArray &bytes); // false: read() tells why
    // Whether something of what was written has not been handed to the system yet.
    bool hasUnsent() const;
    // Whether something came that was not sent so: that is no end, not even of a body that goes until then.
    bool isBroken() const;
    // Why no more will come, in the system's words, or those of TLS.
    QString errorString() const;

private:
    QTcpSocket *m_socket; // a child
    std::unique_ptr<TlsSession> m_tls;
};

} // namespace longhaul
