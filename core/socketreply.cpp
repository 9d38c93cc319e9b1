// SPDX-License-Identifier: MIT
#include "socketreply.h"

#include "httpheaders.h"
#include "platformfile.h"

#include <QNetworkRequest>
#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr qsizetype kMostHead = 256 << 10; // bytes
constexpr int kMostInterims = 100;
constexpr qsizetype kMostLine = 4096; // of a chunk's size or a trailer
constexpr qint64 kPiece = 64 << 10;

// One past the empty line that ends a head; -1 while it has not come. Bare LF counts (RFC 9112 2.2).
qsizetype endOfHead(const QByteArray &input)
{
    const qsizetype crlf = input.indexOf("\r\n\r\n");
    const qsizetype lf = input.indexOf("\n\n");
    if (crlf >= 0 && (lf < 0 || crlf < lf))
        return crlf + 4;
    return lf < 0 ? -1 : lf + 2;
}

int portOf(const QUrl &url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); }

} // namespace

SocketReply::SocketReply(const QNetworkRequest &request, const QNetworkProxy &proxy, QObject *parent)
    : QNetworkReply(parent)
    , m_socket(new QSslSocket(this))
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::GetOperation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    m_socket->setReadBufferSize(kPiece);
    const bool tls = url().scheme() == QLatin1String("https");
    connect(m_socket, &QSslSocket::sslErrors, this, &QNetworkReply::sslErrors);
    connect(m_socket, &QSslSocket::errorOccurred, this, &SocketReply::onSocketError);
    connect(m_socket, &QSslSocket::readyRead, this, &SocketReply::advance);
    m_asked = QNetworkProxy(QNetworkProxy::NoProxy);
    if (!tls && proxy.type() == QNetworkProxy::HttpProxy) { // many let nothing but TLS through a tunnel
        m_asked = proxy;
        m_socket->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    } else {
        m_socket->setProxy(proxy);
    }
    if (tls) {
        connect(m_socket, &QSslSocket::encrypted, this, &SocketReply::send);
        m_socket->connectToHostEncrypted(url().host(), quint16(portOf(url())));
    } else {
        const bool direct = m_asked.type() == QNetworkProxy::NoProxy;
        connect(m_socket, &QAbstractSocket::connected, this, &SocketReply::send);
        m_socket->connectToHost(direct ? url().host() : m_asked.hostName(),
                                direct ? quint16(portOf(url())) : m_asked.port());
    }
}

SocketReply::~SocketReply()
{
    m_socket->disconnect(this);
    platformfile::closeSocket(m_witness);
}

void SocketReply::send()
{
    m_witness = platformfile::duplicateSocket(m_socket->socketDescriptor());
    QString host = url().host(QUrl::FullyEncoded);
    if (host.contains(QLatin1Char(':')))
        host = QLatin1Char('[') + host + QLatin1Char(']');
    if (url().port() != -1)
        host += QLatin1Char(':') + QString::number(url().port());
    const QString path = url().path(QUrl::FullyEncoded);
    const bool ownHost = request().hasRawHeader("Host");
    const bool direct = m_asked.type() == QNetworkProxy::NoProxy;
    QByteArray head = "GET " + (direct ? QByteArray() : "http://" + host.toLatin1())
                      + (path.isEmpty() ? "/" : path.toLatin1());
    if (url().hasQuery())
        head += '?' + url().query(QUrl::FullyEncoded).toLatin1();
    head += " HTTP/1.1\r\n" + (ownHost ? QByteArray() : "Host: " + host.toLatin1() + "\r\n")
            + "Connection: close\r\n";
    if (!m_asked.user().isEmpty()) {
        const QByteArray user = (m_asked.user() + QLatin1Char(':') + m_asked.password()).toUtf8();
        head += "Proxy-Authorization: Basic " + user.toBase64() + "\r\n";
    }
    const QList<QByteArray> names = request().rawHeaderList();
    for (const QByteArray &name : names)
        head += name + ": " + request().rawHeader(name) + "\r\n";
    if (!url().userName().isEmpty() && !request().hasRawHeader("Authorization")) {
        const QByteArray user = url().userInfo(QUrl::FullyDecoded).toUtf8();
        head += "Authorization: Basic " + user.toBase64() + "\r\n";
    }
    m_socket->write(head + "\r\n");
}

void SocketReply::advance()
{
    const qint64 before = m_body.size();
    while (!isFinished() && m_body.size() < m_limit) {
        m_input += m_socket->read(kPiece);
        if (!step() && m_socket->bytesAvailable() == 0)
            break;
    }
    if (isFinished())
        return;
    if (m_body.size() > before)
        Q_EMIT readyRead();
    if (m_stage == Stage::Done)
        finishWith(NoError);
    else if (m_closed && m_body.size() < m_limit)
        finishWith(m_stage == Stage::Body && m_left < 0 && !m_reset ? NoError : RemoteHostClosedError);
}

// Does what can be done with m_input; false when that is nothing.
bool SocketReply::step()
{
    switch (m_stage) {
    case Stage::Head: return takeHead();
    case Stage::Body:
    case Stage::ChunkData: return takeBody();
    case Stage::ChunkSize: return takeChunkSize();
    case Stage::ChunkEnd:
        if (!hasLine())
            return false;
        if (!takeLine().isEmpty()) { // the chunk was longer than its size
            finishWith(ProtocolFailure);
            return false;
        }
        m_stage = Stage::ChunkSize;
        return true;
    case Stage::Trailer:
        if (!hasLine())
            return false;
        if (takeLine().isEmpty())
            m_stage = Stage::Done;
        return true;
    case Stage::Done: return false;
    }
    return false;
}

