// SPDX-License-Identifier: MIT
#include "answer.h"

#include <QLocale>

#include <algorithm>

namespace longhaul::test {

namespace {

bool hasNoBody(int code) { return code / 100 == 1 || code == 204 || code == 304; }

QByteArray reasonOf(int code)
{
    static constexpr std::pair<int, const char *> kReasons[] = {{100, "Continue"},
                                                                {103, "Early Hints"},
                                                                {200, "OK"},
                                                                {204, "No Content"},
                                                                {206, "Partial Content"},
                                                                {301, "Moved Permanently"},
                                                                {302, "Found"},
                                                                {303, "See Other"},
                                                                {304, "Not Modified"},
                                                                {307, "Temporary Redirect"},
                                                                {308, "Permanent Redirect"},
                                                                {400, "Bad Request"},
                                                                {401, "Unauthorized"},
                                                                {403, "Forbidden"},
                                                                {404, "Not Found"},
                                                                {405, "Method Not Allowed"},
                                                                {410, "Gone"},
                                                                {412, "Precondition Failed"},
                                                                {416, "Range Not Satisfiable"},
                                                                {429, "Too Many Requests"},
                                                                {500, "Internal Server Error"},
                                                                {503, "Service Unavailable"}};
    for (const auto &[known, reason] : kReasons) {
        if (known == code)
            return reason;
    }
    return "Other";
}

QByteArray fieldLines(const Headers &headers)
{
    QByteArray lines;
    for (const auto &[name, value] : headers)
        lines += name + ": " + value + "\r\n";
    return lines;
}

QByteArray statusLine(const QByteArray &version, int code, const QByteArray &reason)
{
    return version + ' ' + QByteArray::number(code) + ' ' + reason + "\r\n";
}

bool isStrong(const QByteArray &etag) { return etag.startsWith('"'); }

// RFC 9110 13.1.1 (strong comparison) and 13.1.2 (weak comparison).
bool listHolds(const QByteArray &list, const QByteArray &etag, bool weakly)
{
    if (list.trimmed() == "*")
        return true;
    const auto bare = [](const QByteArray &tag) { return tag.startsWith("W/") ? tag.mid(2) : tag; };
    const QByteArrayList entries = list.split(',');
    return std::any_of(entries.begin(), entries.end(), [&](const QByteArray &entry) {
        const QByteArray tag = entry.trimmed();
        return weakly ? bare(tag) == bare(etag) : isStrong(tag) && tag == etag;
    });
}

// RFC 9110 13.1.5: without If-Range the Range holds.
bool rangeHolds(const Request &request, const Resource &resource)
{
    if (!request.has("If-Range"))
        return true;
    const QByteArray value = request.header("If-Range");
    if (value.startsWith('"') || value.startsWith("W/"))
        return isStrong(value) && value == resource.etag;
    return !value.isEmpty() && value == resource.lastModified;
}

// RFC 9110 13.2.2: the status in place of the normal answer, or 0.
int failedPrecondition(const Request &request, const Resource &resource)
{
    if (request.has("If-Match") && !listHolds(request.header("If-Match"), resource.etag, false))
        return 412;
    if (request.has("If-None-Match") && listHolds(request.header("If-None-Match"), resource.etag, true))
        return 304;
    return 0;
}

} // namespace

QByteArray httpDate(const QDateTime &when)
{
    return QLocale::c().toString(when.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1();
}

Answer Answer::status(int code, const Headers &headers, const QByteArray &body)
{
    Answer answer;
    answer.m_code = code;
    answer.m_reason = reasonOf(code);
    answer.m_headers = headers;
    if (!hasHeader(headers, "Date"))
        answer.withHeader("Date", httpDate(QDateTime::currentDateTimeUtc()));
    if (!hasNoBody(code))
        answer.setBody(Content::fromBytes(body), 0, body.size());
    return answer;
}

Answer Answer::redirect(int code, const QByteArray &location)
{
    return status(code, {{"Location", location}});
}

Answer Answer::whole(const Content &content, const Headers &extra)
{
    Answer answer = status(200, extra);
    if (!hasHeader(extra, "Content-Type"))
        answer.withHeader("Content-Type", "application/octet-stream");
    answer.setBody(content, 0, content.size());
    return answer;
}

Answer Answer::honest(const Request &request, const Content &content, const Resource &resource)
{
    Headers headers{{"Date", resource.date}};
    if (resource.date.isEmpty())
        headers[0].second = httpDate(QDateTime::currentDateTimeUtc());
    if (request.method != "GET" && request.method != "HEAD")
        return status(405, headers + Headers{{"Allow", "GET, HEAD"}});
    headers.emplaceBack("Accept-Ranges", "bytes");
    if (!resource.etag.isEmpty())
        headers.emplaceBack("ETag", resource.etag);
    if (!resource.lastModified.isEmpty())
        headers.emplaceBack("Last-Modified", resource.lastModified);
    headers += resource.extra;
    if (const int code = failedPrecondition(request, resource); code != 0)
        return status(code, headers);
    if (!resource.contentType.isEmpty())
        headers.emplaceBack("Content-Type", resource.contentType);

    const qint64 total = content.size();
    if (request.method != "GET" || !request.range || !rangeHolds(request, resource)) {
        Answer answer = status(200, headers);
        answer.setBody(content, 0, total);
        return answer;
    }
    const AskedRange &range = *request.range;
    const qint64 begin = range.last ? std::max<qint64>(0, total - *range.last) : range.begin;
    if (begin >= total)
        return status(416, headers + Headers{{"Content-Range", "bytes */" + QByteArray::number(total)}});
    const qint64 end = std::min(total, range.end.value_or(total));
    Answer answer = status(206, headers);
    answer.withHeader("Content-Range", "bytes " + QByteArray::number(begin) + '-'
                                           + QByteArray::number(end - 1) + '/' + QByteArray::number(total));
    answer.setBody(content, begin, end);
    return answer;
}

Answer Answer::raw(const QByteArray &bytes) { return script({step::Bytes{bytes}, step::Close{}}); }

Answer Answer::script(const QList<Step> &steps)
{
    Answer answer;
    answer.m_script = steps;
    answer.m_then.emplace();
    return answer;
}

Answer Answer::silence() { return script({step::Hold{}, step::Close{}}); }

Answer &Answer::withStatus(int code, const QByteArray &reason)
{
    requireHead();
    m_code = code;
    m_reason = reason;
    return *this;
}

Answer &Answer::withHeader(const QByteArray &name, const QByteArray &value)
{
    requireHead();
    m_headers.emplaceBack(name, value);
    return *this;
}

Answer &Answer::withoutHeader(const QByteArray &name)
{
    requireHead();
    m_headers.removeIf(
        [&name](const auto &field) { return field.first.compare(name, Qt::CaseInsensitive) == 0; });
    return *this;
}

Answer &Answer::replaceHeader(const QByteArray &name, const QByteArray &value)
{
    return withoutHeader(name).withHeader(name, value);
}

Answer &Answer::interim(int code, const Headers &headers)
{
    requireHead();
    m_interim += statusLine("HTTP/1.1", code, reasonOf(code)) + fieldLines(headers) + "\r\n";
    return *this;
}

Answer &Answer::http10()
{
    requireHead();
    m_version = "HTTP/1.0";
    return thenClose();
}

Answer &Answer::withoutLength()
{
    return withoutHeader("Content-Length").replaceHeader("Connection", "close").thenClose();
}

Answer &Answer::chunked()
{
    m_chunked = true;
    return withoutHeader("Content-Length").replaceHeader("Transfer-Encoding", "chunked");
}

Answer &Answer::withBody(const Content &content, qint64 begin, qint64 end)
{
    requireHead();
    m_content = content;
    m_begin = begin;
    m_end = end;
    return *this;
}

Answer &Answer::rate(qint64 bytesPerSecond)
{
    requireHead();
    m_rate = bytesPerSecond;
    return *this;
}

Answer &Answer::pause(int ms)
{
    m_pauseMs = ms;
    return *this;
}

Answer &Answer::atBody(qint64 n, const Step &what)
{
    requireHead();
    const auto behind = std::upper_bound(m_marks.cbegin(), m_marks.cend(), n,
                                         [](qint64 offset, const auto &mark) { return offset < mark.first; });
    m_marks.insert(behind, {n, what});
    return *this;
}

Answer &Answer::then(const QList<Step> &steps)
{
    // A script that already ends in Close, as raw() does, must not close before this.
    if (!m_script.isEmpty() && std::holds_alternative<step::Close>(m_script.last()))
        m_script.removeLast();
    m_then = steps;
    return *this;
}

void Answer::requireHead() const
{
    if (m_code == 0)
        qFatal("This answer has neither head nor body to change: it is raw bytes or a script.");
}

void Answer::setBody(const Content &content, qint64 begin, qint64 end)
{
    withBody(content, begin, end);
    replaceHeader("Content-Length", QByteArray::number(end - begin));
}

QByteArray Answer::headBytes() const
{
    return m_interim + statusLine(m_version, m_code, m_reason) + fieldLines(m_headers) + "\r\n";
}

void Answer::appendBody(QList<Step> &steps) const
{
    qint64 at = m_begin;
    const auto sendUpTo = [&](qint64 end) {
        if (at < end)
            steps.append(step::Body{m_content, at, end, m_chunked, m_rate});
        at = end;
    };
    for (const auto &[offset, what] : m_marks) {
        if (m_begin + offset > m_end)
            break;
        sendUpTo(m_begin + offset);
        steps.append(what);
    }
    sendUpTo(m_end);
    if (m_chunked)
        steps.append(step::Bytes{"0\r\n\r\n"});
}

QList<Step> Answer::steps(const Request &request) const
{
    QList<Step> steps;
    if (m_pauseMs > 0)
        steps.append(step::Wait{m_pauseMs});
    steps += m_script;
    if (m_code != 0) {
        steps.append(step::Bytes{headBytes()});
        if (request.method != "HEAD" && !hasNoBody(m_code))
            appendBody(steps);
    }
    const bool silent = m_code == 0 && m_script.isEmpty();
    const bool closes =
        silent || request.wantsClose() || headerValue(m_headers, "Connection").toLower() == "close";
    if (m_then)
        steps += *m_then;
    else if (closes)
        steps.append(step::Close{});
    return steps;
}

} // namespace longhaul::test
