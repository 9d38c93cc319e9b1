// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// 3xx with Location (RFC 9110 10.2.2, 15.4) and links that die.
namespace longhaul::matrix {

namespace {

QStringList secrets()
{
    return {QStringLiteral("--header"), QStringLiteral("Authorization: Bearer secret1"),
            QStringLiteral("--header"), QStringLiteral("Cookie: s=secret2"),
            QStringLiteral("--header"), QStringLiteral("X-Secret: secret3"),
            QStringLiteral("--header"), QStringLiteral("Referer: http://a.example/secret4")};
}

// /file.bin leads to `location`, all else is the file. "{there}" and "{here}" are the servers.
Script leads(int code, const QByteArray &location, const Script &file = serve())
{
    return [=](const Request &request, const Scene &scene) {
        if (request.target != "/file.bin" || scene.other)
            return file(request, scene);
        QByteArray target = location;
        target.replace("{there}", scene.there).replace("{here}", scene.here);
        return Answer::redirect(code, target);
    };
}

// /file.bin -> /1 -> /2 ... -> /`hops` is the file.
Script chain(int hops)
{
    return [=](const Request &request, const Scene &scene) {
        const int at = request.path.mid(1).toInt();
        return at < hops ? Answer::redirect(302, '/' + QByteArray::number(at + 1)) : serve()(request, scene);
    };
}

Check targetIs(const QByteArray &target)
{
    return [=](const Case &, const QList<Asked> &asked) -> QByteArray {
        return asked.last().request.target == target ? QByteArray()
                                                     : "the last target is " + asked.last().request.target;
    };
}

QList<Case> ways()
{
    QList<Case> cases;
    for (const int code : {301, 302, 303, 307, 308}) {
        const QByteArray number = QByteArray::number(code);
        cases.append({.name = number + " to a path",
                      .script = leads(code, "/other"),
                      .saved = QStringLiteral("other")});
        cases.append({.name = number + " to another origin, resumed",
                      .first = First::Part,
                      .script = leads(code, "{there}/other.bin", serve(theFile(), tagged())),
                      .begin = leads(code, "{there}/other.bin", serve(theFile(), tagged())),
                      .saved = QStringLiteral("other.bin"),
                      .check = resumesWith("")});
        cases.back().check = {};
    }
    const auto to = [&](const QByteArray &name, const QByteArray &location, const QByteArray &target,
                        const QString &saved = QStringLiteral("b.bin")) {
        cases.append({.name = "Location " + name,
                      .script = leads(302, location),
                      .saved = saved,
                      .check = targetIs(target)});
    };
    to("relative", "b.bin", "/b.bin");
    to("relative with dots", "../x/./../b.bin", "/b.bin");
    to("of a query", "?v=1", "/file.bin?v=1", QStringLiteral("file.bin"));
    to("without scheme", "//127.0.0.1:{port}/b.bin", "/b.bin");
    cases.back().script = [](const Request &request, const Scene &scene) {
        return request.target == "/file.bin" ? Answer::redirect(302, scene.here.mid(5) + "/b.bin")
                                             : serve()(request, scene);
    };
    to("with a fragment", "/b.bin#part", "/b.bin");
    to("with spaces", "/a b.bin", "/a%20b.bin", QStringLiteral("a b.bin"));
    to("in raw UTF-8", "/\xc3\xa4.bin", "/%C3%A4.bin", QString::fromUtf8("ä.bin"));
    to("with percent-encoding", "/a%2Fb%20c.bin?x=%26&y=a+b", "/a%2Fb%20c.bin?x=%26&y=a+b", {});
    to("with userinfo", "http://user:pw@127.0.0.1/", "/b.bin");
    cases.back().script = [](const Request &request, const Scene &scene) {
        return request.target == "/file.bin"
                   ? Answer::redirect(302, "http://me:pw@" + scene.here.mid(7) + "/b.bin")
                   : serve()(request, scene);
    };
    to("with a trailing space", "/b.bin  ", "/b.bin");
    to("in capitals", "HTTP://{HERE}", "/b.bin");
    cases.back().script = [](const Request &request, const Scene &scene) {
        return request.target == "/file.bin" ? Answer::redirect(302, "HTTP" + scene.here.mid(4) + "/b.bin")
                                             : serve()(request, scene);
    };
    cases.append({.name = "10 hops", .script = chain(10), .saved = {}});
    cases.append({.name = "9 hops to another origin and back, 301",
                  .script =
                      [](const Request &request, const Scene &scene) {
                          const int at = request.path.mid(1).toInt();
                          return at < 9 ? Answer::redirect(301, (scene.other ? scene.here : scene.there) + '/'
                                                                    + QByteArray::number(at + 1))
                                        : serve()(request, scene);
                      },
                  .saved = {},
                  .options = secrets()});
    cases.append({.name = "redirect with a body",
                  .script =
                      [](const Request &request, const Scene &scene) {
                          return request.target == "/file.bin"
                                     ? Answer::status(302, {{"Location", "/b.bin"}}, QByteArray(200'000, 'r'))
                                     : serve()(request, scene);
                      },
                  .saved = QStringLiteral("b.bin")});
    cases.append({.name = "redirect with a body that stalls",
                  .script =
                      [](const Request &request, const Scene &scene) {
                          return request.target == "/file.bin"
                                     ? Answer::status(302, {{"Location", "/b.bin"}}, QByteArray(200, 'r'))
                                           .stallBodyAfter(50)
                                     : serve()(request, scene);
                      },
                  .saved = QStringLiteral("b.bin")});
    cases.append({.name = "300 with Location",
                  .script = leads(300, "/b.bin"),
                  .want = Want::Either,
                  .saved = QStringLiteral("b.bin"),
                  .options = fewRetries()});
    return cases;
}

QList<Case> deadEnds()
{
    const auto ends = [](const QByteArray &name, const Script &script, int requests) {
        return Case{.name = name,
                    .script = script,
                    .want = Want::Refuse,
                    .options = fewRetries(),
                    .check = atMost(requests)};
    };
    const auto to = [&](const QByteArray &location) {
        return ends("Location " + location.left(40), leads(302, location), 8);
    };
    return {
        ends("11 hops", chain(11), 3 * 2 * 11),
        ends("to itself", always(Answer::redirect(302, "/file.bin")), 3 * 2 * 11),
        ends(
            "in a circle of two",
            [](const Request &, const Scene &scene) {
                return Answer::redirect(307, (scene.other ? scene.here : scene.there) + "/file.bin");
            },
            3 * 2 * 11),
        to("ftp://127.0.0.1/b.bin"),
        to("file:///etc/passwd"),
        to("data:,hello"),
        to("javascript:alert(1)"),
        to("about:blank"),
        to("http://"),
        to("http:///b.bin"),
        to("http://127.0.0.1:99999/b.bin"),
        to("http://[::1/b.bin"),
        to(""),
        ends("without Location", always(Answer::status(302, {}, "moved")), 8),
        ends("two different Location", always(Answer::status(302, {{"Location", "/a"}, {"Location", "/b"}})),
             100),
    };
}

// Asserted for each request to the other server by the runner: no secret goes there.
QList<Case> origins()
{
    const auto secretsReach = [](const QByteArray &path) {
        return [path](const Case &, const QList<Asked> &asked) -> QByteArray {
            for (const Asked &one : asked) {
                if (!one.other && one.request.path == path
                    && (one.request.header("Cookie") != "s=secret2"
                        || one.request.header("Authorization") != "Bearer secret1"
                        || one.request.header("X-Secret") != "secret3"))
                    return "a header of the user is missing: " + one.request.head;
            }
            return {};
        };
    };
    return {
        {.name = "the user's headers to the same origin",
         .script = leads(302, "/b.bin"),
         .saved = QStringLiteral("b.bin"),
         .options = secrets(),
         .check = secretsReach("/b.bin")},
        {.name = "no secrets to another origin",
         .script = leads(302, "{there}/b.bin"),
         .saved = QStringLiteral("b.bin"),
         .options = secrets(),
         .check = secretsReach("/file.bin")},
        {.name = "no secrets to another origin on resume",
         .first = First::Part,
         .script = leads(302, "{there}/b.bin", serve(theFile(), tagged())),
         .begin = leads(302, "{there}/b.bin", serve(theFile(), tagged())),
         .saved = QStringLiteral("b.bin"),
         .options = secrets(),
         .check = secretsReach("/file.bin")},
        {.name = "credentials of the URL stay at home",
         .script = leads(302, "{there}/b.bin"),
         .host = "user:secret@127.0.0.1",
         .saved = QStringLiteral("b.bin")},
        {.name = "another name of the same machine is another origin",
         .script =
             [](const Request &request, const Scene &scene) {
                 if (request.path == "/file.bin")
                     return Answer::redirect(302, "http://localhost:" + scene.here.mid(17) + "/b.bin");
                 return request.has("Authorization") || request.has("Cookie") ? Answer::status(400)
                                                                              : serve()(request, scene);
             },
         .saved = QStringLiteral("b.bin"),
         .options = secrets()},
        {.name = "no cookies are taken from one server to another",
         .script =
             [](const Request &request, const Scene &scene) {
                 if (!scene.other)
                     return Answer::redirect(302, scene.there + "/b.bin")
                         .withHeader("Set-Cookie", "id=secret; Path=/");
                 return serve()(request, scene);
             },
         .saved = QStringLiteral("b.bin")},
    };
}

// The address behind the redirect is signed, moves or dies.
QList<Case> links()
{
    const auto toVersion =
        [](const std::function<Answer(const Request &, const Scene &, int version)> &file) {
            return [=](const Request &request, const Scene &scene) {
                if (request.path == "/file.bin")
                    return Answer::redirect(302, scene.there
                                                     + "/s/data.bin?sig=" + QByteArray::number(scene.run)
                                                     + 'n' + QByteArray::number(scene.n));
                return file(request, scene, request.query.mid(4).toInt());
            };
        };
    const Script signs = toVersion([](const Request &request, const Scene &scene, int) {
        return serve(theFile(), tagged())(request, scene);
    });
    const auto dies = [](int code) {
        return [code](const Request &request, const Scene &scene) {
            if (request.path == "/file.bin")
                return Answer::redirect(302, scene.there + "/data.bin?n=" + QByteArray::number(scene.n));
            // Only the second signature after the part is right.
            return scene.n < 3 ? Answer::status(code, {}, "expired")
                               : serve(theFile(), tagged())(request, scene);
        };
    };
    QList<Case> cases{
        {.name = "the target changes between requests",
         .first = First::Part,
         .script = signs,
         .begin = signs,
         .saved = QStringLiteral("data.bin")},
        {.name = "the redirect goes to another host later",
         .first = First::Part,
         .script = leads(302, "{there}/file.bin", serve(theFile(), tagged())),
         .had = tagged()},
        {.name = "the redirect goes to another file later",
         .first = First::Part,
         .script = leads(302, "{there}/file.bin", serve(sameSize(), tagged("\"v2\""))),
         .had = tagged(),
         .now = sameSize()},
        {.name = "the redirect is gone later",
         .first = First::Part,
         .script = serve(theFile(), tagged()),
         .begin = leads(302, "{there}/file.bin", serve(theFile(), tagged()))},
    };
    for (const int code : {401, 403, 404, 410}) {
        cases.append({.name = "the link is expired (" + QByteArray::number(code)
                              + "), good again from the first address",
                      .first = First::Part,
                      .script = dies(code),
                      .begin = leads(302, "{there}/data.bin?n=first", serve(theFile(), tagged())),
                      .saved = QStringLiteral("data.bin")});
    }
    cases.append({.name = "the link is expired for good",
                  .first = First::Part,
                  .script = leads(302, "{there}/data.bin", always(Answer::status(403))),
                  .want = Want::Refuse,
                  .begin = leads(302, "{there}/data.bin", serve(theFile(), tagged()))});
    return cases;
}

} // namespace

QList<Case> redirectCases() { return ways() + deadEnds() + origins() + links(); }

} // namespace longhaul::matrix