// False also when none will come: a line that is too long ends the reply.
bool SocketReply::hasLine()
{
    if (m_input.left(kMostLine).contains('\n'))
        return true;
    if (m_input.size() > kMostLine)
        finishWith(ProtocolFailure);
    return false;
}

QByteArray SocketReply::takeLine()
{
    const qsizetype end = m_input.indexOf('\n');
    const QByteArray line = m_input.left(end).trimmed();
    m_input.remove(0, end + 1);
    return line;
}

bool SocketReply::takeHead()
{
    const qsizetype end = endOfHead(m_input);
    if (end < 0 ? m_input.size() > kMostHead : end > kMostHead) {
        finishWith(ProtocolFailure);
        return false;
    }
    if (end < 0)
        return false;
    const QByteArray head = m_input.left(end);
    m_input.remove(0, end);
    return useHead(head);
}

bool SocketReply::useHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> statusLine = lines.takeFirst().trimmed().split(' ');
    bool ok = false;
    const int status = statusLine.size() > 1 ? statusLine[1].toInt(&ok) : 0;
    if (!ok || !statusLine[0].startsWith("HTTP/1.") || status < 100 || status > 999) {
        finishWith(ProtocolFailure);
        return false;
    }
    if (status < 200 && status != 101) {
        if (++m_interims > kMostInterims)
            finishWith(ProtocolFailure);
        return !isFinished();
    }
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            continue;
        const QByteArray name = line.left(colon);
        const QByteArray value = line.mid(colon + 1).trimmed();
        setRawHeader(name, hasRawHeader(name) ? rawHeader(name) + ", " + value : value);
    }
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, status);
    const QByteArray coding = rawHeader("Transfer-Encoding").trimmed().toLower();
    const bool chunked = coding == "chunked";
    if (!coding.isEmpty() && !chunked) { // nothing else was asked for
        finishWith(ProtocolFailure);
        return false;
    }
    m_left = chunked ? 0 : parseContentLength(rawHeader("Content-Length")).value_or(-1);
    m_stage = chunked                                         ? Stage::ChunkSize
              : m_left == 0 || status == 204 || status == 304 ? Stage::Done
                                                              : Stage::Body;
    Q_EMIT metaDataChanged();
    return !isFinished();
}

bool SocketReply::takeBody()
{
    const qint64 size = m_left < 0 ? m_input.size() : std::min<qint64>(m_left, m_input.size());
    m_body += m_input.left(size);
    m_input.remove(0, size);
    if (m_left > 0)
        m_left -= size;
    if (m_left == 0)
        m_stage = m_stage == Stage::ChunkData ? Stage::ChunkEnd : Stage::Done;
    return size > 0;
}

bool SocketReply::takeChunkSize()
{
    if (!hasLine())
        return false;
    const QByteArray line = takeLine();
    bool ok = false;
    m_left = line.left(line.indexOf(';') < 0 ? line.size() : line.indexOf(';')).trimmed().toLongLong(&ok, 16);
    if (!ok || m_left < 0) {
        finishWith(ProtocolFailure);
        return false;
    }
    m_stage = m_left == 0 ? Stage::Trailer : Stage::ChunkData;
    return true;
}

void SocketReply::onSocketError()
{
    switch (m_socket->error()) {
    case QAbstractSocket::RemoteHostClosedError:
        m_closed = true; // what has arrived is still to be read
        m_reset = platformfile::wasReset(m_witness);
        advance();
        break;
    case QAbstractSocket::HostNotFoundError: finishWith(HostNotFoundError, m_socket->errorString()); break;
    case QAbstractSocket::ConnectionRefusedError:
        finishWith(ConnectionRefusedError, m_socket->errorString());
        break;
    case QAbstractSocket::SslHandshakeFailedError:
        finishWith(SslHandshakeFailedError, m_socket->errorString());
        break;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError: finishWith(UnknownProxyError, m_socket->errorString()); break;
    default: finishWith(UnknownNetworkError, m_socket->errorString()); break;
    }
}

void SocketReply::finishWith(NetworkError error, const QString &text)
{
    if (isFinished())
        return;
    if (error != NoError)
        setError(error, text);
    setFinished(true);
    m_socket->disconnect(this);
    m_socket->abort();
    platformfile::closeSocket(std::exchange(m_witness, -1)); // or the connection would stay open
    Q_EMIT finished();
}

void SocketReply::abort() { finishWith(OperationCanceledError); }

qint64 SocketReply::bytesAvailable() const { return m_body.size(); }

void SocketReply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    m_limit = size > 0 ? size : kPiece;
}

qint64 SocketReply::readData(char *data, qint64 most)
{
    const qint64 size = std::min<qint64>(most, m_body.size());
    std::copy_n(m_body.constData(), size, data);
    m_body.remove(0, size);
    // Room again: not from within the reader's loop.
    if (!isFinished())
        QMetaObject::invokeMethod(this, &SocketReply::advance, Qt::QueuedConnection);
    return size;
}

} // namespace longhaul
