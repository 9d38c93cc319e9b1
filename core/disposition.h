// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace longhaul {

// Pure functions that read a Content-Disposition header. Everything that comes in is hostile.

// The file name in a Content-Disposition header (RFC 6266; RFC 8187 for filename*), or an empty string.
// filename* (UTF-8, ISO-8859-1; UTF-8 where it names no charset) goes before filename*0, *1, ... (RFC 2231),
// these before filename, whatever the order; one that cannot be decoded is passed over. Of two alike the
// first wins. Understands quoted strings with backslash escapes, single quotes, tokens, unquoted names with
// spaces, RFC 2047 words, percent-encoded plain names (where they give UTF-8), raw UTF-8 and raw Latin-1, a
// missing type and parameters behind the name. Both "inline" and "attachment" count. Only the first 16 KiB
// are read. The result is not yet safe: pass it to safeName().
QString nameFromDisposition(const QByteArray &header);

// True when the header's disposition type is "attachment" (any case).
bool isAttachment(const QByteArray &header);

// Bytes of a name for which nobody gave a charset: UTF-8 where they are that, else Latin-1.
QString fromUnknownCharset(const QByteArray &bytes);

} // namespace longhaul
