// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>
#include <QTemporaryDir>

namespace longhaul::test {

// What a TLS server shows and proves: its own certificate first.
struct TlsIdentity {
    QList<QSslCertificate> chain;
    QSslKey key;
    bool isNull() const { return chain.isEmpty() || key.isNull(); }
};

QStringList loopbackNames(); // "localhost", "127.0.0.1", "::1"

// Trusted by nobody. Null when there is no openssl command (3.0 or later).
TlsIdentity selfSignedIdentity(const QStringList &names = loopbackNames());

// For loopback, trusted by this process from the first call on. Null like the above.
TlsIdentity trustedIdentity();

// A certificate authority made for one test; a client trusts it by adding certificate() to its
// QSslConfiguration. Keys and files go away with the object.
class TestAuthority
{
public:
    TestAuthority();

    bool isValid() const { return !m_certificate.isNull(); } // false: no openssl command
    QSslCertificate certificate() const { return m_certificate; }
    void trustHere() const; // from now on this process does, where nothing else is configured
    // Names may be host names or addresses; a name that is not the server's makes a host name mismatch.
    TlsIdentity issue(const QStringList &names = loopbackNames()) const;

private:
    QTemporaryDir m_folder;
    QSslCertificate m_certificate;
};

} // namespace longhaul::test
