// SPDX-License-Identifier: MIT
// The digest of the file in what servers say beside it, and nothing that only looks like one.
#include "core/digestheaders.h"
#include "core/hashlist.h"

#include <QRandomGenerator>
#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestDigestHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fields_data();
    void fields();
    void noise();
    void lists_data();
    void lists();
    void largeList();
};

namespace {

// Of "hello\n" (sha256sum, md5sum, ...).
const QByteArray kSha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
const QByteArray kSha1 = "f572d396fae9206628714fb2ce00f72e94f2258f";
const QByteArray kMd5 = "b1946ac92492d2347c6235b4d2611184";

QByteArray base64(const QByteArray &hex) { return QByteArray::fromHex(hex).toBase64(); }

} // namespace

void TestDigestHeaders::fields_data()
{
    QTest::addColumn<QList<QByteArray>>("fields"); // in the order of DigestFields
    QTest::addColumn<bool>("partial");
    QTest::addColumn<QString>("expected"); // "SOURCE digest"; empty: none
    const QByteArray a = base64(kSha256);
    const QByteArray b = base64(kMd5);
    const QString sha256 = u" sha-256:"_s + QString::fromLatin1(kSha256);
    const QString sha1 = u" sha-1:"_s + QString::fromLatin1(kSha1);
    const QString md5 = u" md5:"_s + QString::fromLatin1(kMd5);
    const QByteArray none;
    const auto row = [](const char *tag, const QList<QByteArray> &fields, bool partial,
                        const QString &expected) { QTest::newRow(tag) << fields << partial << expected; };
    row("nothing", {}, false, {});
    row("Repr-Digest", {"sha-256=:" + a + ':'}, false, u"Repr-Digest"_s + sha256);
    row("Repr-Digest beside a part", {"sha-256=:" + a + ':'}, true, u"Repr-Digest"_s + sha256);
    row("with a parameter", {"sha-256=:" + a + ":;x=1"}, false, u"Repr-Digest"_s + sha256);
    row("the strongest of several", {"md5=:" + b + ":, SHA-256=:" + a + ":, unixsum=:AAA=:"}, false,
        u"Repr-Digest"_s + sha256);
    row("two lines that agree", {"sha-256=:" + a + ":, sha-256=:" + a + ':'}, false,
        u"Repr-Digest"_s + sha256);
    row("two that do not", {"sha-256=:" + a + ":, sha-256=:" + base64(QByteArray(64, '0')) + ':'}, false, {});
    row("a weaker one then",
        {"sha-256=:" + a + ":, sha-256=:" + base64(QByteArray(64, '0')) + ":, md5=:" + b + ':'}, false,
        u"Repr-Digest"_s + md5);
    row("no colons", {"sha-256=" + a}, false, {});
    row("half a colon", {"sha-256=:" + a}, false, {});
    row("something behind", {"sha-256=:" + a + ":x"}, false, {});
    row("too short", {"sha-256=:" + b + ':'}, false, {});
    row("no base64", {"sha-256=:" + QByteArray(44, '!') + ':'}, false, {});
    row("hex", {"sha-256=:" + kSha256 + ':'}, false, {});
    row("too long", {QByteArray(9000, ' ') + "sha-256=:" + a + ':'}, false, {});
    row("Content-Digest", {none, "sha-256=:" + a + ':'}, false, u"Content-Digest"_s + sha256);
    row("Content-Digest of a part", {none, "sha-256=:" + a + ':'}, true, {});
    row("Digest", {none, none, "SHA-256=" + a + ",MD5=" + b}, false, u"Digest"_s + sha256);
    row("Digest beside a part", {none, none, "SHA-256=" + a}, true, u"Digest"_s + sha256);
    row("Digest, sha", {none, none, "SHA=" + base64(kSha1)}, false, u"Digest"_s + sha1);
    row("x-goog-hash", {none, none, none, "crc32c=AAAAAA==, md5=" + b}, true, u"x-goog-hash"_s + md5);
    row("crc32c alone", {none, none, none, "crc32c=AAAAAA=="}, false, {});
    row("stored as it is", {none, none, none, "md5=" + b, "identity"}, false, u"x-goog-hash"_s + md5);
    row("stored otherwise", {none, none, none, "md5=" + b, "gzip"}, false, {});
    row("Content-MD5", {none, none, none, none, none, b}, false, u"Content-MD5"_s + md5);
    row("Content-MD5 of a part", {none, none, none, none, none, b}, true, {});
    row("Content-MD5 in hex", {none, none, none, none, none, kMd5}, false, {});
    row("all of them", {"md5=:" + b + ':', none, "sha=" + base64(kSha1), "md5=" + b, none, b}, false,
        u"Digest"_s + sha1);
    row("equally strong ones", {"md5=:" + b + ':', none, none, "md5=" + b, none, b}, false,
        u"Repr-Digest"_s + md5);
}

