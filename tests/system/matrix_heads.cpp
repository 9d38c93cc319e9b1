// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// How heads are written, and what comes before them (RFC 9112 2 to 5, RFC 9110 15.2).
namespace longhaul::matrix {

namespace {

QList<Case> interim()
{
    QList<Case> cases;
    const auto before = [&](const QByteArray &name, const std::function<void(Answer &)> &add) {
        const Script script =
            bent(serve(theFile(), tagged()), [=](Answer &answer, const Request &) { add(answer); });
        cases.append({.name = name + " before 200", .script = script});
        cases.append({.name = name + " before 206", .first = First::Part, .script = script, .had = tagged()});
    };
    before("100", [](Answer &a) { a.interim(100); });
    before("102", [](Answer &a) { a.interim(102); });
    before("103", [](Answer &a) { a.interim(103, {{"Link", "</style.css>; rel=preload"}}); });
    before("several 1xx",
           [](Answer &a) { a.interim(100).interim(102).interim(103).interim(103).interim(199); });
    before("103 that promises another length", [](Answer &a) {
        a.interim(103, {{"Content-Length", "5"}, {"Content-Type", "text/html"}, {"ETag", "\"x\""}});
    });
    const auto more = [&](const QByteArray &name, const Script &script, Want want = Want::Complete) {
        cases.append({.name = name,
                      .script = script,
                      .want = want,
                      .options = want == Want::Complete ? QStringList() : fewRetries()});
    };
    const auto early = [](Answer answer) { return answer.interim(103, {{"Link", "</a>"}}); };
    more("103 before 404", always(early(Answer::status(404))), Want::Refuse);
    more("103 before a redirect", [=](const Request &request, const Scene &scene) {
        return request.path == "/file.bin" ? early(Answer::redirect(302, "/b/file.bin"))
                                           : serve()(request, scene);
    });
    more("103 before chunks", always(early(Answer::whole(theFile()).chunked())));
    more("103 before a body without length", always(early(Answer::whole(theFile()).withoutLength())));
    more("103 before 503 once", first({early(Answer::status(503))}, serve()));
    more("103 before a portal once", first({early(portal())}, serve()));
    more("103, then a cut body, always", bent(serve(theFile(), tagged()), [=](Answer &a, const Request &) {
             early(a).cutBodyAfter(900'000);
         }));
    cases.last().script = bent(serve(theFile(), tagged()),
                               [](Answer &a, const Request &) { a.interim(103).cutBodyAfter(900'000); });
    more("103 and silence",
         always(Answer::script({test::step::Bytes{"HTTP/1.1 103 Early Hints\r\n\r\n"}, test::step::Hold{}})),
         Want::Refuse);
    more("103, a pause, then 200",
         always(Answer::script({test::step::Bytes{"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"},
                                test::step::Wait{300},
                                test::step::Bytes{"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n"},
                                test::step::Body{theFile(), 0, kSize}})));
    more("1xx without end",
         always(Answer::raw(QByteArray("HTTP/1.1 102 Processing\r\n\r\n").repeated(20'000))), Want::Refuse);
    more("101 unasked",
         always(Answer::status(101, {{"Upgrade", "h2c"}, {"Connection", "Upgrade"}}).thenClose()),
         Want::Refuse);
    return cases;
}

QByteArray whole(const QByteArray &head) { return head + theFile().readAll(); }

QList<Case> forms()
{
    const auto raw = [](const QByteArray &name, const QByteArray &head, Want want = Want::Complete) {
        return Case{.name = name,
                    .script = always(Answer::raw(whole(head))),
                    .want = want,
                    .options = want == Want::Complete ? QStringList() : fewRetries()};
    };
    const auto with = [](const QByteArray &name, const Headers &extra, Want want = Want::Complete) {
        return Case{.name = name,
                    .script = serve(theFile(), {.extra = extra}),
                    .want = want,
                    .options = want == Want::Complete ? QStringList() : fewRetries()};
    };
    Headers many;
    for (int i = 0; i < 2000; ++i)
        many.emplaceBack("X-H" + QByteArray::number(i), "v");
    Headers cookies;
    for (int i = 0; i < 60; ++i)
        cookies.emplaceBack("Set-Cookie", "c" + QByteArray::number(i) + "=v; Path=/");
    return {
        raw("line ends LF only", "HTTP/1.1 200 OK\nContent-Length: 3000000\n\n"),
        raw("line ends mixed", "HTTP/1.1 200 OK\r\nContent-Length: 3000000\nX: y\r\n\n", Want::Either),
        raw("lower-case names", "HTTP/1.1 200 OK\r\ncontent-length: 3000000\r\netag: \"x\"\r\n\r\n"),
        raw("upper-case names", "HTTP/1.1 200 OK\r\nCONTENT-LENGTH: 3000000\r\n\r\n"),
        raw("folded fields",
            "HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\n\tthree\r\nContent-Length: 3000000\r\n\r\n"),
        raw("folded Content-Length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n 3000000\r\n\r\n", Want::Either),
        raw("no space behind the colon", "HTTP/1.1 200 OK\r\nContent-Length:3000000\r\n\r\n"),
        raw("spaces around the value", "HTTP/1.1 200 OK\r\nContent-Length: \t 3000000 \t\r\n\r\n"),
        raw("space before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 3000000\r\n\r\n", Want::Either),
        raw("a line without colon", "HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 3000000\r\n\r\n",
            Want::Either),
        raw("an empty name", "HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 3000000\r\n\r\n", Want::Either),
        raw("zero bytes in a value",
            QByteArray("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 3000000\r\n\r\n", 52), Want::Either),
        raw("bytes above 127 in a value",
            "HTTP/1.1 200 OK\r\nX: \xff\xfe\r\nContent-Length: 3000000\r\n\r\n"),
        raw("no reason", "HTTP/1.1 200 \r\nContent-Length: 3000000\r\n\r\n"),
        raw("no reason and no space", "HTTP/1.1 200\r\nContent-Length: 3000000\r\n\r\n"),
        raw("a reason of 8 KiB",
            "HTTP/1.1 200 " + QByteArray(8192, 'r') + "\r\nContent-Length: 3000000\r\n\r\n"),
        raw("HTTP/1.0 with length", "HTTP/1.0 200 OK\r\nContent-Length: 3000000\r\n\r\n"),
        raw("HTTP/1.0 without length", "HTTP/1.0 200 OK\r\n\r\n"),
        raw("HTTP/1.2", "HTTP/1.2 200 OK\r\nContent-Length: 3000000\r\n\r\n", Want::Either),
        raw("HTTP/2.0 in text", "HTTP/2.0 200 OK\r\nContent-Length: 3000000\r\n\r\n", Want::Either),
        raw("HTTP/0.9", "", Want::Refuse),
        raw("ICY", "ICY 200 OK\r\n\r\n", Want::Refuse),
        raw("a status of two digits", "HTTP/1.1 20 OK\r\nContent-Length: 3000000\r\n\r\n", Want::Refuse),
        raw("a status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 3000000\r\n\r\n", Want::Refuse),
        raw("a status of letters", "HTTP/1.1 abc OK\r\nContent-Length: 3000000\r\n\r\n", Want::Refuse),
        raw("an empty line before the head", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n",
            Want::Either),
        raw("an SSH banner", "SSH-2.0-OpenSSH_9.2\r\n\r\n", Want::Refuse),
        with("a field of 300 KiB", {{"X-Big", QByteArray(300 << 10, 'b')}}, Want::Either),
        with("a field of 100 KiB", {{"X-Big", QByteArray(100 << 10, 'b')}}),
        with("2000 fields", many),
        with("60 cookies", cookies),
        with("100 other fields", Headers(many.begin(), many.begin() + 100)),
        {.name = "a field of 300 KiB once",
         .script = first({Answer::whole(theFile(), {{"X-Big", QByteArray(300 << 10, 'b')}})}, serve())},
        {.name = "fields without end",
         .script = always(Answer::whole(theFile(), {{"X-Big", QByteArray(40 << 20, 'b')}})),
         .want = Want::Either,
         .options = fewRetries()},
        {.name = "head of another HTTP/1.0 server, resumed",
         .first = First::Part,
         .script = bent(serve(theFile(), tagged()), [](Answer &a, const Request &) { a.http10(); }),
         .had = tagged()},
        {.name = "lower-case names, resumed",
         .first = First::Part,
         .script = bent(serve(theFile(), tagged()),
                        [](Answer &answer, const Request &request) {
                            const qint64 begin = beginOf(request);
                            answer.withoutHeader("Content-Range")
                                .withHeader("content-range", contentRange(begin, kSize, kSize));
                            answer.withoutHeader("ETag").withHeader("etag", "\"v1\"");
                        }),
         .had = tagged()},
    };
}

} // namespace

QList<Case> headCases() { return interim() + forms(); }

} // namespace longhaul::matrix
