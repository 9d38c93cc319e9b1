// SPDX-License-Identifier: MIT
// Names that servers choose: whatever they say, it is a file in the chosen folder.
#include "fuzz.h"
#include "targets.h"

#include "tests/core/hostilenames.h"

#include "core/disposition.h"
#include "core/filename.h"
#include "core/userinput.h"

#include <QDir>
#include <QFileInfo>

namespace longhaul::fuzz {

namespace {

constexpr qsizetype kLongestHeader = 16 * 1024; // as in disposition.h
constexpr int kLongestName = 255;

// What safeName() promises, and that no path is made of it.
void requireSafe(const QString &name, int maxBytes = kLongestName)
{
    REQUIRE_EQUAL(hostilenames::complaint(name, maxBytes), QString());
    if (name.isEmpty())
        return;
    REQUIRE(isFileName(name));
    REQUIRE_EQUAL(QFileInfo(QDir::cleanPath(QStringLiteral("/folder/") + name)).path(),
                  QStringLiteral("/folder"));
}

// A name goes through RFC 8187 and RFC 2231 as it is.
void requireRoundTrip(const QByteArray &bytes)
{
    const QByteArray encoded = bytes.toPercentEncoding();
    if (bytes.isEmpty() || !bytes.isValidUtf8() || encoded.size() > kLongestHeader - 100)
        return;
    const QString name = QString::fromUtf8(bytes);
    REQUIRE_EQUAL(nameFromDisposition("attachment; filename=\"x\"; filename*=UTF-8''" + encoded), name);
    const qsizetype half = bytes.size() / 2;
    const QByteArray first = bytes.left(half).toPercentEncoding();
    const QByteArray second = bytes.mid(half).toPercentEncoding();
    REQUIRE_EQUAL(nameFromDisposition("inline; filename*1*=" + second + "; filename*0*=utf-8''" + first),
                  name);
}

} // namespace

void disposition(const QByteArray &bytes)
{
    const QString name = nameFromDisposition(bytes);
    REQUIRE(name.isValidUtf16());
    REQUIRE_EQUAL(nameFromDisposition(bytes.left(kLongestHeader)), name);
    REQUIRE(isAttachment(bytes) == isAttachment(bytes.toUpper()));
    REQUIRE(!isAttachment(bytes) || bytes.toLower().contains("attachment"));
    REQUIRE(fromUnknownCharset(bytes).isEmpty() == bytes.isEmpty());
    requireSafe(safeName(name));
    requireRoundTrip(bytes);
}

void filename(const QByteArray &bytes)
{
    const QList<QByteArray> given = lines(bytes, 5);
    const QUrl finalUrl = QUrl::fromEncoded(given[1]);
    const QUrl requestedUrl = QUrl::fromEncoded(given[2]);
    const QString chosen = chooseName(given[0], finalUrl, requestedUrl, given[3]);
    REQUIRE(!chosen.isEmpty());
    requireSafe(chosen);
    REQUIRE_EQUAL(safeName(chosen), chosen);

    const QString text = fromUnknownCharset(given[4]);
    const int most = 32 + int(bytes.size() % 224);
    const QString shorter = safeName(text, most);
    requireSafe(shorter, most);
    REQUIRE_EQUAL(safeName(shorter, most), shorter);

    REQUIRE(chosen.endsWith(suffixOf(chosen)));
    REQUIRE(suffixOf(chosen).size() <= 16);
    REQUIRE(!namesABinary(chosen) || !suffixOf(chosen).isEmpty());
    const QString second = numberedName(chosen, 2);
    const QString third = numberedName(chosen, 3);
    for (const QString &name : {second, third, partName(chosen), partName(second), partName(third)})
        requireSafe(name);
    const bool isFull =
        chosen.toUtf8().size() == kLongestName && chosen.endsWith(QLatin1String(" (2)") + suffixOf(chosen));
    REQUIRE(second != third && (second != chosen || isFull));
    REQUIRE(partName(second) != partName(third));
    REQUIRE((partName(second) == partName(chosen)) == (second == chosen));
    REQUIRE(partName(chosen).endsWith(QLatin1String(".part")));
    REQUIRE_EQUAL(suffixOf(second), suffixOf(chosen));
}

} // namespace longhaul::fuzz
