// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// A request with Range that is answered by 200, or not at all because of Range.
namespace longhaul::matrix {

namespace {

Case resumed(const QByteArray &name, const Resource &had, const Script &script,
             const Content &now = theFile())
{
    return {.name = name, .first = First::Part, .script = script, .had = had, .now = now};
}

QList<Case> rangeIgnored()
{
    const Headers v1{{"ETag", "\"v1\""}};
    const Headers v2{{"ETag", "\"v2\""}};
    const auto cutOff = [](qint64 after) {
        return times(1, always(Answer::whole(theFile()).cutBodyAfter(after)), noRanges());
    };
    QList<Case> cases{
        resumed("200, same ETag", tagged(), noRanges(theFile(), v1)),
        resumed("200, no validators", {}, noRanges()),
        resumed("200, another ETag, equal content", tagged(), noRanges(theFile(), v2)),
        resumed("200, another ETag, larger", tagged(), noRanges(larger(), v2), larger()),
        resumed("200, another ETag, smaller", tagged(), noRanges(smaller(), v2), smaller()),
        resumed("200, another ETag, tiny", tagged(), noRanges(tiny(), v2), tiny()),
        resumed("200, no validators, changed", {}, noRanges(sameSize()), sameSize()),
        resumed("200, no validators, larger", {}, noRanges(larger()), larger()),
        resumed("200, no validators, smaller", {}, noRanges(smaller()), smaller()),
        resumed("200, no validators, tiny", {}, noRanges(tiny()), tiny()),
        resumed("200, same ETag, other size", tagged(), noRanges(smaller(), v1), smaller()),
        resumed("200 in chunks", tagged(), always(Answer::whole(theFile()).chunked())),
        resumed("200 in chunks, changed", tagged(), always(Answer::whole(smaller(), v2).chunked()),
                smaller()),
        resumed("200 without length", tagged(), always(Answer::whole(theFile()).withoutLength())),
        resumed("200 in HTTP/1.0", tagged(), always(Answer::whole(theFile()).withoutLength().http10())),
        resumed("200 cut within the part, then whole", {}, cutOff(500'000)),
        resumed("200 cut behind the part, then whole", {}, cutOff(2'500'000)),
        resumed(
            "200 of a changed file, cut within the part, then whole", tagged(),
            times(1, always(Answer::whole(sameSize(), v2).cutBodyAfter(500'000)), noRanges(sameSize(), v2)),
            sameSize()),
        resumed(
            "200 cut within the part, then ranges", tagged(),
            times(1, always(Answer::whole(theFile(), v1).cutBodyAfter(500'000)), serve(theFile(), tagged()))),
        resumed("200 of a changed file, cut, then ranges", tagged(),
                times(1, always(Answer::whole(sameSize(), v2).cutBodyAfter(500'000)),
                      serve(sameSize(), tagged("\"v2\""))),
                sameSize()),
        resumed("200 of a changed file without length, cut, then ranges", tagged(),
                times(1, always(Answer::whole(sameSize(), v2).withoutLength().cutBodyAfter(500'000)),
                      serve(sameSize(), tagged("\"v2\""))),
                sameSize()),
        resumed("200 without length, cut within the part, then whole", {},
                times(1, always(Answer::whole(theFile()).withoutLength().cutBodyAfter(500'000)), noRanges())),
        resumed(
            "200 without length, cut behind the part, then whole", {},
            times(1, always(Answer::whole(theFile()).withoutLength().cutBodyAfter(2'500'000)), noRanges())),
        {.name = "200 to If-Range, 206 without it",
         .first = First::Part,
         .script =
             [](const Request &request, const Scene &scene) {
                 return (request.has("If-Range") ? noRanges() : serve(theFile(), tagged()))(request, scene);
             },
         .had = tagged(),
         .check = [](const Case &, const QList<Asked> &asked) -> QByteArray {
             return asked.last().status == 206 ? QByteArray() : QByteArrayLiteral("the part was not used");
         }},
        {.name = "200 to If-Range, 206 without it, changed",
         .first = First::Part,
         .script =
             [](const Request &request, const Scene &scene) {
                 return (request.has("If-Range") ? noRanges(sameSize())
                                                 : serve(sameSize(), tagged("\"v2\"")))(request, scene);
             },
         .had = tagged(),
         .now = sameSize()},
    };
    return cases;
}

// A part of the file under the head of a whole one.
QList<Case> brokenWholes()
{
    const auto rest = [](bool withRange) {
        return byRange(
            [=](const Request &request, const Scene &) {
                const qint64 begin = beginOf(request);
                Answer answer =
                    partial(theFile(), begin, kSize, withRange ? contentRange(begin, kSize, kSize) : "");
                return answer.withStatus(200, "OK");
            },
            noRanges());
    };
    return {
        resumed("200 with Content-Range and the rest", {}, rest(true)),
        resumed(
            "200 with Content-Range and the rest, ETag", tagged(),
            bent(rest(true), [](Answer &answer, const Request &) { answer.withHeader("ETag", "\"v1\""); })),
        resumed("200 with a Content-Range of all", tagged(),
                bent(noRanges(),
                     [](Answer &answer, const Request &) {
                         answer.withHeader("Content-Range", contentRange(0, kSize, kSize));
                     })),
        {.name = "200 of nothing, once",
         .first = First::Part,
         .script = times(1, always(Answer::whole(Content())), serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "200 of nothing without length, once",
         .first = First::Part,
         .script = times(1, always(Answer::whole(Content()).withoutLength()), serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "200 of nothing in chunks, once",
         .first = First::Part,
         .script = times(1, always(Answer::whole(Content()).chunked()), serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "200 of nothing, always",
         .first = First::Part,
         .script = always(Answer::whole(Content())),
         .want = Want::Either,
         .had = tagged(),
         .nowIsEmpty = true,
         .options = {QStringLiteral("--retries"), QStringLiteral("1")}},
        {.name = "204 on resume, once",
         .first = First::Part,
         .script = times(1, always(Answer::status(204)), serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "304 on resume, once",
         .first = First::Part,
         .script = times(1, always(Answer::status(304)), serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "202 on resume, once",
         .first = First::Part,
         .script = times(1, always(Answer::status(202, {}, "wait")), serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "206 of zero bytes by 200, no ranges any more, always cut at the same byte",
         .first = First::Part,
         .script = always(Answer::whole(theFile()).cutBodyAfter(kPart)),
         .want = Want::Refuse,
         .options = {QStringLiteral("--retries"), QStringLiteral("1")}},
    };
}

// The server, or something before it, refuses requests because they have Range.
QList<Case> rangeRefused()
{
    QList<Case> cases;
    for (const int code : {400, 401, 403, 404, 405, 406, 412, 413, 417, 500, 501, 502, 503}) {
        cases.append({.name = "Range is refused by " + QByteArray::number(code),
                      .first = First::Part,
                      .script = byRange(always(Answer::status(code, {}, "no")), serve(theFile(), tagged())),
                      .had = tagged()});
    }
    for (const int code : {400, 412, 500}) {
        cases.append({.name = "If-Range is refused by " + QByteArray::number(code),
                      .first = First::Part,
                      .script =
                          [code](const Request &request, const Scene &scene) {
                              return request.has("If-Range") ? Answer::status(code)
                                                             : serve(theFile(), tagged())(request, scene);
                          },
                      .had = tagged()});
    }
    cases.append({.name = "Range is answered by a reset",
                  .first = First::Part,
                  .script = byRange(always(Answer::raw("").thenReset()), serve(theFile(), tagged())),
                  .had = tagged()});
    cases.append({.name = "412 to all but a plain request, changed",
                  .first = First::Part,
                  .script = byRange(always(Answer::status(412)), noRanges(sameSize())),
                  .had = tagged(),
                  .now = sameSize()});
    return cases;
}

} // namespace

QList<Case> wholeAnswerCases() { return rangeIgnored() + brokenWholes() + rangeRefused(); }

} // namespace longhaul::matrix
