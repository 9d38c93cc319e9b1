// SPDX-License-Identifier: MIT
#include "servedfile.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>

namespace longhaul::test {

namespace {

// The value of a field, without the blanks around it; empty when it is not there.
std::string fieldOf(const std::string &head, const char *name)
{
    const size_t length = std::char_traits<char>::length(name);
    for (size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at)) {
        at += 2;
        if (::strncasecmp(head.c_str() + at, name, length) != 0 || head[at + length] != ':')
            continue;
        const size_t begin = head.find_first_not_of(" \t", at + length + 1);
        const size_t end = head.find("\r\n", at);
        return begin < end ? head.substr(begin, end - begin) : std::string();
    }
    return {};
}

std::optional<int64_t> numberIn(const std::string &text)
{
    int64_t value = 0;
    const char *end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || rest != end || value < 0)
        return {};
    return value;
}

// "bytes=A-B", "bytes=A-", "bytes=-N"; nothing for any other. An empty one cannot be satisfied.
std::optional<Span> spanOf(const std::string &range, int64_t size)
{
    const std::string unit = "bytes=";
    const size_t dash = range.find('-');
    if (range.rfind(unit, 0) != 0 || dash == std::string::npos)
        return {};
    const std::string first = range.substr(unit.size(), dash - unit.size());
    const std::string last = range.substr(dash + 1);
    const auto begin = numberIn(first);
    const auto end = numberIn(last);
    if (begin && (end || last.empty()))
        return Span{*begin, end ? std::min(*end + 1, size) : size};
    if (first.empty() && end)
        return Span{std::max<int64_t>(0, size - *end), size};
    return {};
}

const char *phraseOf(int status)
{
    switch (status) {
    case 200: return "OK";
    case 206: return "Partial Content";
    default: return "Range Not Satisfiable";
    }
}

} // namespace

std::optional<Asked> parseRequest(const std::string &head)
{
    const size_t blank = head.find(' ');
    const size_t end = head.find("\r\n");
    const size_t last = head.rfind(' ', end);
    if (blank == std::string::npos || end == std::string::npos || last <= blank)
        return {};
    Asked asked;
    asked.method = head.substr(0, blank);
    asked.target = head.substr(blank + 1, last - blank - 1);
    asked.target = asked.target.substr(0, asked.target.find('?'));
    asked.range = fieldOf(head, "Range");
    asked.ifRange = fieldOf(head, "If-Range");
    const std::string connection = fieldOf(head, "Connection");
    const bool isOld = head.compare(last + 1, end - last - 1, "HTTP/1.0") == 0;
    asked.keepAlive = isOld ? ::strcasecmp(connection.c_str(), "keep-alive") == 0
                            : ::strcasecmp(connection.c_str(), "close") != 0;
    return asked;
}

std::optional<ServedFile> openServed(int folder, const std::string &target)
{
    const std::string name = target.substr(target.rfind('/') + 1);
    if (name.empty() || name == "." || name == "..")
        return {};
    ServedFile served{
        Descriptor(::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)), 0, {}, {}};
    struct stat facts = {};
    if (!served.file.isValid() || ::fstat(served.file.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return {};
    served.size = facts.st_size;
    served.etag = '"' + std::to_string(facts.st_size) + '-' + std::to_string(facts.st_mtime) + '"';
    std::array<char, 64> date = {};
    tm utc{};
    std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", ::gmtime_r(&facts.st_mtime, &utc));
    served.lastModified = date.data();
    return served;
}

Choice chooseSpan(const Asked &asked, const ServedFile &file)
{
    const Choice whole{200, {0, file.size}};
    if (!asked.ifRange.empty() && asked.ifRange != file.etag && asked.ifRange != file.lastModified)
        return whole;
    const auto span = spanOf(asked.range, file.size);
    if (!span)
        return whole;
    return span->begin < span->end ? Choice{206, *span} : Choice{416, {}};
}

std::string headOf(const Choice &choice, const ServedFile &file, bool keepAlive)
{
    const std::string total = std::to_string(file.size);
    std::string head = "HTTP/1.1 " + std::to_string(choice.status) + ' ' + phraseOf(choice.status) + "\r\n";
    if (choice.status == 206)
        head += "Content-Range: bytes " + std::to_string(choice.span.begin) + '-'
                + std::to_string(choice.span.end - 1) + '/' + total + "\r\n";
    else if (choice.status == 416)
        head += "Content-Range: bytes */" + total + "\r\n";
    head += "Content-Length: " + std::to_string(choice.span.end - choice.span.begin) + "\r\n";
    head += "Content-Type: application/octet-stream\r\nAccept-Ranges: bytes\r\nETag: " + file.etag
            + "\r\nLast-Modified: " + file.lastModified;
    return head + (keepAlive ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
}

} // namespace longhaul::test
