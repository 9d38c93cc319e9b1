// SPDX-License-Identifier: MIT
// What a server sends on one connection.
#include "fuzz.h"
#include "targets.h"

#include "tests/support/readanswer.h"

namespace longhaul::fuzz {

void answerreader(const QByteArray &bytes)
{
    using State = AnswerReader::State;
    const test::ReadAnswer whole = test::readAnswer(bytes, {std::max<qsizetype>(1, bytes.size())});
    const int status = whole.head.status;
    REQUIRE(status == 0 || (status >= 101 && status <= 999));
    REQUIRE(whole.body.isEmpty() || status != 0);
    REQUIRE(whole.body.size() <= bytes.size());
    for (const auto &[name, value] : whole.head.fields)
        REQUIRE(!name.isEmpty() && !name.contains('\n') && !value.contains('\n'));
    REQUIRE(whole.ended == State::Broken || whole.ended == State::Done);
    REQUIRE(whole.ended == State::Broken || status != 0);
    // However it is cut on its way. What may come behind the end is another matter.
    for (const qsizetype piece : {1 + bytes.size() / 7, qsizetype(1)}) {
        const test::ReadAnswer cut = test::readAnswer(bytes, {piece});
        REQUIRE(cut.ended == whole.ended);
        REQUIRE_EQUAL(cut.head.status, status);
        REQUIRE(cut.head.fields == whole.head.fields);
        REQUIRE_EQUAL(cut.body, whole.body);
        REQUIRE(cut.reusable || !whole.reusable);
    }
}

} // namespace longhaul::fuzz
