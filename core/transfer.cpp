// SPDX-License-Identifier: MIT
#include "transfer.h"

#include "accessmanager.h"
#include "dialer.h"
#include "httprequest.h"
#include "redirect.h"
#include "socketreply.h"

#include <QSslError>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr std::chrono::milliseconds kEndOfMessage{1000};

} // namespace

Transfer::Transfer(AccessManager &network, ProxyFinder &proxies, Request request, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_proxies(proxies)
    , m_request(std::move(request))
    , m_url(m_request.url)
{
    m_watchdog.setSingleShot(true);
    connect(&m_watchdog, &QTimer::timeout, this, &Transfer::onTimeout);
}

Transfer::~Transfer() { abort(); }

void Transfer::start() { get(); }

void Transfer::abort()
{
    m_over = true;
    drop();
}

void Transfer::drop()
{
    m_watchdog.stop();
    if (SocketReply *reply = std::exchange(m_reply, nullptr)) { // it may be emitting
        reply->disconnect(this);
        reply->deleteLater();
    }
}

void Transfer::get()
{
    m_finished = false;
    m_tlsProblem.clear();
    watch();
    m_proxies.find(m_url, this, [this, number = ++m_gets](const QNetworkProxy &proxy) {
        if (number == m_gets && !m_over)
            send(proxy);
    });
}

void Transfer::send(const QNetworkProxy &proxy)
{
    m_proxy = proxy;
    m_network.setProxy(proxy);
    m_reply = qobject_cast<SocketReply *>(
        m_network.get(networkRequest(m_request.url, m_url, m_request.headers, m_request.asked)));
    Q_ASSERT(m_reply); // addresses are http or https (userinput, redirect)
    m_reply->setReadBufferSize(m_request.bufferSize);
    connect(m_reply, &SocketReply::metaDataChanged, this, &Transfer::onHead);
    connect(m_reply, &SocketReply::readyRead, this, &Transfer::onReadyRead);
    connect(m_reply, &SocketReply::finished, this, &Transfer::onFinished);
    connect(m_reply, &SocketReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = certificateProblem(errors.first());
    });
}

void Transfer::onHead()
{
    const ResponseHead head{m_reply->head().status, m_url, m_reply->head().fields};
    if (isRedirect(head.status) && head.has("Location"))
        follow(head);
    else
        judge(head);
}

void Transfer::follow(const ResponseHead &head)
{
    const auto target = redirectTarget(m_url, head.header("Location"), head.status);
    if (const auto *error = std::get_if<Error>(&target)) {
        end(*error);
    } else if (++m_redirects > kMostRedirects) {
        end(Error{ErrorCode::TooManyRedirects, head.status, {}, {}});
    } else {
        drop();
        m_url = std::get<QUrl>(target);
        get();
    }
}

void Transfer::judge(const ResponseHead &head)
{
    m_request.asked.redirected = m_redirects > 0;
    m_request.asked.now = QDateTime::currentDateTimeUtc();
    const Verdict verdict = checkResponse(m_request.asked, head);
    if (const auto *accepted = std::get_if<Accepted>(&verdict)) {
        m_accepted = true;
        m_next = accepted->begin;
        m_promised = accepted->end;
        if (m_request.asked.ranged && accepted->partial && m_request.asked.range.end != ByteRange::kOpenEnd)
            m_cut = m_request.asked.range.end;
        m_unmarked = !m_promised && !head.has("Transfer-Encoding");
        watch();
    } else {
        m_over = true;
        drop();
    }
    Q_EMIT answered(verdict);
    if (m_accepted && !m_over)
        onReadyRead();
}

qint64 Transfer::bytesAvailable() const
{
    if (!m_reply || !m_accepted || m_over)
        return 0;
    const qint64 end = std::min(m_promised.value_or(ByteRange::kOpenEnd), wantedEnd());
    return std::min(m_reply->bytesAvailable(), end - m_next);
}

QByteArray Transfer::read(qint64 most)
{
    const QByteArray bytes = m_reply->take(std::min(most, bytesAvailable()));
    m_next += bytes.size();
    watch();
    if (bytesAvailable() <= 0)
        finishSoon();
    return bytes;
}

void Transfer::setBufferSize(qint64 bytes)
{
    if (std::exchange(m_request.bufferSize, bytes) != bytes && m_reply)
        m_reply->setReadBufferSize(bytes);
}

void Transfer::setWanted(bool wanted)
{
    if (m_wanted != wanted) {
        m_wanted = wanted;
        watch();
    }
}

