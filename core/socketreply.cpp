// SPDX-License-Identifier: MIT
#include "socketreply.h"

#include "httpauth.h"
#include "httpclient.h"
#include "httpheaders.h"
#include "httprequest.h"

#include <QNetworkRequest>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr qint64 kDefaultLimit = 64 << 10;
// Pieces below the first are joined up to the second: what becomes of each costs more than a copy.
constexpr qint64 kSmallPiece = 16 << 10;
constexpr qint64 kMostJoined = 64 << 10;
constexpr int kMostChallenges = 4; // that one request answers

} // namespace

SocketReply::SocketReply(const QNetworkRequest &request, const QNetworkProxy &proxy, HttpClient &client,
                         QObject *parent)
    : QNetworkReply(parent)
    , m_client(client)
    , m_proxy(proxy)
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::GetOperation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    ask();
}

SocketReply::~SocketReply() { m_pipe->leave(); }

void SocketReply::ask()
{
    if (m_pipe)
        m_pipe->leave();
    m_pipe = std::make_shared<AnswerPipe>(this, [this] { onNews(); });
    setReadBufferSize(readBufferSize());
    const QByteArray secrets = m_toProxy + m_toServer; // of Digest each is good for one request
    const WireRequest wire{Route::to(url(), m_proxy), wireHead(request(), m_proxy, secrets),
                           request().hasRawHeader("Range") && secrets.isEmpty()};
    QMetaObject::invokeMethod(
        &m_client, [client = &m_client, wire, pipe = m_pipe] { client->get(wire, pipe); },
        Qt::QueuedConnection);
}

// Asks again with what the server, or a proxy that gets the whole address, wants to know: each once, or again
// where it took the answer for an old one.
bool SocketReply::answerChallenge(const AnswerHead &head)
{
    const bool byProxy = head.status == 407 && isAskedWhole(url(), m_proxy);
    const bool byServer = head.status == 401 && !request().hasRawHeader("Authorization");
    const Credentials who =
        byProxy ? Credentials{m_proxy.user(), m_proxy.password()}
                : Credentials{url().userName(QUrl::FullyDecoded), url().password(QUrl::FullyDecoded)};
    if ((!byProxy && !byServer) || who.user.isEmpty())
        return false;
    const QByteArray challenges = valueOf(head.fields, byProxy ? "Proxy-Authenticate" : "WWW-Authenticate");
    // Whoever says no again means the credentials, unless it was too late for its nonce.
    QByteArray &field = byProxy ? m_toProxy : m_toServer;
    if ((!field.isEmpty() && !isStale(challenges)) || ++m_challenges > kMostChallenges)
        return false;
    const QByteArray nonce = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    const auto answer = authorization(challenges, who, "GET", requestTarget(url(), m_proxy), nonce);
    if (!answer)
        return false;
    field = (byProxy ? "Proxy-Authorization: " : "Authorization: ") + *answer + "\r\n";
    ask();
    return true;
}

void SocketReply::onNews()
{
    if (isFinished())
        return;
    AnswerPipe::News news = m_pipe->takeNews();
    if (news.head) {
        if (answerChallenge(*news.head))
            return;
        useHead(*news.head);
    }
    for (QByteArray &piece : news.pieces) {
        m_here += piece.size();
        m_pieces.push_back(std::move(piece));
    }
    if (!news.pieces.empty() && !isFinished())
        Q_EMIT readyRead();
    if (news.end && !isFinished())
        useEnd(*news.end);
}

void SocketReply::useHead(const AnswerHead &head)
{
    m_head = head;
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, head.status);
    Q_EMIT metaDataChanged();
}

void SocketReply::useEnd(const AnswerEnd &end)
{
    if (!end.tls.isEmpty())
        Q_EMIT sslErrors(end.tls);
    if (end.error != NoError)
        setError(end.error, end.text);
    setFinished(true);
    Q_EMIT finished();
}

void SocketReply::abort()
{
    if (isFinished())
        return;
    m_pipe->leave();
    useEnd({OperationCanceledError});
}

void SocketReply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    m_pipe->setLimit(size > 0 ? size : kDefaultLimit);
}

QByteArray SocketReply::take(qint64 most)
{
    const qint64 wanted = std::min(most, m_here);
    if (wanted <= 0)
        return {};
    const qint64 first = m_pieces.front().size() - m_offset;
    if (m_offset == 0 && first <= wanted && (first >= kSmallPiece || first == wanted)) {
        const QByteArray piece = std::move(m_pieces.front());
        m_pieces.pop_front();
        m_here -= piece.size();
        m_pipe->consumed(piece.size());
        return piece;
    }
    QByteArray joined(qsizetype(std::min(wanted, std::max(first, kMostJoined))), Qt::Uninitialized);
    readData(joined.data(), joined.size());
    return joined;
}

qint64 SocketReply::readData(char *data, qint64 most)
{
    qint64 done = 0;
    while (done < most && !m_pieces.empty()) {
        const QByteArray &first = m_pieces.front();
        const qint64 size = std::min<qint64>(most - done, first.size() - m_offset);
        std::copy_n(first.constData() + m_offset, size, data + done);
        done += size;
        m_offset += qsizetype(size);
        if (m_offset == first.size()) {
            m_pieces.pop_front();
            m_offset = 0;
        }
    }
    m_here -= done;
    m_pipe->consumed(done);
    return done;
}

} // namespace longhaul
