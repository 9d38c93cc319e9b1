// SPDX-License-Identifier: MIT
#pragma once

#include "core/accessmanager.h"
#include "core/socketreply.h"
#include "tests/support/scriptedserver.h"

#include <QEventLoop>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QTimer>

#include <limits>
#include <memory>

// Single requests, as a transfer makes them.
namespace longhaul::test {

// Its network is left alone by what the machine has for a proxy.
class Network : public AccessManager
{
public:
    Network() { setProxy(QNetworkProxy(QNetworkProxy::NoProxy)); }

    std::unique_ptr<SocketReply> ask(const QUrl &url, qint64 limit = 0)
    {
        std::unique_ptr<SocketReply> reply(qobject_cast<SocketReply *>(get(QNetworkRequest(url))));
        reply->setReadBufferSize(limit);
        return reply;
    }
};

// What came of a request, all of it.
struct Got {
    int status = 0;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
};

// Reads `most` bytes at each beat until the end. QTest's waiting sleeps in between.
inline Got wholeOf(SocketReply &reply, qint64 most = std::numeric_limits<qint64>::max(), int beatMs = 0)
{
    Got got;
    QEventLoop loop;
    QTimer beat;
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    QObject::connect(&beat, &QTimer::timeout, &loop, [&] {
        got.body += reply.take(most);
        if (reply.isFinished() && reply.bytesAvailable() == 0)
            loop.quit();
    });
    beat.start(beatMs);
    loop.exec();
    got.status = reply.head().status;
    got.error = reply.isFinished() ? reply.error() : QNetworkReply::TimeoutError;
    return got;
}

inline Got fetch(Network &network, const QUrl &url) { return wholeOf(*network.ask(url)); }

} // namespace longhaul::test
