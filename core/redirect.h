// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"

#include <QByteArray>
#include <QUrl>

#include <variant>

namespace longhaul {

// How many redirects are followed before giving up.
constexpr int kMostRedirects = 10;

// True for 300-303, 307 and 308 (RFC 9110 15.4).
bool isRedirect(int status);

// Same scheme, host and port (RFC 6454).
bool isSameOrigin(const QUrl &a, const QUrl &b);

// `url` in the form in which it is sent and stored: QUrl may hold one address in several, which are not
// equal. Empty if QUrl reads what it has written as another address (a zone with brackets behind an IPv6
// address).
QUrl asWritten(const QUrl &url);

// Where a Location leads (RFC 9110 10.2.2): relative ones are resolved, a fragment is dropped, userinfo is
// kept on the same origin and dropped elsewhere. An Error for an empty or malformed one and one without
// asWritten(), for anything but http and https (UnsupportedScheme goes by BadRedirect), and for https to
// http.
std::variant<QUrl, Error> redirectTarget(const QUrl &from, const QByteArray &location, int status);

// True for the header fields of the user that may go to another origin than the one asked for: those that
// cannot hold a secret (Accept, Accept-Language, User-Agent). All others stay behind.
bool maySendToOthers(const QByteArray &headerName);

} // namespace longhaul