void Transfer::endHere()
{
    m_cut = m_next + bytesAvailable();
    finishSoon();
}

void Transfer::setEnd(qint64 end)
{
    Q_ASSERT(m_accepted && end >= m_next);
    if (std::exchange(m_end, end) == end)
        return;
    watch();
    QMetaObject::invokeMethod(this, &Transfer::onReadyRead, Qt::QueuedConnection);
}

// Of what the answer brings.
qint64 Transfer::wantedEnd() const { return std::min(m_cut.value_or(ByteRange::kOpenEnd), m_end); }

// Looks whether this was the end, but not from within the caller's loop or Qt's emission.
void Transfer::finishSoon()
{
    if (m_finished || (m_promised && m_next >= *m_promised) || m_next >= wantedEnd())
        QMetaObject::invokeMethod(this, &Transfer::finishIfDrained, Qt::QueuedConnection);
}

// The watchdog bites when a head, or bytes that are wanted, are awaited for too long. It is not set anew for
// each piece: it looks when it is due whether something came since.
void Transfer::watch()
{
    const bool waiting = !m_over && !m_finished && (!m_accepted || (m_wanted && bytesAvailable() <= 0));
    // All that was promised is here, but not the end of the message: it need not be waited for long.
    const bool complete = m_accepted && m_promised && m_next >= *m_promised;
    const auto patience = complete ? std::min(kEndOfMessage, m_request.timeout) : m_request.timeout;
    if (!waiting) {
        m_deadline = QDeadlineTimer(QDeadlineTimer::Forever);
        return;
    }
    m_deadline = QDeadlineTimer(patience);
    if (!m_watchdog.isActive() || m_watchdog.intervalAsDuration() > patience)
        m_watchdog.start(patience);
}

void Transfer::onReadyRead()
{
    if (m_over || !m_accepted)
        return;
    watch();
    if (bytesAvailable() > 0)
        Q_EMIT readyRead();
    else
        finishSoon();
}

void Transfer::onFinished()
{
    if (!m_accepted) {
        end(replyError());
        return;
    }
    m_finished = true;
    watch();
    if (bytesAvailable() > 0)
        Q_EMIT readyRead();
    finishIfDrained();
}

void Transfer::finishIfDrained()
{
    if (m_over || !m_accepted || !m_reply || bytesAvailable() > 0)
        return;
    if (m_next >= wantedEnd() && m_next != m_promised) {
        end({}); // the rest was not wanted
        return;
    }
    if (m_promised && m_next >= *m_promised) {
        if (m_reply->bytesAvailable() > 0)
            end(Error{ErrorCode::BodyTooLong, 0, {}, {}});
        else if (m_finished)
            end({});
        return; // the end of the message is on its way; the watchdog bounds it
    }
    if (!m_finished)
        return;
    if (m_reply->error() != QNetworkReply::NoError)
        end(replyError());
    else if (m_promised)
        end(Error{ErrorCode::BodyTooShort, 0, {}, {}});
    else
        end({});
}

void Transfer::onTimeout()
{
    if (m_deadline.isForever())
        return;
    if (const auto left = m_deadline.remainingTimeAsDuration(); left.count() > 0)
        m_watchdog.start(std::chrono::ceil<std::chrono::milliseconds>(left));
    else if (m_accepted && m_promised && m_next >= *m_promised)
        end({}); // all that was promised is here
    else
        end(Error{m_accepted ? ErrorCode::Stalled : ErrorCode::NoAnswer, 0, {}, {}});
}

Error Transfer::replyError() const
{
    if (!m_tlsProblem.isEmpty())
        return {ErrorCode::TlsCertificate, 0, m_tlsProblem, {}};
    const QNetworkReply::NetworkError error = m_reply->error();
    if (error == QNetworkReply::NoError)
        return {ErrorCode::BadHead, 0, {}, {}}; // finished without a head
    ErrorCode code = codeOf(error);
    // Whoever is asked by a whole address is the proxy.
    const bool byProxy = code == ErrorCode::ConnectionRefused || code == ErrorCode::HostNotFound;
    if (byProxy && isAskedWhole(m_url, m_proxy))
        code = ErrorCode::ProxyFailed;
    const bool told = code == ErrorCode::TlsFailed || code == ErrorCode::ProxyFailed;
    return {code, 0, told ? m_reply->errorString() : QString(), {}};
}

void Transfer::end(const std::optional<Error> &error)
{
    m_over = true;
    drop();
    Q_EMIT ended(error);
}

} // namespace longhaul
