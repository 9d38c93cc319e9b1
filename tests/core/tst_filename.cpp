// SPDX-License-Identifier: MIT
#include "hostilenames.h"

#include "core/disposition.h"
#include "core/filename.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>

using namespace longhaul;
using namespace longhaul::hostilenames;

class TestFilename : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void url_data();
    void url();
    void safe_data();
    void safe();
    void cut_data();
    void cut();
    void hugeInput();
    void choose_data();
    void choose();
    void numbered();
    void part();
    void suffix_data();
    void suffix();
    void binary_data();
    void binary();
    void invariants_data();
    void invariants();
};

void TestFilename::url_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("safe");
    const auto row = [](const char *tag, const QByteArray &url, const char *expected, const char *safe) {
        QTest::newRow(tag) << url << QString::fromUtf8(expected) << QString::fromUtf8(safe);
    };
    row("plain", "http://h/d/a.zip", "a.zip", "a.zip");
    row("query and fragment", "http://h/a.zip?f=/b.zip#c/d.zip", "a.zip", "a.zip");
    row("query only", "http://h?f=/b.zip", "", "");
    row("slash at end", "http://h/d/", "", "");
    row("encoded", "http://h/%E2%82%AC%20a.txt", "\u20ac a.txt", "\u20ac a.txt");
    row("Latin-1", "http://h/%E4.txt", "\u00e4.txt", "\u00e4.txt");
    row("encoded slash", "http://h/o/images%2Fa.png?alt=media", "images/a.png", "a.png");
    row("encoded climb", "http://h/..%2F..%2Fetc%2Fpasswd", "../../etc/passwd", "passwd");
    row("encoded backslash", "http://h/a%5Cb.png", "a\\b.png", "b.png");
    row("encoded dots", "http://h/x%2F%2E%2E", "x/..", "");
    row("encoded twice", "http://h/a%252Fb.png", "a%2Fb.png", "a%2Fb.png");
    row("encoded question mark", "http://h/a%3Fb.png", "a?b.png", "a_b.png");
    row("line feed", "http://h/a%0Ab.png", "a\nb.png", "a_b.png");
}

void TestFilename::url()
{
    QFETCH(QByteArray, url);
    const QString name = nameFromUrl(QUrl::fromEncoded(url));
    QTEST(name, "expected");
    QTEST(safeName(name), "safe");
}

void TestFilename::safe_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QString &name, const char *expected) {
        QTest::newRow(tag) << name << QString::fromUtf8(expected);
    };
    const auto s = [](const char16_t *text) { return QString::fromUtf16(text); };
    row("plain", s(u"a b (1).tar.gz"), "a b (1).tar.gz");
    row("slash", s(u"/etc/passwd"), "passwd");
    row("backslash", s(u"..\\..\\boot.ini"), "boot.ini");
    row("slash at end", s(u"dir/"), "");
    row("dots", s(u".."), "");
    row("climb", s(u"../.."), "");
    row("tilde", s(u"~"), "");
    row("home", s(u"~/.bashrc"), "bashrc");
    row("hidden", s(u".bashrc"), "bashrc");
    row("mixed start", s(u" . ~.x"), "x");
    row("end", s(u"a.txt. . "), "a.txt");
    row("spaces", s(u"  \t\r\n "), "");
    row("reserved", s(u"a<b>c:d\"e|f?g*h.txt"), "a_b_c_d_e_f_g_h.txt");
    row("controls",
        s(u"a\x01"
          u"b\x7f"
          u"c\x85"
          u"d\n"),
        "a_b_c_d");
    row("NUL", QStringLiteral("a.txt") + QChar(0) + QStringLiteral(".exe"), "a.txt_.exe");
    row("bidi", s(u"photo\u202egnp.exe\u2069"), "photognp.exe");
    row("zero width", s(u"\ufeffa\u200bb\u200dc\u2060.txt"), "abc.txt");
    row("zero width behind a line feed", s(u"a\n\u200b"), "a");
    row("dot behind zero width", s(u"\u200b.\u200b.a"), "a");
    row("tags beyond the first plane", s(u"a\U000e0041b"), "ab");
    row("fillers", s(u"a\u3164b\u034fc"), "abc");
    row("reserved for invisible ones", s(u"a\u2065b\ufff0c\U000e0080d"), "abcd");
    row("kept: how a heart is to look", s(u"\u2764\ufe0f"), "\xe2\x9d\xa4\xef\xb8\x8f");
    row("lines", s(u"a\u2028b\u2029c"), "a_b_c");
    row("wide space at the ends", s(u"\u3000a\u3000b\u00a0"), "a\u3000b");
    row("half a pair", QStringLiteral("a") + QChar(0xd83d) + QStringLiteral("b"), "a_b");
    row("noncharacter", QStringLiteral("a") + QChar(0xfffe) + QStringLiteral("b"), "a_b");
    row("pair", s(u"\U0001f600.txt"), "\U0001f600.txt");
    row("NFC", s(u"e\u0301.txt"), "\u00e9.txt");
    row("NFC behind zero width", s(u"e\u200b\u0301.txt"), "\u00e9.txt");
    for (const char *device :
         {"CON", "con.txt", "Nul.tar.gz", "COM1", "com9.x", "LPT0", "AUX .txt", "CONIN$", "prn"}) {
        const QByteArray expected = QByteArray("_") + device;
        QTest::newRow(device) << QString::fromUtf8(device) << QString::fromUtf8(expected);
    }
    row("COM with superscript", s(u"COM\u00b9.txt"), "_COM\u00b9.txt");
    row("device behind dots", s(u"..NUL."), "_NUL");
    row("device behind a path", s(u"C:\\CON"), "_CON");
    row("no device", s(u"CONTACT.txt"), "CONTACT.txt");
    row("no device either", s(u"COM10"), "COM10");
    row("nor this", s(u"x.CON"), "x.CON");
    row("drive", s(u"C:a.txt"), "C_a.txt");
}

