// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QtEndian>

#include <optional>

// The control file that aria2 keeps beside an unfinished download, or one that lies.
namespace longhaul::test {

struct Aria2Piece {
    quint32 index = 0;
    quint32 length = 0;
    QByteArray blocks;
};

struct Aria2File {
    quint16 version = 1;
    QByteArray hash = {};
    quint32 piece = 100;
    quint64 total = 350;
    QByteArray bits = QByteArray(1, char(0xf0));
    QList<Aria2Piece> begun = {};
    // What it says in the place of the truth.
    std::optional<quint32> hashSize = {};
    std::optional<quint32> bitsSize = {};
    std::optional<quint32> begunCount = {};
};

template <typename T>
QByteArray bigEndian(T number)
{
    QByteArray bytes(sizeof(T), '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

inline QByteArray aria2Bytes(const Aria2File &file)
{
    QByteArray bytes = bigEndian(file.version) + bigEndian(quint32(0))
                       + bigEndian(file.hashSize.value_or(quint32(file.hash.size()))) + file.hash
                       + bigEndian(file.piece) + bigEndian(file.total) + bigEndian(quint64(0))
                       + bigEndian(file.bitsSize.value_or(quint32(file.bits.size()))) + file.bits
                       + bigEndian(file.begunCount.value_or(quint32(file.begun.size())));
    for (const Aria2Piece &piece : file.begun)
        bytes += bigEndian(piece.index) + bigEndian(piece.length) + bigEndian(quint32(piece.blocks.size()))
                 + piece.blocks;
    return bytes;
}

} // namespace longhaul::test
