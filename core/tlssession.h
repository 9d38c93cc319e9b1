// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>
#include <QSslError>
#include <QString>

#include <memory>

namespace longhaul {

// The client's side of TLS 1.2 or 1.3 (RFC 8446) over a socket, by OpenSSL, straight from the
// transport's bytes into the reader's: through QSslSocket each byte is copied five times, 4 KiB at a time,
// which takes twice the processor time (measured, Qt 6.4).
//
// The server must prove that it is `host`, with a certificate that an authority vouches for which the system
// trusts, as OpenSSL finds it (SSL_CERT_DIR and SSL_CERT_FILE may name others), or which
// QSslConfiguration::defaultConfiguration() names (RFC 9110 4.3.4, RFC 9525). Nothing can be read or written
// before it has.
//
// Owner's thread, which is that of the transport. Whoever owns the transport calls when there is something to
// read from it; it must outlive the session.
class TlsSession
{
public:
    // False where this program was built without OpenSSL: then none may be made.
    static bool isAvailable();

    // `host`: as QUrl::host() gives it, a name or an address.
    TlsSession(QIODevice *transport, const QString &host);
    ~TlsSession();
    Q_DISABLE_COPY_MOVE(TlsSession)

    enum class Handshake {
        UnderWay, // call again when the transport has brought more
        Done,
        Failed, // errorString() and certificateErrors() say why
    };
    Handshake shakeHands();

    // Up to `most` bytes of what has come: 0 where there are none now, -1 when no more will come, since the
    // other side has ended it or something is wrong with it (errorString()).
    qint64 read(char *bytes, qint64 most);
    // About how many bytes read() may have though the transport has nothing; not 0 where it has an end to
    // tell.
    qint64 pending() const;
    bool isOver() const;                 // read() has told of the end
    bool isDry() const;                  // the transport had no more when read() last asked it
    bool write(const QByteArray &bytes); // false: it has ended

    QString errorString() const; // a sentence's part, as OpenSSL words it; empty when nothing is wrong
    QList<QSslError> certificateErrors() const; // why the server was not believed

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace longhaul
