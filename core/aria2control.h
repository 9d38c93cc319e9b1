// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"

#include <QString>

#include <variant>

namespace longhaul {

// What the control file that aria2 keeps beside an unfinished download (NAME.aria2) says of it.
struct Aria2Control {
    qint64 total = 0; // size of the whole file
    RangeSet holds;   // what is there: whole pieces, and whole blocks of pieces begun
};

// The control file, or what is wrong with it, in words that begin small. By aria2's technical notes ("Control
// File Format"), version 1, all numbers big-endian:
//
//   2 version  4 extension  4 n  n info hash  4 piece length  8 total  8 uploaded  4 m  m bit field
//   4 pieces begun, each: 4 index  4 length  4 k  k bit field of blocks of 16 KiB
//
// Hostile input: no length is believed that does not fit the others and the bytes that are there. Pure.
std::variant<Aria2Control, QString> parseAria2Control(const QByteArray &bytes);

// More is no control file that could be used.
constexpr qint64 kMostAria2Bytes = 32 << 20;

} // namespace longhaul
