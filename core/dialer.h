// SPDX-License-Identifier: MIT
#pragma once

#include "answerpipe.h"

#include <QNetworkProxy>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <memory>

class QHostAddress;
class QHostInfo;
class QTcpSocket;

namespace longhaul {

class TlsSession;
class Wire;

// Whether the proxy is sent the whole address instead of being asked for a tunnel: http alone, since many let
// nothing but TLS through one.
bool isAskedWhole(const QUrl &url, const QNetworkProxy &proxy);

// Where a connection leads, and through what.
struct Route {
    QString host; // as QUrl::host() gives it
    quint16 port = 80;
    bool tls = false;
    QNetworkProxy proxy{QNetworkProxy::NoProxy};

    // To the server of `url`, or to a proxy that is asked whole.
    static Route to(const QUrl &url, const QNetworkProxy &proxy);
    bool operator==(const Route &) const = default;
};

// Opens one connection. Of a host with several addresses those of both families are tried in turn, each while
// the one before is still trying (RFC 8305): half a network that leads nowhere costs a quarter of a second.
// Where there is a proxy, it looks up the name. Certificates are checked, never ignored.
//
// Owner's thread. One of the signals comes, once, not from within start(). There is no timeout.
class Dialer : public QObject
{
    Q_OBJECT

public:
    explicit Dialer(const Route &route, QObject *parent = nullptr);
    ~Dialer() override;

    void start();

Q_SIGNALS:
    // May be written to. Whoever gets it owns it.
    void connected(longhaul::Wire *wire);
    void failed(const longhaul::AnswerEnd &why);

private Q_SLOTS:
    void useAddresses(const QHostInfo &info);

private:
    void tryNext();
    QTcpSocket *makeSocket();
    void onConnected(QTcpSocket *socket);
    void startTls(QTcpSocket *socket);
    void shakeHands(QTcpSocket *socket);
    void onError(QTcpSocket *socket);
    void hangUp(QTcpSocket *socket);
    void finish(QTcpSocket *socket);
    void fail(QNetworkReply::NetworkError error, const QString &text);

    const Route m_route;
    int m_lookup = -1;
    QList<QHostAddress> m_addresses; // still to be tried
    QList<QTcpSocket *> m_sockets;   // trying, children
    QTimer m_next;
    std::unique_ptr<TlsSession> m_tls; // while hands are shaken
    QList<QSslError> m_untrusted;
    bool m_over = false;
};

} // namespace longhaul
