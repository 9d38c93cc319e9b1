// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// 206 and 416, and what can be wrong with them (RFC 9110 14, 15.3.7, 15.5.17).
namespace longhaul::matrix {

namespace {

// To a request with Range: 206 from where it was asked, with these words about it; to others the whole file.
Script saying(const std::function<QByteArray(qint64 begin)> &words, qint64 shift = 0)
{
    return byRange(
        [=](const Request &request, const Scene &) {
            const qint64 begin = std::clamp<qint64>(beginOf(request) + shift, 0, kSize - 1);
            return partial(theFile(), begin, kSize, words(begin));
        },
        noRanges());
}

Script liesOnce(const Script &lie) { return times(1, lie, serve()); }

Case lie(const QByteArray &name, const Script &script)
{
    return {.name = name, .first = First::Part, .script = script};
}

QList<Case> wrongWords()
{
    const auto at = [](const QByteArray &format) {
        return [=](qint64 begin) {
            QByteArray words = format;
            words.replace("BEGIN", QByteArray::number(begin));
            words.replace("LAST", QByteArray::number(kSize - 1));
            words.replace("SIZE", QByteArray::number(kSize));
            words.replace("LENGTH", QByteArray::number(kSize - begin));
            return words;
        };
    };
    const auto honest = at("bytes BEGIN-LAST/SIZE");
    return {
        lie("206 begins one byte late", saying(honest, 1)),
        lie("206 begins one byte early", saying(honest, -1)),
        lie("206 begins at 0", saying(honest, -kSize)),
        lie("206 begins at an earlier block", saying(honest, -5000)),
        lie("206 begins one byte late, once", liesOnce(saying(honest, 1))),
        lie("206 tells the right start and sends from 0",
            byRange(
                [=](const Request &request, const Scene &) {
                    return partial(theFile(), 0, kSize - beginOf(request), honest(beginOf(request)));
                },
                noRanges())),
        lie("206 without Content-Range", saying(at(""))),
        lie("206 without Content-Range, once", liesOnce(saying(at("")))),
        lie("206 with an empty range", saying(at("bytes"))),
        lie("206 in items", saying(at("items BEGIN-LAST/SIZE"))),
        lie("206 in Bytes", saying(at("Bytes BEGIN-LAST/SIZE"))),
        lie("206 with bytes=", saying(at("bytes=BEGIN-LAST/SIZE"))),
        lie("206 with bytes:", saying(at("bytes: BEGIN-LAST/SIZE"))),
        lie("206 without a unit", saying(at("BEGIN-LAST/SIZE"))),
        lie("206 with spaces", saying(at("bytes  BEGIN - LAST / SIZE"))),
        lie("206 with * as total", saying(at("bytes BEGIN-LAST/*"))),
        lie("206 without a total", saying(at("bytes BEGIN-LAST"))),
        lie("206 with another total", saying(at("bytes BEGIN-LAST/9999999"))),
        lie("206 with a total that is too small", saying(at("bytes BEGIN-LAST/2000000"))),
        lie("206 with the length as total", saying(at("bytes BEGIN-LAST/LENGTH"))),
        lie("206 with total 0", saying(at("bytes BEGIN-LAST/0"))),
        lie("206 with the size as end", saying(at("bytes BEGIN-SIZE/SIZE"))),
        lie("206 with an early end", saying(at("bytes BEGIN-2000000/SIZE"))),
        lie("206 ends before it begins", saying(at("bytes BEGIN-5/SIZE"))),
        lie("206 with overflow", saying(at("bytes BEGIN-99999999999999999999/999999999999999999999"))),
        lie("206 with 2^64 behind the start", saying(at("bytes BEGIN-18446744073709551615/*"))),
        lie("206 with negative numbers", saying(at("bytes -5--1/-7"))),
        lie("206 with hexadecimal numbers", saying(at("bytes 0xa-0xff/0xfff"))),
        lie("206 that says unsatisfied", saying(at("bytes */SIZE"))),
        lie("206 with two equal Content-Range",
            bent(serve(),
                 [](Answer &answer, const Request &request) {
                     if (request.has("Range"))
                         answer.withHeader("Content-Range", contentRange(beginOf(request), kSize, kSize));
                 })),
        lie("206 with two different Content-Range", bent(serve(),
                                                         [](Answer &answer, const Request &request) {
                                                             if (request.has("Range"))
                                                                 answer.withHeader("Content-Range",
                                                                                   "bytes 0-99/100");
                                                         })),
    };
}

QList<Case> multipart()
{
    const auto parts = [](const QByteArray &type) {
        return byRange(
            [=](const Request &request, const Scene &) {
                const qint64 begin = beginOf(request);
                QByteArray body = "--B\r\nContent-Type: application/octet-stream\r\nContent-Range: "
                                  + contentRange(begin, kSize, kSize) + "\r\n\r\n";
                body += theFile().read(begin, kSize) + "\r\n--B--\r\n";
                return Answer::status(206, {{"Content-Type", type}}, body);
            },
            noRanges());
    };
    return {lie("206 multipart", parts("multipart/byteranges; boundary=B")),
            lie("206 multipart in capitals", parts("MULTIPART/ByteRanges;boundary=\"B\"")),
            lie("206 multipart, once", liesOnce(parts("multipart/byteranges; boundary=B"))),
            lie("206 multipart with a Content-Range too",
                bent(parts("multipart/byteranges; boundary=B"), [](Answer &answer, const Request &request) {
                    if (request.has("Range"))
                        answer.withHeader("Content-Range", contentRange(beginOf(request), kSize, kSize));
                }))};
}

// The body is not what the head promises.
QList<Case> wrongBodies()
{
    const auto bend = [](const std::function<void(Answer &, qint64 begin)> &how) {
        return bent(serve(), [how](Answer &answer, const Request &request) {
            if (request.has("Range"))
                how(answer, beginOf(request));
        });
    };
    return {
        lie("206 with a Content-Length that is too small",
            bend([](Answer &answer, qint64) { answer.replaceHeader("Content-Length", "1000").thenClose(); })),
        lie("206 with a Content-Length that is too large", bend([](Answer &answer, qint64) {
                answer.replaceHeader("Content-Length", "2000000").thenClose();
            })),
        lie("206 with the whole size as Content-Length", bend([](Answer &answer, qint64) {
                answer.replaceHeader("Content-Length", QByteArray::number(kSize)).thenClose();
            })),
        lie("206 without Content-Length", bend([](Answer &answer, qint64) { answer.withoutLength(); })),
        lie("206 in chunks", bend([](Answer &answer, qint64) { answer.chunked(); })),
        lie("206 in HTTP/1.0", bend([](Answer &answer, qint64) { answer.http10(); })),
        lie("206 without Content-Length, shorter than its range",
            bend([](Answer &answer, qint64) { answer.withoutLength().cutBodyAfter(10'000); })),
        lie("206 in chunks, shorter than its range", bend([](Answer &answer, qint64 begin) {
                answer.withBody(theFile(), begin, std::min(begin + 400'000, kSize)).chunked();
            })),
        lie("206 in chunks, longer than its range", bend([](Answer &answer, qint64 begin) {
                answer.withBody(Content::fromBytes(theFile().read(begin, kSize) + QByteArray(5000, 'x')))
                    .chunked();
            })),
        lie("206 without Content-Length, longer than its range", bend([](Answer &answer, qint64 begin) {
                answer.withBody(Content::fromBytes(theFile().read(begin, kSize) + QByteArray(5000, 'x')))
                    .withoutLength();
            })),
        lie("206 longer than its Content-Length", bend([](Answer &answer, qint64 begin) {
                answer.withBody(Content::fromBytes(theFile().read(begin, kSize) + QByteArray(5000, 'x')))
                    .thenClose();
            })),
        lie("206 with an empty body, once",
            times(1, bend([](Answer &answer, qint64) { answer.withoutLength().cutBodyAfter(0); }), serve())),
        lie("206 cut every 300 kB", bend([](Answer &answer, qint64) { answer.cutBodyAfter(300'000); })),
        lie("206 reset every 300 kB", bend([](Answer &answer, qint64) { answer.resetBodyAfter(300'000); })),
        lie("206 in pieces of 256 KiB",
            byRange(
                [](const Request &request, const Scene &) {
                    const qint64 begin = beginOf(request);
                    const qint64 end = std::min(begin + 262'144, request.range->end.value_or(kSize));
                    return partial(theFile(), begin, std::min(end, kSize),
                                   contentRange(begin, std::min(end, kSize), kSize));
                },
                noRanges())),
        lie("206 in pieces of one byte at first, * as total",
            times(3,
                  byRange(
                      [](const Request &request, const Scene &) {
                          const qint64 begin = beginOf(request);
                          return partial(theFile(), begin, begin + 1,
                                         "bytes " + QByteArray::number(begin) + '-'
                                             + QByteArray::number(begin) + "/*");
                      },
                      noRanges()),
                  serve())),
        {.name = "206 in chunks, cut, * as total, size never told",
         .first = First::Part,
         .script = byRange(
             [](const Request &request, const Scene &scene) {
                 const qint64 begin = beginOf(request);
                 if (begin >= kSize)
                     return Answer::status(416, {{"Content-Range", "bytes */*"}});
                 Answer answer =
                     partial(theFile(), begin, kSize, "bytes " + QByteArray::number(begin) + "-2999999/*");
                 answer.chunked();
                 return scene.n < 2 ? answer.cutBodyAfter(100'000) : answer;
             },
             always(Answer::whole(theFile()).chunked())),
         .begin = always(Answer::whole(theFile()).chunked())},
    };
}

// 206 although no range was asked for.
QList<Case> unasked()
{
    const auto plain = [](const QByteArray &name, const Answer &answer, Want want = Want::Complete) {
        return Case{.name = name,
                    .script = byRange(serve(), always(answer)),
                    .want = want,
                    .options = {QStringLiteral("--retries"), QStringLiteral("2")}};
    };
    return {
        plain("unasked 206 of all", partial(theFile(), 0, kSize, contentRange(0, kSize, kSize))),
        plain("unasked 206 of all, * as total", partial(theFile(), 0, kSize, "bytes 0-2999999/*")),
        plain("unasked 206 of the first half",
              partial(theFile(), 0, 1'500'000, contentRange(0, 1'500'000, kSize))),
        plain("unasked 206 of the second half",
              partial(theFile(), 1'500'000, kSize, contentRange(1'500'000, kSize, kSize)), Want::Either),
        plain("unasked 206 without Content-Range", partial(theFile(), 0, kSize, ""), Want::Either),
        plain("unasked 206 of a part without Content-Range", partial(theFile(), 100, 2000, ""), Want::Refuse),
    };
}

QList<Case> unsatisfied()
{
    const auto answers416 = [](const QByteArray &range, const Script &plain) {
        const Answer refusal =
            range.isEmpty() ? Answer::status(416) : Answer::status(416, {{"Content-Range", range}});
        return byRange(always(refusal), plain);
    };
    const auto wholeIn = [](const Script &script) {
        return bent(script, [](Answer &a, const Request &) { a.chunked(); });
    };
    QList<Case> cases{
        lie("416 without Content-Range", answers416("", noRanges())),
        lie("416 with the size", answers416("bytes */3000000", noRanges())),
        lie("416 with * as size", answers416("bytes */*", noRanges())),
        lie("416 with nonsense", answers416("bytes 12/garbage", noRanges())),
        lie("416 with another size", answers416("bytes */5", noRanges())),
        lie("416 with the size of the part", answers416("bytes */1700000", noRanges())),
        lie("416 once", times(1, always(Answer::status(416)), serve())),
        {.name = "416 with the size of the part, which is another file's",
         .first = First::Part,
         .script = answers416("bytes */1700000", noRanges(Content::random(kPart, 9))),
         .now = Content::random(kPart, 9)},
        {.name = "416 to everything",
         .first = First::Part,
         .script = always(Answer::status(416, {{"Content-Range", "bytes */3000000"}})),
         .want = Want::Refuse,
         .options = {QStringLiteral("--retries"), QStringLiteral("1")}},
        {.name = "416 to the first request", .script = always(Answer::status(416)), .want = Want::Refuse},
    };
    // All bytes came, but not the end of the message.
    const auto allButTheEnd = [&](const char *name, const Script &script, const Resource &had = {},
                                  const Content &now = theFile()) {
        cases.append({.name = name,
                      .first = First::Part,
                      .script = script,
                      .had = had,
                      .part = kSize,
                      .begin = wholeIn(serve(theFile(), had)),
                      .now = now});
    };
    allButTheEnd("416 to a part that is whole", serve(theFile(), tagged()), tagged());
    allButTheEnd("416 to a part that is whole, no validators", serve());
    allButTheEnd("416 to a part that is whole, of a changed file", serve(sameSize(), tagged("\"v2\"")),
                 tagged(), sameSize());
    allButTheEnd("416 to a part that is whole, of a changed file, deaf",
                 deafToIfRange(sameSize(), tagged("\"v2\"")), tagged(), sameSize());
    allButTheEnd("416 to a part that is whole, of a changed file, no validators", serve(sameSize()), {},
                 sameSize());
    allButTheEnd("416 without size to a part that is whole", answers416("", noRanges()));
    allButTheEnd("a part that is whole, no ranges", noRanges());
    allButTheEnd("a part that was whole, of a file that grew", serve(larger(), tagged("\"v2\"")), tagged(),
                 larger());
    return cases;
}

// The same by a server that vouches for the part with a strong ETag: then nothing is proved beforehand.
QList<Case> withTag(const QList<Case> &cases)
{
    QList<Case> all = cases;
    for (Case one : cases) {
        if (one.name.contains("sends from 0")) // nothing could reveal it
            continue;
        one.name += ", ETag";
        one.had = tagged();
        one.script = bent(one.script, [](Answer &answer, const Request &) {
            if (answer.code() / 100 == 2)
                answer.replaceHeader("ETag", "\"v1\"");
        });
        all.append(one);
    }
    return all;
}

} // namespace

QList<Case> rangeCases()
{
    return withTag(wrongWords() + multipart() + wrongBodies()) + unasked() + unsatisfied();
}

} // namespace longhaul::matrix
