// SPDX-License-Identifier: MIT
#include "content.h"

#include <QCryptographicHash>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace longhaul::test {

namespace {

constexpr qint64 kWord = 8;
constexpr qint64 kMarkerEvery = qint64(1) << 30;
constexpr qint64 kMarkerSize = 16;
constexpr qint64 kBlock = 1 << 20;

quint64 wordAt(quint64 seed, quint64 index)
{
    quint64 z = seed + (index + 1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return qToLittleEndian(z ^ (z >> 31));
}

void fillRandom(quint64 seed, qint64 offset, char *to, qint64 count)
{
    auto index = quint64(offset / kWord);
    const qint64 skipped = offset % kWord;
    if (skipped > 0) {
        const quint64 word = wordAt(seed, index++);
        const qint64 n = std::min(kWord - skipped, count);
        std::memcpy(to, reinterpret_cast<const char *>(&word) + skipped, size_t(n));
        to += n;
        count -= n;
    }
    for (; count >= kWord; count -= kWord, to += kWord) {
        const quint64 word = wordAt(seed, index++);
        std::memcpy(to, &word, kWord);
    }
    if (count > 0) {
        const quint64 word = wordAt(seed, index);
        std::memcpy(to, &word, size_t(count));
    }
}

void fillSparse(quint64 seed, qint64 offset, char *to, qint64 count)
{
    std::memset(to, 0, size_t(count));
    for (qint64 marker = offset / kMarkerEvery * kMarkerEvery; marker < offset + count;
         marker += kMarkerEvery) {
        const qint64 begin = std::max(marker, offset);
        const qint64 end = std::min(marker + kMarkerSize, offset + count);
        if (begin < end)
            fillRandom(seed, begin, to + (begin - offset), end - begin);
    }
}

} // namespace

// The seed is mixed once, so that neighbouring seeds have nothing in common.
Content::Content(Kind kind, qint64 size, quint64 seed)
    : m_kind(kind)
    , m_size(size)
    , m_seed(wordAt(seed, 0))
{}

Content Content::random(qint64 size, quint64 seed) { return {Kind::Random, size, seed}; }

Content Content::sparse(qint64 size, quint64 seed) { return {Kind::Sparse, size, seed}; }

Content Content::fromBytes(const QByteArray &bytes)
{
    Content content(Kind::Bytes, bytes.size(), 0);
    content.m_bytes = bytes;
    return content;
}

QByteArray Content::read(qint64 offset, qint64 count) const
{
    if (offset < 0 || offset >= m_size || count <= 0)
        return {};
    count = std::min(count, m_size - offset);
    if (m_kind == Kind::Bytes)
        return m_bytes.mid(offset, count);
    QByteArray result(count, Qt::Uninitialized);
    if (m_kind == Kind::Random)
        fillRandom(m_seed, offset, result.data(), count);
    else
        fillSparse(m_seed, offset, result.data(), count);
    return result;
}

QByteArray Content::sha256() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 at = 0; at < m_size; at += kBlock)
        hash.addData(read(at, kBlock));
    return hash.result().toHex();
}

std::optional<qint64> Content::firstDifference(const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (qint64 at = 0;;) {
        const QByteArray have = file.read(kBlock);
        const QByteArray want = read(at, kBlock);
        if (have.isEmpty() && want.isEmpty())
            return std::nullopt;
        if (have != want) {
            const auto differs = std::mismatch(have.begin(), have.end(), want.begin(), want.end());
            return at + (differs.first - have.begin());
        }
        at += have.size();
    }
}

} // namespace longhaul::test
