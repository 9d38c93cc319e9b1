// SPDX-License-Identifier: MIT
#include "controlconnection.h"

#include "controlframe.h"
#include "controlrequest.h"

#include <utility>

namespace longhaul {

namespace {

constexpr qint64 kAhead = 64 << 10; // bytes of an answer that wait for the client before no more are made

} // namespace

ControlConnection::ControlConnection(QLocalSocket *socket, const ControlAnswer &answer,
                                     std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_answer(answer)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kFrameHeadBytes + kMostFrameBytes);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, m_socket, &QLocalSocket::abort);
    connect(m_socket, &QLocalSocket::disconnected, this, &ControlConnection::gone);
    const auto moved = [this] {
        m_patience.start();
        work();
    };
    connect(m_socket, &QLocalSocket::readyRead, this, moved);
    connect(m_socket, &QLocalSocket::bytesWritten, this, moved);
    m_patience.start();
    QMetaObject::invokeMethod(this, &ControlConnection::work, Qt::QueuedConnection); // what came before
}

void ControlConnection::refuse(const QString &sentence)
{
    m_refused = true;
    m_reply = nullptr;
    write(controlError(sentence));
    m_socket->disconnectFromServer(); // when it is written
}

void ControlConnection::work()
{
    while (!m_refused && m_socket->bytesToWrite() < kAhead) {
        if (m_reply) {
            const QJsonObject frame = m_reply();
            if (!frame.value(QLatin1String("more")).toBool())
                m_reply = nullptr;
            write(frame);
        } else if (!answerNext()) {
            return;
        }
    }
}

// False when there is no whole frame.
bool ControlConnection::answerNext()
{
    const Frame head = decodeFrame(m_socket->peek(kFrameHeadBytes));
    if (head.kind == Frame::Kind::Incomplete && m_socket->bytesAvailable() < head.size)
        return false;
    const Frame frame = decodeFrame(m_socket->read(head.size));
    switch (frame.kind) {
    case Frame::Kind::Incomplete: return false;
    case Frame::Kind::Whole: m_reply = m_answer(frame.object); return true;
    case Frame::Kind::NoObject: write(controlError(tr("The request is no JSON object."))); return true;
    case Frame::Kind::TooLong: refuse(tr("The request is too long.")); return false;
    }
    return false;
}

void ControlConnection::write(const QJsonObject &object)
{
    std::optional<QByteArray> frame = encodeFrame(object);
    if (!frame)
        frame = encodeFrame(controlError(tr("The answer is too long.")));
    m_socket->write(*frame);
}

} // namespace longhaul
