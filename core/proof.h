// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"

namespace longhaul {

// Proof by overlap: which bytes on disk to fetch again and compare, where no strong validator vouches for
// the part. Up to 1 MiB: all of them. Beyond: the first and the last 64 KiB and, between them, eight spots of
// 16 KiB, one at a random place in each eighth, so that no change of a fixed layout stays unseen. And the
// first and the last 4 KiB of each range, of the first 64: each may have come in its own way. Pure: `seed`
// decides the places. The result lies within `received`.
RangeSet overlapToProve(const RangeSet &received, quint32 seed);

} // namespace longhaul
