// SPDX-License-Identifier: MIT
#include "httpconnection.h"

#include "platformfile.h"
#include "wire.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace longhaul {

namespace {

constexpr qint64 kInput = 16 << 10;  // bytes read at once where the reader must see them
constexpr qint64 kPiece = 256 << 10; // of a body, at most: what a processor's cache holds
constexpr int kTurn = 32;            // pieces read before others have theirs
// Of a large body that comes in portions below the first, more often than once in the second, they are let
// gather: each look costs more than to read so little does, here and in the threads behind. (What a server
// has to encrypt comes like that.)
constexpr qint64 kLittle = 64 << 10;
constexpr std::chrono::milliseconds kRest{1};

// Of something that would be taken for the file, though a part of it was asked for.
bool isWhole(int status) { return status / 100 == 2 && status != 206; }

} // namespace

HttpConnection::HttpConnection(const Route &route, QObject *parent)
    : QObject(parent)
    , m_route(route)
{
    auto *dialer = new Dialer(route, this);
    connect(dialer, &Dialer::connected, this, [this, dialer](Wire *wire) {
        dialer->deleteLater();
        adopt(wire);
    });
    connect(dialer, &Dialer::failed, this, [this, dialer](const AnswerEnd &why) {
        dialer->deleteLater();
        breakOff(why);
    });
    m_rest.setSingleShot(true);
    m_rest.setTimerType(Qt::PreciseTimer);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, &HttpConnection::advance);
    dialer->start();
}

HttpConnection::~HttpConnection()
{
    if (m_pipe)
        m_pipe->setWriter(nullptr);
    if (m_wire)
        m_wire->socket()->disconnect(this);
    platformfile::closeSocket(m_witness);
}

void HttpConnection::carry(const WireRequest &request, const std::shared_ptr<AnswerPipe> &pipe)
{
    Q_ASSERT(!m_pipe && !m_over);
    m_request = request.head;
    m_ranged = request.ranged;
    m_reader = AnswerReader();
    m_headGiven = false;
    m_pipe = pipe;
    m_pipe->setWriter(this, [this] { advance(); });
    if (m_pipe->isLeft()) { // before there was a writer to be told
        retire();
    } else if (m_wire && (isSpoken() || platformfile::hasInput(m_witness))) { // or that would be the answer
        passOn();
    } else if (m_wire) {
        send();
    }
}

void HttpConnection::adopt(Wire *wire)
{
    m_wire = wire;
    m_wire->setParent(this);
    QTcpSocket *socket = m_wire->socket();
    if (m_route.proxy.type()
        != QNetworkProxy::Socks5Proxy) // whose descriptors are Qt's own, not the system's
        m_witness = platformfile::duplicateSocket(socket->socketDescriptor());
    // Queued: it may come from within read().
    connect(socket, &QTcpSocket::errorOccurred, this, &HttpConnection::onSocketError, Qt::QueuedConnection);
    // Queued: over Qt's TLS it comes for each 4 KiB that are decrypted of what has arrived.
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::advanceSoon);
    if (m_pipe)
        send();
}

void HttpConnection::send()
{
    if (!m_wire->write(std::exchange(m_request, {})))
        advanceSoon(); // an unbuffered socket that has broken tells of it when it is read, and not before
}

void HttpConnection::advanceSoon()
{
    if (std::exchange(m_called, true))
        return;
    if (m_sinceLittle.isValid() && m_sinceLittle.elapsed() < kRest.count())
        m_rest.start();
    else
        QMetaObject::invokeMethod(this, &HttpConnection::advance, Qt::QueuedConnection);
}

// Moves on what the socket and the pipe allow.
void HttpConnection::advance()
{
    m_called = false;
    if (m_over)
        return;
    if (!m_pipe) { // called late, or the server speaks unasked
        if (isSpoken())
            retire();
        return;
    }
    if (m_pipe->isLeft()) {
        retire();
        return;
    }
    if (!m_wire)
        return;
    readTurn();
    if (m_over)
        return;
    if (m_closed && m_reader.state() < AnswerReader::State::Done && m_wire->available() == 0)
        m_reader.close(platformfile::wasReset(m_witness) || m_wire->isBroken());
    if (m_reader.state() >= AnswerReader::State::Done)
        finishAnswer();
}

// While nothing is carried: whether bytes came that belong to nobody, or the end.
bool HttpConnection::isSpoken()
{
    char unasked = 0;
    return m_wire->read(&unasked, 1) != 0;
}

// The system says how much of the request the server's has not confirmed: an answer confirms all of it.
bool HttpConnection::isEarly() const
{
    return m_wire->hasUnsent() || platformfile::hasUnconfirmed(m_witness);
}

