// SPDX-License-Identifier: MIT
#include "transfer.h"

#include "httprequest.h"
#include "redirect.h"
#include "socketreply.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslError>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr std::chrono::milliseconds kEndOfMessage{1000};
// Qt drops what is in its buffer when a connection breaks: the large one only once much more was read. And
// over TLS, where it hands on every 4 KiB as an event, it gathers them only while the buffer is full: the
// small one.
constexpr qint64 kFirstBuffer = 64 << 10;
constexpr qint64 kLargeBufferAfter = 4 << 20;
constexpr qsizetype kMostHeaderBytes = 256 << 10;

// Qt 6.4 takes interim answers for final ones and drops a head of more than 100 fields; and without a
// Content-Length it may take a body that was cut, or is broken, for a whole one.
bool isReadByQt(const ResponseHead &head)
{
    if (head.status < 200 || head.headers.isEmpty())
        return head.status == 101;
    return head.status >= 300 || head.status == 204 || head.status == 205
           || (head.has("Content-Length") && !head.has("Transfer-Encoding"));
}

} // namespace

Transfer::Transfer(QNetworkAccessManager &network, ProxyFinder &proxies, Request request, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_proxies(proxies)
    , m_request(std::move(request))
    , m_url(m_request.url)
    , m_direct(m_request.ownSocket)
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
    for (QNetworkReply *reply : {std::exchange(m_reply, nullptr), std::exchange(m_spare, nullptr)}) {
        if (!reply)
            continue;
        // Deletion ends it. abort() would make Qt complain when an error of its own is on its way.
        reply->disconnect(this);
        reply->deleteLater();
    }
}

void Transfer::get()
{
    m_finished = false;
    m_tlsProblem.clear();
    m_watchdog.start(m_request.timeout);
    m_proxies.find(m_url, this, [this, number = ++m_gets](const QNetworkProxy &proxy) {
        if (number == m_gets && !m_over)
            send(proxy);
    });
}

void Transfer::send(const QNetworkProxy &proxy)
{
    const QNetworkRequest request = networkRequest(m_request.url, m_url, m_request.headers, m_request.asked);
    m_network.setProxy(proxy);
    if (m_direct)
        m_reply = new SocketReply(request, proxy, this);
    else
        m_reply = m_network.get(request);
    m_reply->setReadBufferSize(bufferSize());
    listen();
}

void Transfer::listen()
{
    // Queued where the answer may be an abort(), which must not come from within Qt's own emission.
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Transfer::onHead, Qt::QueuedConnection);
    connect(m_reply, &QNetworkReply::readyRead, this, &Transfer::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &Transfer::onFinished, Qt::QueuedConnection);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = certificateProblem(errors.first());
    });
}

ResponseHead Transfer::headOf() const
{
    ResponseHead head;
    head.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    head.url = m_url;
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        head.headers.append({name, value});
    return head;
}

void Transfer::onHead()
{
    if (m_reply && sender() == m_reply)
        useHead();
}

void Transfer::useHead()
{
    if (m_over || m_accepted || !m_reply)
        return;
    const ResponseHead head = headOf();
    const bool isFile = head.status >= 200 && head.status < 300;
    if (head.status == 0)
        return;
    if (!m_direct && !isReadByQt(head)) {
        readDirectly(isFile);
        return;
    }
    if (m_spare && !isFile) { // perhaps a link that works only once
        useSpare();
        return;
    }
    qsizetype bytes = 0;
    for (const auto &[name, value] : head.headers)
        bytes += name.size() + value.size();
    if (bytes > kMostHeaderBytes)
        end(Error{ErrorCode::BadHead, head.status, {}, {}});
    else if (isRedirect(head.status) && head.has("Location"))
        follow(head);
    else
        judge(head);
}

// Asks again in a way that sees what Qt does not. The answer that is there is kept until that one is better.
void Transfer::readDirectly(bool keep)
{
    m_direct = true;
    if (keep) {
        m_reply->disconnect(this);
        m_reply->setReadBufferSize(kFirstBuffer);
        QNetworkReply *spare = std::exchange(m_reply, nullptr);
        drop();
        m_spare = spare;
    } else {
        drop();
    }
    get();
}

void Transfer::useSpare()
{
    QNetworkReply *spare = std::exchange(m_spare, nullptr);
    drop();
    ++m_gets; // what was asked meanwhile
    m_reply = spare;
    listen();
    useHead();
    if (!m_over && m_reply == spare && spare->isFinished())
        onEnd();
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
    if (m_spare && !std::holds_alternative<Accepted>(verdict)) { // asked again, it gave something else
        useSpare();
        return;
    }
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
    QByteArray bytes = m_reply->read(std::min(most, bytesAvailable()));
    m_next += bytes.size();
    m_read += bytes.size();
    if (m_reply->readBufferSize() != bufferSize())
        m_reply->setReadBufferSize(bufferSize());
    watch();
    if (bytesAvailable() <= 0)
        finishSoon();
    return bytes;
}

qint64 Transfer::bufferSize() const
{
    const bool small = m_read < kLargeBufferAfter || m_url.scheme() == QLatin1String("https");
    return small ? std::min(m_request.bufferSize, kFirstBuffer) : m_request.bufferSize;
}

void Transfer::setBufferSize(qint64 bytes)
{
    if (std::exchange(m_request.bufferSize, bytes) != bytes && m_reply)
        m_reply->setReadBufferSize(bufferSize());
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

// The watchdog runs while a head, or bytes that are wanted, are awaited.
void Transfer::watch()
{
    const bool waiting =
        m_reply && !m_over && !m_finished && (!m_accepted || (m_wanted && bytesAvailable() <= 0));
    // All that was promised is here, but Qt does not see the end of the message: it need not be waited for
    // long.
    const bool complete = m_accepted && m_promised && m_next >= *m_promised;
    if (waiting)
        m_watchdog.start(complete ? std::min(kEndOfMessage, m_request.timeout) : m_request.timeout);
    else
        m_watchdog.stop();
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
    if (!m_over && m_reply && sender() == m_reply)
        onEnd();
}

void Transfer::onEnd()
{
    QNetworkReply *reply = m_reply;
    if (!m_accepted)
        useHead(); // where metaDataChanged did not come
    if (m_over || m_reply != reply)
        return;
    if (!m_accepted) {
        if (m_spare)
            useSpare();
        else
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
    if (m_accepted && m_promised && m_next >= *m_promised)
        end({}); // all that was promised is here
    else if (m_spare && !m_accepted)
        useSpare();
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
    // Whoever is asked by a whole address is the proxy, and Qt calls its errors the server's.
    const bool proxied =
        m_network.proxy().type() == QNetworkProxy::HttpProxy && m_url.scheme() == QLatin1String("http");
    if (proxied && (code == ErrorCode::ConnectionRefused || code == ErrorCode::HostNotFound))
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
