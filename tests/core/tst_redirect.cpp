// SPDX-License-Identifier: MIT
#include "core/redirect.h"

#include <QTest>

using namespace longhaul;

class TestRedirect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statuses();
    void origins_data();
    void origins();
    void targets_data();
    void targets();
    void refusalTells();
    void headers_data();
    void headers();
};

void TestRedirect::statuses()
{
    const QList<int> expected{300, 301, 302, 303, 307, 308};
    for (int status = 0; status < 700; ++status)
        QVERIFY2(isRedirect(status) == expected.contains(status), QByteArray::number(status).constData());
}

void TestRedirect::origins_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *tag, const char *a, const char *b, bool expected) {
        QTest::newRow(tag) << QByteArray(a) << QByteArray(b) << expected;
    };
    row("path", "http://h/a", "http://h/b?c", true);
    row("case", "http://H.example/", "HTTP://h.Example/", true);
    row("default port", "http://h/", "http://h:80/", true);
    row("default port, https", "https://h:443/", "https://h/", true);
    row("userinfo", "http://u:p@h/", "http://h/", true);
    row("scheme", "http://h/", "https://h/", false);
    row("scheme, one port", "http://h:443/", "https://h/", false);
    row("port", "http://h/", "http://h:8080/", false);
    row("the other's port", "https://h:80/", "https://h/", false);
    row("subdomain", "http://h.example/", "http://a.h.example/", false);
    row("longer", "http://h.example/", "http://h.example.org/", false);
    row("dot at the end", "http://h.example/", "http://h.example./", false);
}

void TestRedirect::origins()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QTEST(isSameOrigin(QUrl::fromEncoded(a), QUrl::fromEncoded(b)), "expected");
    QTEST(isSameOrigin(QUrl::fromEncoded(b), QUrl::fromEncoded(a)), "expected");
}

void TestRedirect::targets_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("expected"); // the address, or the number of the error
    const auto row = [](const char *tag, const char *from, const char *location, const char *expected) {
        QTest::newRow(tag) << QByteArray(from) << QByteArray(location) << QByteArray(expected);
    };
    const char *const from = "http://h/d/e?q";
    row("whole", from, "http://i/x", "http://i/x");
    row("blanks around", from, " http://i/x\t", "http://i/x");
    row("path", from, "/x", "http://h/x");
    row("relative", from, "x", "http://h/d/x");
    row("up", from, "../x", "http://h/x");
    row("too far up", from, "../../../x", "http://h/x");
    row("query", from, "?r", "http://h/d/e?r");
    row("scheme kept", from, "//i/x", "http://i/x");
    row("fragment", from, "/x#y", "http://h/x");
    row("fragment only", from, "#y", from);
    row("blank within", from, "/a b", "http://h/a%20b");
    row("encoded stays", from, "/a%2Fb%20c", "http://h/a%2Fb%20c");
    row("signature stays", from, "/a?s=%2B%2F+&t=a%3Db", "http://h/a?s=%2B%2F+&t=a%3Db");
    row("UTF-8", from, "/\xc3\xa4", "http://h/%C3%A4");
    row("no character", from, "/\xef\xb7\xa7", "http://h/%EF%B7%A7"); // U+FDE7
    row("Latin-1", from, "/\xe4?b=%20&c d", "http://h/%E4?b=%20&c%20d");
    row("to https", from, "https://h/x", "https://h/x");
    row("https to https", "https://h/", "https://i/x", "https://i/x");
    row("https, relative", "https://h/", "//i/x", "https://i/x");
    row("IPv6", from, "http://[::1]:8080/x", "http://[::1]:8080/x");

    row("userinfo, same origin", "http://u:p@h/d", "/x", "http://u:p@h/x");
    row("userinfo, same origin, port named", "http://u:p@h/d", "http://h:80/x", "http://u:p@h:80/x");
    row("userinfo, coded", "http://u%40v:p%3A%2F@h/d", "/x", "http://u%40v:p%3A%2F@h/x");
    row("userinfo, other host", "http://u:p@h/d", "http://i/x", "http://i/x");
    row("userinfo, other port", "http://u:p@h/d", "http://h:81/x", "http://h:81/x");
    row("userinfo, to https", "http://u:p@h/d", "https://h/x", "https://h/x");
    row("userinfo of the server", from, "http://evil:x@i/x", "http://i/x");
    row("userinfo of the server, same origin", from, "http://evil:x@h/x", "http://h/x");

    row("to http", "https://h/", "http://h/x", "3008");
    row("to http, other host", "https://h/", "HTTP://i/x", "3008");
    row("empty", from, "", "3009");
    row("blank", from, " ", "3009");
    row("no host", from, "http:///x", "3009");
    row("bad port", from, "http://i:99999/x", "3009");
    row("bad host", from, "http://i j/x", "3009");
    row("bad IPv6", from, "http://[::1/x", "3009");
    row("zone, then a port", from, "http://[fe80::1%25x]:2]:/", "3009");
    row("zone, then an address", from, "http://[fe80::1%25x].[0:0:0:0:0:0:0:1]:/?", "3009");
    row("zone, then a user", from, "http://u@[::1%25@i]:80/x", "3009");
    row("zone, then a user and another host", from, "http://u@[fe80::1%25a:pw@[2001:db8::2]:8443/x", "3009");
    row("ftp", from, "ftp://i/x", "3009");
    row("file", from, "file:///etc/passwd", "3009");
    row("file of a host", from, "file://h/etc/passwd", "3009");
    row("data", from, "data:text/plain,x", "3009");
    row("javascript", from, "javascript:alert(1)", "3009");
    row("about", from, "about:blank", "3009");
}

void TestRedirect::targets()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, location);
    const auto target = redirectTarget(QUrl::fromEncoded(from), location, 302);
    const auto *error = std::get_if<Error>(&target);
    const QByteArray text = error ? QByteArray::number(int(error->code)) : std::get<QUrl>(target).toEncoded();
    QTEST(text, "expected");
    if (!error) // it is what its text says
        QCOMPARE(QUrl::fromEncoded(text), std::get<QUrl>(target));
}

void TestRedirect::refusalTells()
{
    const auto unsafe = redirectTarget(QUrl::fromEncoded("https://h/"), "http://u:secret@i/x", 307);
    QVERIFY(std::get<Error>(unsafe) == (Error{ErrorCode::UnsafeRedirect, 307, QStringLiteral("i"), {}}));
    const auto foreign = redirectTarget(QUrl::fromEncoded("https://h/"), "ftp://u:secret@i/x", 301);
    QVERIFY(std::get<Error>(foreign) == (Error{ErrorCode::BadRedirect, 301, QStringLiteral("ftp"), {}}));
}

void TestRedirect::headers_data()
{
    QTest::addColumn<bool>("expected");
    for (const char *name : {"Accept", "accept-language", "USER-AGENT"})
        QTest::newRow(name) << true;
    for (const char *name : {"Authorization", "Cookie", "Referer", "Proxy-Authorization", "X-Api-Key",
                             "Accept-Encoding", "Origin", "X-Accept", "Accept-"})
        QTest::newRow(name) << false;
}

void TestRedirect::headers() { QTEST(maySendToOthers(QTest::currentDataTag()), "expected"); }

QTEST_GUILESS_MAIN(TestRedirect)
#include "tst_redirect.moc"
