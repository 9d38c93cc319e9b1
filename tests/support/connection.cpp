// SPDX-License-Identifier: MIT
#include "connection.h"

#include "socketcontrol.h"

#include <QSslSocket>

#include <algorithm>

namespace longhaul::test {

namespace {

constexpr qint64 kMostBuffered = 512 * 1024; // per connection, unsent
constexpr qint64 kBlock = 64 * 1024;
constexpr qint64 kTurn = 1024 * 1024;
constexpr qsizetype kMostHead = 64 * 1024;
constexpr qint64 kMostInput = 256 * 1024;
constexpr int kRateTickMs = 5;
constexpr int kLingerMs = 1000;
constexpr int kResetPatienceMs = 2000;

} // namespace

Connection::Connection(QTcpSocket *socket, int number, ServerLog &log, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_number(number)
    , m_log(log)
{
    socket->setParent(this);
    socket->setReadBufferSize(kMostInput);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Connection::onTimer);
    connect(socket, &QTcpSocket::readyRead, this, &Connection::readInput);
    connect(socket, &QTcpSocket::disconnected, this, &Connection::gone);
    const auto *tls = qobject_cast<QSslSocket *>(socket);
    // Queued: as it signals, TLS may still hold bytes that no counter of Qt shows.
    const Qt::ConnectionType type = tls ? Qt::QueuedConnection : Qt::AutoConnection;
    connect(socket, &QTcpSocket::bytesWritten, this, &Connection::runSteps, type);
    if (tls)
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &Connection::runSteps, type);
}

Connection::~Connection()
{
    leaveHold();
    const QMutexLocker lock(&m_log.mutex);
    m_log.connections[m_number].open = false;
}

void Connection::release()
{
    if (!m_holding)
        return;
    m_progress.released = true;
    runSteps();
}

void Connection::drop()
{
    resetConnection(m_socket->socketDescriptor());
    m_socket->abort();
    gone();
}

void Connection::gone()
{
    if (m_gone)
        return;
    m_gone = true;
    m_timer.stop();
    leaveHold();
    {
        const QMutexLocker lock(&m_log.mutex);
        m_log.connections[m_number].open = m_log.connections[m_number].answering = false;
    }
    deleteLater();
}

void Connection::readInput()
{
    if (m_finishing) {
        m_socket->readAll();
        return;
    }
    m_input += m_socket->read(kMostInput - m_input.size());
    nextRequest();
}

void Connection::nextRequest()
{
    if (m_gone || m_answering || m_finishing)
        return;
    m_input += m_socket->read(kMostInput - m_input.size());
    const qint64 skipped = std::min<qint64>(m_toSkip, m_input.size());
    m_input.remove(0, skipped);
    m_toSkip -= skipped;
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0 && m_input.size() <= kMostHead)
        return;
    const QByteArray head = end >= 0 && end <= kMostHead ? m_input.left(end + 4) : QByteArray();
    m_input.remove(0, head.size());
    answer(head);
}

void Connection::answer(const QByteArray &head)
{
    std::optional<Request> request = Request::parse(head);
    Answer answer = Answer::status(400).thenClose();
    {
        const QMutexLocker lock(&m_log.mutex);
        if (request) {
            request->connection = m_number;
            request->number = m_request = int(m_log.requests.size());
            m_log.requests.append(*request);
            m_log.bodyBytes.append(0);
            ++m_log.connections[m_number].requests;
        } else {
            m_request = -1;
            ++m_log.malformed;
        }
    }
    if (request) {
        m_toSkip = std::max<qint64>(0, request->header("Content-Length").toLongLong());
        const QMutexLocker lock(&m_log.handlerMutex);
        const Handler handler = m_log.handler; // it may set another one while it runs
        answer = handler ? handler(*request) : Answer::status(404);
    }
    m_steps = answer.steps(request.value_or(Request()));
    m_next = 0;
    m_progress = {};
    setAnswering(true);
    runSteps();
}

void Connection::runSteps()
{
    if (m_inSteps || m_gone || !m_answering)
        return;
    m_inSteps = true;
    m_turn = kTurn;
    while (m_next < m_steps.size()
           && std::visit([this](const auto &step) { return perform(step); }, m_steps.at(m_next))) {
        ++m_next;
        m_progress = {};
        m_timer.stop();
    }
    m_inSteps = false;
    if (m_gone || m_next < m_steps.size())
        return;
    setAnswering(false);
    QMetaObject::invokeMethod(this, &Connection::nextRequest, Qt::QueuedConnection);
}

