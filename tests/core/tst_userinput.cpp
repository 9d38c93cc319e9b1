// SPDX-License-Identifier: MIT
#include "core/userinput.h"

#include "core/words.h"

#include <QTest>

using namespace longhaul;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestUserInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urls_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // the address, or the number of the error
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(*text ? text : "empty") << s(text) << s(expected);
        };
        row("http://h/a.zip", "http://h/a.zip");
        row("HTTPS://H.Example/A", "https://h.example/A");
        row(" http://h/a\n", "http://h/a");
        row("http://h", "http://h/");
        row("http://h?q", "http://h/?q");
        row("http://h:80/a", "http://h/a");
        row("https://h:443/a", "https://h/a");
        row("http://h:443/a", "http://h:443/a");
        row("http://h/a#b", "http://h/a");
        row("http://h/a b", "http://h/a%20b");
        row("http://h/\xc3\xa4", "http://h/%C3%A4");
        row("http://h/a%2Fb", "http://h/a%2Fb");
        row("http://u:\xef\xb7\xa7@h/", "http://u:%EF%B7%A7@h/"); // U+FDE7
        row("http://u:p@h/a", "http://u:p@h/a");
        row("http://[::1]:8080/a", "http://[::1]:8080/a");
        row("http://[fe80::1%25Ethernet%202]/x", "http://[fe80::1%25Ethernet%202]/x");
        row("http://[fe80::1%25\xc3\xa4]/x", "http://[fe80::1%25%C3%A4]/x");
        row("http://127.0.0.1/a?b=c&d", "http://127.0.0.1/a?b=c&d");
        row("", "5001");
        row(" ", "5001");
        row("h/a.zip", "5001");
        row("example.org", "5001");
        row("//h/a", "5001");
        row("/a", "5001");
        row("http:", "5001");
        row("http:/h/a", "5001");
        row("http://", "5001");
        row("http:///a", "5001");
        row("http://:80/a", "5001");
        row("http://h:0/a", "5001");
        row("http://h:99999/a", "5001");
        row("http://h:x/a", "5001");
        row("http://[::1/a", "5001");
        row("http://h i/a", "5001");
        row("http://[::1%25@i]:80/x", "5001"); // would be read as of a user and another host
        row("http://[fe80::1%25x]:2]:/", "5001");
        row("mailto:a@b.example", "5001");
        row("ftp://h/a", "5002");
        row("file:///etc/passwd", "5002");
        row("magnet:?xt=urn:btih:0", "5001");
        row("httpx://h/a", "5002");
    }

    void urls()
    {
        QFETCH(QString, text);
        const auto url = parseUrl(text);
        const auto *error = std::get_if<Error>(&url);
        QTEST(error ? QString::number(int(error->code)) : std::get<QUrl>(url).toString(QUrl::FullyEncoded),
              "expected");
        if (!error) // it is what its text says
            QCOMPARE(QUrl(UrlText(std::get<QUrl>(url))), std::get<QUrl>(url));
    }

    void headers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // "NAME=VALUE"; empty: malformed
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(*text ? text : "empty") << s(text) << s(expected);
        };
        row("Cookie: a=b", "Cookie=a=b");
        row("Cookie:a:b", "Cookie=a:b");
        row("X-Empty:", "X-Empty=");
        row("X:  \xc3\xa4 ", "X=\xc3\xa4");
        row("", "");
        row(":", "");
        row(": value", "");
        row("Name", "");
        row("Na me: x", "");
        row("N\xc3\xa4me: x", "");
        row("Name : x", "");
        row("Name: a\r\nForged: b", "");
        row("Name: a\nb", "");
        row("Name: \x7f!", "");
    }

    void headers()
    {
        QFETCH(QString, text);
        const auto header = parseHeader(text);
        QTEST(header ? QString::fromUtf8(header->first + '=' + header->second) : QString(s("")), "expected");
    }

    void checksums_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // as toString() has it; empty: malformed
        const QString md5(32, u'0'), sha1(40, u'a'), sha256(64, u'B'), sha512(128, u'f');
        QTest::newRow("md5") << md5 << s("md5:") + md5;
        QTest::newRow("sha-1") << sha1 << s("sha-1:") + sha1;
        QTest::newRow("sha-256") << u' ' + sha256 + u'\n' << s("sha-256:") + sha256.toLower();
        QTest::newRow("sha-512") << sha512 << s("sha-512:") + sha512;
        QTest::newRow("named") << s("SHA256: ") + sha256 << s("sha-256:") + sha256.toLower();
        QTest::newRow("named otherwise") << s("sha-512:") + sha256 << QString();
        QTest::newRow("unknown") << s("crc32:00000000") << QString();
        QTest::newRow("one short") << md5.chopped(1) << QString();
        QTest::newRow("one long") << sha256 + u'0' << QString();
        QTest::newRow("no digits") << QString(32, u'g') << QString();
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("two colons") << s("md5:md5:") + md5 << QString();
    }

    void checksums()
    {
        QFETCH(QString, text);
        const auto digest = parseChecksum(text);
        QTEST(digest ? digest->toString() : QString(), "expected");
    }

    void plainLines_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << s("A b") << s("A b");
        QTest::newRow("lines") << s(" a\r\n\t b ") << s("a b");
        QTest::newRow("bidi") << s("a\xe2\x80\xaegpj.exe") << s("agpj.exe");
        QTest::newRow("control") << s("a\x1b[31mb\x07") << s("a[31mb");
        QTest::newRow("invisible") << s("a\xe2\x80\x8b\xef\xbb\xbf") << s("a");
        QTest::newRow("invisible between blanks") << s("a \xe2\x80\x8b b") << s("a b");
        QTest::newRow("markup stays text") << s("<b>x</b>") << s("<b>x</b>");
        QTest::newRow("cut") << QString(1'000'000, u'x') << QString(200, u'x');
        QTest::newRow("nothing") << s("\n\t") << QString(s(""));
    }

    void plainLines()
    {
        QFETCH(QString, text);
        QTEST(plainLine(text), "expected");
    }
};

QTEST_APPLESS_MAIN(TestUserInput)
#include "tst_userinput.moc"
