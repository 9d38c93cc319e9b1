// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

// Binary property lists, sound ones and others.
namespace longhaul::plistbytes {

inline QByteArray bigEndian(quint64 value, int size)
{
    QByteArray bytes;
    for (int i = size - 1; i >= 0; --i)
        bytes += i < 8 ? char(value >> (8 * i) & 0xff) : char(0);
    return bytes;
}

struct Trailer {
    quint64 offsetSize = 1, referenceSize = 1;
    quint64 objects = 0, top = 0, table = 0; // 0: as they are
};

// The file of these objects, each given whole; one-byte offsets.
inline QByteArray file(const QList<QByteArray> &objects, Trailer trailer = {})
{
    QByteArray bytes("bplist00");
    QByteArray table;
    for (const QByteArray &object : objects) {
        table += bigEndian(quint64(bytes.size()), int(trailer.offsetSize));
        bytes += object;
    }
    const auto at = quint64(bytes.size());
    bytes += table + QByteArray(6, '\0');
    bytes += bigEndian(trailer.offsetSize, 1) + bigEndian(trailer.referenceSize, 1);
    bytes += bigEndian(trailer.objects ? trailer.objects : quint64(objects.size()), 8);
    bytes += bigEndian(trailer.top, 8) + bigEndian(trailer.table ? trailer.table : at, 8);
    return bytes;
}

// An ASCII string object.
inline QByteArray ascii(const QByteArray &text)
{
    if (text.size() < 15)
        return char(0x50 | text.size()) + text;
    return QByteArray("\x5f\x11") + bigEndian(quint64(text.size()), 2) + text;
}

// As Safari writes it: {"URL": address}.
inline QByteArray webloc(const QByteArray &address)
{
    return file({QByteArray("\xd1\x01\x02"), ascii("URL"), ascii(address)});
}

} // namespace longhaul::plistbytes
