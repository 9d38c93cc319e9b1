// SPDX-License-Identifier: MIT
// What a server sends on one connection.
#include "fuzz.h"
#include "targets.h"

#include "core/answerreader.h"

#include <algorithm>

namespace longhaul::fuzz {

namespace {

using State = AnswerReader::State;

// What came of an answer. The body also of one that broke.
struct Outcome {
    AnswerHead head;
    QByteArray body;
    State state = State::Head; // once the connection has ended
    bool reusable = false;     // before that
};

// Reads `bytes` in pieces, each as HttpConnection does: what is plainly body goes into place.
Outcome readAnswer(const QByteArray &bytes, qsizetype piece)
{
    AnswerReader reader;
    Outcome outcome;
    for (qsizetype at = 0; at < bytes.size() && reader.state() < State::Done;) {
        const qint64 plain = reader.plain();
        const QByteArray next = bytes.mid(at, plain > 0 ? qsizetype(std::min<qint64>(plain, piece)) : piece);
        at += next.size();
        if (plain > 0) {
            outcome.body += next;
            reader.passed(next.size());
        } else {
            reader.feed(next, &outcome.body);
        }
    }
    outcome.reusable = reader.state() == State::Done && reader.isReusable();
    if (reader.state() < State::Done)
        reader.close(false);
    outcome.state = reader.state();
    outcome.head = reader.head();
    return outcome;
}

} // namespace

void answerreader(const QByteArray &bytes)
{
    const Outcome whole = readAnswer(bytes, std::max<qsizetype>(1, bytes.size()));
    const int status = whole.head.status;
    REQUIRE(status == 0 || (status >= 101 && status <= 999));
    REQUIRE(whole.body.isEmpty() || status != 0);
    REQUIRE(whole.body.size() <= bytes.size());
    for (const auto &[name, value] : whole.head.fields)
        REQUIRE(!name.isEmpty() && !name.contains('\n') && !value.contains('\n'));
    REQUIRE(whole.state == State::Broken || whole.state == State::Done);
    REQUIRE(whole.state == State::Broken || status != 0);
    // However it is cut on its way. What may come behind the end is another matter.
    for (const qsizetype piece : {1 + bytes.size() / 7, qsizetype(1)}) {
        const Outcome cut = readAnswer(bytes, piece);
        REQUIRE(cut.state == whole.state);
        REQUIRE_EQUAL(cut.head.status, status);
        REQUIRE(cut.head.fields == whole.head.fields);
        REQUIRE_EQUAL(cut.body, whole.body);
        REQUIRE(cut.reusable || !whole.reusable);
    }
}

} // namespace longhaul::fuzz
