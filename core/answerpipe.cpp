// SPDX-License-Identifier: MIT
#include "answerpipe.h"

#include <utility>

namespace longhaul {

void AnswerPipe::Listener::set(QObject *object, std::function<void()> call)
{
    const QMutexLocker lock(&m_mutex);
    m_object = object;
    m_call = std::move(call);
}

void AnswerPipe::Listener::tell()
{
    const QMutexLocker lock(&m_mutex);
    if (m_object)
        QMetaObject::invokeMethod(m_object, m_call, Qt::QueuedConnection);
}

AnswerPipe::AnswerPipe(QObject *reader, std::function<void()> onNews)
{
    m_reader.set(reader, std::move(onNews));
}

AnswerPipe::News AnswerPipe::takeNews()
{
    const QMutexLocker lock(&m_mutex);
    m_told = false;
    return std::exchange(m_news, {});
}

void AnswerPipe::consumed(qint64 bytes)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_unread -= bytes;
        // Not for every little: each call wakes a thread.
        if (!m_waiting || m_unread > m_limit / 2)
            return;
        m_waiting = false;
    }
    m_writer.tell();
}

void AnswerPipe::setLimit(qint64 bytes)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_limit = bytes;
    }
    consumed(0);
}

void AnswerPipe::leave()
{
    m_reader.set(nullptr, {});
    {
        const QMutexLocker lock(&m_mutex);
        m_left = true;
        m_news = {};
    }
    m_writer.tell();
}

void AnswerPipe::setWriter(QObject *writer, std::function<void()> onRoom)
{
    m_writer.set(writer, std::move(onRoom));
    const QMutexLocker lock(&m_mutex);
    m_waiting = false;
}

bool AnswerPipe::isLeft() const
{
    const QMutexLocker lock(&m_mutex);
    return m_left;
}

qint64 AnswerPipe::room()
{
    const QMutexLocker lock(&m_mutex);
    const qint64 room = m_limit - m_unread;
    m_waiting = room <= 0;
    return room;
}

void AnswerPipe::put(AnswerHead head)
{
    QMutexLocker lock(&m_mutex);
    m_news.head = std::move(head);
    tellReader(&lock);
}

void AnswerPipe::put(QByteArray piece)
{
    QMutexLocker lock(&m_mutex);
    m_unread += piece.size();
    m_news.pieces.push_back(std::move(piece));
    tellReader(&lock);
}

void AnswerPipe::end(AnswerEnd end)
{
    QMutexLocker lock(&m_mutex);
    m_news.end = std::move(end);
    tellReader(&lock);
}

void AnswerPipe::tellReader(QMutexLocker<QMutex> *lock)
{
    if (m_left)
        m_news = {};
    else if (!std::exchange(m_told, true)) {
        lock->unlock();
        m_reader.tell();
    }
}

} // namespace longhaul
