// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QList>

#include <cstring>

// Files too large to be held in memory, made and compared.
namespace longhaul {

constexpr qint64 MiB = 1024 * 1024;

// Bytes that repeat nowhere and do not compress (splitmix64).
inline bool makeFile(const QString &path, qint64 size, quint64 seed)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    QList<quint64> block(MiB / qint64(sizeof(quint64)));
    for (qint64 written = 0; written < size; written += MiB) {
        for (quint64 &word : block) {
            quint64 z = seed += 0x9e3779b97f4a7c15U;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
            word = z ^ (z >> 31);
        }
        const qint64 length = qMin(MiB, size - written);
        if (file.write(reinterpret_cast<const char *>(block.constData()), length) != length)
            return false;
    }
    return file.flush();
}

// Every byte compared: no digest says more.
inline bool isSameFile(const QString &left, const QString &right)
{
    QFile a(left);
    QFile b(right);
    if (!a.open(QIODevice::ReadOnly) || !b.open(QIODevice::ReadOnly) || a.size() != b.size())
        return false;
    const uchar *bytesOfA = a.map(0, a.size());
    const uchar *bytesOfB = b.map(0, b.size());
    return bytesOfA && bytesOfB && std::memcmp(bytesOfA, bytesOfB, size_t(a.size())) == 0;
}

} // namespace longhaul
