// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// What tells one version of a file from another, when it changes, lies or is not there (RFC 9110 8.8, 13).
namespace longhaul::matrix {

namespace {

QByteArray recent() { return test::httpDate(QDateTime::currentDateTimeUtc().addSecs(-1)); }

// Another ETag with each answer, as edge nodes give that make it from an inode.
Script edgeNodes(const Content &content, const QByteArray &prefix, bool deaf)
{
    return [=](const Request &request, const Scene &scene) {
        const Resource resource = tagged(prefix + "\"node" + QByteArray::number(scene.n) + '"');
        return (deaf ? deafToIfRange(content, resource) : serve(content, resource))(request, scene);
    };
}

QList<Case> unchanged()
{
    const QByteArray old = "Sun, 06 Nov 2022 08:49:37 GMT";
    const QByteArray now = recent();
    const auto same = [](const char *name, const Resource &resource, const QByteArray &ifRange) {
        return Case{.name = name,
                    .first = First::Part,
                    .script = serve(theFile(), resource),
                    .had = resource,
                    .check = resumesWith(ifRange)};
    };
    return {
        same("same strong ETag", tagged(), "\"v1\""),
        same("same weak ETag", tagged("W/\"v1\""), ""),
        same("same old Last-Modified", dated(), old),
        same("same fresh Last-Modified", dated(now), ""),
        same("same ETag and Last-Modified", both(), "\"v1\""),
        same("same weak ETag, old Last-Modified", both("W/\"v1\""), old),
        same("no validators", {}, ""),
        same("ETag without quotes", tagged("v1"), ""),
        same("ETag with odd characters", tagged("\"a,b;c=\xe9 d\""), "\"a,b;c=\xe9 d\""),
        same("empty ETag", tagged("\"\""), "\"\""),
        same("Last-Modified in the future", dated("Sun, 06 Nov 2044 08:49:37 GMT"), ""),
        same("Last-Modified is no date", dated("yesterday"), ""),
        same("Last-Modified without a Date", {.lastModified = old, .date = "no date"}, ""),
        same("old Last-Modified in the form of RFC 850", dated("Sunday, 06-Nov-22 08:49:37 GMT"),
             "Sunday, 06-Nov-22 08:49:37 GMT"),
    };
}

// The bytes are the same, though the server says otherwise or says nothing.
QList<Case> equalContent()
{
    const auto equal = [](const char *name, const Resource &had, const Script &script) {
        return Case{.name = name, .first = First::Part, .script = script, .had = had};
    };
    return {
        equal("another ETag, equal content", tagged(), serve(theFile(), tagged("\"v2\""))),
        equal("another Last-Modified, equal content", dated(),
              serve(theFile(), dated("Mon, 07 Nov 2022 08:49:37 GMT"))),
        equal("both others, equal content", both(),
              serve(theFile(), both("\"v2\"", "Mon, 07 Nov 2022 08:49:37 GMT"))),
        equal("an ETag per edge node", tagged(), edgeNodes(theFile(), "", false)),
        equal("an ETag per edge node, deaf to If-Range", tagged(), edgeNodes(theFile(), "", true)),
        equal("a weak ETag per edge node", tagged("W/\"0\""), edgeNodes(theFile(), "W/", false)),
        equal("the ETag is gone", tagged(), serve()),
        equal("the ETag is gone, deaf to If-Range", tagged(), deafToIfRange(theFile(), {})),
        equal("the ETag has become weak", tagged(), serve(theFile(), tagged("W/\"v1\""))),
        equal("the ETag has become weak, deaf to If-Range", tagged(),
              deafToIfRange(theFile(), tagged("W/\"v1\""))),
        equal("an ETag has come", {}, serve(theFile(), tagged())),
        equal("another ETag, same Last-Modified, deaf", both(), deafToIfRange(theFile(), both("\"v2\""))),
        equal("Last-Modified is gone", dated(), serve()),
        {.name = "an ETag per edge node, many cuts",
         .script = bent(edgeNodes(theFile(), "", true),
                        [](Answer &answer, const Request &) { answer.cutBodyAfter(400'000); })},
    };
}

QList<Case> changedContent()
{
    const auto other = [](const char *name, const Resource &had, const Script &script,
                          const Content &now = sameSize()) {
        return Case{.name = name, .first = First::Part, .script = script, .had = had, .now = now};
    };
    const Resource v2 = tagged("\"v2\"");
    const Resource later = dated("Mon, 07 Nov 2022 08:49:37 GMT");
    const Resource weak = tagged("W/\"v1\"");
    const Content appended = changed(theFile(), kPart + 1000, kSize);
    return {
        other("changed, another ETag", tagged(), serve(sameSize(), v2)),
        other("changed, another ETag, deaf to If-Range", tagged(), deafToIfRange(sameSize(), v2)),
        other("changed, another ETag, no ranges any more", tagged(),
              noRanges(sameSize(), {{"ETag", "\"v2\""}})),
        other("changed, another Last-Modified", dated(), serve(sameSize(), later)),
        other("changed, another Last-Modified, deaf to If-Range", dated(), deafToIfRange(sameSize(), later)),
        other("changed, both others", both(), serve(sameSize(), both("\"v2\"", later.lastModified))),
        other("changed, both others, deaf", both(),
              deafToIfRange(sameSize(), both("\"v2\"", later.lastModified))),
        other("changed, only the ETag is another, deaf", both(), deafToIfRange(sameSize(), both("\"v2\""))),
        other("changed, only Last-Modified is another, deaf", both(),
              deafToIfRange(sameSize(), both("\"v1\"", later.lastModified))),
        other("changed, the ETag is gone, deaf", tagged(), deafToIfRange(sameSize(), {})),
        other("changed, Last-Modified is gone, deaf", dated(), deafToIfRange(sameSize(), {})),
        other("changed, the ETag is gone", tagged(), serve(sameSize())),
        other("changed, the same weak ETag", weak, serve(sameSize(), weak)),
        other("changed, another weak ETag", weak, serve(sameSize(), tagged("W/\"v2\""))),
        other("changed, the ETag has become weak, deaf", tagged(), deafToIfRange(sameSize(), weak)),
        other("changed, the ETag lost its quotes, deaf", tagged(), deafToIfRange(sameSize(), tagged("v1"))),
        other("changed within the second of Last-Modified", dated(recent()),
              serve(sameSize(), dated(recent()))),
        other("changed, no validators", {}, serve(sameSize())),
        other("changed, only an ETag for the new one", {}, serve(sameSize(), v2)),
        other("changed behind the part, no validators", {}, serve(appended), appended),
        other("changed behind the part, another ETag", tagged(), serve(appended, v2), appended),
        other("larger, another ETag", tagged(), serve(larger(), v2), larger()),
        other("larger, no validators", {}, serve(larger()), larger()),
        other("larger, deaf to If-Range", tagged(), deafToIfRange(larger(), v2), larger()),
        other("smaller, another ETag", tagged(), serve(smaller(), v2), smaller()),
        other("smaller, the same strong ETag, deaf", tagged(), deafToIfRange(smaller(), tagged()), smaller()),
        other("smaller, no validators", {}, serve(smaller()), smaller()),
        other("smaller, deaf to If-Range", tagged(), deafToIfRange(smaller(), v2), smaller()),
        other("shorter than the part, another ETag", tagged(), serve(tiny(), v2), tiny()),
        other("shorter than the part, no validators", {}, serve(tiny()), tiny()),
        other("exactly as long as the part, another ETag", tagged(), serve(Content::random(kPart, 9), v2),
              Content::random(kPart, 9)),
        other("exactly as long as the part, no validators", {}, serve(Content::random(kPart, 9)),
              Content::random(kPart, 9)),
        other("exactly as long as the part, deaf to If-Range", tagged(),
              deafToIfRange(Content::random(kPart, 9), v2), Content::random(kPart, 9)),
    };
}

// A cache between holds but the beginning of the file, and vouches for it with the file's own ETag.
QList<Case> cutCopies()
{
    QList<Case> cases;
    for (const qint64 size : {qint64(1000), kPart, qint64(2'000'000)}) {
        cases.append(
            {.name = "a copy cut to " + QByteArray::number(size) + " bytes, the same strong ETag",
             .first = First::Part,
             .script = always(Answer::whole(theFile(), {{"ETag", "\"v1\""}}).withBody(theFile(), 0, size)),
             .want = Want::Refuse,
             .had = tagged(),
             .options = fewRetries()});
    }
    return cases;
}

// No validators, and only some of what is on disk is another.
QList<Case> changedInPlaces()
{
    QList<Case> cases;
    const auto at = [&](const char *name, qint64 part, qint64 begin, qint64 end) {
        const Content now = changed(theFile(), begin, end);
        cases.append({.name = name, .first = First::Part, .script = serve(now), .part = part, .now = now});
    };
    at("changed in the first byte", kPart, 0, 1);
    at("changed in the first part", kPart, 1000, 60'000);
    at("changed in the middle", kPart, 500'000, 1'000'000);
    at("changed in the last part", kPart, kPart - 50'000, kPart - 1000);
    at("changed in the last byte on disk", kPart, kPart - 1, kPart);
    at("changed in one byte in the middle of a small part", 900'000, 450'000, 450'001);
    at("changed in the first byte of a tiny part", 100, 0, 1);
    return cases;
}

// While it is being resumed.
QList<Case> changesMeanwhile()
{
    const auto untilAppended = [](const Resource &before, const Resource &after) {
        return [=](const Request &request, const Scene &scene) {
            // Spots have an end: what has none is the rest.
            const bool spot = request.range && request.range->end;
            return spot ? deafToIfRange(theFile(), before)(request, scene)
                        : deafToIfRange(sameSize(), after)(request, scene);
        };
    };
    const Resource weak1 = tagged("W/\"v1\"");
    const Resource weak2 = tagged("W/\"v2\"");
    const auto twice = [](const Resource &a, const Resource &b) {
        return [=](const Request &request, const Scene &scene) {
            if (scene.n == 0)
                return serve(theFile(), a)(request, scene).cutBodyAfter(300'000);
            return serve(sameSize(), b)(request, scene);
        };
    };
    return {
        {.name = "changed between proof and rest, weak ETags",
         .first = First::Part,
         .script = untilAppended(weak1, weak2),
         .had = weak1,
         .now = sameSize()},
        {.name = "changed between proof and rest, strong ETags, deaf",
         .first = First::Part,
         .script = untilAppended(tagged("\"v2\""), tagged("\"v3\"")),
         .now = sameSize()},
        {.name = "changed between proof and rest, fresh Last-Modified",
         .first = First::Part,
         .script = untilAppended(dated(recent()), dated("Mon, 07 Nov 2022 08:49:37 GMT")),
         .had = dated(recent()),
         .now = sameSize()},
        {.name = "changed after a second cut",
         .first = First::Part,
         .script = twice(tagged(), tagged("\"v2\"")),
         .had = tagged(),
         .now = sameSize()},
        {.name = "changed twice",
         .first = First::Part,
         .script =
             [](const Request &request, const Scene &scene) {
                 if (scene.n == 0)
                     return serve(larger(), tagged("\"v2\""))(request, scene).cutBodyAfter(2'000'000);
                 return serve(sameSize(), tagged("\"v3\""))(request, scene);
             },
         .had = tagged(),
         .now = sameSize()},
        {.name = "changed with every request",
         .first = First::Part,
         .script =
             [](const Request &request, const Scene &scene) {
                 const quint64 version = 10 + quint64(scene.n);
                 return serve(Content::random(kSize, version),
                              tagged('"' + QByteArray::number(version) + '"'))(request, scene)
                     .cutBodyAfter(500'000);
             },
         .want = Want::Refuse,
         .had = tagged(),
         .options = {QStringLiteral("--retries"), QStringLiteral("1")}},
    };
}

} // namespace

QList<Case> validatorCases()
{
    return unchanged() + equalContent() + changedContent() + cutCopies() + changedInPlaces()
           + changesMeanwhile();
}

} // namespace longhaul::matrix
