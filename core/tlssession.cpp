// SPDX-License-Identifier: MIT
#include "tlssession.h"

#ifdef LONGHAUL_OPENSSL

#include <QHostAddress>
#include <QMutex>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <limits>

namespace longhaul {

namespace {

constexpr qsizetype kReadAhead = 256 << 10; // bytes taken from the transport at once
constexpr qsizetype kRecord = 16 << 10;     // bytes of a TLS record, at most (RFC 8446 5.1)

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Context = std::shared_ptr<SSL_CTX>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;

// What a session reads from and writes to. Reads ahead by itself: where OpenSSL does, it moves all it has
// with each record, and asks for each rest of one alone.
struct Transport {
    QIODevice *device = nullptr;
    bool isAtEnd = false;
    QByteArray ahead;
    qsizetype begin = 0; // of what is left of that
    qsizetype end = 0;

    bool hasAhead() const { return begin < end; }
    void refill();
};

void Transport::refill()
{
    if (ahead.isEmpty())
        ahead = QByteArray(kReadAhead, Qt::Uninitialized);
    const qint64 got = device->read(ahead.data(), ahead.size());
    isAtEnd = isAtEnd || got < 0;
    begin = 0;
    end = qsizetype(std::max<qint64>(got, 0));
}

Transport &transportOf(BIO *bio) { return *static_cast<Transport *>(BIO_get_data(bio)); }

int readTransport(BIO *bio, char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    Transport &transport = transportOf(bio);
    if (!transport.hasAhead())
        transport.refill();
    if (!transport.hasAhead()) {
        if (!transport.isAtEnd)
            BIO_set_retry_read(bio);
        return -1;
    }
    const qsizetype taken = std::min<qsizetype>(size, transport.end - transport.begin);
    std::copy_n(transport.ahead.constData() + transport.begin, taken, bytes);
    transport.begin += taken;
    return int(taken);
}

// The device takes all of it, and sends it when it can.
int writeTransport(BIO *bio, const char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    if (transportOf(bio).isAtEnd) // to write would make another error of the device's
        return -1;
    return int(transportOf(bio).device->write(bytes, size));
}

long controlTransport(BIO *bio, int command, long, void *)
{
    switch (command) {
    case BIO_CTRL_FLUSH: return 1;
    case BIO_CTRL_EOF: return transportOf(bio).isAtEnd ? 1 : 0;
    default: return 0;
    }
}

BIO *makeBio(Transport *transport)
{
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "QIODevice");
        BIO_meth_set_read(made, readTransport);
        BIO_meth_set_write(made, writeTransport);
        BIO_meth_set_ctrl(made, controlTransport);
        return made;
    }();
    BIO *bio = BIO_new(method);
    BIO_set_data(bio, transport);
    BIO_set_init(bio, 1);
    return bio;
}

void trust(SSL_CTX *context, const QList<QSslCertificate> &authorities)
{
    SSL_CTX_set_default_verify_paths(context);
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    for (const QSslCertificate &authority : authorities) {
        const QByteArray der = authority.toDer();
        const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
        if (const Certificate certificate{d2i_X509(nullptr, &bytes, long(der.size()))})
            X509_STORE_add_cert(store, certificate.get());
    }
}

Context makeContext(const QList<QSslCertificate> &authorities)
{
    Context context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context)
        return context;
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    // As browsers have it: too many servers close without a word, and who needs to know the end counts bytes.
    constexpr auto kLenient = SSL_OP_IGNORE_UNEXPECTED_EOF;
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | kLenient);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    trust(context.get(), authorities);
    return context;
}

// Made once, since authorities that were looked up stay in it; anew when others are to be trusted.
Context sharedContext()
{
    static QMutex mutex;
    static QList<QSslCertificate> trusted;
    static Context context;
    const QList<QSslCertificate> authorities = QSslConfiguration::defaultConfiguration().caCertificates();
    const QMutexLocker lock(&mutex);
    if (!context || authorities != trusted) {
        context = makeContext(authorities);
        trusted = authorities;
    }
    return context;
}

