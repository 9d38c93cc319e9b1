// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// Answers that are no file: refused, busy, broken, gone (RFC 9110 15).
namespace longhaul::matrix {

namespace {

Answer busy(int code, const QByteArray &retryAfter = {})
{
    Answer answer = Answer::status(code, {{"Content-Type", "text/html"}}, "<p>busy</p>");
    if (!retryAfter.isEmpty())
        answer.withHeader("Retry-After", retryAfter);
    return answer;
}

// Milliseconds cannot be seen in a log of requests: what is checked is that the file comes.
QList<Case> busyOnce()
{
    QList<Case> cases;
    for (const int code : {408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 599}) {
        cases.append(
            {.name = QByteArray::number(code) + " once at first", .script = first({busy(code)}, serve())});
        cases.append({.name = QByteArray::number(code) + " twice on resume",
                      .first = First::Part,
                      .script = first({busy(code), busy(code)}, serve(theFile(), tagged())),
                      .had = tagged()});
    }
    const auto after = [&](const QByteArray &name, const QByteArray &value) {
        cases.append({.name = "Retry-After " + name, .script = first({busy(503, value)}, serve())});
        cases.append({.name = "Retry-After " + name + " on resume",
                      .first = First::Cut,
                      .script = first({busy(429, value)}, serve(theFile(), tagged())),
                      .had = tagged()});
    };
    after("of 1 s", "1");
    after("of 0 s", "0");
    after("in the past", "Sun, 06 Nov 1994 08:49:37 GMT");
    after("by a near date", test::httpDate(QDateTime::currentDateTimeUtc().addSecs(8)));
    after("garbage", "soon");
    after("negative", "-5");
    after("with a fraction", "1.5");
    after("by an old form of date", "Sunday, 06-Nov-94 08:49:37 GMT");
    after("empty", " ");
    cases.append({.name = "Retry-After is waited for",
                  .script = first({busy(503, "4")}, serve()),
                  .check = waits(4000)});
    cases.append({.name = "Retry-After by date is waited for",
                  .script =
                      [](const Request &request, const Scene &scene) {
                          const QDateTime now = QDateTime::currentDateTimeUtc();
                          return scene.n == 0 ? busy(429, test::httpDate(now.addSecs(5)))
                                              : serve()(request, scene);
                      },
                  .check = waits(3800)});
    cases.append({.name = "Retry-After three times",
                  .script = first({busy(503, "1"), busy(429, "2"), busy(408, "1")}, serve())});
    return cases;
}

QList<Case> busyForLong()
{
    const auto much = [](const QByteArray &value) {
        return Case{.name = "Retry-After " + value,
                    .script = always(busy(503, value)),
                    .want = Want::Refuse,
                    .options = fewRetries(),
                    .check = atMost(3)};
    };
    return {
        much("99999999"),
        much("99999999999999999999999999"),
        much("Fri, 31 Dec 2199 23:59:59 GMT"),
        {.name = "Retry-After huge, and the next run finds it right",
         .first = First::Part,
         .script =
             [](const Request &request, const Scene &scene) {
                 return scene.n == 0 ? busy(503, "86400") : serve(theFile(), tagged())(request, scene);
             },
         .had = tagged()},
        {.name = "503 always", .script = always(busy(503)), .want = Want::Refuse, .options = fewRetries()},
        {.name = "500 always on resume",
         .first = First::Part,
         .script = always(busy(500)),
         .want = Want::Refuse,
         .had = tagged(),
         .options = fewRetries()},
        {.name = "503 at every other request, cut between",
         .script =
             [](const Request &request, const Scene &scene) {
                 return scene.n % 2 == 0 ? busy(503)
                                         : serve(theFile(), tagged())(request, scene).cutBodyAfter(800'000);
             }},
        {.name = "503 four times", .script = first({busy(503), busy(503), busy(503), busy(503)}, serve())},
    };
}

QList<Case> refused()
{
    QList<Case> cases;
    for (const int code : {401, 403, 404, 410}) {
        const QByteArray number = QByteArray::number(code);
        cases.append({.name = number + " once on resume",
                      .first = First::Part,
                      .script = first({Answer::status(code, {}, "gone")}, serve(theFile(), tagged())),
                      .had = tagged()});
        cases.append({.name = number + " in one run",
                      .first = First::Interrupted,
                      .script =
                          [code](const Request &request, const Scene &scene) {
                              return scene.run == 1 ? Answer::status(code)
                                                    : serve(theFile(), tagged())(request, scene);
                          },
                      .had = tagged()});
        cases.append({.name = number + " always on resume",
                      .first = First::Part,
                      .script = always(Answer::status(code, {{"Content-Type", "text/html"}}, "<p>gone</p>")),
                      .want = Want::Refuse,
                      .had = tagged()});
    }
    for (const int code :
         {400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 414, 417, 418, 421, 422, 431, 451}) {
        cases.append({.name = QByteArray::number(code) + " always",
                      .script = always(Answer::status(code, {{"Content-Type", "text/html"}}, "<p>no</p>")),
                      .want = Want::Refuse,
                      .options = fewRetries(),
                      .check = atMost(12)});
    }
    cases.append({.name = "401 with a challenge",
                  .script = always(Answer::status(401, {{"WWW-Authenticate", "Basic realm=\"x\""}}, "who?")),
                  .want = Want::Refuse});
    const auto guarded = [](const Request &request, const Scene &scene) {
        const QByteArray wanted = "Basic " + QByteArray("user:p@ss").toBase64();
        return request.header("Authorization") == wanted
                   ? serve(theFile(), tagged())(request, scene)
                   : Answer::status(401, {{"WWW-Authenticate", "Basic realm=\"x\""}}, "who?");
    };
    cases.append({.name = "credentials in the URL", .script = guarded, .host = "user:p%40ss@127.0.0.1"});
    cases.append({.name = "credentials in the URL, resumed",
                  .first = First::Part,
                  .script = guarded,
                  .begin = guarded,
                  .host = "user:p%40ss@127.0.0.1"});
    cases.append({.name = "wrong credentials in the URL",
                  .script = guarded,
                  .want = Want::Refuse,
                  .host = "user:no@127.0.0.1"});
    cases.append(
        {.name = "credentials by header",
         .script = guarded,
         .options = {QStringLiteral("--header"), QStringLiteral("Authorization: Basic dXNlcjpwQHNz")}});
    return cases;
}

QList<Case> oddStatuses()
{
    QList<Case> cases;
    const auto odd = [&](int code, Want want, const Headers &headers = {}, const QByteArray &body = "odd") {
        cases.append({.name = "status " + QByteArray::number(code),
                      .script = always(Answer::status(code, headers, body)),
                      .want = want,
                      .now = Content::fromBytes(body),
                      .options = fewRetries()});
    };
    odd(201, Want::Either);
    odd(202, Want::Refuse);
    odd(203, Want::Complete);
    odd(204, Want::Refuse);
    odd(205, Want::Refuse, {}, "");
    odd(207, Want::Either);
    odd(226, Want::Either);
    odd(299, Want::Either);
    odd(300, Want::Refuse);
    odd(302, Want::Refuse); // without Location
    odd(304, Want::Refuse);
    odd(305, Want::Refuse, {{"Location", "http://127.0.0.1:1/"}});
    odd(306, Want::Refuse);
    odd(399, Want::Refuse);
    odd(499, Want::Refuse);
    odd(600, Want::Refuse);
    odd(999, Want::Refuse);
    cases.append({.name = "202 once", .script = first({Answer::status(202, {}, "wait")}, serve())});
    cases.append({.name = "304 once", .script = first({Answer::status(304)}, serve())});
    cases.append({.name = "205 once", .script = first({Answer::status(205)}, serve())});
    return cases;
}

} // namespace

QList<Case> refusalCases() { return busyOnce() + busyForLong() + refused() + oddStatuses(); }

} // namespace longhaul::matrix
