// SPDX-License-Identifier: MIT
#pragma once

#include "scriptedserver.h"

#include <QSslSocket>

namespace longhaul::test {

// A client of a few lines, so that no HTTP library stands between a test and the wire. Its calls block, for 5
// s at the most, and run no event loop. One request is sent as it is written; several answers are read one by
// one.
class WireClient
{
public:
    // Connects, over TLS when the server is https; it trusts nobody but `trusted`.
    explicit WireClient(const ScriptedServer &server, const QList<QSslCertificate> &trusted = {},
                        const QString &host = QStringLiteral("127.0.0.1"));

    void send(const QByteArray &bytes);
    QByteArray read(qint64 n); // n bytes, or what comes before the end
    QByteArray readHead();     // up to the empty line, with it
    QByteArray readToEnd();    // until the server closes; says so when it does not

    bool isSilent(); // nothing came within a short time, and it is open
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool isEncrypted() const { return m_socket.isEncrypted(); }
    QAbstractSocket::SocketError error() const { return m_socket.error(); }
    QString errorString() const { return m_socket.errorString(); }
    QSslSocket &socket() { return m_socket; }

    // GET /file?a=b with these further field lines.
    static QByteArray request(const QByteArray &fields = {}, const QByteArray &method = "GET");
    // The value of a field in a head, its name as sent; what follows the head.
    static QByteArray field(const QByteArray &head, const QByteArray &name);
    static QByteArray body(const QByteArray &answer) { return answer.mid(answer.indexOf("\r\n\r\n") + 4); }

private:
    bool waitForMore();

    QSslSocket m_socket;
    QByteArray m_have;
};

} // namespace longhaul::test
