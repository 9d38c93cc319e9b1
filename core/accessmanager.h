// SPDX-License-Identifier: MIT
#pragma once

#include <QNetworkAccessManager>
#include <QThread>
#include <QThreadPool>

namespace longhaul {

class HttpClient;

// A QNetworkAccessManager that reads http and https over sockets of its own (see SocketReply for why), all of
// them on one thread of its own, so that the reader's thread is left alone. Any number of requests at once,
// each has a connection: how many is its caller's business. Only what a request carries is sent: no cookies,
// no cache, no redirects. Its proxy() goes for requests from then on.
//
// Owner's thread; replies must be gone before it.
class AccessManager : public QNetworkAccessManager
{
    Q_OBJECT

public:
    // Its thread has the priority of those of `like` when the first request is made; null: the usual one.
    explicit AccessManager(const QThreadPool *like = nullptr, QObject *parent = nullptr);
    ~AccessManager() override;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoing) override;

private:
    const QThreadPool *const m_like;
    QThread m_thread;
    HttpClient *m_client = nullptr; // lives, and dies, on m_thread; made with the first request
};

} // namespace longhaul
