// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>

class QUrl;

// Sizes, times and addresses as people read them. Pure functions; any thread.
namespace longhaul {

// A URL as it may be shown or logged: without password, control and bidi characters.
QString shownUrl(const QString &text);
QString shownUrl(const QUrl &url);

// Foreign text as one line that may be shown: no control, bidi or invisible characters, white space as single
// blanks, at most `most` characters.
QString plainLine(const QString &text, qsizetype most = 200);

// "1.4 GiB"
QString sizeInWords(qint64 bytes);
// "11.2 MiB/s"
QString rateInWords(qint64 bytesPerSecond);
// "1:02:03" or "2:03"
QString timeInWords(std::chrono::seconds time);

} // namespace longhaul