void HttpConnection::passOn()
{
    m_unanswered = std::exchange(m_pipe, nullptr);
    m_unanswered->setWriter(nullptr);
    retire();
}

void HttpConnection::readTurn()
{
    qint64 brought = 0;
    int pieces = 0;
    for (; m_reader.state() < AnswerReader::State::Done && pieces < kTurn; ++pieces) {
        const qint64 got = readOnce(pieces == 0 || !m_wire->isDry());
        if (got == 0)
            break;
        brought += got;
    }
    if (brought < kLittle && m_reader.plain() >= kPiece)
        m_sinceLittle.start();
    else
        m_sinceLittle.invalidate();
    if (pieces == kTurn)
        advanceSoon();
}

// 0 when there is nothing to read now, or no room for it. An unbuffered socket tells in read() alone that
// it was closed: `surely` reads where nothing seems to be there.
qint64 HttpConnection::readOnce(bool surely)
{
    const qint64 room = m_pipe->room();
    if (room <= 0)
        return 0;
    const qint64 there = m_wire->available();
    if (there <= 0 && (!surely || m_closed))
        return 0;
    if (m_answers > 0 && m_reader.isUntouched() && there > 0 && isEarly()) {
        passOn();
        return 0;
    }
    const qint64 most = std::min({std::max<qint64>(there, 1), room, kPiece});
    if (const qint64 plain = m_reader.plain(); plain > 0)
        return readInPlace(std::min(most, plain));
    QByteArray input(qsizetype(std::min(std::max<qint64>(there, 1), kInput)), Qt::Uninitialized);
    if (readInto(&input) == 0)
        return 0;
    QByteArray body;
    m_reader.feed(input, &body);
    const AnswerHead &head = m_reader.head();
    if (!m_headGiven && head.status != 0) {
        if (m_answers > 0 && m_ranged && isWhole(head.status)) {
            passOn();
            return 0;
        }
        m_pipe->put(head);
        m_headGiven = true;
    }
    if (!body.isEmpty())
        m_pipe->put(std::move(body));
    return input.size();
}

qint64 HttpConnection::readInPlace(qint64 most)
{
    QByteArray piece(qsizetype(most), Qt::Uninitialized);
    const qint64 got = readInto(&piece);
    if (got > 0) {
        m_reader.passed(got);
        m_pipe->put(std::move(piece));
    }
    return got;
}

// As much as there is, up to its size, which becomes what it was.
qint64 HttpConnection::readInto(QByteArray *bytes)
{
    const qint64 got = m_wire->read(bytes->data(), bytes->size());
    if (got < 0) // an unbuffered socket tells it in no other way
        m_closed = true;
    bytes->resize(qsizetype(std::max<qint64>(got, 0)));
    return bytes->size();
}

void HttpConnection::onSocketError()
{
    if (m_over)
        return;
    m_closed = true; // what has arrived is still to be read
    if (!m_pipe)
        retire();
    else
        advance();
}

void HttpConnection::finishAnswer()
{
    const std::shared_ptr<AnswerPipe> pipe = std::exchange(m_pipe, nullptr);
    const bool done = m_reader.state() == AnswerReader::State::Done;
    pipe->setWriter(nullptr);
    const bool isNoAnswer = m_reader.isUntouched() ? m_closed : !done && !m_headGiven;
    if (isNoAnswer && m_answers > 0) {
        m_unanswered = pipe;
    } else if (done) {
        pipe->end({});
    } else {
        const auto error = m_closed ? QNetworkReply::RemoteHostClosedError : QNetworkReply::ProtocolFailure;
        pipe->end({error, m_closed ? m_wire->errorString() : QString(), {}});
    }
    ++m_answers;
    if (done && !m_closed && m_reader.isReusable() && m_wire->available() == 0)
        Q_EMIT idle();
    else
        retire();
}

void HttpConnection::breakOff(const AnswerEnd &why)
{
    if (const std::shared_ptr<AnswerPipe> pipe = std::exchange(m_pipe, nullptr)) {
        pipe->setWriter(nullptr);
        pipe->end(why);
    }
    retire();
}

void HttpConnection::retire()
{
    if (std::exchange(m_over, true))
        return;
    if (m_pipe)
        std::exchange(m_pipe, nullptr)->setWriter(nullptr);
    if (m_wire) {
        m_wire->socket()->disconnect(this);
        m_wire->socket()->abort();
    }
    platformfile::closeSocket(std::exchange(m_witness, -1)); // or the connection would stay open
    Q_EMIT over();
}

} // namespace longhaul