QSslError::SslError meaningOf(int verdict)
{
    using enum QSslError::SslError;
    switch (verdict) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT: return UnableToGetIssuerCertificate;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY: return UnableToGetLocalIssuerCertificate;
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return UnableToVerifyFirstCertificate;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return CertificateSignatureFailed;
    case X509_V_ERR_CERT_NOT_YET_VALID: return CertificateNotYetValid;
    case X509_V_ERR_CERT_HAS_EXPIRED: return CertificateExpired;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return SelfSignedCertificate;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return SelfSignedCertificateInChain;
    case X509_V_ERR_CERT_REVOKED: return CertificateRevoked;
    case X509_V_ERR_INVALID_CA: return InvalidCaCertificate;
    case X509_V_ERR_PATH_LENGTH_EXCEEDED: return PathLengthExceeded;
    case X509_V_ERR_INVALID_PURPOSE: return InvalidPurpose;
    case X509_V_ERR_CERT_UNTRUSTED: return CertificateUntrusted;
    case X509_V_ERR_CERT_REJECTED: return CertificateRejected;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return HostNameMismatch;
    default: return UnspecifiedError;
    }
}

QSslCertificate fromOpenSsl(X509 *certificate)
{
    unsigned char *der = nullptr;
    const int size = certificate ? i2d_X509(certificate, &der) : 0;
    const QSslCertificate result(QByteArray(reinterpret_cast<char *>(der), std::max(size, 0)), QSsl::Der);
    OPENSSL_free(der);
    return result;
}

// What OpenSSL has complained of first since it was asked to.
QString complaint(const char *otherwise)
{
    const unsigned long code = ERR_peek_error();
    const char *reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return QString::fromLatin1(reason ? reason : otherwise);
}

} // namespace

struct TlsSession::Private {
    Transport transport;
    std::unique_ptr<SSL, Deleter<SSL_free>> ssl;
    QString error;
    QList<QSslError> untrusted;
    bool ready = false;
    bool ended = false;
    bool told = false; // of the end, by read()
    bool dry = true;   // all that the transport had was taken, and gave no more bytes

    bool expect(const QString &host);
    bool retries(int result);
    bool isCutWithin() const;

    static int verify(int isRight, X509_STORE_CTX *context);
};

// Only a verdict that is right goes on.
int TlsSession::Private::verify(int isRight, X509_STORE_CTX *context)
{
    if (isRight == 1)
        return 1;
    const auto *ssl =
        static_cast<SSL *>(X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto *self = static_cast<Private *>(SSL_get_app_data(ssl));
    X509 *certificate = X509_STORE_CTX_get_current_cert(context);
    self->untrusted.append(
        QSslError(meaningOf(X509_STORE_CTX_get_error(context)),
                  fromOpenSsl(certificate ? certificate : X509_STORE_CTX_get0_cert(context))));
    return 0;
}

// Whom the certificate must be of. False: it is no name that could be one.
bool TlsSession::Private::expect(const QString &host)
{
    SSL_set_verify(ssl.get(), SSL_VERIFY_PEER, verify);
    SSL_set_app_data(ssl.get(), this);
    X509_VERIFY_PARAM *wanted = SSL_get0_param(ssl.get());
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS
                                                | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT); // RFC 9525 2
    QHostAddress address(host);
    if (!address.isNull()) {
        address.setScopeId({});
        return X509_VERIFY_PARAM_set1_ip_asc(wanted, address.toString().toLatin1().constData()) == 1;
    }
    QByteArray name = QUrl::toAce(host);
    if (name.endsWith('.')) // RFC 6066 3
        name.chop(1);
    return !name.isEmpty() && X509_VERIFY_PARAM_set1_host(wanted, name.constData(), size_t(name.size())) == 1
           && SSL_set_tlsext_host_name(ssl.get(), name.constData()) == 1;
}

// Whether the transport has ended within a record: kLenient has OpenSSL take that for an end, too.
bool TlsSession::Private::isCutWithin() const
{
    const bool hasHeader = qstrcmp(SSL_rstate_string(ssl.get()), "RB") == 0; // and waits for its body
    return transport.isAtEnd && (hasHeader || SSL_has_pending(ssl.get()) == 1);
}

