// SPDX-License-Identifier: MIT
#include "request.h"

#include <algorithm>
#include <limits>

namespace longhaul::test {

namespace {

// -1 when it is no number, or too large a one.
qint64 parseDigits(const QByteArray &text)
{
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return -1;
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    return ok ? value : -1;
}

std::optional<AskedRange> parseRange(const QByteArray &value)
{
    constexpr QByteArrayView unit = "bytes=";
    const qsizetype dash = value.indexOf('-');
    if (value.left(unit.size()).compare(unit, Qt::CaseInsensitive) != 0 || dash < 0)
        return std::nullopt;
    const QByteArray first = value.mid(unit.size(), dash - unit.size()).trimmed();
    const QByteArray last = value.mid(dash + 1).trimmed();
    const qint64 begin = parseDigits(first);
    const qint64 end = parseDigits(last);
    AskedRange range;
    if (first.isEmpty() && end >= 0)
        range.last = end;
    else if (begin >= 0 && last.isEmpty())
        range.begin = begin;
    else if (begin >= 0 && begin <= end && end < std::numeric_limits<qint64>::max())
        range = {.begin = begin, .end = end + 1};
    else
        return std::nullopt;
    return range;
}

bool parseField(const QByteArray &line, Headers &headers)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return false;
    headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    return true;
}

} // namespace

QByteArray headerValue(const Headers &headers, QByteArrayView name)
{
    QByteArrayList values;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            values.append(value);
    }
    return values.join(", ");
}

bool hasHeader(const Headers &headers, QByteArrayView name)
{
    return std::any_of(headers.begin(), headers.end(), [name](const auto &field) {
        return field.first.compare(name, Qt::CaseInsensitive) == 0;
    });
}

bool Request::wantsClose() const
{
    const QByteArray option = header("Connection").toLower();
    return httpVersion == "HTTP/1.0" ? !option.contains("keep-alive") : option.contains("close");
}

std::optional<Request> Request::parse(const QByteArray &head)
{
    if (!head.endsWith("\r\n\r\n"))
        return std::nullopt;
    QByteArrayList lines = head.chopped(4).split('\n');
    const QByteArrayList first = lines.takeFirst().trimmed().split(' ');
    if (first.size() != 3 || first[0].isEmpty() || first[1].isEmpty() || !first[2].startsWith("HTTP/1."))
        return std::nullopt;
    Request request;
    request.method = first[0];
    request.target = first[1];
    request.httpVersion = first[2];
    request.head = head;
    const qsizetype mark = request.target.indexOf('?');
    request.path = mark < 0 ? request.target : request.target.left(mark); // left(-1) is empty
    request.query = mark < 0 ? QByteArray() : request.target.mid(mark + 1);
    for (const QByteArray &line : std::as_const(lines)) {
        if (!parseField(line, request.headers))
            return std::nullopt;
    }
    request.range = parseRange(request.header("Range"));
    return request;
}

} // namespace longhaul::test
