// SPDX-License-Identifier: MIT
#pragma once

#include "resumedata.h"

#include <QUrl>

#include <optional>
#include <variant>

namespace longhaul {

// What people type, paste or hand over as one value, checked. Pure functions; the same for the command line
// and for the window.

// An http or https URL with a host, normalised, or what is wrong with it.
std::variant<QUrl, Error> parseUrl(const QString &text);

// "Name: value" as it may stand in a request (RFC 9110 5.1, 5.5); nothing when it may not. The value may be
// a secret: whoever complains does not show it.
std::optional<HeaderList::value_type> parseHeader(const QString &text);

// "ALGORITHM:HEX", or the digits alone, whose number then tells the algorithm.
std::optional<ExpectedDigest> parseChecksum(const QString &text);

// "1500", "500K", "1.5M", "2G" (1024 each, optional B) -> bytes per second, at least 1; nothing when
// malformed.
std::optional<qint64> parseRate(const QString &text);

// Whether this is the name of a file in a folder: no separator, no NUL, neither "." nor "..".
bool isFileName(const QString &text);

} // namespace longhaul
