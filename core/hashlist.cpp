// SPDX-License-Identifier: MIT
#include "hashlist.h"

#include <QStringList>

#include <utility>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kDigits = 64;

// What one line says: digits and the name they are of.
std::pair<QString, QString> entryOf(const QString &line)
{
    if (line.startsWith("SHA256 ("_L1)) {
        const qsizetype end = line.lastIndexOf(") = "_L1);
        return end < 8 ? std::pair<QString, QString>() : std::pair(line.mid(end + 4), line.mid(8, end - 8));
    }
    const bool hasName = line.size() > kDigits + 2 && line[kDigits] == u' ';
    const bool isMarked = hasName && (line[kDigits + 1] == u' ' || line[kDigits + 1] == u'*');
    return {line.left(kDigits), isMarked ? line.mid(kDigits + 2) : QString()};
}

std::optional<ExpectedDigest> digestOf(const QString &digits)
{
    return ExpectedDigest::parse("sha-256:"_L1 + digits);
}

} // namespace

std::optional<ExpectedDigest> sha256In(const QByteArray &list, const QString &name, bool alone)
{
    if (list.size() > kMostHashListBytes)
        return {};
    if (const auto digest = digestOf(QString::fromLatin1(list.trimmed())); digest && alone)
        return digest;
    std::optional<ExpectedDigest> found;
    const QStringList lines = QString::fromUtf8(list).split(u'\n');
    for (const QString &line : lines) {
        auto [digits, of] = entryOf(line.endsWith(u'\r') ? line.chopped(1) : line);
        if (of.startsWith("./"_L1))
            of.remove(0, 2);
        const auto digest = of == name ? digestOf(digits) : std::nullopt;
        if (digest && found && *found != *digest)
            return {};
        if (digest)
            found = digest;
    }
    return found;
}

} // namespace longhaul
