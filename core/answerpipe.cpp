// SPDX-License-Identifier: MIT
#include "answerpipe.h"

#include <utility>

namespace longhaul {

AnswerPipe::AnswerPipe(QObject *reader, std::function<void()> onNews)
    : m_reader(reader)
    , m_onNews(std::move(onNews))
{}

AnswerPipe::News AnswerPipe::takeNews()
{
    const QMutexLocker lock(&m_mutex);
    m_told = false;
    return std::exchange(m_news, {});
}

void AnswerPipe::consumed(qint64 bytes)
{
    const QMutexLocker lock(&m_mutex);
    m_unread -= bytes;
    // Not for every little: each call wakes a thread.
    if (m_waiting && m_writer && m_unread <= m_limit / 2) {
        m_waiting = false;
        QMetaObject::invokeMethod(m_writer, m_onRoom, Qt::QueuedConnection);
    }
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
    const QMutexLocker lock(&m_mutex);
    m_reader = nullptr;
    m_onNews = {};
    m_news = {};
    if (m_writer)
        QMetaObject::invokeMethod(m_writer, m_onRoom, Qt::QueuedConnection);
}

void AnswerPipe::setWriter(QObject *writer, std::function<void()> onRoom)
{
    const QMutexLocker lock(&m_mutex);
    m_writer = writer;
    m_onRoom = std::move(onRoom);
    m_waiting = false;
}

bool AnswerPipe::isLeft() const
{
    const QMutexLocker lock(&m_mutex);
    return !m_reader;
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
    const QMutexLocker lock(&m_mutex);
    m_news.head = std::move(head);
    tellReader();
}

void AnswerPipe::put(QByteArray piece)
{
    const QMutexLocker lock(&m_mutex);
    m_unread += piece.size();
    m_news.pieces.push_back(std::move(piece));
    tellReader();
}

void AnswerPipe::end(AnswerEnd end)
{
    const QMutexLocker lock(&m_mutex);
    m_news.end = std::move(end);
    tellReader();
}

void AnswerPipe::tellReader()
{
    if (!m_reader)
        m_news = {};
    else if (!std::exchange(m_told, true))
        QMetaObject::invokeMethod(m_reader, m_onNews, Qt::QueuedConnection);
}

} // namespace longhaul
