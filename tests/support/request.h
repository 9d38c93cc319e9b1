// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <utility>

namespace longhaul::test {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

// The values of all fields of that name (any case), joined by ", "; empty when there is none.
QByteArray headerValue(const Headers &headers, QByteArrayView name);
bool hasHeader(const Headers &headers, QByteArrayView name);

// One range as a client asked for it: [begin, end), [begin, end of the file), or the last so many bytes.
struct AskedRange {
    qint64 begin = 0;
    std::optional<qint64> end = {};
    std::optional<qint64> last = {}; // "bytes=-5"; begin and end mean nothing then
    bool operator==(const AskedRange &) const = default;
};

// A request as it came over the wire.
struct Request {
    int number = 0;     // from 0, over the server's life
    int connection = 0; // from 0, over the server's life
    QByteArray method;
    QByteArray target;      // as sent
    QByteArray path;        // the target before "?", percent-encoding kept
    QByteArray query;       // what follows "?"
    QByteArray httpVersion; // "HTTP/1.1"
    Headers headers;
    std::optional<AskedRange> range; // of a well-formed Range with a single range in bytes
    QByteArray head;                 // all of it, with the empty line at its end

    QByteArray header(QByteArrayView name) const { return headerValue(headers, name); }
    bool has(QByteArrayView name) const { return hasHeader(headers, name); }
    // The client will not use the connection again (RFC 9112 9.3).
    bool wantsClose() const;

    // Nothing when the head is malformed. `number` and `connection` are left to the caller.
    static std::optional<Request> parse(const QByteArray &head);
};

} // namespace longhaul::test
