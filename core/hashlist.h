// SPDX-License-Identifier: MIT
#pragma once

#include "checksum.h"

namespace longhaul {

// The SHA-256 of the file `name` in a list of them, as sha256sum and BSD's sha256 write it:
//
//   HEX  name        HEX *name        SHA256 (name) = HEX
//
// `name` may have "./" before it. Where `alone`, also a text that is but one HEX. Nothing when it is not in
// it, or is with two digests. Hostile input; pure.
std::optional<ExpectedDigest> sha256In(const QByteArray &list, const QString &name, bool alone);

// More is no list.
constexpr qint64 kMostHashListBytes = 1 << 20;

} // namespace longhaul
