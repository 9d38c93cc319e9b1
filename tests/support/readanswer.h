// SPDX-License-Identifier: MIT
#pragma once

#include "core/answerreader.h"

#include <QList>

#include <algorithm>

namespace longhaul::test {

// What came of an answer. The body also of one that broke.
struct ReadAnswer {
    AnswerReader::State state = AnswerReader::State::Head; // before the connection has ended
    AnswerReader::State ended = AnswerReader::State::Head; // and after
    bool reusable = false;
    AnswerHead head;
    QByteArray body;
};

// Reads as HttpConnection does: what is plainly body goes into place. `pieces` in turn; the last one again.
inline ReadAnswer readAnswer(const QByteArray &bytes, const QList<qsizetype> &pieces, bool reset = false)
{
    AnswerReader reader;
    ReadAnswer read;
    for (qsizetype at = 0, piece = 0; at < bytes.size() && reader.state() < AnswerReader::State::Done;
         ++piece) {
        const qint64 plain = reader.plain();
        const qsizetype most = pieces[std::min(piece, pieces.size() - 1)];
        const QByteArray next = bytes.mid(at, plain > 0 ? qsizetype(std::min<qint64>(plain, most)) : most);
        at += next.size();
        if (plain > 0) {
            read.body += next;
            reader.passed(next.size());
        } else {
            reader.feed(next, &read.body);
        }
    }
    read.state = reader.state();
    read.reusable = read.state == AnswerReader::State::Done && reader.isReusable();
    read.ended = reader.close(reset);
    read.head = reader.head();
    return read;
}

} // namespace longhaul::test