void TestFilename::safe()
{
    QFETCH(QString, name);
    const QString result = safeName(name);
    QTEST(result, "expected");
    QCOMPARE(safeName(result), result);
    QCOMPARE(complaint(result, 255), QString());
}

void TestFilename::cut_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("maxBytes");
    QTest::addColumn<QString>("expected");
    const auto x = [](qsizetype n) { return QString(n, u'x'); };
    const QString zip = QStringLiteral(".zip");
    const QString tarGz = QStringLiteral(".tar.gz");
    const QString face = QStringLiteral("\U0001f600");
    const QString letter = QStringLiteral("q\u0303"); // has no composed form
    const QString longSuffix = u'.' + x(16);
    QTest::newRow("fits") << x(251) + zip << 255 << x(251) + zip;
    QTest::newRow("one too long") << x(252) + zip << 255 << x(251) + zip;
    QTest::newRow("double suffix") << x(300) + tarGz << 255 << x(248) + tarGz;
    QTest::newRow("no suffix") << x(300) << 255 << x(255);
    QTest::newRow("long suffix") << x(250) + longSuffix << 255 << x(250) + u'.' + x(4);
    QTest::newRow("dot at the cut") << x(254) + longSuffix << 255 << x(254);
    QTest::newRow("space at the cut") << x(254) + u' ' + x(9) << 255 << x(254);
    QTest::newRow("two bytes") << QString(200, QChar(0xe9)) << 255 << QString(127, QChar(0xe9));
    QTest::newRow("pair") << face.repeated(100) << 255 << face.repeated(63);
    QTest::newRow("pair and suffix") << face.repeated(100) + zip << 255 << face.repeated(62) + zip;
    QTest::newRow("combining") << letter.repeated(100) << 255 << letter.repeated(85);
    QTest::newRow("combining at the cut") << letter.repeated(100) << 254 << letter.repeated(84);
    QTest::newRow("marks only") << u'q' + QString(300, QChar(0x303)) << 7 << u'q' + QString(3, QChar(0x303));
    QTest::newRow("device by cutting") << QStringLiteral("CONTEXT.txt") << 7 << QStringLiteral("_CO.txt");
    QTest::newRow("no room for the suffix") << x(9) + tarGz << 7 << x(7);
    QTest::newRow("room for one") << x(9) + zip << 5 << x(1) + zip;
    QTest::newRow("one byte") << QStringLiteral("CON") << 1 << QStringLiteral("_");
    QTest::newRow("none") << QStringLiteral("a.zip") << 0 << QString();
    QTest::newRow("negative") << QStringLiteral("a.zip") << -5 << QString();
}

void TestFilename::cut()
{
    QFETCH(QString, name);
    QFETCH(int, maxBytes);
    const QString result = safeName(name, maxBytes);
    QTEST(result, "expected");
    QCOMPARE(safeName(result, maxBytes), result);
}

