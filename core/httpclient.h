// SPDX-License-Identifier: MIT
#pragma once

#include "httpconnection.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

namespace longhaul {

// All connections of the program, on the network thread. Each request has one at once, an idle one of its
// route or a new one: how many there may be is its caller's business. Idle ones are kept while others work,
// and a few seconds longer.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    explicit HttpClient(QObject *parent = nullptr);
    ~HttpClient() override; // closes all

    // The answer goes into the pipe; so does what went wrong.
    void get(const WireRequest &request, const std::shared_ptr<AnswerPipe> &pipe);

private:
    void open(const WireRequest &request, const std::shared_ptr<AnswerPipe> &pipe);
    void carry(HttpConnection *connection, const WireRequest &request,
               const std::shared_ptr<AnswerPipe> &pipe);
    void onIdle(HttpConnection *connection);
    void onOver(HttpConnection *connection);
    void closeIdle();

    QHash<HttpConnection *, WireRequest> m_busy; // children, and what they carry
    QList<HttpConnection *> m_idle;              // likewise, the oldest first
    QTimer m_closing;
};

} // namespace longhaul
