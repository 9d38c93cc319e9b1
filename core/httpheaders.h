// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>
#include <utility>

namespace longhaul {

// The values of HTTP fields that decide about bytes. Pure, strict, independent of the locale: what is not
// exactly as the RFC has it gives nothing.

// The values of all fields of that name (any case) joined by ", " (RFC 9110 5.3); empty when there is none.
QByteArray valueOf(const QList<std::pair<QByteArray, QByteArray>> &fields, const char *name);

// Whether a list of tokens has this one, which is in lower case, in any case.
bool listsToken(const QByteArray &values, const char *token);

// Whether this is a token (RFC 9110 5.6.2), as the name of a field is.
bool isToken(QByteArrayView text);

// "bytes 5-9/10" -> [5, 10) and 10; total is nothing for "*" (RFC 9110 14.4). Nothing when malformed,
// overflowing, empty, of another unit, or when the range does not lie within the total.
struct ContentRange {
    ByteRange range;
    std::optional<qint64> total;
};
std::optional<ContentRange> parseContentRange(const QByteArray &value);

// "bytes */10" -> 10, of a 416 (RFC 9110 15.5.17).
std::optional<qint64> parseUnsatisfiedTotal(const QByteArray &value);

// Digits alone, no sign, no overflow; equal members of a list count once (RFC 9110 8.6).
std::optional<qint64> parseContentLength(const QByteArray &value);

// The three forms of RFC 9110 5.6.7 (IMF-fixdate, RFC 850, asctime), UTC; invalid when malformed.
QDateTime parseHttpDate(const QByteArray &value);

// Seconds, or a date (past ones are 0). Nothing when malformed (RFC 9110 10.2.3).
std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QDateTime &now);

} // namespace longhaul
