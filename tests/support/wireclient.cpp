// SPDX-License-Identifier: MIT
#include "wireclient.h"

#include <QSslConfiguration>

#include <utility>

namespace longhaul::test {

namespace {

constexpr int kPatienceMs = 5000;
constexpr int kSilenceMs = 50;

} // namespace

WireClient::WireClient(const ScriptedServer &server, const QList<QSslCertificate> &trusted,
                       const QString &host)
{
    const QUrl url = server.url(QStringLiteral("/"), host);
    if (url.scheme() == u"https") {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(trusted);
        m_socket.setSslConfiguration(configuration);
        m_socket.connectToHostEncrypted(url.host(), quint16(url.port()));
        m_socket.waitForEncrypted(kPatienceMs);
    } else {
        m_socket.connectToHost(url.host(), quint16(url.port()));
        m_socket.waitForConnected(kPatienceMs);
    }
}

void WireClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(kPatienceMs)) {
    }
}

QByteArray WireClient::read(qint64 n)
{
    while (m_have.size() < n && waitForMore()) {
    }
    const QByteArray result = m_have.left(n);
    m_have.remove(0, result.size());
    return result;
}

QByteArray WireClient::readHead()
{
    while (!m_have.contains("\r\n\r\n") && waitForMore()) {
    }
    const qsizetype end = m_have.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : read(end + 4);
}

QByteArray WireClient::readToEnd()
{
    while (waitForMore()) {
    }
    return isOpen() ? QByteArray("The server has not closed the connection.") : std::exchange(m_have, {});
}

bool WireClient::isSilent()
{
    return m_have.isEmpty() && m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(kSilenceMs)
           && isOpen();
}

bool WireClient::waitForMore()
{
    const bool more = m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(kPatienceMs);
    m_have += m_socket.readAll();
    return more;
}

QByteArray WireClient::request(const QByteArray &fields, const QByteArray &method)
{
    return method + " /file?a=b HTTP/1.1\r\nHost: here\r\n" + fields + "\r\n";
}

QByteArray WireClient::field(const QByteArray &head, const QByteArray &name)
{
    const qsizetype at = head.indexOf("\r\n" + name + ": ");
    const qsizetype begin = at + name.size() + 4;
    return at < 0 ? QByteArray() : head.mid(begin, head.indexOf('\r', begin) - begin);
}

} // namespace longhaul::test
