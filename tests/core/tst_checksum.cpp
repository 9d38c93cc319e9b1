// SPDX-License-Identifier: MIT
#include "core/checksum.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace longhaul;

Q_DECLARE_METATYPE(longhaul::DigestAlgorithm)

namespace {

QByteArray digestOf(DigestAlgorithm algorithm, const QByteArray &data)
{
    Hasher hasher(algorithm);
    hasher.add(data.constData(), data.size());
    return hasher.result();
}

QByteArray randomBytes(qsizetype size, quint32 seed)
{
    QRandomGenerator random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

QString writeFile(const QTemporaryDir &folder, const QByteArray &content)
{
    const QString path = folder.filePath(QStringLiteral("data"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    return path;
}

void addAlgorithms()
{
    QTest::addColumn<DigestAlgorithm>("algorithm");
    QTest::addColumn<QCryptographicHash::Algorithm>("reference");
    QTest::newRow("md5") << DigestAlgorithm::Md5 << QCryptographicHash::Md5;
    QTest::newRow("sha-1") << DigestAlgorithm::Sha1 << QCryptographicHash::Sha1;
    QTest::newRow("sha-256") << DigestAlgorithm::Sha256 << QCryptographicHash::Sha256;
    QTest::newRow("sha-512") << DigestAlgorithm::Sha512 << QCryptographicHash::Sha512;
}

} // namespace

class TestChecksum : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void knownVectors_data();
    void knownVectors();
    void piecewise_data() { addAlgorithms(); }
    void piecewise();
    void file_data() { addAlgorithms(); }
    void file();
    void emptyFile();
    void unreadable();
    void cancelled();
};

void TestChecksum::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QByteArray &text, const QByteArray &expected) {
        QTest::newRow(tag) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    const QByteArray pairs("0123456789abcdefABCDEF0123456789");
    const QByteArray lower = pairs.toLower();
    row("md5", "md5:" + pairs, "md5:" + lower);
    row("sha-1", "sha-1:" + pairs + "00ff00FF", "sha-1:" + lower + "00ff00ff");
    row("sha1", "SHA1:" + pairs + "00ff00ff", "sha-1:" + lower + "00ff00ff");
    row("sha-256", "SHA-256:" + pairs + pairs, "sha-256:" + lower + lower);
    row("sha256", "sha256:" + pairs + pairs, "sha-256:" + lower + lower);
    row("sha-512", "sha-512:" + pairs.repeated(4), "sha-512:" + lower.repeated(4));
    row("sha512", "Sha512:" + pairs.repeated(4), "sha-512:" + lower.repeated(4));
    row("blanks", " md5 : " + pairs + "\n", "md5:" + lower);
}

void TestChecksum::parses()
{
    QFETCH(QString, text);
    const auto digest = ExpectedDigest::parse(text);
    QVERIFY(digest.has_value());
    QTEST(digest->toString(), "expected");
    QCOMPARE(ExpectedDigest::parse(digest->toString()), digest);
}

void TestChecksum::refuses_data()
{
    QTest::addColumn<QString>("text");
    const QString pairs = QStringLiteral("0123456789abcdef0123456789abcdef");
    QTest::newRow("empty") << QString();
    QTest::newRow("no algorithm") << pairs;
    QTest::newRow("empty algorithm") << u':' + pairs;
    QTest::newRow("unknown algorithm") << QStringLiteral("crc32:01234567");
    QTest::newRow("no digits") << QStringLiteral("md5:");
    QTest::newRow("one short") << QStringLiteral("md5:") + pairs.chopped(1);
    QTest::newRow("one long") << QStringLiteral("md5:") + pairs + u'0';
    QTest::newRow("length of another") << QStringLiteral("sha-256:") + pairs;
    QTest::newRow("no hex") << QStringLiteral("md5:") + pairs.chopped(1) + u'g';
    QTest::newRow("fullwidth digit") << QStringLiteral("md5:") + pairs.chopped(1) + QChar(0xff10);
    QTest::newRow("beyond Latin-1 and long") << QStringLiteral("md5:") + pairs + QChar(0x20ac);
    QTest::newRow("NUL") << QStringLiteral("md5:") + pairs.chopped(1) + QChar(0);
    QTest::newRow("blank within") << QStringLiteral("md5:") + pairs.left(15) + u' ' + pairs.mid(16);
    QTest::newRow("two colons") << QStringLiteral("md5::") + pairs.chopped(1);
}

void TestChecksum::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!ExpectedDigest::parse(text).has_value());
}

