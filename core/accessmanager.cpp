// SPDX-License-Identifier: MIT
#include "accessmanager.h"

#include "httpclient.h"
#include "socketreply.h"

namespace longhaul {

AccessManager::AccessManager(QObject *parent)
    : QNetworkAccessManager(parent)
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
        m_thread.start();
    }
    return new SocketReply(request, proxy(), *m_client, this);
}

} // namespace longhaul
