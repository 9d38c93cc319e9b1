// SPDX-License-Identifier: MIT
#pragma once

#include "resumedata.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>

namespace longhaul {

// The GET for `asked`, sent to `url` on behalf of `home`: the user's headers that may go there, and what
// Longhaul must decide itself, or bytes and offsets would not be what they seem. Pure.
QNetworkRequest networkRequest(const QUrl &home, const QUrl &url, const HeaderList &headers,
                               const RangeRequest &asked);

// What Qt calls an error, in our words.
ErrorCode codeOf(QNetworkReply::NetworkError error);

// What is wrong with a certificate, and which one it is. Its names are the server's words: made harmless.
QString certificateProblem(const QSslError &error);

} // namespace longhaul
