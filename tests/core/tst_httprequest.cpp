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
