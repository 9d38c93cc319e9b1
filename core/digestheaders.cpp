// SPDX-License-Identifier: MIT
#include "digestheaders.h"

#include <QHash>

#include <algorithm>
#include <array>

namespace longhaul {

namespace {

constexpr qsizetype kMostBytes = 8192; // of a field: more is no list of digests

// The strongest first.
constexpr std::array kStrength{DigestAlgorithm::Sha512, DigestAlgorithm::Sha256, DigestAlgorithm::Sha1,
                               DigestAlgorithm::Md5};

qsizetype weaknessOf(DigestAlgorithm algorithm)
{
    return std::find(kStrength.begin(), kStrength.end(), algorithm) - kStrength.begin();
}

// Bytes in base64, with its padding; empty when it is none.
QByteArray fromBase64(const QByteArray &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? decoded.decoded : QByteArray();
}

// "sha" is what RFC 3230 calls SHA-1.
QByteArray algorithmName(const QByteArray &text)
{
    const QByteArray name = text.trimmed().toLower();
    return name == "sha" ? QByteArray("sha-1") : name;
}

// The digest that one member says; an empty value when it is to be passed over.
using Member = std::pair<QByteArray, QByteArray>; // algorithm, raw bytes

// key=:base64:, perhaps with parameters behind it (RFC 8941 3.2, 3.3.5).
Member structuredMember(const QByteArray &text)
{
    const qsizetype equals = text.indexOf('=');
    const QByteArray value = text.mid(equals + 1).trimmed();
    const qsizetype end = value.indexOf(':', 1);
    if (equals < 0 || !value.startsWith(':') || end < 0)
        return {};
    const QByteArray rest = value.mid(end + 1).trimmed();
    if (!rest.isEmpty() && !rest.startsWith(';'))
        return {};
    return {algorithmName(text.left(equals)), fromBase64(value.mid(1, end - 1))};
}

// ALGORITHM=base64 (RFC 3230 4.3.2, and x-goog-hash).
Member plainMember(const QByteArray &text)
{
    const qsizetype equals = text.indexOf('=');
    return equals < 0 ? Member()
                      : Member(algorithmName(text.left(equals)), fromBase64(text.mid(equals + 1).trimmed()));
}

// The strongest of a list. Of an algorithm that comes with two values neither is believed.
std::optional<ExpectedDigest> strongestIn(const QByteArray &field, Member (*parse)(const QByteArray &))
{
    if (field.isEmpty() || field.size() > kMostBytes)
        return {};
    QHash<DigestAlgorithm, std::optional<ExpectedDigest>> found;
    for (const QByteArray &text : field.split(',')) {
        const auto [algorithm, value] = parse(text.trimmed());
        const auto digest = ExpectedDigest::of(algorithm, value);
        if (!digest)
            continue;
        const auto known = found.constFind(digest->algorithm);
        found.insert(digest->algorithm,
                     known == found.constEnd() || *known == digest ? digest : std::nullopt);
    }
    for (const DigestAlgorithm algorithm : kStrength) {
        if (const auto digest = found.value(algorithm))
            return digest;
    }
    return {};
}

std::optional<ExpectedDigest> googDigest(const DigestFields &fields)
{
    const QByteArray encoding = fields.googEncoding.trimmed().toLower();
    if (!encoding.isEmpty() && encoding != "identity")
        return {};
    return strongestIn(fields.googHash, plainMember);
}

std::optional<ExpectedDigest> contentMd5(const DigestFields &fields)
{
    return ExpectedDigest::of("md5", fromBase64(fields.contentMd5.trimmed()));
}

} // namespace

std::optional<FoundDigest> digestIn(const DigestFields &fields, bool partial)
{
    using enum DigestSource;
    std::optional<FoundDigest> best;
    const auto consider = [&](DigestSource source, const std::optional<ExpectedDigest> &digest) {
        if (digest && (!best || weaknessOf(digest->algorithm) < weaknessOf(best->digest.algorithm)))
            best = FoundDigest{*digest, source};
    };
    consider(ReprDigest, strongestIn(fields.reprDigest, structuredMember));
    if (!partial)
        consider(ContentDigest, strongestIn(fields.contentDigest, structuredMember));
    consider(Digest, strongestIn(fields.digest, plainMember));
    consider(GoogHash, googDigest(fields));
    if (!partial)
        consider(ContentMd5, contentMd5(fields));
    return best;
}

} // namespace longhaul
