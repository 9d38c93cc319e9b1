// SPDX-License-Identifier: MIT
#pragma once

#include "resumedata.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>

namespace longhaul {

// The GET for `asked`, sent to `url` on behalf of `home`: the user's headers that may go there, and what
// Longhaul must decide itself, or bytes and offsets would not be what they seem. Pure.
QNetworkRequest networkRequest(const QUrl &home, const QUrl &url, const HeaderList &headers,
                               const RangeRequest &asked);

// The request target (RFC 9112 3.2): the path, or the whole address for such a proxy. Pure.
QByteArray requestTarget(const QUrl &url, const QNetworkProxy &proxy);

// The head of a GET as it is sent, with its empty line; `credentials`: fields of that kind with their line
// ends, or nothing. What cannot stand in a field (RFC 9110 5.5) is left out with its field. Pure.
QByteArray wireHead(const QNetworkRequest &request, const QNetworkProxy &proxy,
                    const QByteArray &credentials);

// What Qt calls an error, in our words.
ErrorCode codeOf(QNetworkReply::NetworkError error);

// What is wrong with a certificate, and which one it is. Its names are the server's words: made harmless.
QString certificateProblem(const QSslError &error);

} // namespace longhaul
