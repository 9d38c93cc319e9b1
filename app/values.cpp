// SPDX-License-Identifier: MIT
#include "values.h"

#include <algorithm>

namespace longhaul {

std::optional<qint64> parseRate(const QString &text)
{
    QString number = text.trimmed().toUpper();
    if (number.endsWith(QLatin1Char('B')))
        number.chop(1);
    double unit = 1;
    const qsizetype suffix = number.isEmpty() ? -1 : QStringLiteral("KMG").indexOf(number.back());
    if (suffix >= 0) {
        number.chop(1);
        unit = double(qint64(1) << (10 * (suffix + 1)));
    }
    bool ok = false;
    const double value = number.toDouble(&ok) * unit;
    if (!ok || !(value >= 1) || value > 1e15)
        return {};
    return qint64(value);
}

std::variant<QUrl, Error> parseUrl(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::TolerantMode);
    const QString scheme = url.scheme();
    const bool ours = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    if (url.isValid() && !scheme.isEmpty() && !ours && text.contains(QStringLiteral(":/")))
        return Error{ErrorCode::UnsupportedScheme, 0, scheme, {}};
    if (!url.isValid() || !ours || url.host().isEmpty() || url.port() == 0)
        return Error{ErrorCode::InvalidUrl, 0, {}, {}};
    return normalized(url);
}

std::optional<std::pair<QByteArray, QByteArray>> parseHeader(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const qsizetype colon = bytes.indexOf(':');
    const QByteArray name = bytes.left(std::max<qsizetype>(0, colon));
    const QByteArray value = bytes.mid(colon + 1).trimmed();
    const auto isToken = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    };
    const auto isControl = [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; };
    if (name.isEmpty() || !std::all_of(name.begin(), name.end(), isToken)
        || std::any_of(value.begin(), value.end(), isControl))
        return {};
    return std::pair{name, value};
}

std::optional<ConflictPolicy> parseConflict(const QString &text)
{
    using enum ConflictPolicy;
    for (const ConflictPolicy policy : {Rename, Overwrite, Skip}) {
        if (conflictName(policy) == text)
            return policy;
    }
    return {};
}

QString conflictName(ConflictPolicy policy)
{
    switch (policy) {
    case ConflictPolicy::Rename: return QStringLiteral("rename");
    case ConflictPolicy::Overwrite: return QStringLiteral("overwrite");
    case ConflictPolicy::Skip: return QStringLiteral("skip");
    }
    return {};
}

bool isFileName(const QString &text)
{
    return !text.isEmpty() && text != QLatin1String(".") && text != QLatin1String("..")
           && !text.contains(QLatin1Char('/')) && !text.contains(QChar(0));
}

} // namespace longhaul
