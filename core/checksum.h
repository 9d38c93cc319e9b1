// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>

namespace longhaul {

enum class DigestAlgorithm { Md5, Sha1, Sha256, Sha512 };

// A digest that a finished file must have.
struct ExpectedDigest {
    DigestAlgorithm algorithm = DigestAlgorithm::Sha256;
    QByteArray value; // raw bytes, of the algorithm's length

    // From "sha-256:HEX" (also "sha256", any case; sha-512, sha-1, md5). Nothing when it is malformed: an
    // unknown algorithm, no hexadecimal digits, or the wrong number of them.
    static std::optional<ExpectedDigest> parse(const QString &text);
    QString toString() const; // "sha-256:hex", lower case
    // From the name of an algorithm and the raw bytes; nothing for a name that is not known, or another size.
    static std::optional<ExpectedDigest> of(const QByteArray &algorithm, const QByteArray &value);

    bool operator==(const ExpectedDigest &) const = default;
};

// Who told what digest a file has, when the user did not.
enum class DigestSource {
    ReprDigest,    // the server, with the file (RFC 9530 3)
    ContentDigest, // likewise, of a whole answer (RFC 9530 2)
    Digest,        // likewise (RFC 3230)
    GoogHash,      // likewise: x-goog-hash of Google's storage
    ContentMd5,    // likewise, of a whole answer (RFC 1864)
    HashFile,      // NAME.sha256 beside it
    HashList,      // SHA256SUMS in its folder
};
// As people know it, which is also its stable name: "Repr-Digest", ".sha256", ...
QString digestSourceName(DigestSource source);
std::optional<DigestSource> digestSourceFromName(const QString &name);

struct FoundDigest {
    ExpectedDigest digest;
    DigestSource source = DigestSource::ReprDigest;
    bool operator==(const FoundDigest &) const = default;
};

// Hashes bytes given piece by piece; through OpenSSL's EVP where the build found it (ten times faster than
// QCryptographicHash in Debian's builds), else through Qt. Not thread-safe; any one thread.
class Hasher
{
public:
    explicit Hasher(DigestAlgorithm algorithm);
    ~Hasher();
    Q_DISABLE_COPY_MOVE(Hasher)

    void add(const char *data, qint64 size);
    QByteArray result(); // once, at the end; empty only when OpenSSL itself failed

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// The digest of a whole file, or nothing when it cannot be read or `cancelled` became true. Blocks: for an
// I/O thread. `cancelled` may be null; it is looked at between blocks of 1 MiB.
std::optional<QByteArray> digestOfFile(const QString &path, DigestAlgorithm algorithm,
                                       const std::atomic_bool *cancelled = nullptr);

} // namespace longhaul
