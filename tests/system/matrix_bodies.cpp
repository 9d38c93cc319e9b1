// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// Where a body ends, and how long it is said to be (RFC 9112 6 to 8).
namespace longhaul::matrix {

namespace {

QList<Case> sizes()
{
    QList<Case> cases;
    constexpr qint64 mib = 1 << 20;
    for (const qint64 size : {qint64(1), qint64(2), qint64(65'535), qint64(65'536), mib - 1, mib, mib + 1,
                              2 * mib - 1, 2 * mib, 2 * mib + 1, 8 * mib - 1, 8 * mib, 8 * mib + 1}) {
        const Content content = Content::random(size, 5);
        const QByteArray name = QByteArray::number(size) + " bytes";
        cases.append({.name = name, .script = serve(content), .now = content});
        if (size == mib || size == 8 * mib + 1) {
            cases.append({.name = name + " in chunks",
                          .script = always(Answer::whole(content).chunked()),
                          .now = content});
            cases.append({.name = name + " without length",
                          .script = always(Answer::whole(content).withoutLength()),
                          .now = content});
        }
    }
    constexpr qint64 gib = qint64(1) << 30;
    const Content huge = Content::sparse(4 * gib + 12'345);
    cases.append({.name = "more than 4 GiB, continued behind 4 GiB",
                  .first = First::Cut,
                  .script = serve(huge, tagged()),
                  .had = tagged(),
                  .old = huge,
                  .part = 4 * gib + 5000,
                  .now = huge,
                  .check = resumesWith("\"v1\"")});
    const auto empty = [&](const QByteArray &name, const Answer &answer, Want want) {
        cases.append({.name = name,
                      .script = always(answer),
                      .want = want,
                      .nowIsEmpty = true,
                      .options = fewRetries()});
    };
    empty("empty file", Answer::whole(Content()), Want::Complete);
    empty("empty file in chunks", Answer::whole(Content()).chunked(), Want::Complete);
    empty("empty file without length", Answer::whole(Content()).withoutLength(), Want::Either);
    return cases;
}

QList<Case> lengths()
{
    const auto said = [](const QByteArray &value, Want want, bool closes = true) {
        Answer answer = Answer::whole(theFile()).replaceHeader("Content-Length", value);
        if (closes)
            answer.replaceHeader("Connection", "close").thenClose();
        return Case{.name = "Content-Length: " + value,
                    .script = always(answer),
                    .want = want,
                    .options = fewRetries()};
    };
    const auto twice = [](const QByteArray &name, const QByteArray &a, const QByteArray &b, Want want) {
        Answer answer =
            Answer::whole(theFile()).replaceHeader("Content-Length", a).withHeader("Content-Length", b);
        return Case{.name = name,
                    .script = always(answer.withHeader("Connection", "close").thenClose()),
                    .want = want,
                    .options = fewRetries()};
    };
    QList<Case> cases{
        said("3000000abc", Want::Either),
        said("-6", Want::Either),
        said("+3000000", Want::Either),
        said("0x2dc6c0", Want::Either),
        said("3 000 000", Want::Either),
        said("3000000.0", Want::Either),
        said("99999999999999999999999", Want::Either),
        said("18446744073709551616", Want::Either),
        said("18446744073712551616", Want::Either), // 2^64 + the size
        said("9223372036854775807", Want::Refuse),
        said("", Want::Either),
        said("003000000", Want::Complete, false),
        said("3000000, 3000000", Want::Complete),
        said("3000000, 2000000", Want::Either),
        said("3000001", Want::Either),
        twice("two equal Content-Length", "3000000", "3000000", Want::Complete),
        twice("two different Content-Length, the first is right", "3000000", "2000000", Want::Either),
        twice("two different Content-Length, the second is right", "2000000", "3000000", Want::Either),
    };
    Case longer = said("2000000", Want::Either);
    longer.name = "body longer than its Content-Length";
    longer.now = Content::fromBytes(theFile().read(0, 2'000'000));
    cases.append(longer);
    longer.name = "body longer than its Content-Length, kept alive";
    longer.script = always(Answer::whole(theFile()).replaceHeader("Content-Length", "2000000").thenHold());
    cases.append(longer);
    const Answer wrongOnce = Answer::whole(theFile()).replaceHeader("Content-Length", "12abc").thenClose();
    cases.append({.name = "broken Content-Length once", .script = first({wrongOnce}, serve())});
    cases.append({.name = "broken Content-Length on resume, once",
                  .first = First::Part,
                  .script = times(1,
                                  bent(serve(),
                                       [](Answer &a, const Request &) {
                                           a.replaceHeader("Content-Length", "12abc").thenClose();
                                       }),
                                  serve())});
    cases.append({.name = "two different Content-Length, cut, always",
                  .script = always(Answer::whole(theFile())
                                       .replaceHeader("Content-Length", "1000000")
                                       .withHeader("Content-Length", "3000000")
                                       .cutBodyAfter(1'000'000)),
                  .want = Want::Refuse,
                  .options = fewRetries()});
    return cases;
}

QByteArray inChunks(const QByteArray &sizeWord, const QByteArray &tail = "0\r\n\r\n", qint64 size = 100'000)
{
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/octet-stream\r\n\r\n"
           + sizeWord + "\r\n" + tiny().read(0, size) + "\r\n" + tail;
}

QList<Case> chunks()
{
    const auto raw = [](const QByteArray &name, const QByteArray &bytes, Want want) {
        return Case{.name = name,
                    .script = always(Answer::raw(bytes)),
                    .want = want,
                    .now = tiny(),
                    .options = fewRetries()};
    };
    const auto once = [](const QByteArray &name, const QByteArray &bytes) {
        return Case{
            .name = name + ", once", .script = first({Answer::raw(bytes)}, serve(tiny())), .now = tiny()};
    };
    const Answer both = Answer::whole(theFile()).chunked().withHeader("Content-Length", "5").thenClose();
    return {
        raw("chunk in capital hex", inChunks("186A0"), Want::Complete),
        raw("chunk with leading zeros", inChunks("0000186a0"), Want::Complete),
        raw("chunk extension", inChunks("186a0;name=\"v;\""), Want::Complete),
        raw("chunk size with spaces", inChunks("186a0  "), Want::Either),
        raw("chunked with trailers", inChunks("186a0", "0\r\nX-T: 1\r\nETag: \"t\"\r\n\r\n"), Want::Complete),
        raw("chunked without the last chunk", inChunks("186a0", ""), Want::Refuse),
        raw("chunked, last chunk without its empty line", inChunks("186a0", "0\r\n"), Want::Either),
        raw("chunk size is garbage", inChunks("186a0", "zz\r\nabc"), Want::Refuse),
        raw("chunk size overflows", inChunks("186a0", "fffffffffffffffff\r\nabc"), Want::Refuse),
        raw("chunk size is negative", inChunks("186a0", "-5\r\nabc\r\n0\r\n\r\n"), Want::Refuse),
        raw("chunk shorter than its size", inChunks("186a1", "", 100'000), Want::Refuse),
        once("chunked without the last chunk", inChunks("186a0", "")),
        once("chunk size is garbage", inChunks("186a0", "zz\r\nabc")),
        once("chunk size overflows", inChunks("186a0", "fffffffffffffffff\r\nabc")),
        once("chunk is cut", inChunks("186a0", "", 50'000)),
        {.name = "chunked and Content-Length, too small", .script = always(both)},
        {.name = "Transfer-Encoding: Chunked",
         .script = always(Answer::whole(theFile()).chunked().replaceHeader("Transfer-Encoding", "Chunked"))},
        {.name = "Transfer-Encoding: gzip, chunked",
         .script =
             always(Answer::whole(theFile()).chunked().replaceHeader("Transfer-Encoding", "gzip, chunked")),
         .want = Want::Either,
         .options = fewRetries()},
        {.name = "Transfer-Encoding: identity",
         .script = always(Answer::whole(theFile()).withHeader("Transfer-Encoding", "identity").thenClose()),
         .want = Want::Either,
         .options = fewRetries()},
    };
}

// A size that is told by the end alone.
QList<Case> withoutTotal()
{
    const auto chunked = [](const Content &content, const Resource &resource = {}) {
        return bent(serve(content, resource), [](Answer &answer, const Request &request) {
            if (!request.has("Range"))
                answer.chunked();
        });
    };
    const auto toTheEnd = [](const Script &script) {
        return bent(script, [](Answer &answer, const Request &) { answer.withoutLength(); });
    };
    const auto part = [](const QByteArray &name, const Script &begin, const Script &script,
                         const Resource &had = {}, const Content &now = theFile()) {
        return Case{
            .name = name, .first = First::Part, .script = script, .had = had, .begin = begin, .now = now};
    };
    const Script wholeInChunks = always(Answer::whole(theFile()).chunked());
    const Script wholeToTheEnd = always(Answer::whole(theFile()).withoutLength());
    return {
        part("chunked, cut, then a range", chunked(theFile(), tagged()), chunked(theFile(), tagged()),
             tagged()),
        part("chunked, cut, then a range, no validators", chunked(theFile()), chunked(theFile())),
        part("chunked, cut, then a range of a changed file", chunked(theFile(), tagged()),
             chunked(smaller(), tagged("\"v2\"")), tagged(), smaller()),
        part("chunked, cut, no ranges", wholeInChunks, wholeInChunks),
        part("chunked, cut, then a length, no ranges", wholeInChunks, noRanges()),
        part("without length, cut, ranges", toTheEnd(serve(theFile(), tagged())), serve(theFile(), tagged()),
             tagged()),
        part("without length, cut, ranges, no validators", toTheEnd(serve()), serve()),
        part("HTTP/1.0 without length, cut, ranges",
             bent(toTheEnd(serve()), [](Answer &answer, const Request &) { answer.http10(); }), serve()),
        {.name = "without length, reset, no ranges, then whole",
         .script =
             first({Answer::whole(theFile()).withoutLength().resetBodyAfter(1'000'000)}, wholeToTheEnd)},
        {.name = "without length, reset, no ranges, then with length",
         .script = first({Answer::whole(theFile()).withoutLength().resetBodyAfter(1'000'000)}, noRanges())},
        {.name = "without length, reset, ranges",
         .script = first({Answer::whole(theFile()).withoutLength().resetBodyAfter(1'000'000)}, serve())},
        {.name = "without length, cut, then with length, no ranges",
         .script = first({Answer::whole(theFile()).withoutLength().cutBodyAfter(1'000'000)}, noRanges())},
        {.name = "without length, whole, 416 without size",
         .script = byRange(always(Answer::status(416)), wholeToTheEnd)},
        {.name = "without length, whole, ranges", .script = byRange(serve(), wholeToTheEnd)},
        {.name = "without length, whole, no ranges", .script = wholeToTheEnd},
        {.name = "without length, whole, 403 to Range",
         .script = byRange(always(Answer::status(403)), wholeToTheEnd)},
        {.name = "without length, whole, silence to Range",
         .script = byRange(always(Answer::silence()), wholeToTheEnd)},
        {.name = "without length, whole, closes on Range",
         .script = byRange(always(Answer()), wholeToTheEnd)},
        {.name = "without length, whole, then 503 for ever",
         .script = first({Answer::whole(theFile()).withoutLength()}, always(Answer::status(503)))},
        {.name = "without length, whole, then 429 for ever",
         .script = first({Answer::whole(theFile()).withoutLength()}, always(Answer::status(429)))},
        {.name = "without length, whole, then 404 for ever",
         .script = first({Answer::whole(theFile()).withoutLength()}, always(Answer::status(404)))},
        {.name = "without length, whole, then a portal",
         .script = first({Answer::whole(theFile()).withoutLength()},
                         always(Answer::status(200, {{"Content-Type", "text/html"}}, "<p>login")))},
        {.name = "without length, stalls in the body once",
         .script =
             first({Answer::whole(theFile()).withoutLength().stallBodyAfter(1'000'000)}, wholeToTheEnd)},
        {.name = "length known, then without length and cut, no ranges, then whole",
         .first = First::Part,
         .script = first({Answer::whole(theFile()).withoutLength().cutBodyAfter(2'500'000),
                          Answer::whole(theFile()).withoutLength().cutBodyAfter(2'800'000)},
                         wholeToTheEnd)},
        {.name = "length known, then without length and always cut",
         .first = First::Part,
         .script = always(Answer::whole(theFile()).withoutLength().cutBodyAfter(2'500'000)),
         .want = Want::Refuse,
         .options = fewRetries()},
    };
}

} // namespace

QList<Case> bodyCases() { return sizes() + lengths() + chunks() + withoutTotal(); }

} // namespace longhaul::matrix
