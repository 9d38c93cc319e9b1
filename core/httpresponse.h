// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"
#include "checksum.h"
#include "error.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QUrl>

#include <optional>
#include <variant>

namespace longhaul {

// What a server says to tell one version of a file from another (RFC 9110 8.8). Values as on the wire.
struct Validators {
    QByteArray etag;         // with quotes and W/ prefix; empty when none came
    QByteArray lastModified; // empty when none came
    QByteArray date;         // the answer's own Date, needed to judge lastModified

    bool isEmpty() const { return etag.isEmpty() && lastModified.isEmpty(); }
    // What may go into If-Range: a strong ETag, else a Last-Modified at least 60 s older than Date (stricter
    // than RFC 9110 8.8.2.2). Empty when neither is there.
    QByteArray forIfRange() const;
    bool operator==(const Validators &) const = default;
};

// How the validators of two answers relate.
enum class SameEntity {
    Yes,     // a strong validator is the same in both, and nothing speaks against it
    Unknown, // nothing strong speaks for or against: the bytes must be compared
    No,      // both ETag and Last-Modified are known in both and both differ
};
SameEntity compare(const Validators &known, const Validators &got);

// The head of an answer, as it came.
struct ResponseHead {
    int status = 0;
    QUrl url;                                         // who answered, after redirects
    QList<std::pair<QByteArray, QByteArray>> headers; // repeated fields stay apart or joined by ", "

    // The values of all fields of that name (any case) joined by ", "; empty when there is none.
    QByteArray header(const char *name) const;
    bool has(const char *name) const;
};

// What was asked, and what is known of the file that it is asked of.
struct RangeRequest {
    ByteRange range{0, ByteRange::kOpenEnd}; // wanted; [0, open) without `ranged` is a plain GET
    bool ranged = false;                     // a Range header was sent
    bool ifRange = false;                    // an If-Range header was sent
    bool secondTry = false;                  // this very request was already answered badly once
    bool hasBytes = false;                   // bytes of the file are on disk: this continues it
    bool redirected = false;                 // the answer came from another address than was asked
    bool expectsBinary = false;              // name or earlier media type say: not a web page
    std::optional<qint64> total;             // the size known from earlier answers
    Validators validators;                   // known from earlier answers
    qint64 received = 0;                     // bytes [0, received) are on disk: for 416
    QDateTime now;                           // to judge a Retry-After date, and `dies`; UTC
    QDateTime dies = {};                     // when the address stops working, if it says so; UTC
};

// The bytes of this answer may be taken, from `begin` on.
struct Accepted {
    qint64 begin = 0;
    std::optional<qint64> end;   // one past the last byte of this answer; nothing when it does not say
    std::optional<qint64> total; // size of the whole file; nothing when nobody knows
    Validators validators;
    QByteArray mediaType; // Content-Type without parameters, lower case; may be empty
    QByteArray disposition;
    bool partial = false;                  // a 206: the server has ranges
    bool ranges = false;                   // the server has ranges, by its 206 or its Accept-Ranges
    bool encoded = false;                  // a Content-Encoding came: offsets cannot be resumed
    bool sized = false;                    // Content-Length tells where its body ends
    bool shrunk = false;                   // the same strong ETag with a smaller size: perhaps cut on its way
    SameEntity same = SameEntity::Unknown; // Yes: may be joined to what is on disk; else only after proof
    std::optional<FoundDigest> digest = {}; // of the whole file, as the server says
    bool operator==(const Accepted &) const = default;
};

// Nothing of this answer may be used: ask again, at once, in another way. Each way leads to another one, so
// that it ends.
enum class AskAgain {
    TheSame,        // the same request, marked secondTry
    WithoutIfRange, // with Range alone: some CDNs drop Range when If-Range holds an ETag
    Unranged,       // the whole file from 0
};

// 416 with */total equal to what is there: nothing is missing. `same` as in Accepted.
struct AlreadyComplete {
    qint64 total = 0;
    bool operator==(const AlreadyComplete &) const = default;
};

using Verdict = std::variant<Accepted, AskAgain, AlreadyComplete, Error>;

// The only place that may call bytes trustworthy. Pure: the table in core/README.md, row by row. Redirects
// (3xx with Location) never come here: Transfer follows them first.
Verdict checkResponse(const RangeRequest &asked, const ResponseHead &got);

} // namespace longhaul
