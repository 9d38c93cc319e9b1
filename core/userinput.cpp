// SPDX-License-Identifier: MIT
#include "userinput.h"

#include "httpheaders.h"

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

std::variant<QUrl, Error> parseUrl(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::TolerantMode);
    const auto address = addressOf(url);
    const auto *problem = std::get_if<Error>(&address);
    if (!problem)
        return address;
    // "host:port/x" and "mailto:x" have something before a colon, but no scheme that could be meant.
    if (problem->code == ErrorCode::UnsupportedScheme && !text.contains(":/"_L1))
        return Error{ErrorCode::InvalidUrl, 0, {}, {}};
    return *problem;
}

std::optional<HeaderList::value_type> parseHeader(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const qsizetype colon = bytes.indexOf(':');
    const QByteArray name = bytes.left(std::max<qsizetype>(0, colon));
    const QByteArray value = bytes.mid(colon + 1).trimmed();
    const auto isControl = [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; };
    if (!isToken(name) || std::any_of(value.begin(), value.end(), isControl))
        return {};
    return std::pair{name, value};
}

std::optional<ExpectedDigest> parseChecksum(const QString &text)
{
    if (text.contains(u':'))
        return ExpectedDigest::parse(text);
    const QString digits = text.trimmed();
    for (const QLatin1StringView algorithm : {"md5:"_L1, "sha-1:"_L1, "sha-256:"_L1, "sha-512:"_L1}) {
        if (const auto digest = ExpectedDigest::parse(algorithm + digits))
            return digest;
    }
    return {};
}

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

bool isFileName(const QString &text)
{
    return !text.isEmpty() && text != QLatin1String(".") && text != QLatin1String("..")
           && !text.contains(QLatin1Char('/')) && !text.contains(QChar(0));
}

} // namespace longhaul
