// SPDX-License-Identifier: MIT
#include "httprequest.h"

#include "redirect.h"
#include "words.h"

#include <QCoreApplication>
#include <QHash>
#include <QSslCertificate>

#include <algorithm>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::HttpRequest)
};

// What Longhaul must decide itself, or bytes and offsets would not be what they seem.
bool isReserved(const QByteArray &name)
{
    static constexpr const char *kOurs[] = {
        "accept-encoding",     "range",  "if-range", "connection",    "content-length",
        "transfer-encoding",   "te",     "if-match", "if-none-match", "if-modified-since",
        "if-unmodified-since", "expect", "upgrade"};
    const QByteArray lower = name.toLower();
    return std::any_of(std::begin(kOurs), std::end(kOurs), [&](const char *ours) { return lower == ours; });
}

QByteArray rangeHeader(ByteRange range)
{
    return "bytes=" + QByteArray::number(range.begin) + '-'
           + (range.end == ByteRange::kOpenEnd ? QByteArray() : QByteArray::number(range.end - 1));
}

} // namespace

QNetworkRequest networkRequest(const QUrl &home, const QUrl &url, const HeaderList &headers,
                               const RangeRequest &asked)
{
    QNetworkRequest r(url);
    r.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    r.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    r.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    r.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    r.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    r.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    r.setRawHeader("User-Agent", userAgent());
    r.setRawHeader("Accept", "*/*");
    const bool isHome = isSameOrigin(home, url);
    QHash<QByteArray, QByteArray> given; // Qt sends one field of a name: repeated ones become a list
    for (const auto &[name, value] : headers) {
        if (isReserved(name) || (!isHome && !maySendToOthers(name)))
            continue;
        QByteArray &joined = given[name.toLower()];
        joined += joined.isEmpty() ? value : (name.toLower() == "cookie" ? "; " : ", ") + value;
        r.setRawHeader(name, joined);
    }
    r.setRawHeader("Accept-Encoding", "identity");
    if (asked.ranged)
        r.setRawHeader("Range", rangeHeader(asked.range));
    if (asked.ranged && asked.ifRange)
        r.setRawHeader("If-Range", asked.validators.forIfRange());
    return r;
}

ErrorCode codeOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError: return ErrorCode::HostNotFound;
    case QNetworkReply::ConnectionRefusedError: return ErrorCode::ConnectionRefused;
    case QNetworkReply::TimeoutError: return ErrorCode::NoAnswer;
    case QNetworkReply::SslHandshakeFailedError: return ErrorCode::TlsFailed;
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError: return ErrorCode::NetworkUnreachable;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError: return ErrorCode::ProxyFailed;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::UnknownContentError: return ErrorCode::BadHead;
    default: return ErrorCode::ConnectionLost;
    }
}

QString certificateProblem(const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    if (certificate.isNull())
        return error.errorString();
    constexpr qsizetype kLongest = 80;
    return Text::tr("%1; it is that of \"%2\", issued by \"%3\"")
        .arg(error.errorString(), plainLine(certificate.subjectDisplayName(), kLongest),
             plainLine(certificate.issuerDisplayName(), kLongest));
}

} // namespace longhaul
