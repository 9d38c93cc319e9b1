// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

// Records in memory take half of what they take in the store: what most of them have in common is one byte
// each. Pure functions; any thread.
namespace longhaul::storeformat {

// Whether `text` can be packed: compact JSON that has no control characters, which JSON always escapes
// (RFC 8259 7).
bool isPackable(QByteArrayView text);
QByteArray packed(QByteArrayView text);
// What was packed, to the byte.
QByteArray unpacked(QByteArrayView packed);

} // namespace longhaul::storeformat
