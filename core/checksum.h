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

    bool operator==(const ExpectedDigest &) const = default;
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
