// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"

#include <optional>
#include <utility>
#include <variant>

namespace longhaul {

// Text from outside -> a value, or nothing. The command line and the control socket read through these alone,
// so that neither lets in what the other refuses. Pure functions.

// "1500", "500K", "1.5M", "2G" (1024 each, optional B) -> bytes per second, at least 1; nothing when
// malformed.
std::optional<qint64> parseRate(const QString &text);

// An http or https URL with a host, or what is wrong with it.
std::variant<QUrl, Error> parseUrl(const QString &text);

// "Name: value" as it may stand in a request (RFC 9110 5.1, 5.5).
std::optional<std::pair<QByteArray, QByteArray>> parseHeader(const QString &text);

// "rename", "overwrite", "skip"
std::optional<ConflictPolicy> parseConflict(const QString &text);
QString conflictName(ConflictPolicy policy);

// Whether this is the name of a file in a folder: no separator, no NUL, neither "." nor "..".
bool isFileName(const QString &text);

} // namespace longhaul