// Much input must not take much time: normalising a long run of marks is quadratic.
void TestFilename::hugeInput()
{
    QString marks(1, u'a');
    for (int i = 0; i < 300000; ++i)
        marks += QChar(i % 2 == 0 ? 0x0301 : 0x0323);
    marks += QStringLiteral(".zip");
    QElapsedTimer timer;
    timer.start();
    const QString name = safeName(marks);
    QVERIFY(name.endsWith(QStringLiteral(".zip")));
    QCOMPARE(complaint(name, 255), QString());
    QVERIFY2(timer.elapsed() < 20000, "took too long"); // a guard against minutes, not a benchmark
}

void TestFilename::choose_data()
{
    QTest::addColumn<QByteArray>("disposition");
    QTest::addColumn<QByteArray>("finalUrl");
    QTest::addColumn<QByteArray>("requestedUrl");
    QTest::addColumn<QByteArray>("mediaType");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const char *disposition, const char *finalUrl,
                        const char *requestedUrl, const char *mediaType, const char *expected) {
        QTest::newRow(tag) << QByteArray(disposition) << QByteArray(finalUrl) << QByteArray(requestedUrl)
                           << QByteArray(mediaType) << QString::fromUtf8(expected);
    };
    const char *const root = "http://h/";
    row("header", "attachment; filename=\"../a.zip\"", "http://h/b", "http://h/c", "text/html", "a.zip");
    row("header without suffix", "attachment; filename=a", "http://h/b", "http://h/c", "application/zip",
        "a");
    row("unusable header", "attachment; filename=\"..\"", "http://h/b.zip", "http://h/c", "", "b.zip");
    row("final", "attachment", "http://h/b.zip", "http://h/c.zip", "", "b.zip");
    row("requested", "", root, "http://h/c.zip", "", "c.zip");
    row("no final", "", "", "http://h/c.zip", "", "c.zip");
    row("device", "", "http://h/nul", root, "", "_nul");
    row("query", "", "http://h/?f=a.zip", "http://h", "", "download");
    row("type", "", root, root, "application/zip", "download.zip");
    row("type with parameters", "", root, root, " Application/ZIP ; x=y", "download.zip");
    row("text", "", root, root, "text/plain; charset=utf-8", "download.txt");
    row("html", "", root, root, "text/html", "download.html");
    row("octets", "", root, root, "application/octet-stream", "download.bin");
    row("octets of S3", "", root, root, "binary/octet-stream", "download.bin");
    row("unknown", "", root, root, "application/x-longhaul-unknown", "download");
    row("malformed", "", root, root, "../../x", "download");
    row("no type", "", root, root, "", "download");
    row("suffix from type", "", "http://h/d/setup", root, "application/zip", "setup.zip");
    row("suffix from type, version", "", "http://h/d/setup-1.2", root, "application/zip", "setup-1.2.zip");
    row("page", "", "http://h/download", root, "text/html; charset=utf-8", "download.html");
    row("has one", "", "http://h/a.dat", root, "application/zip", "a.dat");
    row("not from octets", "", "http://h/setup", root, "application/octet-stream", "setup");
    row("not from text", "", "http://h/README", root, "text/plain", "README");
    row("not from unknown", "", "http://h/setup", root, "application/x-longhaul-unknown", "setup");
}

void TestFilename::choose()
{
    QFETCH(QByteArray, disposition);
    QFETCH(QByteArray, finalUrl);
    QFETCH(QByteArray, requestedUrl);
    QFETCH(QByteArray, mediaType);
    QTEST(chooseName(disposition, QUrl::fromEncoded(finalUrl), QUrl::fromEncoded(requestedUrl), mediaType),
          "expected");
}

void TestFilename::numbered()
{
    const QString name = QStringLiteral("a.b.tar.gz");
    QCOMPARE(numberedName(name, -1), name);
    QCOMPARE(numberedName(name, 1), name);
    QCOMPARE(numberedName(name, 2), QStringLiteral("a.b (2).tar.gz"));
    QCOMPARE(numberedName(QStringLiteral("README"), 10), QStringLiteral("README (10)"));
    QCOMPARE(numberedName(QStringLiteral("setup-1.2"), 2), QStringLiteral("setup-1.2 (2)"));
    const QString longName = safeName(QString(300, QChar(0xe9)) + QStringLiteral(".zip"));
    const QString second = numberedName(longName, 2147483647);
    QVERIFY(second.endsWith(QStringLiteral(" (2147483647).zip")));
    QVERIFY(second.toUtf8().size() <= 255);
    QCOMPARE(safeName(second), second);
    const QString full = QString(247, u'x') + QStringLiteral(" (2).zip");
    QCOMPARE(numberedName(full, 2), full);
    QCOMPARE(numberedName(full, 3), QString(247, u'x') + QStringLiteral(" (3).zip"));
}

