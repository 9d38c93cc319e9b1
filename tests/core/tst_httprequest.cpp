// SPDX-License-Identifier: MIT
// What is sent, and to whom.
#include "core/httprequest.h"

#include <QTest>

using namespace longhaul;

namespace {

const QUrl kHome(QStringLiteral("https://h.example/a"));
const QUrl kElsewhere(QStringLiteral("https://cdn.example/a"));

QByteArray sent(const char *name, const HeaderList &headers, const QUrl &url = kHome,
                const RangeRequest &asked = {})
{
    return networkRequest(kHome, url, headers, asked).rawHeader(name);
}

const QNetworkProxy kDirect(QNetworkProxy::NoProxy);
const QNetworkProxy kProxy(QNetworkProxy::HttpProxy, QStringLiteral("p.example"), 3128,
                           QStringLiteral("proxyuser"), QStringLiteral("secret"));

} // namespace

class TestHttpRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsStayAtHome()
    {
        const HeaderList headers{{"Authorization", "Basic eDp5"},
                                 {"Cookie", "a=b"},
                                 {"Referer", "http://r/"},
                                 {"X-Key", "k"},
                                 {"User-Agent", "ua"},
                                 {"Accept", "x/y"}};
        for (const auto &[name, value] : headers)
            QCOMPARE(sent(name.constData(), headers), value);
        for (const char *secret : {"Authorization", "Cookie", "Referer", "X-Key"})
            QVERIFY2(!networkRequest(kHome, kElsewhere, headers, {}).hasRawHeader(secret), secret);
        QCOMPARE(sent("User-Agent", headers, kElsewhere), QByteArray("ua"));
        QCOMPARE(sent("Accept", headers, kElsewhere), QByteArray("x/y"));
        // The same host without TLS is elsewhere.
        QVERIFY(sent("X-Key", headers, QUrl(QStringLiteral("http://h.example/a"))).isEmpty());
    }

    void oursAreOurs()
    {
        const HeaderList headers{{"Range", "bytes=5-"},   {"If-Range", "\"x\""}, {"accept-encoding", "gzip"},
                                 {"Connection", "close"}, {"IF-MATCH", "\"y\""}, {"Content-Length", "5"}};
        QCOMPARE(sent("Accept-Encoding", headers), QByteArray("identity"));
        for (const char *name : {"Range", "If-Range", "If-Match", "Connection", "Content-Length"})
            QVERIFY2(!networkRequest(kHome, kHome, headers, {}).hasRawHeader(name), name);
    }

    void repeatedOnesBecomeLists()
    {
        const HeaderList headers{{"Cookie", "a=b"}, {"X", "1"}, {"cookie", "c=d"}, {"x", "2"}};
        QCOMPARE(sent("Cookie", headers), QByteArray("a=b; c=d"));
        QCOMPARE(sent("X", headers), QByteArray("1, 2"));
    }

    void ranges()
    {
        RangeRequest asked;
        asked.range = {5, ByteRange::kOpenEnd};
        asked.validators.etag = "\"a\"";
        asked.ifRange = true; // means nothing without a range
        QVERIFY(sent("Range", {}, kHome, asked).isEmpty() && sent("If-Range", {}, kHome, asked).isEmpty());
        asked.ranged = true;
        QCOMPARE(sent("Range", {}, kHome, asked), QByteArray("bytes=5-"));
        QCOMPARE(sent("If-Range", {}, kHome, asked), QByteArray("\"a\""));
        asked.range.end = 10;
        QCOMPARE(sent("Range", {}, kHome, asked), QByteArray("bytes=5-9"));
    }

    void targets_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("host");
        const auto row = [](const char *tag, const char *address, const char *target, const char *host) {
            QTest::newRow(tag) << QString::fromUtf8(address) << QByteArray(target) << QByteArray(host);
        };
        row("plain", "http://h.example/a/b", "/a/b", "h.example");
        row("no path", "http://h.example", "/", "h.example");
        row("no path but a query", "http://h.example?x=y", "/?x=y", "h.example");
        row("an empty query", "http://h.example/a?", "/a?", "h.example");
        row("a port", "http://h.example:8080/a", "/a", "h.example:8080");
        row("the usual port", "https://h.example:443/a", "/a", "h.example:443");
        row("IPv4", "http://127.0.0.1:81/", "/", "127.0.0.1:81");
        row("IPv6", "http://[::1]/a", "/a", "[::1]");
        row("IPv6 and a port", "http://[2001:DB8::1]:8080/a", "/a", "[2001:db8::1]:8080");
        row("escapes", "http://h.example/a%20b%2Fc%3F?d=%26%23", "/a%20b%2Fc%3F?d=%26%23", "h.example");
        row("to be escaped", "http://h.example/a b\xc3\xa4\"<>?c=d e\xc3\xa4",
            "/a%20b%C3%A4%22%3C%3E?c=d%20e%C3%A4", "h.example");
        row("line ends", "http://h.example/a%0D%0AX:%20y?b%0D%0Ac", "/a%0D%0AX:%20y?b%0D%0Ac", "h.example");
        row("IDN",
            "http://b\xc3\xbc"
            "cher.example/",
            "/", "xn--bcher-kva.example");
        row("user, password and fragment", "http://user:pass@h.example/a#b", "/a", "h.example");
    }
    void targets()
    {
        QFETCH(const QString, address);
        QFETCH(const QByteArray, target);
        QFETCH(const QByteArray, host);
        const QUrl url(address);
        QVERIFY(url.isValid());
        QCOMPARE(requestTarget(url, kDirect), target);
        QCOMPARE(wireHead(QNetworkRequest(url), kDirect, {}),
                 "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        // A proxy gets the whole address, but for TLS; nobody gets the user.
        const bool whole = url.scheme() == QStringLiteral("http");
        QCOMPARE(requestTarget(url, kProxy), whole ? "http://" + host + target : target);
        QVERIFY(!wireHead(QNetworkRequest(url), kProxy, {}).contains("secret"));
        const QNetworkProxy socks(QNetworkProxy::Socks5Proxy, QStringLiteral("p.example"), 1080);
        QCOMPARE(requestTarget(url, socks), target);
    }

    void wireHeads()
    {
        QNetworkRequest request(kHome);
        request.setRawHeader("X-One", "1");
        request.setRawHeader("X-Text", "\xc3\xa4 \t;");
        QCOMPARE(wireHead(request, kDirect, "Authorization: Basic eDp5\r\n"),
                 QByteArray("GET /a HTTP/1.1\r\nHost: h.example\r\nX-One: 1\r\nX-Text: \xc3\xa4 \t;\r\n"
                            "Authorization: Basic eDp5\r\n\r\n"));
        // The user's Host is the only one.
        request.setRawHeader("host", "other.example");
        const QByteArray head = wireHead(request, kDirect, {});
        QVERIFY(head.contains("\r\nhost: other.example\r\n") && !head.contains("Host: "));
    }

    // What would end its field, and begin another.
    void splittingIsLeftOut()
    {
        for (const char *end : {"\r\n", "\n", "\r"}) {
            QNetworkRequest request(kHome);
            request.setRawHeader("X-Value", QByteArray("a") + end + "Evil: 1");
            request.setRawHeader(QByteArray("X-Name") + end + "Evil", "2");
            request.setRawHeader("X Name", "3");
            request.setRawHeader("X-Name:", "4");
            request.setRawHeader("X-Zero", QByteArray("a\0b", 3));
            request.setRawHeader("X-Kept", "5");
            QCOMPARE(wireHead(request, kDirect, {}),
                     QByteArray("GET /a HTTP/1.1\r\nHost: h.example\r\nX-Kept: 5\r\n\r\n"));
        }
    }

    // One that is left out is not the one that is sent.
    void aBadHostIsNone()
    {
        QNetworkRequest request(kHome);
        request.setRawHeader("Host", "a\r\nEvil: 1");
        QCOMPARE(wireHead(request, kDirect, {}), QByteArray("GET /a HTTP/1.1\r\nHost: h.example\r\n\r\n"));
    }

    void codes_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("code");
        const auto row = [](const char *tag, QNetworkReply::NetworkError error, ErrorCode code) {
            QTest::newRow(tag) << int(error) << int(code);
        };
        row("host", QNetworkReply::HostNotFoundError, ErrorCode::HostNotFound);
        row("refused", QNetworkReply::ConnectionRefusedError, ErrorCode::ConnectionRefused);
        row("timeout", QNetworkReply::TimeoutError, ErrorCode::NoAnswer);
        row("TLS", QNetworkReply::SslHandshakeFailedError, ErrorCode::TlsFailed);
        row("network", QNetworkReply::TemporaryNetworkFailureError, ErrorCode::NetworkUnreachable);
        row("proxy", QNetworkReply::ProxyAuthenticationRequiredError, ErrorCode::ProxyFailed);
        row("head", QNetworkReply::ProtocolFailure, ErrorCode::BadHead);
        row("closed", QNetworkReply::RemoteHostClosedError, ErrorCode::ConnectionLost);
        row("any other", QNetworkReply::UnknownNetworkError, ErrorCode::ConnectionLost);
    }
    void codes()
    {
        QFETCH(int, error);
        QTEST(int(codeOf(QNetworkReply::NetworkError(error))), "code");
    }
};

QTEST_APPLESS_MAIN(TestHttpRequest)
#include "tst_httprequest.moc"
