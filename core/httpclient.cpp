// SPDX-License-Identifier: MIT
#include "httpclient.h"

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr qsizetype kMostIdle = 16;
constexpr std::chrono::seconds kKept{3}; // idle ones, when nothing is fetched any more

} // namespace

HttpClient::HttpClient(QObject *parent)
    : QObject(parent)
    , m_closing(this)
{
    m_closing.setSingleShot(true);
    m_closing.setInterval(kKept);
    connect(&m_closing, &QTimer::timeout, this, &HttpClient::closeIdle);
}

HttpClient::~HttpClient() = default;

void HttpClient::get(const WireRequest &request, const std::shared_ptr<AnswerPipe> &pipe)
{
    if (pipe->isLeft())
        return;
    const auto idle = std::find_if(m_idle.rbegin(), m_idle.rend(), [&](const HttpConnection *connection) {
        return connection->route() == request.route;
    });
    if (idle == m_idle.rend()) {
        open(request, pipe);
        return;
    }
    HttpConnection *connection = *idle;
    m_idle.removeOne(connection);
    carry(connection, request, pipe);
}

void HttpClient::open(const WireRequest &request, const std::shared_ptr<AnswerPipe> &pipe)
{
    auto *connection = new HttpConnection(request.route, this);
    connect(connection, &HttpConnection::idle, this, [this, connection] { onIdle(connection); });
    connect(connection, &HttpConnection::over, this, [this, connection] { onOver(connection); });
    carry(connection, request, pipe);
}

void HttpClient::carry(HttpConnection *connection, const WireRequest &request,
                       const std::shared_ptr<AnswerPipe> &pipe)
{
    m_closing.stop();
    m_busy.insert(connection, request);
    connection->carry(request, pipe);
}

void HttpClient::onIdle(HttpConnection *connection)
{
    m_busy.remove(connection);
    m_idle.append(connection);
    if (m_idle.size() > kMostIdle)
        onOver(m_idle.constFirst());
    if (m_busy.isEmpty())
        m_closing.start();
}

void HttpClient::onOver(HttpConnection *connection)
{
    const WireRequest request = m_busy.take(connection);
    m_idle.removeOne(connection);
    connection->disconnect(this);
    connection->deleteLater();
    if (connection->unanswered())
        open(request, connection->unanswered());
    if (m_busy.isEmpty() && !m_idle.isEmpty() && !m_closing.isActive())
        m_closing.start();
}

void HttpClient::closeIdle()
{
    const QList<HttpConnection *> idle = std::exchange(m_idle, {});
    for (HttpConnection *connection : idle)
        connection->deleteLater();
}

} // namespace longhaul
