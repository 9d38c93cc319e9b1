// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

// Connections that stall, end or break, at any place.
namespace longhaul::matrix {

namespace {

using namespace test; // NOLINT: the steps

QByteArray head()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
           "Content-Length: 3000000\r\nETag: \"v1\"\r\n\r\n";
}

QList<Case> stalls()
{
    const Script file = serve(theFile(), tagged());
    const Answer inHead = Answer::script({step::Bytes{head().left(40)}, step::Hold{}, step::Close{}});
    const auto once = [&](const QByteArray &name, const Answer &answer) {
        return Case{.name = name + " once", .script = first({answer}, file)};
    };
    const auto ever = [](const QByteArray &name, const Script &script) {
        return Case{.name = name + " always",
                    .script = script,
                    .want = Want::Refuse,
                    .options = fewRetries(),
                    .timeout = 2};
    };
    const Script stallsInBody =
        bent(file, [](Answer &answer, const Request &) { answer.stallBodyAfter(700'000); });
    return {
        once("stall before the head", Answer::silence()),
        once("stall in the head", inHead),
        once("stall behind the head", Answer::whole(theFile()).stallBodyAfter(0)),
        once("stall in the body", Answer::whole(theFile()).stallBodyAfter(1'234'567)),
        once("stall before the last byte", Answer::whole(theFile()).stallBodyAfter(kSize - 1)),
        once("stall in a chunk", Answer::whole(theFile()).chunked().stallBodyAfter(1'000'000)),
        {.name = "stall behind the last byte, kept open",
         .script = always(Answer::whole(theFile()).thenHold())},
        {.name = "stall before the last chunk",
         .script = first({Answer::whole(theFile()).chunked().stallBodyAfter(kSize)}, file)},
        {.name = "stall behind the last byte, no length, once",
         .script = first({Answer::whole(theFile()).withoutLength().stallBodyAfter(kSize)}, file)},
        ever("stall before the head", always(Answer::silence())),
        ever("stall in the head", always(inHead)),
        {.name = "stall in the body always, no ranges",
         .script = always(Answer::whole(theFile()).stallBodyAfter(700'000)),
         .want = Want::Refuse,
         .options = fewRetries(),
         .timeout = 2},
        {.name = "stall every 700 kB, ranges", .script = stallsInBody, .timeout = 2},
        {.name = "stall on resume once",
         .first = First::Part,
         .script = first({Answer::silence()}, file),
         .had = tagged()},
        {.name = "stall in the proof once",
         .first = First::Part,
         .script = times(
             1, bent(serve(), [](Answer &answer, const Request &) { answer.stallBodyAfter(100); }), serve())},
        {.name = "head in drops of one byte, in time", .script = always(Answer::script([] {
                                                           QList<Step> steps;
                                                           const QByteArray all = head();
                                                           for (const char c : all)
                                                               steps << step::Bytes{QByteArray(1, c)}
                                                                     << step::Wait{5};
                                                           return steps << step::Body{theFile(), 0, kSize};
                                                       }()))},
        {.name = "body in drops", .script = serve(Content::random(4000, 6)), .now = Content::random(4000, 6)},
        {.name = "slow body",
         .script = bent(file, [](Answer &answer, const Request &) { answer.rate(1'000'000); })},
        {.name = "pauses of two seconds in the body",
         .script = bent(file,
                        [](Answer &answer, const Request &) {
                            answer.pauseBodyAfter(500'000, 2000)
                                .pauseBodyAfter(1'000'000, 2000)
                                .pauseBodyAfter(2'999'999, 2000);
                        })},
        {.name = "pause of two seconds before the head",
         .script = bent(file, [](Answer &answer, const Request &) { answer.pause(2000); })},
    };
}

QList<Case> drips()
{
    const Content small = Content::random(4000, 6);
    return {
        {.name = "1000 bytes a second",
         .script = bent(serve(small), [](Answer &answer, const Request &) { answer.rate(1000); }),
         .now = small},
        {.name = "head in drops, too slow, then fine",
         .script = first({Answer::script([] {
                             QList<Step> steps;
                             for (int i = 0; i < 40; ++i)
                                 steps << step::Bytes{"X"} << step::Wait{400};
                             return steps;
                         }())},
                         serve())},
    };
}

QList<Case> ends()
{
    QList<Case> cases;
    const Script file = serve(theFile(), tagged());
    const auto both = [&](const QByteArray &where, const QByteArray &bytes) {
        cases.append({.name = "FIN " + where + " once", .script = first({Answer::raw(bytes)}, file)});
        cases.append({.name = "reset " + where + " once",
                      .script = first({Answer::script({step::Bytes{bytes}, step::Reset{}})}, file)});
        cases.append({.name = "FIN " + where + " on resume, once",
                      .first = First::Cut,
                      .script = first({Answer::raw(bytes)}, file),
                      .had = tagged()});
        cases.append({.name = "reset " + where + " on resume, twice",
                      .first = First::Interrupted,
                      .script = first({Answer::script({step::Bytes{bytes}, step::Reset{}}),
                                       Answer::script({step::Bytes{bytes}, step::Reset{}})},
                                      file),
                      .had = tagged()});
    };
    both("before the head", "");
    both("in the status line", "HTTP/1.1 2");
    both("in the head", head().left(60));
    both("behind the head", head());
    for (const qint64 at : {qint64(1), qint64(65'536), qint64(1'048'576), kSize - 1}) {
        const QByteArray number = QByteArray::number(at);
        cases.append(
            {.name = "FIN in the body after " + number,
             .script = first({Answer::whole(theFile(), {{"ETag", "\"v1\""}}).cutBodyAfter(at)}, file)});
        cases.append(
            {.name = "reset in the body after " + number,
             .script = first({Answer::whole(theFile(), {{"ETag", "\"v1\""}}).resetBodyAfter(at)}, file)});
    }
    const auto every = [&](const QByteArray &name, qint64 bytes, bool reset, const Resource &resource) {
        cases.append(
            {.name = name, .script = bent(serve(theFile(), resource), [=](Answer &answer, const Request &) {
                               if (reset)
                                   answer.resetBodyAfter(bytes);
                               else
                                   answer.cutBodyAfter(bytes);
                           })});
    };
    every("FIN every 150 kB", 150'000, false, tagged());
    every("reset every 600 kB", 600'000, true, tagged());
    every("FIN every 600 kB, no validators", 600'000, false, {});
    every("reset every 600 kB, no validators", 600'000, true, {});
    for (const qint64 bytes : {qint64(16'000), qint64(50'000)}) {
        const Content small = Content::random(10 * bytes, 7);
        for (const bool tag : {true, false}) {
            for (const bool reset : {true, false}) {
                cases.append({.name = QByteArray(reset ? "reset" : "FIN") + " every "
                                      + QByteArray::number(bytes) + " bytes" + (tag ? "" : ", no validators"),
                              .script = bent(serve(small, tag ? tagged() : Resource()),
                                             [=](Answer &answer, const Request &) {
                                                 if (reset)
                                                     answer.resetBodyAfter(bytes);
                                                 else
                                                     answer.cutBodyAfter(bytes);
                                             }),
                              .now = small});
            }
        }
    }
    for (const qint64 part : {qint64(1), qint64(65'536), kSize - 1}) {
        for (const bool tag : {true, false}) {
            cases.append(
                {.name = "a part of " + QByteArray::number(part) + " bytes" + (tag ? "" : ", no validators"),
                 .first = First::Part,
                 .script = serve(theFile(), tag ? tagged() : Resource()),
                 .had = tag ? tagged() : Resource(),
                 .part = part});
        }
    }
    const auto behind = [&](const QByteArray &what, const QByteArray &bytes) {
        cases.append({.name = what + " behind the body, kept alive",
                      .script = [bytes](const Request &request, const Scene &scene) {
                          const qint64 begin = beginOf(request);
                          const qint64 end = std::min(kSize, begin + 600'000);
                          QByteArray head = "HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\nContent-Range: "
                                            + contentRange(begin, end, kSize) + "\r\nContent-Length: "
                                            + QByteArray::number(end - begin) + "\r\n\r\n";
                          if (!request.has("Range"))
                              return scene.n == 0
                                         ? serve(theFile(), tagged())(request, scene).cutBodyAfter(1000)
                                         : serve(theFile(), tagged())(request, scene);
                          return Answer::script(
                              {step::Bytes{head}, step::Body{theFile(), begin, end}, step::Bytes{bytes}});
                      }});
    };
    behind("garbage", QByteArray(500, 'g'));
    behind("empty lines", "\r\n\r\n");
    behind("another answer", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nevil!");
    every("FIN every 1 100 kB, weak ETag", 1'100'000, false, tagged("W/\"v1\""));
    cases.append({.name = "FIN within what was had, no ranges, ever later",
                  .script = [](const Request &, const Scene &scene) {
                      return Answer::whole(theFile()).cutBodyAfter(500'000 * (scene.n + 1));
                  }});
    cases.append({.name = "FIN before the head, always",
                  .script = always(Answer()),
                  .want = Want::Refuse,
                  .options = fewRetries()});
    cases.append({.name = "FIN before the head, always on resume",
                  .first = First::Part,
                  .script = always(Answer()),
                  .want = Want::Refuse,
                  .had = tagged(),
                  .options = fewRetries()});
    cases.append(
        {.name = "reset behind the last byte", .script = always(Answer::whole(theFile()).thenReset())});
    cases.append({.name = "half-closed behind the last byte",
                  .script = always(Answer::whole(theFile()).thenHalfClose())});
    cases.append(
        {.name = "the server goes and comes back", .first = First::Offline, .script = file, .had = tagged()});
    cases.append({.name = "the server goes and comes back, no validators",
                  .first = First::Offline,
                  .script = serve()});
    cases.append({.name = "kept alive, but closed at the next request",
                  .first = First::Cut,
                  .script =
                      [file](const Request &request, const Scene &scene) {
                          // An idle connection that dies just as it is used again (RFC 9112 9.3.1).
                          return scene.n % 2 == 0 ? file(request, scene).cutBodyAfter(200'000)
                                                  : file(request, scene);
                      },
                  .had = {}});
    return cases;
}

} // namespace

QList<Case> breakCases() { return stalls() + drips() + ends(); }

} // namespace longhaul::matrix
