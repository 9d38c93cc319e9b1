// SPDX-License-Identifier: MIT
#pragma once

#include "answerpipe.h"

#include <QByteArray>

namespace longhaul {

// What a server sends as the answer to one GET (RFC 9112) -> its head, the bytes of its body, its end.
// Interim answers (RFC 9110 15.2) but 101 are skipped; bodies are chunked, of a Content-Length, or go on
// until the connection ends. Strict where a mistake would cost bytes, lenient where it would not (bare LF).
// Bounded: 256 KiB of head, 100 interim answers, 4 KiB of a line between chunks. Pure: reads what it is
// given.
class AnswerReader
{
public:
    enum class State {
        Head,   // not all of it is there
        Body,   // head() is
        Done,   // to the last byte
        Broken, // this is no answer, or not all of it
    };

    // Reads on. Bytes of the body are appended to `body`; bytes behind the end, if any, stay where they are.
    State feed(const QByteArray &input, QByteArray *body);
    // How many bytes of the body come next with nothing in between: they may be read from the connection into
    // place, and only counted here. 0 when feed() must see what comes next.
    qint64 plain() const;
    State passed(qint64 bytes);
    // The connection has ended; `reset`: not in order.
    State close(bool reset);

    State state() const;
    const AnswerHead &head() const { return m_head; }
    // Once Done: whether the connection may carry another request (RFC 9112 9.3).
    bool isReusable() const { return m_persistent && m_at == m_input.size(); }
    // Nothing has come so far.
    bool isUntouched() const { return m_untouched; }

private:
    enum class Stage { Head, Body, ChunkSize, ChunkData, ChunkEnd, Trailer, Done, Broken };

    bool step(QByteArray *body);
    bool takeHead();
    bool useHead(const QByteArray &head);
    void useFraming();
    bool takeBody(QByteArray *body);
    bool takeChunkSize();
    bool hasLine();
    QByteArray takeLine();
    void bodyMoved(qint64 bytes);
    bool fail();

    AnswerHead m_head;
    QByteArray m_input; // from m_at on not yet read
    qsizetype m_at = 0;
    qsizetype m_lookedAt = 0; // bytes of a head in which none ends
    qint64 m_left = -1;       // bytes of the body or chunk to come; -1: until the connection ends
    Stage m_stage = Stage::Head;
    int m_interims = 0;
    bool m_untouched = true;
    bool m_persistent = false;
};

} // namespace longhaul