// RFC 1321 A.5; the examples of FIPS 180-4.
void TestChecksum::knownVectors_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QByteArray &data, const char *expected) {
        QTest::newRow(tag) << data << QString::fromLatin1(expected);
    };
    const QByteArray million(1000000, 'a');
    row("md5 of nothing", "", "md5:d41d8cd98f00b204e9800998ecf8427e");
    row("md5 of abc", "abc", "md5:900150983cd24fb0d6963f7d28e17f72");
    row("sha-1 of nothing", "", "sha-1:da39a3ee5e6b4b0d3255bfef95601890afd80709");
    row("sha-1 of abc", "abc", "sha-1:a9993e364706816aba3e25717850c26c9cd0d89d");
    row("sha-1 of a million a", million, "sha-1:34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    row("sha-256 of nothing", "", "sha-256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    row("sha-256 of abc", "abc", "sha-256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    row("sha-256 of a million a", million,
        "sha-256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    row("sha-512 of abc", "abc",
        "sha-512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

void TestChecksum::knownVectors()
{
    QFETCH(QByteArray, data);
    QFETCH(QString, expected);
    const auto digest = ExpectedDigest::parse(expected);
    QVERIFY(digest.has_value());
    QCOMPARE(digestOf(digest->algorithm, data).toHex(), digest->value.toHex());
}

void TestChecksum::piecewise()
{
    QFETCH(DigestAlgorithm, algorithm);
    QFETCH(QCryptographicHash::Algorithm, reference);
    const QByteArray data = randomBytes(200000, 7);
    const QByteArray whole = digestOf(algorithm, data);
    QCOMPARE(whole, QCryptographicHash::hash(data, reference));
    QRandomGenerator random(11);
    for (int round = 0; round < 20; ++round) {
        Hasher hasher(algorithm);
        for (qsizetype at = 0; at < data.size();) {
            const qsizetype size = std::min<qsizetype>(random.bounded(9000), data.size() - at); // also none
            hasher.add(data.constData() + at, size);
            at += size;
        }
        hasher.add(nullptr, 0);
        QCOMPARE(hasher.result(), whole);
    }
}

void TestChecksum::file()
{
    QFETCH(DigestAlgorithm, algorithm);
    QFETCH(QCryptographicHash::Algorithm, reference);
    const QTemporaryDir folder;
    constexpr qsizetype kBlock = 1024 * 1024;
    for (const qsizetype size : {qsizetype(1), kBlock - 1, kBlock, kBlock + 1, 3 * kBlock + 12345}) {
        const QByteArray data = randomBytes(size, static_cast<quint32>(size));
        const QString path = writeFile(folder, data);
        QVERIFY(!path.isEmpty());
        QCOMPARE(digestOfFile(path, algorithm), QCryptographicHash::hash(data, reference));
    }
}

void TestChecksum::emptyFile()
{
    const QTemporaryDir folder;
    const QString path = writeFile(folder, {});
    const std::atomic_bool no = false;
    QCOMPARE(digestOfFile(path, DigestAlgorithm::Sha256, &no), digestOf(DigestAlgorithm::Sha256, {}));
}

void TestChecksum::unreadable()
{
    const QTemporaryDir folder;
    QVERIFY(!digestOfFile(folder.filePath(QStringLiteral("none")), DigestAlgorithm::Sha1).has_value());
    QVERIFY(!digestOfFile(folder.path(), DigestAlgorithm::Sha1).has_value());
    QVERIFY(!digestOfFile(QString(), DigestAlgorithm::Sha1).has_value());
    // Opens, but every read fails (EIO: nothing is mapped at address 0).
    const QString failing = QStringLiteral("/proc/self/mem");
    if (QFile::exists(failing))
        QVERIFY(!digestOfFile(failing, DigestAlgorithm::Sha1).has_value());
}

void TestChecksum::cancelled()
{
    const QTemporaryDir folder;
    const QString path = writeFile(folder, QByteArray(10, 'x'));
    std::atomic_bool flag = true;
    QVERIFY(!digestOfFile(path, DigestAlgorithm::Sha256, &flag).has_value());
    QVERIFY(!digestOfFile(writeFile(folder, {}), DigestAlgorithm::Sha256, &flag).has_value());

    // A file without an end can only be left by cancelling.
    const QString endless = QStringLiteral("/dev/zero");
    if (!QFile::exists(endless))
        QSKIP("no endless file on this system");
    flag = false;
    std::optional<QByteArray> digest = QByteArray();
    const std::unique_ptr<QThread> thread(
        QThread::create([&] { digest = digestOfFile(endless, DigestAlgorithm::Sha256, &flag); }));
    thread->start();
    QVERIFY(QTest::qWaitFor([&] { return thread->isRunning(); }));
    flag = true;
    QVERIFY(thread->wait(20000));
    QVERIFY(!digest.has_value());
}

QTEST_GUILESS_MAIN(TestChecksum)
#include "tst_checksum.moc"
