// SPDX-License-Identifier: MIT
#include "storepacking.h"

#include <algorithm>
#include <array>
#include <bit>

namespace longhaul::storeformat {

namespace {

// What byte N + 1 stands for. These never leave memory: they may change with each version. Of pieces that
// begin alike the longest one comes first.
constexpr std::array<QByteArrayView, 28> kPieces{
    "{\"sum\":\"",
    "\",\"added\":\"",
    "Z\",\"bootId\":\"",
    "\",\"completed\":\"",
    "Z\",\"date\":\"",
    "\",\"date\":\"",
    " GMT\",\"durable\":[[0,",
    "\",\"durable\":[[0,",
    "]],\"etag\":\"\\\"",
    "\\\"\",\"finalUrl\":\"https://",
    "\\\"\",\"finalUrl\":\"http://",
    "\",\"finalUrl\":\"http",
    "\",\"lastModified\":\"",
    " GMT\",\"mediaType\":\"application/",
    " GMT\",\"mediaType\":\"",
    "\",\"mediaType\":\"application/",
    "\",\"mediaType\":\"",
    "\",\"options\":{\"folder\":\"/",
    "\"},\"part\":\"/",
    "\"},\"ranges\":true,\"received\":[[0,",
    ",\"ranges\":true,\"received\":[[0,",
    "]],\"state\":\"completed\",\"target\":\"/",
    "]],\"state\":\"",
    "\",\"target\":\"/",
    "\",\"total\":",
    ",\"url\":\"https://",
    ",\"url\":\"http://",
    ":00.000Z",
};

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

// For each character the pieces that have it at that place, a bit for each.
using PiecesWith = std::array<quint32, 256>;
constexpr PiecesWith piecesWith(qsizetype place)
{
    PiecesWith pieces{};
    for (size_t i = 0; i < kPieces.size(); ++i)
        pieces[static_cast<unsigned char>(kPieces[i][place])] |= quint32(1) << i;
    return pieces;
}
constexpr PiecesWith kFirst = piecesWith(0);
constexpr PiecesWith kThird = piecesWith(2);

// The one with which `text` begins, or -1.
int pieceAt(QByteArrayView text)
{
    quint32 left = kFirst[static_cast<unsigned char>(text[0])];
    if (left == 0 || text.size() < 3)
        return -1;
    for (left &= kThird[static_cast<unsigned char>(text[2])]; left != 0; left &= left - 1) {
        const int piece = std::countr_zero(left);
        if (text.startsWith(kPieces[size_t(piece)]))
            return piece;
    }
    return -1;
}

} // namespace

bool isPackable(QByteArrayView text) { return std::none_of(text.begin(), text.end(), isControl); }

QByteArray packed(QByteArrayView text)
{
    QByteArray result(text.size(), Qt::Uninitialized);
    char *to = result.data();
    for (qsizetype i = 0; i < text.size();) {
        const int piece = pieceAt(text.sliced(i));
        *to++ = piece < 0 ? text[i] : char(piece + 1);
        i += piece < 0 ? 1 : kPieces[size_t(piece)].size();
    }
    return QByteArray(result.constData(), to - result.constData()); // no larger than it must be
}

QByteArray unpacked(QByteArrayView packed)
{
    qsizetype size = packed.size();
    for (const char c : packed)
        size += isControl(c) ? kPieces[size_t(c - 1)].size() - 1 : 0;
    QByteArray text(size, Qt::Uninitialized);
    char *to = text.data();
    for (const char c : packed) {
        if (isControl(c))
            to = std::copy_n(kPieces[size_t(c - 1)].data(), kPieces[size_t(c - 1)].size(), to);
        else
            *to++ = c;
    }
    return text;
}

} // namespace longhaul::storeformat
