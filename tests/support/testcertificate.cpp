// SPDX-License-Identifier: MIT
#include "testcertificate.h"

#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QSslConfiguration>

namespace longhaul::test {

namespace {

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray alternativeNames(const QStringList &names)
{
    QByteArrayList entries;
    for (const QString &name : names)
        entries.append((QHostAddress(name).isNull() ? "DNS:" : "IP:") + name.toLatin1());
    return entries.join(',');
}

// One openssl call makes key and certificate as folder/name.key and folder/name.pem. Its own configuration
// file, so that the machine's plays no part.
bool make(const QString &folder, const QString &name, const QByteArray &extensions, const QStringList &signer)
{
    const QString base = folder + u'/' + name;
    QFile config(base + QStringLiteral(".cnf"));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write("[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=Longhaul test " + name.toLatin1()
                 + "\n[ext]\nsubjectKeyIdentifier=hash\n" + extensions);
    config.close();
    QStringList arguments{QStringLiteral("req"),
                          QStringLiteral("-new"),
                          QStringLiteral("-x509"),
                          QStringLiteral("-config"),
                          config.fileName(),
                          QStringLiteral("-extensions"),
                          QStringLiteral("ext"),
                          QStringLiteral("-newkey"),
                          QStringLiteral("ec"),
                          QStringLiteral("-pkeyopt"),
                          QStringLiteral("ec_paramgen_curve:prime256v1"),
                          QStringLiteral("-nodes"),
                          QStringLiteral("-days"),
                          QStringLiteral("2"),
                          QStringLiteral("-keyout"),
                          base + QStringLiteral(".key"),
                          QStringLiteral("-out"),
                          base + QStringLiteral(".pem")};
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"), arguments + signer);
    return openssl.waitForFinished() && openssl.exitStatus() == QProcess::NormalExit
           && openssl.exitCode() == 0;
}

QByteArray leafExtensions(const QStringList &names)
{
    return "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=" + alternativeNames(names)
           + '\n';
}

TlsIdentity load(const QString &base)
{
    return {QSslCertificate::fromData(readFile(base + QStringLiteral(".pem"))),
            QSslKey(readFile(base + QStringLiteral(".key")), QSsl::Ec)};
}

} // namespace

QStringList loopbackNames()
{
    return {QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
}

TlsIdentity selfSignedIdentity(const QStringList &names)
{
    const QTemporaryDir folder;
    if (!make(folder.path(), QStringLiteral("self"), leafExtensions(names), {}))
        return {};
    return load(folder.filePath(QStringLiteral("self")));
}

TlsIdentity trustedIdentity()
{
    static const TestAuthority authority;
    static const TlsIdentity identity = [] {
        authority.trustHere();
        return authority.issue();
    }();
    return identity;
}

TestAuthority::TestAuthority()
{
    if (make(m_folder.path(), QStringLiteral("ca"),
             "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n", {}))
        m_certificate = QSslCertificate(readFile(m_folder.filePath(QStringLiteral("ca.pem"))));
}

void TestAuthority::trustHere() const
{
    QSslConfiguration all = QSslConfiguration::defaultConfiguration();
    all.addCaCertificate(m_certificate);
    QSslConfiguration::setDefaultConfiguration(all);
}

TlsIdentity TestAuthority::issue(const QStringList &names) const
{
    const QStringList signer{QStringLiteral("-CA"), m_folder.filePath(QStringLiteral("ca.pem")),
                             QStringLiteral("-CAkey"), m_folder.filePath(QStringLiteral("ca.key"))};
    if (!isValid() || !make(m_folder.path(), QStringLiteral("leaf"), leafExtensions(names), signer))
        return {};
    return load(m_folder.filePath(QStringLiteral("leaf")));
}

} // namespace longhaul::test
