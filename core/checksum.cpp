// SPDX-License-Identifier: MIT
#include "checksum.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <array>

#ifdef LONGHAUL_OPENSSL
#include <openssl/evp.h>
#endif

namespace longhaul {

namespace {

constexpr qint64 kBlockSize = 1024 * 1024;

struct AlgorithmInfo {
    DigestAlgorithm algorithm;
    const char *name;    // as written: RFC 9530's registry, and the older names in its style
    const char *openssl; // as EVP_MD_fetch(3) knows it
    QCryptographicHash::Algorithm qt;
    qsizetype size; // of the digest, in bytes
};

constexpr std::array<AlgorithmInfo, 4> kAlgorithms{{
    {DigestAlgorithm::Md5, "md5", "MD5", QCryptographicHash::Md5, 16},
    {DigestAlgorithm::Sha1, "sha-1", "SHA1", QCryptographicHash::Sha1, 20},
    {DigestAlgorithm::Sha256, "sha-256", "SHA2-256", QCryptographicHash::Sha256, 32},
    {DigestAlgorithm::Sha512, "sha-512", "SHA2-512", QCryptographicHash::Sha512, 64},
}};

const AlgorithmInfo &infoFor(DigestAlgorithm algorithm)
{
    const auto it =
        std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                     [algorithm](const AlgorithmInfo &info) { return info.algorithm == algorithm; });
    Q_ASSERT(it != kAlgorithms.end());
    return *it;
}

bool isHex(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
}

#ifdef LONGHAUL_OPENSSL
struct EvpDelete {
    void operator()(EVP_MD *digest) const { EVP_MD_free(digest); }
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};
using EvpContext = std::unique_ptr<EVP_MD_CTX, EvpDelete>;

// Looked up once, for that takes longer than the digest of a short text. Null where OpenSSL does not offer
// the algorithm, as MD5 under a FIPS policy.
const EVP_MD *fetched(DigestAlgorithm algorithm)
{
    using Fetched = std::unique_ptr<EVP_MD, EvpDelete>;
    static const auto all = [] {
        std::array<Fetched, kAlgorithms.size()> digests;
        std::transform(
            kAlgorithms.begin(), kAlgorithms.end(), digests.begin(),
            [](const AlgorithmInfo &info) { return Fetched(EVP_MD_fetch(nullptr, info.openssl, nullptr)); });
        return digests;
    }();
    return all[size_t(&infoFor(algorithm) - kAlgorithms.data())].get();
}

EvpContext makeContext(DigestAlgorithm algorithm)
{
    const EVP_MD *digest = fetched(algorithm);
    EvpContext context(digest ? EVP_MD_CTX_new() : nullptr);
    if (context && EVP_DigestInit_ex2(context.get(), digest, nullptr) != 1)
        context.reset();
    return context;
}
#endif

} // namespace

std::optional<ExpectedDigest> ExpectedDigest::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    const qsizetype colon = trimmed.indexOf(u':');
    if (colon < 0)
        return std::nullopt;
    const QString name = trimmed.left(colon).trimmed().toLower();
    const QString digits = trimmed.mid(colon + 1).trimmed();
    for (const AlgorithmInfo &info : kAlgorithms) {
        const QString known = QString::fromLatin1(info.name);
        if (name != known && name != QString(known).remove(u'-'))
            continue;
        if (digits.size() != 2 * info.size || !isHex(digits))
            return std::nullopt;
        return ExpectedDigest{info.algorithm, QByteArray::fromHex(digits.toLatin1())};
    }
    return std::nullopt;
}

std::optional<ExpectedDigest> ExpectedDigest::of(const QByteArray &algorithm, const QByteArray &value)
{
    return parse(QString::fromLatin1(algorithm + ':' + value.toHex()));
}

QString ExpectedDigest::toString() const
{
    return QString::fromLatin1(infoFor(algorithm).name) + u':' + QString::fromLatin1(value.toHex());
}

QString digestSourceName(DigestSource source)
{
    switch (source) {
    case DigestSource::ReprDigest: return QStringLiteral("Repr-Digest");
    case DigestSource::ContentDigest: return QStringLiteral("Content-Digest");
    case DigestSource::Digest: return QStringLiteral("Digest");
    case DigestSource::GoogHash: return QStringLiteral("x-goog-hash");
    case DigestSource::ContentMd5: return QStringLiteral("Content-MD5");
    case DigestSource::HashFile: return QStringLiteral(".sha256");
    case DigestSource::HashList: return QStringLiteral("SHA256SUMS");
    }
    return {};
}

std::optional<DigestSource> digestSourceFromName(const QString &name)
{
    using enum DigestSource;
    for (const DigestSource source :
         {ReprDigest, ContentDigest, Digest, GoogHash, ContentMd5, HashFile, HashList}) {
        if (digestSourceName(source) == name)
            return source;
    }
    return {};
}

struct Hasher::Private {
#ifdef LONGHAUL_OPENSSL
    EvpContext evp;
    bool failed = false;
#endif
    std::unique_ptr<QCryptographicHash> qt; // null while OpenSSL does it
};

Hasher::Hasher(DigestAlgorithm algorithm)
    : d(std::make_unique<Private>())
{
#ifdef LONGHAUL_OPENSSL
    d->evp = makeContext(algorithm);
    if (d->evp)
        return;
#endif
    d->qt = std::make_unique<QCryptographicHash>(infoFor(algorithm).qt);
}

Hasher::~Hasher() = default;

void Hasher::add(const char *data, qint64 size)
{
    if (size <= 0)
        return;
#ifdef LONGHAUL_OPENSSL
    if (d->evp) {
        d->failed |= EVP_DigestUpdate(d->evp.get(), data, static_cast<size_t>(size)) != 1;
        return;
    }
#endif
    d->qt->addData(QByteArrayView(data, static_cast<qsizetype>(size)));
}

QByteArray Hasher::result()
{
#ifdef LONGHAUL_OPENSSL
    if (d->evp) {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        if (d->failed || EVP_DigestFinal_ex(d->evp.get(), digest.data(), &size) != 1)
            return {};
        return QByteArray(reinterpret_cast<const char *>(digest.data()), static_cast<qsizetype>(size));
    }
#endif
    return d->qt->result();
}

std::optional<QByteArray> digestOfFile(const QString &path, DigestAlgorithm algorithm,
                                       const std::atomic_bool *cancelled)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    Hasher hasher(algorithm);
    QByteArray block(kBlockSize, Qt::Uninitialized);
    for (;;) {
        if (cancelled && cancelled->load(std::memory_order_relaxed))
            return std::nullopt;
        const qint64 got = file.read(block.data(), block.size());
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            break;
        hasher.add(block.constData(), got);
    }
    const QByteArray digest = hasher.result();
    return digest.isEmpty() ? std::nullopt : std::optional(digest);
}

} // namespace longhaul
