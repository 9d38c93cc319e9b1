// SPDX-License-Identifier: MIT
#include "dialer.h"

#include "tlssession.h"
#include "wire.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr std::chrono::milliseconds kNextAddress{250}; // RFC 8305 8
constexpr qint64 kReadBuffer = 128 << 10;              // of sockets that have one

// Both families in turn, beginning with that of the first (RFC 8305 4).
QList<QHostAddress> interleaved(const QList<QHostAddress> &addresses)
{
    QList<QHostAddress> first;
    QList<QHostAddress> second;
    for (const QHostAddress &address : addresses) {
        const bool same = address.protocol() == addresses.first().protocol();
        (same ? first : second).append(address);
    }
    QList<QHostAddress> mixed;
    for (qsizetype i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            mixed.append(first[i]);
        if (i < second.size())
            mixed.append(second[i]);
    }
    return mixed;
}

QNetworkReply::NetworkError replyError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::RemoteHostClosedError: return QNetworkReply::RemoteHostClosedError;
    case QAbstractSocket::HostNotFoundError: return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::ConnectionRefusedError: return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::SocketTimeoutError: return QNetworkReply::TimeoutError;
    case QAbstractSocket::SslHandshakeFailedError: return QNetworkReply::SslHandshakeFailedError;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError: return QNetworkReply::UnknownProxyError;
    default: return QNetworkReply::UnknownNetworkError;
    }
}

} // namespace

bool isAskedWhole(const QUrl &url, const QNetworkProxy &proxy)
{
    return proxy.type() == QNetworkProxy::HttpProxy && url.scheme() == QLatin1String("http");
}

Route Route::to(const QUrl &url, const QNetworkProxy &proxy)
{
    const bool tls = url.scheme() == QLatin1String("https");
    if (isAskedWhole(url, proxy))
        return {proxy.hostName(), proxy.port(), false, QNetworkProxy(QNetworkProxy::NoProxy)};
    return {url.host(), quint16(url.port(tls ? 443 : 80)), tls, proxy};
}

Dialer::Dialer(const Route &route, QObject *parent)
    : QObject(parent)
    , m_route(route)
{
    m_next.setSingleShot(true);
    m_next.setInterval(kNextAddress);
    connect(&m_next, &QTimer::timeout, this, &Dialer::tryNext);
}

Dialer::~Dialer()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
    for (QTcpSocket *socket : std::as_const(m_sockets))
        socket->disconnect(this);
}

void Dialer::start()
{
    if (m_route.proxy.type() != QNetworkProxy::NoProxy) {
        makeSocket()->connectToHost(m_route.host, m_route.port);
    } else if (const QHostAddress address(m_route.host); !address.isNull()) {
        m_addresses = {address}; // QHostInfo would look for its name
        tryNext();
    } else {
        // By name: Qt 6.4 lets go of a function once too often (seen: a corrupt heap in one of 15 starts).
        m_lookup = QHostInfo::lookupHost(m_route.host, this, SLOT(useAddresses(QHostInfo)));
    }
}

void Dialer::useAddresses(const QHostInfo &info)
{
    m_lookup = -1;
    m_addresses = interleaved(info.addresses());
    if (m_addresses.isEmpty())
        fail(QNetworkReply::HostNotFoundError, info.errorString());
    else
        tryNext();
}

void Dialer::tryNext()
{
    if (m_over || m_addresses.isEmpty())
        return;
    const QHostAddress address = m_addresses.takeFirst();
    if (!m_addresses.isEmpty())
        m_next.start();
    QTcpSocket *socket = makeSocket();
    const bool isQtTls = qobject_cast<QSslSocket *>(socket) != nullptr; // which needs buffers
    const auto mode = isQtTls ? QIODevice::ReadWrite : QIODevice::ReadWrite | QIODevice::Unbuffered;
    socket->connectToHost(address, m_route.port, mode);
}

QTcpSocket *Dialer::makeSocket()
{
    // Through a proxy Qt holds the bytes anyway, and hears of an end while it reads them itself.
    const bool isDirect = m_route.proxy.type() == QNetworkProxy::NoProxy;
    const bool isQtTls = m_route.tls && !(isDirect && TlsSession::isAvailable());
    QTcpSocket *socket = isQtTls ? new QSslSocket(this) : new QTcpSocket(this);
    m_sockets.append(socket);
    socket->setProxy(m_route.proxy);
    // Over SOCKS Qt holds all that comes anyway, and what it has when this is full it never tells of again.
    if (m_route.proxy.type() != QNetworkProxy::Socks5Proxy)
        socket->setReadBufferSize(kReadBuffer);
    // Queued: an error may come from within connectToHost().
    connect(socket, &QTcpSocket::connected, this, [this, socket] { onConnected(socket); });
    connect(
        socket, &QTcpSocket::errorOccurred, this, [this, socket] { onError(socket); }, Qt::QueuedConnection);
    return socket;
}

void Dialer::onConnected(QTcpSocket *socket)
{
    if (m_over)
        return;
    m_next.stop();
    m_addresses.clear();
    for (QTcpSocket *other : QList<QTcpSocket *>(m_sockets)) {
        if (other != socket)
            hangUp(other);
    }
    if (m_route.tls)
        startTls(socket);
    else
        finish(socket);
}

void Dialer::startTls(QTcpSocket *socket)
{
    if (auto *tls = qobject_cast<QSslSocket *>(socket)) {
        connect(tls, &QSslSocket::encrypted, this, [this, tls] { finish(tls); });
        connect(tls, &QSslSocket::sslErrors, this,
                [this](const QList<QSslError> &errors) { m_untrusted = errors; });
        tls->setPeerVerifyName(m_route.host);
        tls->startClientEncryption();
        return;
    }
    m_tls = std::make_unique<TlsSession>(socket, m_route.host);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { shakeHands(socket); });
    shakeHands(socket);
}

void Dialer::shakeHands(QTcpSocket *socket)
{
    if (m_over)
        return;
    const TlsSession::Handshake handshake = m_tls->shakeHands();
    if (handshake == TlsSession::Handshake::Done) {
        finish(socket);
    } else if (handshake == TlsSession::Handshake::Failed) {
        m_untrusted = m_tls->certificateErrors();
        if (m_untrusted.isEmpty() && socket->error() != QAbstractSocket::UnknownSocketError) {
            onError(socket); // it was cut, of which an unbuffered one tells in no other way
            return;
        }
        const QString text = m_tls->errorString();
        m_tls.reset();
        hangUp(socket);
        fail(QNetworkReply::SslHandshakeFailedError, text);
    }
}

void Dialer::onError(QTcpSocket *socket)
{
    if (m_over || !m_sockets.contains(socket))
        return;
    const QNetworkReply::NetworkError error = replyError(socket->error());
    const QString text = socket->errorString();
    m_tls.reset();
    hangUp(socket);
    if (!m_addresses.isEmpty())
        tryNext();
    else if (m_sockets.isEmpty())
        fail(error, text);
}

void Dialer::hangUp(QTcpSocket *socket)
{
    m_sockets.removeOne(socket);
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
}

void Dialer::finish(QTcpSocket *socket)
{
    m_over = true;
    m_sockets.removeOne(socket);
    socket->disconnect(this);
    Q_EMIT connected(new Wire(socket, std::move(m_tls)));
}

void Dialer::fail(QNetworkReply::NetworkError error, const QString &text)
{
    m_over = true;
    Q_EMIT failed({error, text, m_untrusted});
}

} // namespace longhaul
