// SPDX-License-Identifier: MIT
#include "storepacking.h"

#include <algorithm>
#include <array>

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

// The one with which `text` begins, or -1.
int pieceAt(QByteArrayView text)
{
    switch (text.front()) {
    case '{':
    case '"':
    case 'Z':
    case ' ':
    case ']':
    case '\\':
    case ',':
    case ':': break;
    default: return -1;
    }
    if (text.size() < 3)
        return -1;
    // Two characters first: of many tries few go on.
    const auto *found = std::find_if(kPieces.begin(), kPieces.end(), [text](QByteArrayView piece) {
        return piece[0] == text[0] && piece[2] == text[2] && text.startsWith(piece);
    });
    return found == kPieces.end() ? -1 : int(found - kPieces.begin());
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
    QByteArray text;
    text.reserve(2 * packed.size());
    qsizetype from = 0; // of what stands for itself
    for (qsizetype i = 0; i < packed.size(); ++i) {
        if (!isControl(packed[i]))
            continue;
        text += packed.sliced(from, i - from);
        text += kPieces[size_t(packed[i] - 1)];
        from = i + 1;
    }
    return text += packed.sliced(from);
}

} // namespace longhaul::storeformat
