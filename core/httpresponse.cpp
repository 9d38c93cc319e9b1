// SPDX-License-Identifier: MIT
#include "httpresponse.h"

#include "digestheaders.h"
#include "disposition.h"
#include "httpheaders.h"

#include <algorithm>

namespace longhaul {

namespace {

constexpr qint64 kStrongAge = 60; // seconds that Last-Modified must be older than Date

bool isStrongEtag(const QByteArray &etag)
{
    // Two tags in a row are none (RFC 9110 8.8.3: no quote within).
    return etag.size() >= 2 && etag.startsWith('"') && etag.indexOf('"', 1) == etag.size() - 1;
}

QByteArray strongLastModified(const Validators &v)
{
    const QDateTime modified = parseHttpDate(v.lastModified);
    const QDateTime date = parseHttpDate(v.date);
    const bool strong = modified.isValid() && date.isValid() && modified.secsTo(date) >= kStrongAge;
    return strong ? v.lastModified : QByteArray();
}

Validators validatorsOf(const ResponseHead &got)
{
    return {got.header("ETag").trimmed(), got.header("Last-Modified").trimmed(),
            got.header("Date").trimmed()};
}

QByteArray mediaTypeOf(const ResponseHead &got)
{
    const QByteArray type = got.header("Content-Type");
    return type.left(type.indexOf(';') < 0 ? type.size() : type.indexOf(';')).trimmed().toLower();
}

bool isEncoded(const ResponseHead &got)
{
    const QByteArray encoding = got.header("Content-Encoding").trimmed().toLower();
    return !encoding.isEmpty() && encoding != "identity";
}

// A login or captive page instead of the file. What says "attachment" is meant as a file.
bool isUnexpectedPage(const RangeRequest &asked, const ResponseHead &got)
{
    const QByteArray type = mediaTypeOf(got);
    return asked.expectsBinary && (type == "text/html" || type == "application/xhtml+xml")
           && !isAttachment(got.header("Content-Disposition"));
}

Accepted acceptedHead(const RangeRequest &asked, const ResponseHead &got)
{
    Accepted accepted;
    accepted.validators = validatorsOf(got);
    accepted.mediaType = mediaTypeOf(got);
    accepted.disposition = got.header("Content-Disposition");
    accepted.encoded = isEncoded(got);
    accepted.same = compare(asked.validators, accepted.validators);
    accepted.digest = digestIn({got.header("Repr-Digest"), got.header("Content-Digest"), got.header("Digest"),
                                got.header("x-goog-hash"), got.header("x-goog-stored-content-encoding"),
                                got.header("Content-MD5")},
                               got.status == 206);
    return accepted;
}

// The length of the body as announced; an Error when the announcement is broken. Transfer-Encoding goes
// before Content-Length (RFC 9112 6.3).
std::variant<std::optional<qint64>, Error> announcedLength(const ResponseHead &got)
{
    if (got.has("Transfer-Encoding")) {
        if (got.header("Transfer-Encoding").trimmed().toLower() != "chunked") // nothing else was asked for
            return Error{ErrorCode::BadHead, got.status, {}, {}};
        return std::optional<qint64>();
    }
    if (!got.has("Content-Length"))
        return std::optional<qint64>();
    const auto length = parseContentLength(got.header("Content-Length"));
    if (!length)
        return Error{ErrorCode::BadLength, got.status, {}, {}};
    return length;
}

// An answer to a range that does not add up: once more the same, then everything from the start.
Verdict badPart(const RangeRequest &asked, const ResponseHead &got)
{
    if (!asked.secondTry)
        return AskAgain::TheSame;
    if (asked.ranged)
        return AskAgain::Unranged;
    return Error{ErrorCode::BadRange, got.status, {}, {}};
}

Verdict checkWhole(const RangeRequest &asked, const ResponseHead &got)
{
    if (isUnexpectedPage(asked, got))
        return Error{ErrorCode::WebPage, got.status, {}, {}};
    if (asked.ranged && got.has("Content-Range")) // all of the file, or a part? It cannot be both
        return badPart(asked, got);
    const auto announced = announcedLength(got);
    if (const auto *error = std::get_if<Error>(&announced))
        return *error;
    const auto length = std::get<std::optional<qint64>>(announced);
    if (asked.hasBytes && length == 0)
        return Error{ErrorCode::EmptyAnswer, got.status, {}, {}};

    Accepted accepted = acceptedHead(asked, got);
    accepted.end = accepted.total = length;
    accepted.sized = length.has_value();
    accepted.ranges = got.header("Accept-Ranges").trimmed().toLower() == "bytes" && !accepted.encoded;
    if (asked.total && length && *asked.total != *length && !accepted.encoded) {
        accepted.shrunk = *length < *asked.total && accepted.same == SameEntity::Yes
                          && isStrongEtag(accepted.validators.etag);
        accepted.same = SameEntity::No;
        if (accepted.shrunk && asked.ranged)
            return badPart(asked, got);
    }
    if (asked.ifRange && accepted.same != SameEntity::No && !accepted.encoded)
        return AskAgain::WithoutIfRange;
    return accepted;
}

Verdict checkPart(const RangeRequest &asked, const ResponseHead &got)
{
    if (isUnexpectedPage(asked, got))
        return Error{ErrorCode::WebPage, got.status, {}, {}};
    const auto range = parseContentRange(got.header("Content-Range"));
    if (!range || range->range.begin != asked.range.begin || mediaTypeOf(got) == "multipart/byteranges")
        return badPart(asked, got);
    const auto announced = announcedLength(got);
    if (std::holds_alternative<Error>(announced))
        return badPart(asked, got);
    const auto length = std::get<std::optional<qint64>>(announced);
    if (length && *length != range->range.size())
        return badPart(asked, got);

    Accepted accepted = acceptedHead(asked, got);
    if (accepted.encoded) // offsets of a coded body fit nothing
        return asked.ranged ? Verdict(AskAgain::Unranged)
                            : Verdict(Error{ErrorCode::BadRange, got.status, {}, {}});
    const bool otherSize = asked.total && range->total && *asked.total != *range->total;
    const bool overrun = asked.total && range->range.end > *asked.total;
    if (asked.ranged && (otherSize || overrun || (asked.hasBytes && accepted.same == SameEntity::No)))
        return AskAgain::Unranged;
    if (otherSize || overrun) // whatever its ETag says
        accepted.same = SameEntity::No;
    accepted.begin = range->range.begin;
    accepted.end = range->range.end;
    accepted.total = range->total || overrun ? range->total : asked.total;
    accepted.partial = accepted.ranges = true;
    accepted.sized = length.has_value();
    return accepted;
}

Verdict checkUnsatisfied(const RangeRequest &asked, const ResponseHead &got)
{
    if (!asked.ranged)
        return Error{ErrorCode::UnexpectedStatus, got.status, {}, {}};
    const auto total = parseUnsatisfiedTotal(got.header("Content-Range"));
    if (total && *total == asked.received && (!asked.total || *asked.total == *total))
        return AlreadyComplete{*total};
    return AskAgain::Unranged;
}

Verdict checkRefusal(const RangeRequest &asked, const ResponseHead &got)
{
    if (asked.secondTry && asked.ranged)
        return AskAgain::Unranged; // it may be the range that is refused
    const bool aged = asked.dies.isValid() && asked.now >= asked.dies;
    if (asked.hasBytes || asked.redirected || aged) {
        return asked.secondTry ? Verdict(Error{ErrorCode::LinkExpired, got.status, {}, {}})
                               : Verdict(AskAgain::TheSame);
    }
    const bool denied = got.status == 401 || got.status == 403;
    return Error{denied ? ErrorCode::AccessDenied : ErrorCode::NotFound, got.status, {}, {}};
}

Verdict checkOther(const RangeRequest &asked, const ResponseHead &got)
{
    const int status = got.status;
    // RFC 9110 15: an unknown status counts as the x00 of its class.
    const bool known = status <= 208 || status == 226; // of those only 200, 201 and 203 bring the file
    if (status == 200 || status == 201 || status == 203 || (status < 300 && status >= 200 && !known))
        return checkWhole(asked, got);
    if (status < 200) // Qt 6.4 takes an interim answer for the final one
        return Error{ErrorCode::BadHead, status, {}, {}};
    if (status == 501 && asked.ranged)
        return AskAgain::Unranged;
    if (status == 202 || status == 408 || status == 425 || status == 429 || status >= 500) {
        const bool busy = status < 500 || status == 503;
        return Error{busy ? ErrorCode::ServerBusy : ErrorCode::ServerFailed,
                     status,
                     {},
                     parseRetryAfter(got.header("Retry-After"), asked.now)};
    }
    if (status >= 300 && status < 400 && status != 304)
        return Error{ErrorCode::BadRedirect, status, {}, {}};
    if (status == 407)
        return Error{ErrorCode::ProxyFailed, status, {}, {}};
    if (asked.ranged && status >= 400 && status != 451) // some servers choke on Range itself
        return AskAgain::Unranged;
    return Error{status == 451 ? ErrorCode::AccessDenied : ErrorCode::UnexpectedStatus, status, {}, {}};
}

} // namespace

QByteArray Validators::forIfRange() const { return isStrongEtag(etag) ? etag : strongLastModified(*this); }

SameEntity compare(const Validators &known, const Validators &got)
{
    const bool etags = !known.etag.isEmpty() && !got.etag.isEmpty();
    const bool dates = !known.lastModified.isEmpty() && !got.lastModified.isEmpty();
    const bool otherEtag = etags && known.etag != got.etag;
    const bool otherDate = dates && known.lastModified != got.lastModified;
    if (otherEtag && otherDate)
        return SameEntity::No;
    if (etags && !otherEtag && !otherDate && isStrongEtag(known.etag))
        return SameEntity::Yes;
    if (!etags && dates && !otherDate && !strongLastModified(known).isEmpty())
        return SameEntity::Yes;
    return SameEntity::Unknown;
}

QByteArray ResponseHead::header(const char *name) const { return valueOf(headers, name); }

bool ResponseHead::has(const char *name) const
{
    return std::any_of(headers.begin(), headers.end(),
                       [name](const auto &field) { return qstricmp(field.first.constData(), name) == 0; });
}

Verdict checkResponse(const RangeRequest &asked, const ResponseHead &got)
{
    switch (got.status) {
    case 206: return checkPart(asked, got);
    case 416: return checkUnsatisfied(asked, got);
    case 401:
    case 403:
    case 404:
    case 410: return checkRefusal(asked, got);
    case 412:
        if (asked.ranged)
            return AskAgain::Unranged;
        [[fallthrough]];
    default: return checkOther(asked, got);
    }
}

} // namespace longhaul
