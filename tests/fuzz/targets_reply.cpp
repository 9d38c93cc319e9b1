// SPDX-License-Identifier: MIT
// What a server sends on one connection, over a real one: SocketReply reads from a socket alone.
#include "fuzz.h"
#include "targets.h"

#include "core/socketreply.h"

#include <QCoreApplication>
#include <QNetworkRequest>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

namespace longhaul::fuzz {

namespace {

// What came of an answer. The body also of one that broke.
struct Outcome {
    int status = 0;
    QList<QNetworkReply::RawHeaderPair> fields;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    bool operator==(const Outcome &) const = default;
};

class Server
{
public:
    Server()
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port to listen on: %s", qPrintable(m_server.errorString()));
    }

    // Sends `bytes` in pieces, each once the one before has been read, then ends the connection.
    Outcome answer(const QByteArray &bytes, qsizetype piece)
    {
        QNetworkRequest request;
        request.setUrl(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(m_server.serverPort())));
        SocketReply reply(request, QNetworkProxy(QNetworkProxy::NoProxy));
        Outcome outcome;
        const auto read = [&] { outcome.body += reply.readAll(); };
        QObject::connect(&reply, &QNetworkReply::readyRead, &reply, read);
        wait([&] { return m_server.hasPendingConnections(); });
        const std::unique_ptr<QTcpSocket> socket(m_server.nextPendingConnection());
        wait([&] { return socket->bytesAvailable() > 0; }); // the request: it reads what comes from now on
        socket->readAll();
        for (qsizetype at = 0; at < bytes.size() && !reply.isFinished(); at += piece) {
            socket->write(bytes.mid(at, piece));
            socket->flush();
            QCoreApplication::processEvents();
        }
        socket->disconnectFromHost();
        wait([&] { return reply.isFinished(); });
        read();
        outcome.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        outcome.fields = reply.rawHeaderPairs();
        outcome.error = reply.error();
        return outcome;
    }

private:
    // libFuzzer ends what takes too long.
    template <typename Condition>
    static void wait(Condition isTrue)
    {
        while (!isTrue())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    QTcpServer m_server;
};

} // namespace

void socketreply(const QByteArray &bytes)
{
    static Server server;
    const Outcome whole = server.answer(bytes, std::max<qsizetype>(1, bytes.size()));
    REQUIRE(whole.status == 0 || (whole.status >= 100 && whole.status <= 999));
    REQUIRE(whole.body.isEmpty() || whole.status != 0);
    REQUIRE(whole.body.size() <= bytes.size());
    for (const auto &[name, value] : whole.fields)
        REQUIRE(!name.isEmpty() && !name.contains('\n') && !value.contains('\n'));
    REQUIRE(whole.error != QNetworkReply::NoError || whole.status >= 101);
    // However it is cut on its way.
    const Outcome cut = server.answer(bytes, 1 + bytes.size() / 7);
    REQUIRE_EQUAL(cut.status, whole.status);
    REQUIRE_EQUAL(cut.body, whole.body);
    REQUIRE_EQUAL(cut.error, whole.error);
    REQUIRE(cut == whole);
}

} // namespace longhaul::fuzz
