// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace longhaul::test {

// The bytes of a served file, computed at any offset and never held in memory. A cheap value.
class Content
{
public:
    Content() = default; // empty
    // Noise that is the same for the same seed, at each offset: splitmix64 (Steele, Lea, Flood 2014) of
    // offset / 8.
    static Content random(qint64 size, quint64 seed = 1);
    // Zeros, but for 16 bytes of noise at 0, 1 GiB, 2 GiB ...: for files of many GiB.
    static Content sparse(qint64 size, quint64 seed = 1);
    static Content fromBytes(const QByteArray &bytes);

    qint64 size() const { return m_size; }
    // Up to `count` bytes from `offset` on; fewer at the end, none beyond it.
    QByteArray read(qint64 offset, qint64 count) const;
    QByteArray readAll() const { return read(0, m_size); }
    // Lower-case hex. Reads all of it: for small ones.
    QByteArray sha256() const;

    // Where the file differs first (its end, when it is merely shorter; 0 when it cannot be read).
    // Nothing when it is the same, size included.
    std::optional<qint64> firstDifference(const QString &path) const;
    bool matchesFile(const QString &path) const { return !firstDifference(path); }

private:
    enum class Kind { Bytes, Random, Sparse };

    Content(Kind kind, qint64 size, quint64 seed);

    Kind m_kind = Kind::Bytes;
    qint64 m_size = 0;
    quint64 m_seed = 0;
    QByteArray m_bytes;
};

} // namespace longhaul::test