void TestFilename::part()
{
    QCOMPARE(partName(QStringLiteral("a.tar.gz")), QStringLiteral("a.tar.gz.part"));
    QCOMPARE(partName(QString(250, u'x')), QString(250, u'x') + QStringLiteral(".part"));
    const QString longName = safeName(QString(300, QChar(0xe9)) + QStringLiteral(".zip"));
    QSet<QString> parts;
    for (int n = 1; n <= 50; ++n) {
        const QString part = partName(numberedName(longName, n));
        QVERIFY(part.endsWith(QStringLiteral(".part")));
        QVERIFY(part.toUtf8().size() <= 255);
        QCOMPARE(safeName(part), part);
        QCOMPARE(partName(numberedName(longName, n)), part);
        parts.insert(part);
    }
    QCOMPARE(parts.size(), 50);
}

void TestFilename::suffix_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(expected);
    };
    row("a.zip", ".zip");
    row("a.b.ZIP", ".ZIP");
    row("a.tar.gz", ".tar.gz");
    row("a.TAR.XZ", ".TAR.XZ");
    row("a-1.2.sql.gz", ".sql.gz");
    row("linux-6.1.gz", ".gz");
    row("a.verylong.gz", ".gz");
    row(".tar.gz", ".gz");
    row("a.zip.tar", ".tar");
    row("a.7z", ".7z");
    row("a.7z.001", ".001");
    row("a.c++", ".c++");
    row("setup-1.2", "");
    row("a", "");
    row("", "");
    row("a.", "");
    row(".bashrc", "");
    row("Dr. Who", "");
    row("a.p\u00e9", "");
    row("a.123456789012345", "");
    row("a.x23456789012345", ".x23456789012345");
    row("a.x234567890123456", "");
}

void TestFilename::suffix()
{
    QFETCH(QString, name);
    QTEST(suffixOf(name), "expected");
}

void TestFilename::binary_data()
{
    QTest::addColumn<bool>("expected");
    for (const char *name :
         {"a.zip", "a.ISO", "a.tar.gz", "a.tar.xz", "a.sql.gz", "a.deb", "a.exe", "a.pdf", "a.mp4", "a.txt"})
        QTest::newRow(name) << true;
    for (const char *name : {"a", "", ".zip", "README.longhaul", "a.longhaul", "a.html", "a.HTM", "a.php",
                             "a.asp", "a.aspx", "a.jsp", "a.cgi", "a.do", "a.xhtml", "v1.2", "page.1"})
        QTest::newRow(*name ? name : "empty") << false;
}

void TestFilename::binary()
{
    const QString tag = QString::fromUtf8(QTest::currentDataTag());
    QTEST(namesABinary(tag == QStringLiteral("empty") ? QString() : tag), "expected");
}

void TestFilename::invariants_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 2U, 3U, 4U})
        QTest::addRow("seed %u", seed) << seed;
}

void TestFilename::invariants()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    int usable = 0;
    for (int i = 0; i < 5000; ++i) {
        const QByteArray header = hostileBytes(random);
        const QString given = nameFromDisposition(header);
        usable += given.isEmpty() ? 0 : 1;
        for (const int maxBytes : {255, 1 + random.bounded(40)}) {
            // The whole header as a name, too: it holds more of the hostile characters.
            for (const QString &name : {given, QString::fromUtf8(header), QString::fromLatin1(header)}) {
                const QString safe = safeName(name, maxBytes);
                QVERIFY2(complaint(safe, maxBytes).isEmpty(),
                         qPrintable(complaint(safe, maxBytes) + QString::fromLatin1(": " + hexOf(header))));
                QVERIFY2(safeName(safe, maxBytes) == safe, hexOf(header).constData());
            }
        }
        const QUrl url = QUrl::fromEncoded("http://h/" + header);
        const QString chosen = chooseName(header, url, QUrl(), header);
        QVERIFY2(!chosen.isEmpty() && complaint(chosen, 255).isEmpty(), hexOf(header).constData());
        QVERIFY(complaint(numberedName(chosen, 1 + random.bounded(1000)), 255).isEmpty());
        QVERIFY(complaint(partName(chosen), 255).isEmpty());
        QVERIFY(chosen.endsWith(suffixOf(chosen)));
    }
    QVERIFY2(usable > 2500, "the headers are too random to test much");
}

QTEST_GUILESS_MAIN(TestFilename)
#include "tst_filename.moc"
