// SPDX-License-Identifier: MIT
#pragma once

#include "core/httpclient.h"

#include "replyrun.h"

#include <QThread>

namespace longhaul::test {

// Without a turn of this thread's event loop, that is of the client that lives on it.
inline bool waitBlind(const std::function<bool()> &isSo)
{
    for (int i = 0; i < 5000 && !isSo(); ++i)
        QThread::msleep(1);
    return isSo();
}

// One answer of a client that lives on this thread.
struct Asked {
    QObject reader;
    std::shared_ptr<AnswerPipe> pipe = std::make_shared<AnswerPipe>(&reader, [this] { look(); });
    QByteArray body;
    std::optional<AnswerEnd> end;
    bool reads = true;

    ~Asked() { pipe->leave(); }
    void look()
    {
        AnswerPipe::News news = pipe->takeNews();
        for (const QByteArray &piece : news.pieces) {
            body += piece;
            if (reads)
                pipe->consumed(piece.size());
        }
        if (news.end)
            end = news.end;
    }
};

inline WireRequest requestTo(const ScriptedServer &server)
{
    return {{QStringLiteral("127.0.0.1"), server.port()}, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", false};
}

inline const QByteArray kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

} // namespace longhaul::test
