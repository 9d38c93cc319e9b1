// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

namespace longhaul::matrix {

Script serve(const Content &content, const Resource &resource)
{
    return [=](const Request &request, const Scene &) { return Answer::honest(request, content, resource); };
}

Script noRanges(const Content &content, const Headers &extra)
{
    return [=](const Request &, const Scene &) { return Answer::whole(content, extra); };
}

Script deafToIfRange(const Content &content, const Resource &resource)
{
    return [=](const Request &request, const Scene &) {
        Request deaf = request;
        deaf.headers.removeIf([](const auto &field) { return field.first.toLower() == "if-range"; });
        return Answer::honest(deaf, content, resource);
    };
}

Script first(const QList<Answer> &answers, const Script &rest)
{
    return [=](const Request &request, const Scene &scene) {
        return scene.n < answers.size() ? answers.at(scene.n) : rest(request, scene);
    };
}

Script times(int n, const Script &script, const Script &rest)
{
    return [=](const Request &request, const Scene &scene) {
        return scene.n < n ? script(request, scene) : rest(request, scene);
    };
}

Script always(const Answer &answer)
{
    return [=](const Request &, const Scene &) { return answer; };
}

Script byRange(const Script &ranged, const Script &plain)
{
    return [=](const Request &request, const Scene &scene) {
        return request.has("Range") ? ranged(request, scene) : plain(request, scene);
    };
}

Script bent(const Script &script, const std::function<void(Answer &, const Request &)> &bend)
{
    return [=](const Request &request, const Scene &scene) {
        Answer answer = script(request, scene);
        bend(answer, request);
        return answer;
    };
}

Answer partial(const Content &content, qint64 begin, qint64 end, const QByteArray &contentRange,
               const Headers &extra)
{
    Answer answer = Answer::status(206, extra);
    if (!test::hasHeader(extra, "Content-Type"))
        answer.withHeader("Content-Type", "application/octet-stream");
    if (!contentRange.isEmpty())
        answer.withHeader("Content-Range", contentRange);
    answer.withBody(content, begin, end);
    answer.replaceHeader("Content-Length", QByteArray::number(end - begin));
    return answer;
}

QByteArray contentRange(qint64 begin, qint64 end, qint64 total)
{
    return "bytes " + QByteArray::number(begin) + '-' + QByteArray::number(end - 1) + '/'
           + QByteArray::number(total);
}

qint64 beginOf(const Request &request) { return request.range ? request.range->begin : 0; }

const Content &sameSize()
{
    static const Content content = Content::random(kSize, 2);
    return content;
}

const Content &larger()
{
    static const Content content = Content::fromBytes(theFile().readAll() + QByteArray(500'000, 'l'));
    return content;
}

const Content &smaller()
{
    static const Content content = Content::random(kPart + 300'000, 3);
    return content;
}

const Content &tiny()
{
    static const Content content = Content::random(100'000, 4);
    return content;
}

Content changed(const Content &content, qint64 begin, qint64 end)
{
    QByteArray bytes = content.readAll();
    for (qint64 i = begin; i < end; ++i)
        bytes[i] = char(~bytes.at(i));
    return Content::fromBytes(bytes);
}

Resource tagged(const QByteArray &etag) { return {.etag = etag}; }

Resource dated(const QByteArray &lastModified) { return {.lastModified = lastModified}; }

Resource both(const QByteArray &etag, const QByteArray &lastModified)
{
    return {.etag = etag, .lastModified = lastModified};
}

Answer portal(int status)
{
    return Answer::status(status, {{"Content-Type", "text/html; charset=utf-8"}},
                          "<!DOCTYPE html><title>Welcome</title><form>Room <input name=room></form>\n");
}

Check resumesWith(const QByteArray &ifRange)
{
    return [=](const Case &played, const QList<Asked> &asked) -> QByteArray {
        const qint64 part = played.part > 0 ? played.part : kPart;
        for (const Asked &one : asked) {
            if (!one.scripted)
                continue;
            const auto &range = one.request.range;
            // Without a strong validator what is there is proved first, from 0 on.
            if (!range || range->begin > part || (range->begin < 1 && !ifRange.isEmpty()))
                return "the first request after the part has Range: " + one.request.header("Range");
            if (one.request.header("If-Range") != ifRange)
                return "the first request after the part has If-Range: " + one.request.header("If-Range");
            return {};
        }
        return "nothing was asked after the part";
    };
}

Check plainAgain()
{
    return [](const Case &, const QList<Asked> &asked) -> QByteArray {
        for (const Asked &one : asked) {
            if (one.request.has("Range") || one.request.has("If-Range"))
                return "a range was asked for";
        }
        return {};
    };
}

Check waits(int ms)
{
    return [ms](const Case &, const QList<Asked> &asked) -> QByteArray {
        const qint64 waited = asked.size() > 1 ? asked.at(1).at - asked.at(0).at : 0;
        return waited >= ms ? QByteArray() : "waited for " + QByteArray::number(waited) + " ms";
    };
}

Check atMost(int n)
{
    return [n](const Case &, const QList<Asked> &asked) -> QByteArray {
        return asked.size() <= n ? QByteArray() : QByteArray::number(asked.size()) + " requests";
    };
}

} // namespace longhaul::matrix
