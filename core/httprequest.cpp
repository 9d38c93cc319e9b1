// SPDX-License-Identifier: MIT
#include "httprequest.h"

#include "dialer.h"
#include "httpheaders.h"
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

// Neither the end of the field, nor of a string.
bool isFieldValue(const QByteArray &value)
{
    return std::none_of(value.begin(), value.end(),
                        [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

QByteArray hostField(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    return url.port() == -1 ? host : host + ':' + QByteArray::number(url.port());
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

QByteArray requestTarget(const QUrl &url, const QNetworkProxy &proxy)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray query = url.hasQuery() ? '?' + url.query(QUrl::FullyEncoded).toLatin1() : QByteArray();
    return (isAskedWhole(url, proxy) ? "http://" + hostField(url) : QByteArray())
           + (path.isEmpty() ? QByteArray("/") : path) + query;
}

QByteArray wireHead(const QNetworkRequest &request, const QNetworkProxy &proxy, const QByteArray &credentials)
{
    const QUrl url = request.url();
    QByteArray head = "GET " + requestTarget(url, proxy) + " HTTP/1.1\r\n";
    if (!request.hasRawHeader("Host") || !isFieldValue(request.rawHeader("Host")))
        head += "Host: " + hostField(url) + "\r\n";
    const QList<QByteArray> names = request.rawHeaderList();
    for (const QByteArray &name : names) {
        const QByteArray value = request.rawHeader(name);
        if (isToken(name) && isFieldValue(value))
            head += name + ": " + value + "\r\n";
    }
    return head + credentials + "\r\n";
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
