// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QNetworkProxy>
#include <QNetworkReply>

class QSslSocket;

namespace longhaul {

// One HTTP/1.1 GET over a socket of its own, for answers that QNetworkAccessManager cannot be trusted with:
// interim ones (RFC 9110 15.2), of which it takes any but 100 for the final one up to Qt 6.6 (QTBUG-108068);
// heads of more than 100 fields, which it drops; and bodies without a Content-Length, of which it may call
// one whole that was cut or whose chunks are broken. This reply skips interim answers, understands
// Content-Length, chunked and close-delimited bodies, and bounds the head; redirects, cookies, caches and
// keep-alive are not its business. Only what the request carries is sent. Certificates are checked, never
// ignored.
//
// A QNetworkReply in all that Transfer uses; owner's thread.
class SocketReply : public QNetworkReply
{
    Q_OBJECT

public:
    SocketReply(const QNetworkRequest &request, const QNetworkProxy &proxy, QObject *parent = nullptr);
    ~SocketReply() override;

    void abort() override;
    qint64 bytesAvailable() const override;
    bool isSequential() const override { return true; }
    void setReadBufferSize(qint64 size) override;

protected:
    qint64 readData(char *data, qint64 most) override;

private:
    enum class Stage { Head, Body, ChunkSize, ChunkData, ChunkEnd, Trailer, Done };

    void send();
    void advance();
    bool step();
    bool takeHead();
    bool useHead(const QByteArray &head);
    bool takeBody();
    bool takeChunkSize();
    bool hasLine();
    QByteArray takeLine();
    void onSocketError();
    void finishWith(NetworkError error, const QString &text = {});

    QSslSocket *m_socket;  // a child
    QNetworkProxy m_asked; // an HTTP proxy that gets the whole address instead of a tunnel; else none
    QByteArray m_input;    // as received
    QByteArray m_body;     // decoded, not yet read
    qint64 m_limit = 1 << 20;
    qint64 m_left = -1; // bytes of the body or chunk to come; -1: until the connection ends
    Stage m_stage = Stage::Head;
    int m_interims = 0;
    int m_witness = -1; // a duplicate of the socket, to see how it ended
    bool m_closed = false;
    bool m_reset = false;
};

} // namespace longhaul
