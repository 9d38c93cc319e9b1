// SPDX-License-Identifier: MIT
#pragma once

#include "httpresponse.h"
#include "proxyfinder.h"
#include "resumedata.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace longhaul {

class AccessManager;
class SocketReply;

// One ranged GET over QNetworkAccessManager, redirects followed, read on demand.
//
// Order of signals, on the owner's thread: answered once, unless ended comes first; then, if it was Accepted,
// readyRead any number of times; ended exactly once, when the last byte was read or the exchange broke. After
// another verdict, abort() or destruction nothing more comes. No signal is emitted from within start().
//
// Every byte is counted against what the answer promised, whatever Qt reports: ended() without an error
// means that all promised bytes were read (or, where nothing was promised, that the server closed).
class Transfer : public QObject
{
    Q_OBJECT

public:
    struct Request {
        QUrl url;
        HeaderList headers; // the user's; those that may be secret stay on url's origin
        RangeRequest asked;
        std::chrono::milliseconds timeout{30'000}; // for each head, and for a silent body
        qint64 bufferSize = 8 << 20;               // bytes held unread before the server is made to wait
    };

    // Both must outlive the transfer.
    Transfer(AccessManager &network, ProxyFinder &proxies, Request request, QObject *parent = nullptr);
    ~Transfer() override; // aborts

    void start();
    void abort();

    // Bytes that can be read now, never beyond what was promised.
    qint64 bytesAvailable() const;
    QByteArray read(qint64 most);

    // Another Request::bufferSize from now on; what is held already stays.
    void setBufferSize(qint64 bytes);
    // Whether the reader waits for bytes: only then silence counts as a stall. True at the start.
    void setWanted(bool wanted);
    // Ends the exchange without an error once what has arrived by now is read.
    void endHere();
    // Bytes of the file from `end` on are not wanted (any more, or are again): the exchange ends without an
    // error in front of them, unless it ends by itself before. Not before what was read, and only once it is
    // answered.
    void setEnd(qint64 end);

    const QUrl &finalUrl() const { return m_url; }
    // True when the body's end was marked by nothing but the end of the connection: it may be cut.
    bool isEndUnmarked() const { return m_unmarked; }

Q_SIGNALS:
    void answered(const longhaul::Verdict &verdict);
    void readyRead();
    void ended(const std::optional<longhaul::Error> &error);

private:
    void get();
    void send(const QNetworkProxy &proxy);
    void onHead();
    void onReadyRead();
    void onFinished();
    void onTimeout();
    void follow(const ResponseHead &head);
    void judge(const ResponseHead &head);
    qint64 wantedEnd() const;
    void finishSoon();
    void finishIfDrained();
    void end(const std::optional<Error> &error);
    void drop();
    void watch();
    Error replyError() const;

    AccessManager &m_network;
    ProxyFinder &m_proxies;
    Request m_request;
    QUrl m_url;
    QNetworkProxy m_proxy;                              // of the request
    SocketReply *m_reply = nullptr;                     // owned; deleted later
    QTimer m_watchdog;                                  // single shot; looks at m_deadline
    QDeadlineTimer m_deadline{QDeadlineTimer::Forever}; // while a head or wanted bytes are awaited
    int m_redirects = 0;
    int m_gets = 0;    // requests so far: a proxy that is found late may belong to one that was given up
    qint64 m_next = 0; // offset in the file of the next byte to read
    std::optional<qint64> m_promised;   // one past the last byte that the answer promised
    std::optional<qint64> m_cut;        // one past the last byte asked for, when that is less
    qint64 m_end = ByteRange::kOpenEnd; // see setEnd()
    QString m_tlsProblem;
    bool m_accepted = false;
    bool m_finished = false; // nothing more will arrive
    bool m_wanted = true;
    bool m_unmarked = false;
    bool m_over = false;
};

} // namespace longhaul

Q_DECLARE_METATYPE(longhaul::Verdict)
