// SPDX-License-Identifier: MIT
// What servers say of the bytes that they send.
#include "fuzz.h"
#include "targets.h"

#include "core/httpauth.h"
#include "core/httpheaders.h"
#include "core/httpresponse.h"
#include "core/redirect.h"
#include "core/userinput.h"

#include <QLocale>
#include <QTimeZone>

namespace longhaul::fuzz {

namespace {

QDateTime now() { return QDateTime(QDate(2026, 11, 25), QTime(12, 0), QTimeZone::utc()); }

QByteArray number(const std::optional<qint64> &value)
{
    return value ? QByteArray::number(*value) : QByteArray("*");
}

// "Name: value" up to an empty line.
QList<std::pair<QByteArray, QByteArray>> takeFields(QList<QByteArray> &lines)
{
    QList<std::pair<QByteArray, QByteArray>> fields;
    while (!lines.isEmpty()) {
        const QByteArray line = lines.takeFirst();
        if (line.isEmpty())
            break;
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            fields.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    return fields;
}

// "GET FLAGS BEGIN TOTAL RECEIVED" and what is known of the file, as fields; - for an unknown total.
// Of the flags: r ranged, i with If-Range, s second try, b bytes on disk, d redirected, x expects a binary.
// As the plan asks: If-Range and a begin only with Range.
RangeRequest takeRequest(QList<QByteArray> &lines)
{
    const QList<QByteArray> words = lines.value(0).split(' ');
    lines.removeFirst();
    const QByteArray flags = words.value(1);
    RangeRequest asked;
    asked.ranged = flags.contains('r');
    asked.ifRange = asked.ranged && flags.contains('i');
    asked.secondTry = flags.contains('s');
    asked.hasBytes = flags.contains('b');
    asked.redirected = flags.contains('d');
    asked.expectsBinary = flags.contains('x');
    if (asked.ranged)
        asked.range.begin = std::max<qint64>(0, words.value(2).toLongLong());
    bool known = false;
    const qint64 total = words.value(3).toLongLong(&known);
    if (known && total >= 0)
        asked.total = total;
    asked.received = std::max<qint64>(0, words.value(4).toLongLong());
    asked.now = now();
    const ResponseHead earlier{200, {}, takeFields(lines)};
    asked.validators = {earlier.header("ETag"), earlier.header("Last-Modified"), earlier.header("Date")};
    return asked;
}

void check(const RangeRequest &asked, const ResponseHead &got, const Accepted &accepted)
{
    REQUIRE(got.status >= 200 && got.status < 300);
    REQUIRE(accepted.begin == (accepted.partial ? asked.range.begin : 0));
    REQUIRE(!accepted.end || *accepted.end >= accepted.begin);
    REQUIRE(!accepted.end || !accepted.total || *accepted.end <= *accepted.total);
    REQUIRE(!accepted.sized || accepted.end.has_value());
    REQUIRE(accepted.partial == (got.status == 206));
    if (accepted.partial) {
        REQUIRE(accepted.end && *accepted.end > accepted.begin);
        REQUIRE(accepted.ranges && !accepted.encoded && !accepted.shrunk);
        // Bytes are joined to others only where the size is theirs, and nothing says that they are not.
        REQUIRE(!asked.ranged || !asked.total || (accepted.total == asked.total));
        REQUIRE(!asked.ranged || !asked.hasBytes || accepted.same != SameEntity::No);
    }
    REQUIRE(accepted.same != SameEntity::Yes || accepted.encoded || !asked.total || !accepted.total
            || *asked.total == *accepted.total);
    REQUIRE(!accepted.encoded || !accepted.ranges);
}

void check(const RangeRequest &asked, const ResponseHead &got, const AlreadyComplete &complete)
{
    REQUIRE(got.status == 416 && asked.ranged && complete.total == asked.received);
    REQUIRE(!asked.total || *asked.total == complete.total);
}

void check(const RangeRequest &, const ResponseHead &got, const Error &error)
{
    REQUIRE(error.httpStatus == got.status);
    REQUIRE(!error.retryAfter || error.retryAfter->count() >= 0);
    REQUIRE(!message(error).isEmpty());
}

// The request that AskAgain leads to, as fetchplan.cpp makes it.
RangeRequest again(RangeRequest asked, AskAgain how)
{
    asked.secondTry = how == AskAgain::TheSame;
    if (how == AskAgain::WithoutIfRange)
        asked.ifRange = false;
    if (how == AskAgain::Unranged) {
        asked.ranged = asked.ifRange = false;
        asked.range = {0, ByteRange::kOpenEnd};
    }
    return asked;
}

} // namespace

void fields(const QByteArray &bytes)
{
    if (const auto found = parseContentRange(bytes)) {
        REQUIRE(found->range.begin >= 0 && found->range.size() > 0);
        REQUIRE(!found->total || found->range.end <= *found->total);
        const auto same = parseContentRange("bytes " + number(found->range.begin) + '-'
                                            + number(found->range.end - 1) + '/' + number(found->total));
        REQUIRE(same && same->range == found->range && same->total == found->total);
    }
    if (const auto total = parseUnsatisfiedTotal(bytes)) {
        REQUIRE(*total >= 0);
        REQUIRE(!parseContentRange(bytes));
        REQUIRE(parseUnsatisfiedTotal("bytes */" + number(*total)) == total);
    }
    if (const auto length = parseContentLength(bytes)) {
        REQUIRE(*length >= 0);
        REQUIRE(parseContentLength(number(*length) + ", " + bytes) == length);
        REQUIRE(!parseContentLength(bytes + ',' + number(*length ^ 1)));
    }
    if (const QDateTime date = parseHttpDate(bytes); date.isValid()) {
        REQUIRE(date.offsetFromUtc() == 0);
        const QString text = QLocale::c().toString(date, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'");
        REQUIRE_EQUAL(parseHttpDate(text.toLatin1()), date);
    }
    if (const auto wait = parseRetryAfter(bytes, now())) {
        REQUIRE(wait->count() >= 0);
        REQUIRE(parseRetryAfter(QByteArray::number(qint64(wait->count())), now()) == wait);
    }
    REQUIRE(!isToken(bytes) || bytes.trimmed() == bytes);
}

void httpauth(const QByteArray &bytes)
{
    const QList<QByteArray> given = lines(bytes, 3);
    const auto text = [](const QByteArray &line) {
        return QString::fromUtf8(line).normalized(QString::NormalizationForm_C);
    };
    const Credentials who{text(given[0]), text(given[1])};
    const auto answerTo = [&](const QByteArray &challenges) {
        return authorization(challenges, who, "GET", "/x?\"y\"", "c\\n");
    };
    const auto answer = answerTo(given[2]);
    REQUIRE(!isStale(given[2]) || !isStale(given[2] + '"'));
    if (!answer)
        return;
    REQUIRE(std::none_of(answer->begin(), answer->end(),
                         [](char c) { return (uchar(c) < ' ' && c != '\t') || c == 0x7f; }));
    if (answer->startsWith("Basic ")) {
        REQUIRE_EQUAL(QByteArray::fromBase64(answer->mid(6)), (who.user + u':' + who.password).toUtf8());
        return;
    }
    REQUIRE(answer->startsWith("Digest "));
    REQUIRE(given[2].size() > 16000 || answerTo(given[2] + ", Basic") == answer);
    // It has all of the challenge that it answers, quoted so that it is read as it was meant.
    REQUIRE(answer->size() > 16000 || answerTo(*answer) == answer);
}

void redirect(const QByteArray &bytes)
{
    const QList<QByteArray> given = lines(bytes, 2);
    const auto asked = parseUrl(QString::fromUtf8(given[0]));
    if (!std::holds_alternative<QUrl>(asked)) // only such are asked
        return;
    const QUrl from = std::get<QUrl>(asked);
    const auto result = redirectTarget(from, given[1], 302);
    const auto *target = std::get_if<QUrl>(&result);
    if (!target)
        return;
    REQUIRE(target->isValid() && !target->host().isEmpty() && !target->hasFragment());
    const bool secure = target->scheme() == QLatin1String("https");
    REQUIRE(secure || (target->scheme() == QLatin1String("http") && from.scheme() == QLatin1String("http")));
    if (isSameOrigin(from, *target))
        REQUIRE_EQUAL(target->userInfo(), from.userInfo());
    else
        REQUIRE_EQUAL(target->userInfo(), QString());
    const QByteArray text = target->toEncoded();
    REQUIRE(std::none_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c == 0x7f; }));
    const auto same = redirectTarget(from, text, 302);
    REQUIRE(std::holds_alternative<QUrl>(same));
    REQUIRE_EQUAL(std::get<QUrl>(same), *target);
}

void response(const QByteArray &bytes)
{
    QList<QByteArray> rest = bytes.split('\n');
    RangeRequest asked = takeRequest(rest);
    ResponseHead got;
    got.status = rest.value(0).split(' ').value(1).toInt();
    if (!rest.isEmpty())
        rest.removeFirst();
    got.headers = takeFields(rest);
    REQUIRE(compare(asked.validators, asked.validators) != SameEntity::No);

    // To a server that says the same each time: it comes to an end.
    for (int tries = 0;; ++tries) {
        REQUIRE(tries < 6);
        const Verdict verdict = checkResponse(asked, got);
        if (const auto *how = std::get_if<AskAgain>(&verdict)) {
            asked = again(asked, *how);
            continue;
        }
        if (const auto *accepted = std::get_if<Accepted>(&verdict))
            check(asked, got, *accepted);
        else if (const auto *complete = std::get_if<AlreadyComplete>(&verdict))
            check(asked, got, *complete);
        else
            check(asked, got, std::get<Error>(verdict));
        break;
    }
}

} // namespace longhaul::fuzz