// Of a call that gave nothing: whether it may give something later.
bool TlsSession::Private::retries(int result)
{
    const int why = SSL_get_error(ssl.get(), result);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE)
        return true;
    if (why != SSL_ERROR_ZERO_RETURN || isCutWithin())
        error = complaint("the connection was cut");
    ERR_clear_error(); // or others on this thread, as QSslSocket, would take it for theirs
    return false;
}

bool TlsSession::isAvailable() { return true; }

TlsSession::TlsSession(QIODevice *transport, const QString &host)
    : d(std::make_unique<Private>())
{
    d->transport.device = transport;
    const Context context = sharedContext();
    d->ssl.reset(context ? SSL_new(context.get()) : nullptr);
    if (d->ssl) {
        BIO *bio = makeBio(&d->transport);
        SSL_set_bio(d->ssl.get(), bio, bio); // owns it
        SSL_set_connect_state(d->ssl.get());
    }
    ERR_clear_error();
    if (!d->ssl || !d->expect(host)) {
        d->error = complaint("there is no server of that name");
        d->ended = true;
    }
    ERR_clear_error();
}

TlsSession::~TlsSession() = default;

TlsSession::Handshake TlsSession::shakeHands()
{
    if (d->ended)
        return Handshake::Failed;
    ERR_clear_error();
    const int result = SSL_do_handshake(d->ssl.get());
    if (result != 1 && d->retries(result))
        return Handshake::UnderWay;
    // The second condition is OpenSSL's own; it costs nothing to be sure.
    d->ready = result == 1 && SSL_get_verify_result(d->ssl.get()) == X509_V_OK;
    d->ended = !d->ready;
    d->dry = false;
    return d->ready ? Handshake::Done : Handshake::Failed;
}

qint64 TlsSession::read(char *bytes, qint64 most)
{
    if (!d->ready)
        return -1;
    qint64 got = 0;
    d->dry = d->ended;
    while (got < most && !d->dry) {
        ERR_clear_error();
        const auto room = int(std::min<qint64>(most - got, std::numeric_limits<int>::max()));
        const int result = SSL_read(d->ssl.get(), bytes + got, room);
        got += std::max(result, 0);
        d->dry = result <= 0;
        d->ended = d->dry && !d->retries(result);
    }
    d->told = got == 0 && d->ended;
    return d->told ? -1 : got;
}

qint64 TlsSession::pending() const
{
    if (d->ended)
        return d->told ? 0 : 1;
    const bool hasSome = d->transport.hasAhead() || SSL_has_pending(d->ssl.get()) == 1;
    return d->dry || !hasSome ? 0 : std::max(kRecord, d->transport.end - d->transport.begin);
}

bool TlsSession::isOver() const { return d->told; }

bool TlsSession::isDry() const { return d->dry; }

bool TlsSession::write(const QByteArray &bytes)
{
    if (!d->ready || d->ended)
        return false;
    ERR_clear_error();
    const int result = SSL_write(d->ssl.get(), bytes.constData(), int(bytes.size()));
    d->ended = result <= 0 && !d->retries(result);
    return !d->ended;
}

QString TlsSession::errorString() const { return d->error; }

QList<QSslError> TlsSession::certificateErrors() const { return d->untrusted; }

} // namespace longhaul

#else

namespace longhaul {

struct TlsSession::Private {
};

bool TlsSession::isAvailable() { return false; }
TlsSession::TlsSession(QIODevice *, const QString &) {}
TlsSession::~TlsSession() = default;
TlsSession::Handshake TlsSession::shakeHands() { return Handshake::Failed; }
qint64 TlsSession::read(char *, qint64) { return -1; }
qint64 TlsSession::pending() const { return 0; }
bool TlsSession::isOver() const { return true; }
bool TlsSession::isDry() const { return true; }
bool TlsSession::write(const QByteArray &) { return false; }
QString TlsSession::errorString() const { return {}; }
QList<QSslError> TlsSession::certificateErrors() const { return {}; }

} // namespace longhaul

#endif
