// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QMutex>
#include <QNetworkReply>
#include <QSslError>

#include <deque>
#include <functional>
#include <optional>
#include <utility>

namespace longhaul {

// The head of an answer, each field as it came (RFC 9112 4, 5).
struct AnswerHead {
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> fields;
};

// How an answer ended.
struct AnswerEnd {
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString text = {};         // the system's words; may be empty
    QList<QSslError> tls = {}; // what was wrong with the certificate
};

// One answer on its way from the network thread, where it is put in, to its reader's thread: head, pieces of
// the body, end, in that order. Shared by both; whoever leaves says so. Nothing waits: each side tells the
// other by a queued call, once until that has looked.
class AnswerPipe
{
public:
    // What came since the reader looked last.
    struct News {
        std::optional<AnswerHead> head;
        std::deque<QByteArray> pieces;
        std::optional<AnswerEnd> end;
    };

    // `onNews` is called on the thread of `reader`, until leave().
    AnswerPipe(QObject *reader, std::function<void()> onNews);
    Q_DISABLE_COPY_MOVE(AnswerPipe)

    // The reader's thread.
    News takeNews();
    void consumed(qint64 bytes); // so many of those taken are read: there is room for more
    void setLimit(qint64 bytes); // that may be on their way, or unread
    void leave();                // the rest is not wanted

    // The writer's thread. `onRoom` is called on the thread of `writer`: there is room again, or the reader
    // has left. A writer replaces the one before; null: there is none any more.
    void setWriter(QObject *writer, std::function<void()> onRoom = {});
    bool isLeft() const;
    // How many bytes may be put in now. Where it is <= 0, onRoom will come.
    qint64 room();
    void put(AnswerHead head);
    void put(QByteArray piece);
    void end(AnswerEnd end);

private:
    // Whom one side tells. Its lock is held during the call alone: a thread that is woken by it, and wants
    // the news, must not wait for the one that woke it, which may have to give way.
    class Listener
    {
    public:
        void set(QObject *object, std::function<void()> call);
        void tell();

    private:
        QMutex m_mutex;
        QObject *m_object = nullptr;
        std::function<void()> m_call;
    };

    void tellReader(QMutexLocker<QMutex> *lock);

    Listener m_reader;
    Listener m_writer;
    mutable QMutex m_mutex; // for what follows
    News m_news;
    qint64 m_unread = 0;
    qint64 m_limit = 64 << 10;
    bool m_left = false;
    bool m_told = false;    // the reader has yet to look
    bool m_waiting = false; // the writer waits for room
};

} // namespace longhaul