void TestDigestHeaders::fields()
{
    QFETCH(QList<QByteArray>, fields);
    QFETCH(bool, partial);
    fields.resize(6);
    const auto found = digestIn({fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]}, partial);
    const QString got = found ? digestSourceName(found->source) + u' ' + found->digest.toString() : QString();
    QTEST(got, "expected");
    if (found)
        QVERIFY(digestSourceFromName(digestSourceName(found->source)) == found->source);
}

void TestDigestHeaders::noise()
{
    QRandomGenerator random(4);
    const QByteArray good = "sha-256=:" + base64(kSha256) + ":, md5=:" + base64(kMd5) + ':';
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = good;
        for (int n = random.bounded(1, 6); n > 0; --n)
            bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
        for (const bool partial : {false, true}) {
            const auto found = digestIn({bytes, bytes, bytes, bytes, {}, bytes}, partial);
            QVERIFY(!found || !found->digest.value.isEmpty());
        }
    }
}

void TestDigestHeaders::lists_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<bool>("alone");
    QTest::addColumn<bool>("found");
    const QByteArray other(64, '0');
    const auto row = [](const char *tag, const QByteArray &list, bool found, bool alone = false) {
        QTest::newRow(tag) << list << alone << found;
    };
    row("empty", {}, false);
    row("text", kSha256 + "  a b.iso\n", true);
    row("binary", kSha256 + " *a b.iso\n", true);
    row("upper case, DOS lines", other + "  x\r\n" + kSha256.toUpper() + "  a b.iso\r\n", true);
    row("BSD", "SHA256 (a b.iso) = " + kSha256 + '\n', true);
    row("BSD of MD5", "MD5 (a b.iso) = " + kSha256 + '\n', false);
    row("here", kSha256 + "  ./a b.iso", true);
    row("in a folder", kSha256 + "  x/a b.iso\n", false);
    row("another name", kSha256 + "  a b.iso.sig\n", false);
    row("among others", other + "  x\n\n# text\n" + kSha256 + "  a b.iso\n" + other + "  y\n", true);
    row("twice the same", (kSha256 + "  a b.iso\n").repeated(2), true);
    row("with two digests", kSha256 + "  a b.iso\n" + other + "  a b.iso\n", false);
    row("alone", kSha256 + '\n', true, true);
    row("alone in a list", kSha256 + '\n', false);
    row("with its name in a file of its own", kSha256 + "  a b.iso\n", true, true);
    row("of another one in a file of its own", kSha256 + "  x\n", false, true);
    row("no digits", QByteArray(64, 'g') + "  a b.iso\n", false);
    row("a page", "<!doctype html><html>a b.iso</html>", false, true);
}

void TestDigestHeaders::lists()
{
    QFETCH(QByteArray, list);
    QFETCH(bool, alone);
    const auto digest = sha256In(list, u"a b.iso"_s, alone);
    QTEST(digest.has_value(), "found");
    if (digest)
        QCOMPARE(digest->toString(), u"sha-256:"_s + QString::fromLatin1(kSha256));
}

void TestDigestHeaders::largeList()
{
    const QByteArray line = QByteArray(64, '0') + "  some other name\n";
    const QByteArray list = line.repeated(int((1 << 20) / line.size()) - 2) + kSha256 + "  a\n";
    QVERIFY(sha256In(list, u"a"_s, false));
    QVERIFY(!sha256In(list + line.repeated(10), u"a"_s, false));
}

QTEST_GUILESS_MAIN(TestDigestHeaders)
#include "tst_digestheaders.moc"
