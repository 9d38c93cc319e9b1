// SPDX-License-Identifier: MIT
#include "accessmanager.h"

#include "httpclient.h"
#include "socketreply.h"
#include "threadpriority.h"

namespace longhaul {

AccessManager::AccessManager(const QThreadPool *like, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_like(like)
{
    m_thread.setObjectName(QStringLiteral("network"));
}

AccessManager::~AccessManager()
{
    m_thread.quit();
    m_thread.wait();
}

QNetworkReply *AccessManager::createRequest(Operation operation, const QNetworkRequest &request,
                                            QIODevice *outgoing)
{
    const QString scheme = request.url().scheme();
    const bool http = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    if (operation != GetOperation || !http)
        return QNetworkAccessManager::createRequest(operation, request, outgoing);
    if (!m_client) {
        m_client = new HttpClient;
        m_client->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
        connect(&m_thread, &QThread::started, m_client, &heedPriority);
        m_thread.start(m_like ? m_like->threadPriority() : QThread::InheritPriority);
    }
    return new SocketReply(request, proxy(), *m_client, this);
}

} // namespace longhaul
