// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QUrl>

namespace longhaul {

// When a signed address stops working, by what it says itself, in UTC; invalid when it says nothing of it:
//
//   X-Amz-Date + X-Amz-Expires, X-Goog-Date + X-Goog-Expires   when it was signed, and for how many seconds
//   Expires, exp                                               seconds since 1970 (S3, CloudFront, tokens)
//   se                                                         ISO 8601, beside sig (Azure)
//   hdnts, hdnea, hdntl, __token__ = "...~exp=N~..."           Akamai
//
// Names in any case; the earliest of several counts; what is no such time, or none between 2001 and 2100, is
// passed over. Hostile input; pure.
QDateTime linkDies(const QUrl &url);

} // namespace longhaul