void Connection::onTimer()
{
    m_progress.timeUp = true;
    runSteps();
}

bool Connection::perform(const step::Bytes &step)
{
    while (m_progress.done < step.bytes.size()) {
        const qint64 n = std::min(room(), step.bytes.size() - m_progress.done);
        if (n == 0)
            return false;
        send(step.bytes.mid(m_progress.done, n));
        m_progress.done += n;
    }
    return true;
}

bool Connection::perform(const step::Body &step)
{
    if (!m_progress.started) {
        m_progress.started = true;
        m_progress.clock.start();
    }
    while (step.begin + m_progress.done < step.end) {
        qint64 n = std::min(room(), step.end - step.begin - m_progress.done);
        if (step.rate > 0) {
            const qint64 due = step.rate * m_progress.clock.elapsed() / 1000;
            n = std::min(n, due - m_progress.done);
            if (n <= 0)
                m_timer.start(kRateTickMs);
        }
        if (n <= 0)
            return false;
        const QByteArray block = step.content.read(step.begin + m_progress.done, n);
        send(step.chunked ? QByteArray::number(n, 16) + "\r\n" + block + "\r\n" : block);
        m_progress.done += n;
        countBody(n);
    }
    return true;
}

bool Connection::perform(const step::Wait &step)
{
    if (!isDrained())
        return false;
    if (!m_progress.started) {
        m_progress.started = true;
        m_progress.timeUp = false;
        m_timer.start(step.ms);
    }
    return m_progress.timeUp;
}

bool Connection::perform(const step::Hold &)
{
    if (!isDrained())
        return false;
    if (!m_holding) {
        const QMutexLocker lock(&m_log.mutex);
        if (m_log.holdsOff)
            return true;
        m_holding = true;
        ++m_log.holding;
    }
    if (m_progress.released)
        leaveHold();
    return m_progress.released;
}

bool Connection::perform(const step::HalfClose &)
{
    if (!isDrained())
        return false;
    shutdownSending(m_socket->socketDescriptor());
    m_finishing = true;
    return true;
}

bool Connection::perform(const step::Close &)
{
    if (!isDrained())
        return false;
    // Not close(): what the client may have sent meanwhile would turn the FIN into a RST (RFC 9112 9.6).
    if (!m_progress.started) {
        m_progress.started = true;
        m_finishing = true;
        m_socket->readAll();
        m_timer.start(kLingerMs);
        if (qobject_cast<QSslSocket *>(m_socket))
            m_socket->disconnectFromHost();
        else
            shutdownSending(m_socket->socketDescriptor());
    } else if (m_progress.timeUp) {
        m_socket->abort();
        gone();
    }
    return false;
}

bool Connection::perform(const step::Reset &)
{
    if (!isDrained())
        return false;
    const qint64 unacknowledged = unacknowledgedBytes(m_socket->socketDescriptor());
    if (!m_progress.started || unacknowledged != m_progress.unacknowledged) {
        m_progress.started = true;
        m_progress.unacknowledged = unacknowledged;
        m_progress.clock.start();
    }
    if (unacknowledged > 0 && m_progress.clock.elapsed() < kResetPatienceMs)
        m_timer.start(1);
    else
        drop();
    return false;
}

// Nothing or at least a block, so that no tiny pieces are sent while the client reads slowly.
qint64 Connection::room()
{
    const auto *tls = qobject_cast<QSslSocket *>(m_socket);
    const qint64 unsent = m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
    if (unsent + kBlock > kMostBuffered)
        return 0;
    if (m_turn <= 0) {
        QMetaObject::invokeMethod(this, &Connection::runSteps, Qt::QueuedConnection);
        return 0;
    }
    return kBlock;
}

bool Connection::isDrained() const
{
    const auto *tls = qobject_cast<QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() == 0 && (!tls || tls->encryptedBytesToWrite() == 0);
}

void Connection::send(const QByteArray &bytes)
{
    m_turn -= bytes.size();
    m_socket->write(bytes);
}

void Connection::setAnswering(bool answering)
{
    m_answering = answering;
    const QMutexLocker lock(&m_log.mutex);
    m_log.connections[m_number].answering = answering;
}

void Connection::countBody(qint64 n)
{
    const QMutexLocker lock(&m_log.mutex);
    m_log.connections[m_number].bodyBytes += n;
    if (m_request >= 0)
        m_log.bodyBytes[m_request] += n;
}

void Connection::leaveHold()
{
    if (!m_holding)
        return;
    m_holding = false;
    const QMutexLocker lock(&m_log.mutex);
    --m_log.holding;
}

} // namespace longhaul::test
