// SPDX-License-Identifier: MIT
#include "scriptedserver.h"

#include "socketcontrol.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <numeric>

namespace longhaul::test {

namespace {

class Listener : public QTcpServer
{
public:
    Listener(std::function<void(qintptr)> accept, QObject *parent)
        : QTcpServer(parent)
        , m_accept(std::move(accept))
    {}

protected:
    void incomingConnection(qintptr descriptor) override { m_accept(descriptor); }

private:
    std::function<void(qintptr)> m_accept;
};

} // namespace

class ScriptedServer::Worker : public QObject
{
public:
    Worker(ServerLog &log, const ServerOptions &options)
        : m_log(log)
        , m_options(options)
    {}

    quint16 listen(const QHostAddress &address, quint16 port)
    {
        auto *listener = new Listener([this](qintptr descriptor) { accept(descriptor); }, this);
        if (listener->listen(address, port)) {
            m_listeners.append(listener);
            return listener->serverPort();
        }
        delete listener;
        return 0;
    }

    bool isSecure() const { return !m_options.tls.isNull(); }

    void goOffline()
    {
        qDeleteAll(m_listeners);
        m_listeners.clear();
        dropConnections();
    }

    void dropConnections()
    {
        const auto connections = findChildren<Connection *>(Qt::FindDirectChildrenOnly);
        for (Connection *connection : connections)
            connection->drop();
    }

    void release()
    {
        const auto connections = findChildren<Connection *>(Qt::FindDirectChildrenOnly);
        for (Connection *connection : connections)
            connection->release();
    }

private:
    void accept(qintptr descriptor)
    {
        if (m_options.refuses && m_options.refuses()) {
            QTcpSocket refused;
            if (refused.setSocketDescriptor(descriptor)) {
                resetConnection(descriptor);
                refused.abort();
            }
            return;
        }
        const bool secure = isSecure();
        auto *tls = secure ? new QSslSocket : nullptr;
        QTcpSocket *socket = secure ? tls : new QTcpSocket;
        if (!socket->setSocketDescriptor(descriptor)) {
            delete socket;
            return;
        }
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (m_options.sendBufferBytes > 0)
            socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, m_options.sendBufferBytes);
        int number = 0;
        {
            const QMutexLocker lock(&m_log.mutex);
            number = int(m_log.connections.size());
            m_log.connections.append(ConnectionInfo());
            const auto open = std::count_if(m_log.connections.cbegin(), m_log.connections.cend(),
                                            [](const ConnectionInfo &info) { return info.open; });
            m_log.mostOpen = std::max(m_log.mostOpen, int(open));
        }
        new Connection(socket, number, m_log, this);
        if (tls)
            startTls(tls);
    }

    void startTls(QSslSocket *socket) const
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(m_options.tls.chain);
        configuration.setPrivateKey(m_options.tls.key);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->setSslConfiguration(configuration);
        socket->startServerEncryption();
    }

    ServerLog &m_log;
    ServerOptions m_options;
    QList<Listener *> m_listeners;
};

ScriptedServer::ScriptedServer(Handler handler, const ServerOptions &options)
    : m_log(std::make_unique<ServerLog>())
    , m_worker(new Worker(*m_log, options))
{
    m_log->handler = std::move(handler);
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    inThread([this, &options] {
        m_port = m_worker->listen(QHostAddress(QHostAddress::LocalHost), 0);
        if (options.ipv6)
            m_port6 = m_worker->listen(QHostAddress(QHostAddress::LocalHostIPv6), 0);
    });
}

ScriptedServer::~ScriptedServer()
{
    m_thread.quit();
    m_thread.wait();
}

Handler ScriptedServer::sequence(const QList<Answer> &answers)
{
    return [answers](const Request &request) {
        return answers.isEmpty() ? Answer::status(404)
                                 : answers.at(std::min<qsizetype>(request.number, answers.size() - 1));
    };
}

void ScriptedServer::setHandler(Handler handler)
{
    const QMutexLocker lock(&m_log->handlerMutex);
    m_log->handler = std::move(handler);
}

QUrl ScriptedServer::url(const QString &path, const QString &host) const
{
    QUrl url(path);
    url.setScheme(m_worker->isSecure() ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(host);
    url.setPort(port(host.contains(u':')));
    return url;
}

QList<Request> ScriptedServer::requests() const
{
    const QMutexLocker lock(&m_log->mutex);
    return m_log->requests;
}

int ScriptedServer::requestCount() const
{
    const QMutexLocker lock(&m_log->mutex);
    return int(m_log->requests.size());
}

int ScriptedServer::malformedCount() const
{
    const QMutexLocker lock(&m_log->mutex);
    return m_log->malformed;
}

qint64 ScriptedServer::bodyBytesSent() const
{
    const QMutexLocker lock(&m_log->mutex);
    return std::accumulate(m_log->bodyBytes.cbegin(), m_log->bodyBytes.cend(), qint64(0));
}

qint64 ScriptedServer::bodyBytesSent(int request) const
{
    const QMutexLocker lock(&m_log->mutex);
    return m_log->bodyBytes.value(request);
}

QList<ConnectionInfo> ScriptedServer::connections() const
{
    const QMutexLocker lock(&m_log->mutex);
    return m_log->connections;
}

int ScriptedServer::openConnections() const
{
    const QList<ConnectionInfo> all = connections();
    return int(std::count_if(all.cbegin(), all.cend(), [](const ConnectionInfo &info) { return info.open; }));
}

int ScriptedServer::answering() const
{
    const QList<ConnectionInfo> all = connections();
    return int(
        std::count_if(all.cbegin(), all.cend(), [](const ConnectionInfo &info) { return info.answering; }));
}

int ScriptedServer::mostOpenConnections() const
{
    const QMutexLocker lock(&m_log->mutex);
    return m_log->mostOpen;
}

int ScriptedServer::holding() const
{
    const QMutexLocker lock(&m_log->mutex);
    return m_log->holding;
}

bool ScriptedServer::waitForRequests(int n, int timeoutMs) const
{
    return QTest::qWaitFor([this, n] { return requestCount() >= n; }, timeoutMs);
}

bool ScriptedServer::waitForHolding(int n, int timeoutMs) const
{
    return QTest::qWaitFor([this, n] { return holding() >= n; }, timeoutMs);
}

bool ScriptedServer::waitForOpenConnections(int n, int timeoutMs) const
{
    return QTest::qWaitFor([this, n] { return openConnections() == n; }, timeoutMs);
}

void ScriptedServer::release()
{
    inThread([this] { m_worker->release(); });
}

void ScriptedServer::releaseForGood()
{
    {
        const QMutexLocker lock(&m_log->mutex);
        m_log->holdsOff = true;
    }
    release();
}

void ScriptedServer::dropConnections()
{
    inThread([this] { m_worker->dropConnections(); });
}

void ScriptedServer::goOffline()
{
    inThread([this] { m_worker->goOffline(); });
}

bool ScriptedServer::goOnline()
{
    bool ok = true;
    inThread([this, &ok] {
        ok = m_worker->listen(QHostAddress(QHostAddress::LocalHost), m_port) != 0;
        if (m_port6 != 0)
            ok = m_worker->listen(QHostAddress(QHostAddress::LocalHostIPv6), m_port6) != 0 && ok;
    });
    return ok;
}

// A handler may call these functions too: then it is the right thread already.
void ScriptedServer::inThread(const std::function<void()> &what) const
{
    const bool here = QThread::currentThread() == &m_thread;
    QMetaObject::invokeMethod(m_worker, what, here ? Qt::DirectConnection : Qt::BlockingQueuedConnection);
}

} // namespace longhaul::test
