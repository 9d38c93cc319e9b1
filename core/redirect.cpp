// SPDX-License-Identifier: MIT
#include "redirect.h"

namespace longhaul {

namespace {

int portOf(const QUrl &url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); }

// Bytes of another charset stay what they are, as in browsers.
QByteArray asUtf8(const QByteArray &location)
{
    if (location.isValidUtf8())
        return location;
    QByteArray text;
    for (const char c : location)
        text += c < 0 ? '%' + QByteArray(1, c).toHex() : QByteArray(1, c);
    return text;
}

} // namespace

bool isRedirect(int status) { return (status >= 300 && status <= 303) || status == 307 || status == 308; }

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

QUrl asWritten(const QUrl &url)
{
    const QByteArray text = url.toEncoded();
    const QUrl written = QUrl::fromEncoded(text);
    return written.toEncoded() == text ? written : QUrl();
}

std::variant<QUrl, Error> redirectTarget(const QUrl &from, const QByteArray &location, int status)
{
    const auto refused = [status](ErrorCode code, const QString &detail) {
        return Error{code, status, detail, {}};
    };
    const QUrl reference = QUrl::fromEncoded(asUtf8(location.trimmed()), QUrl::TolerantMode);
    QUrl target = reference.isValid() ? from.resolved(reference) : QUrl(); // resolving drops a bad port
    target.setFragment({});
    if (!target.isValid() || target.host().isEmpty())
        return refused(ErrorCode::BadRedirect, {});
    const QString scheme = target.scheme();
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https"))
        return refused(ErrorCode::BadRedirect, scheme);
    if (from.scheme() == QLatin1String("https") && scheme == QLatin1String("http"))
        return refused(ErrorCode::UnsafeRedirect, target.host());
    target.setUserInfo(isSameOrigin(from, target) ? from.userInfo(QUrl::FullyEncoded) : QString());
    const QUrl written = asWritten(target);
    if (written.isEmpty())
        return refused(ErrorCode::BadRedirect, {});
    return written;
}

bool maySendToOthers(const QByteArray &headerName)
{
    const QByteArray name = headerName.toLower();
    return name == "accept" || name == "accept-language" || name == "user-agent";
}

} // namespace longhaul
