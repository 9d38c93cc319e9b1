// SPDX-License-Identifier: MIT
#pragma once

#include "checksum.h"

namespace longhaul {

// The fields of an answer that tell a digest of the file: their values as on the wire, empty when missing.
struct DigestFields {
    QByteArray reprDigest;    // Repr-Digest: of the whole file, also beside a part of it (RFC 9530 3)
    QByteArray contentDigest; // Content-Digest: of this answer's body alone (RFC 9530 2)
    QByteArray digest;        // Digest: of the whole file (RFC 3230 4.3.2)
    QByteArray googHash;      // x-goog-hash: of what Google's storage has
    QByteArray googEncoding;  // x-goog-stored-content-encoding: that may be a coded form of the file
    QByteArray contentMd5;    // Content-MD5: of this answer's body alone (RFC 1864)
};

// The strongest digest of the whole file in them (SHA-512, SHA-256, SHA-1, MD5), of equally strong ones that
// of the field named first above. `partial`: the answer is a 206, whose body is not the file. What is
// malformed, of an unknown algorithm or contradicts itself is passed over. Hostile input; pure.
std::optional<FoundDigest> digestIn(const DigestFields &fields, bool partial);

} // namespace longhaul
