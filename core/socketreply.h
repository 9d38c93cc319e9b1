// SPDX-License-Identifier: MIT
#pragma once

#include "answerpipe.h"

#include <QNetworkProxy>
#include <QNetworkReply>

#include <deque>
#include <memory>

namespace longhaul {

class HttpClient;

// One HTTP/1.1 GET over sockets of our own, since much of QNetworkAccessManager's cannot be trusted or costs
// too much. Up to Qt 6.6 it takes any interim answer but 100 (RFC 9110 15.2) for the final one
// (QTBUG-108068); it drops heads of more than 100 fields; it may call a body without a Content-Length whole
// that was cut or whose chunks are broken; and what is in its buffer is lost when a connection breaks. It
// reads heads a byte at a time, and over TLS hands on 4 KiB at a time.
//
// What the request carries is sent, and credentials when they are asked for (RFC 9110 11): those in the
// address to its server, those of an HTTP proxy to it. Certificates are checked, never ignored. The
// reply never ends by itself but with all bytes that came: none is lost by an error.
//
// Owner's thread; signals come from the event loop, and whoever gets one may delete the reply later.
class SocketReply : public QNetworkReply
{
    Q_OBJECT

public:
    // `client` lives on the network thread and outlives the reply.
    SocketReply(const QNetworkRequest &request, const QNetworkProxy &proxy, HttpClient &client,
                QObject *parent = nullptr);
    ~SocketReply() override;

    // The fields as they came, repeated ones apart; status 0 before metaDataChanged. They are nowhere else:
    // QNetworkReply's take the square of their number.
    const AnswerHead &head() const { return m_head; }
    // As read(), without a copy where that can be: `most` bytes or fewer, at least one if there is one.
    QByteArray take(qint64 most);

    void abort() override;
    qint64 bytesAvailable() const override { return m_here; }
    bool isSequential() const override { return true; }
    // Bytes held unread, on both threads together, before the server is made to wait. 0: 64 KiB.
    void setReadBufferSize(qint64 size) override;

protected:
    qint64 readData(char *data, qint64 most) override;

private:
    void ask();
    bool answerChallenge(const AnswerHead &head);
    void onNews();
    void useHead(const AnswerHead &head);
    void useEnd(const AnswerEnd &end);

    HttpClient &m_client;
    const QNetworkProxy m_proxy;
    std::shared_ptr<AnswerPipe> m_pipe;
    AnswerHead m_head;
    std::deque<QByteArray> m_pieces; // of the body, unread
    qsizetype m_offset = 0;          // of the first unread byte in the first
    qint64 m_here = 0;               // bytes unread
    QByteArray m_toProxy;            // the field that answers its challenge, with its line end; or nothing
    QByteArray m_toServer;
    int m_challenges = 0; // answered
};

} // namespace longhaul
