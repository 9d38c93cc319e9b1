// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// Web pages in place of files, and content codings that nobody asked for (RFC 9110 8.4).
namespace longhaul::matrix {

namespace {

QByteArray bigPage() { return "<!DOCTYPE html><html><body>" + QByteArray(2'500'000, 'p') + "</body></html>"; }

// A gzip of stored (uncompressed) blocks: RFC 1952 over RFC 1951 3.2.4.
QByteArray gzipOf(const QByteArray &bytes)
{
    QByteArray packed = QByteArray::fromHex("1f8b0800000000000003");
    quint32 crc = ~0U;
    for (const char c : bytes) {
        crc ^= quint8(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320U : 0U);
    }
    const auto little = [&](quint32 value, int count) {
        for (int i = 0; i < count; ++i)
            packed += char(value >> (8 * i));
    };
    for (qsizetype at = 0; at < bytes.size(); at += 65'535) {
        const QByteArray block = bytes.mid(at, 65'535);
        packed += char(at + block.size() == bytes.size());
        little(quint32(block.size()), 2);
        little(~quint32(block.size()), 2);
        packed += block;
    }
    little(~crc, 4);
    little(quint32(bytes.size()), 4);
    return packed;
}

QList<Case> portals()
{
    const Script file = serve(theFile(), tagged());
    const auto toLogin = [](const Request &request, const Scene &scene) {
        if (scene.other)
            return portal();
        return Answer::redirect(302, scene.there + "/login?to=" + request.path.mid(1));
    };
    const auto resumed = [&](const QByteArray &name, const Script &portals, Want want = Want::Complete) {
        return Case{.name = name,
                    .first = First::Part,
                    .script = portals,
                    .want = want,
                    .had = tagged(),
                    .options = want == Want::Complete ? QStringList() : fewRetries()};
    };
    const Answer page = Answer::status(200, {{"Content-Type", "Text/HTML"}}, bigPage());
    const Answer nameless = Answer::status(200, {}, bigPage());
    QList<Case> cases{
        {.name = "portal at first", .script = first({portal()}, file)},
        {.name = "portal at first, for .zip",
         .script = first({portal()}, file),
         .path = "/a.zip",
         .saved = QStringLiteral("a.zip")},
        {.name = "portal always", .script = always(portal()), .want = Want::Refuse, .options = fewRetries()},
        {.name = "portal by redirect at first", .script = times(2, toLogin, file)},
        {.name = "portal by redirect always",
         .script = toLogin,
         .want = Want::Refuse,
         .options = fewRetries()},
        {.name = "portal in the whole first run",
         .script = [=](const Request &request,
                       const Scene &scene) { return scene.run == 0 ? portal() : file(request, scene); }},
        {.name = "portal by 511 once", .script = first({portal(511)}, file)},
        {.name = "portal in XHTML at first",
         .script = first({portal().replaceHeader("Content-Type", "application/xhtml+xml")}, file)},
        resumed("portal on resume", first({portal()}, file)),
        resumed("portal on resume, twice", first({portal(), portal()}, file)),
        resumed("portal on resume, large", first({page}, file)),
        resumed("portal on resume, always", always(portal()), Want::Refuse),
        resumed("portal on resume, by redirect", times(2, toLogin, file)),
        resumed("portal on resume, by 511", first({portal(511)}, file)),
        resumed("portal on resume, by 403", first({portal(403)}, file)),
        resumed("portal on resume, in chunks", first({portal().chunked()}, file)),
        resumed("portal on resume, without length", first({portal().withoutLength()}, file)),
        resumed("portal on resume, without a type", first({nameless}, file)),
        resumed("portal on resume, of exactly the size",
                first({Answer::status(200, {{"Content-Type", "text/html"}}, QByteArray(kSize, 'h'))}, file)),
        resumed("portal on resume, as 206",
                times(1,
                      bent(file,
                           [](Answer &answer, const Request &) {
                               answer.replaceHeader("Content-Type", "text/html")
                                   .withBody(Content::fromBytes(QByteArray(kSize, 'h')), 0, kSize - kPart);
                           }),
                      file)),
        resumed("portal on resume, as 206 without Content-Range", first({portal(206)}, file)),
        resumed("portal on resume in one run, which then goes on",
                [=](const Request &request, const Scene &scene) {
                    return scene.run <= 1 ? portal() : file(request, scene);
                }),
        {.name = "portal while the proof is fetched",
         .first = First::Part,
         .script = first({portal()}, serve())},
    };
    cases.last().options = {};
    for (Case &one : cases) {
        if (one.name.contains("one run, which"))
            one.first = First::Interrupted;
    }
    return cases;
}

QList<Case> realPages()
{
    const Content page = Content::fromBytes(bigPage());
    const Resource html{.etag = "\"h\"", .contentType = "text/html; charset=utf-8"};
    const auto named = [&](const QByteArray &path, const QString &saved) {
        return Case{.name = "a page is wanted: " + path,
                    .script = serve(page, html),
                    .now = page,
                    .path = path,
                    .saved = saved};
    };
    Resource attachment = html;
    attachment.extra = {{"Content-Disposition", "attachment; filename=\"report.bin\""}};
    return {
        named("/page.html", QStringLiteral("page.html")),
        named("/page.htm?x=1", QStringLiteral("page.htm")),
        named("/", {}),
        named("/view.php?id=5", {}),
        named("/no-suffix", {}),
        named("/v1.2", {}),
        {.name = "a page is wanted, resumed",
         .first = First::Part,
         .script = serve(page, html),
         .had = html,
         .old = page,
         .now = page,
         .path = "/page.html",
         .saved = QStringLiteral("page.html")},
        {.name = "a page as attachment for .bin",
         .script = serve(page, attachment),
         .now = page,
         .saved = QStringLiteral("report.bin")},
        {.name = "a login page is wanted, no file (HTML for a page that changed)",
         .first = First::Part,
         .script =
             serve(Content::fromBytes(bigPage() + "new"), {.etag = "\"h2\"", .contentType = "text/html"}),
         .had = html,
         .old = page,
         .now = Content::fromBytes(bigPage() + "new"),
         .path = "/page.html",
         .saved = QStringLiteral("page.html")},
        {.name = "text/plain for a .bin", .script = serve(theFile(), {.contentType = "text/plain"})},
        {.name = "no type for a .bin", .script = serve(theFile(), {.contentType = ""})},
        {.name = "a broken type for a .bin", .script = serve(theFile(), {.contentType = "/;;="})},
        {.name = "another type on resume",
         .first = First::Part,
         .script = serve(theFile(), {.etag = "\"v1\"", .contentType = "application/x-other"}),
         .had = tagged()},
    };
}

QList<Case> codings()
{
    const QByteArray packed = gzipOf(theFile().readAll());
    const Content gzip = Content::fromBytes(packed);
    const auto coded = [](const QByteArray &coding, const Content &body) {
        return Answer::whole(body, {{"Content-Encoding", coding}});
    };
    // The design: offsets and sizes are those of the bytes on the wire, which are kept as they are.
    const auto raw = [&](const QByteArray &name, const Script &script) {
        return Case{.name = name, .script = script, .now = gzip, .also = {theFile()}};
    };
    return {
        raw("gzip though identity was asked", always(coded("gzip", gzip))),
        raw("x-gzip in chunks", always(coded("x-gzip", gzip).chunked())),
        raw("gzip, cut once, no ranges",
            first({coded("gzip", gzip).cutBodyAfter(1'000'000)}, always(coded("gzip", gzip)))),
        raw("gzip, cut once, ranges of the coded bytes",
            first({coded("gzip", gzip).cutBodyAfter(1'000'000)},
                  serve(gzip, {.etag = "\"v1\"", .extra = {{"Content-Encoding", "gzip"}}}))),
        {.name = "gzip, cut, then identity",
         .script = first({coded("gzip", gzip).cutBodyAfter(1'000'000)}, serve(theFile(), tagged()))},
        {.name = "gzip in chunks, cut, then identity",
         .script =
             first({coded("gzip", gzip).chunked().cutBodyAfter(1'000'000)}, serve(theFile(), tagged()))},
        {.name = "identity, then gzip on resume by 200",
         .first = First::Part,
         .script = first({coded("gzip", gzip)}, serve(theFile(), tagged())),
         .had = tagged(),
         .also = {gzip}},
        {.name = "identity, then gzip on resume by 206",
         .first = First::Part,
         .script = byRange(
             bent(serve(theFile(), tagged()),
                  [](Answer &answer, const Request &) { answer.withHeader("Content-Encoding", "gzip"); }),
             serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "identity, then gzip on resume, always",
         .first = First::Part,
         .script = always(coded("gzip", gzip)),
         .had = tagged(),
         .now = gzip,
         .also = {theFile()}},
        {.name = "gzip, cut and closed without length, then whole",
         .script = first({coded("gzip", gzip).withoutLength().resetBodyAfter(1'000'000)},
                         always(coded("gzip", gzip))),
         .now = gzip,
         .also = {theFile()}},
        {.name = "Content-Encoding: identity", .script = always(coded("identity", theFile()))},
        {.name = "Content-Encoding: identity, resumed",
         .first = First::Part,
         .script = serve(theFile(), {.etag = "\"v1\"", .extra = {{"Content-Encoding", "identity"}}}),
         .had = {.etag = "\"v1\"", .extra = {{"Content-Encoding", "identity"}}}},
        {.name = "Content-Encoding: aws-chunked", .script = always(coded("aws-chunked", theFile()))},
        {.name = "gzip label on plain bytes", .script = always(coded("gzip", theFile()))},
        {.name = "Content-Encoding empty", .script = always(coded("", theFile()))},
    };
}

} // namespace

QList<Case> pageCases() { return portals() + realPages() + codings(); }

} // namespace longhaul::matrix
