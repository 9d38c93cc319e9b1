// SPDX-License-Identifier: MIT
// Addresses as records have them: which are plain, how one is written by which a record is known.
#include "core/plainurl.h"
#include "core/redirect.h"
#include "core/resumedata.h"

#include <QTest>

#include <utility>

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestAddresses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressProblems()
    {
        const auto codeOf = [](const QString &url) {
            const auto error = addressProblem(QUrl(url));
            return error ? int(error->code) : 0;
        };
        QCOMPARE(codeOf(u"https://h/a"_s), 0);
        QCOMPARE(codeOf(u"magnet:?x"_s), int(ErrorCode::UnsupportedScheme));
        for (const QString &bad : {u""_s, u"h/a"_s, u"http:///a"_s, u"http://h:0/"_s, u"http://h:99999/"_s})
            QCOMPARE(codeOf(bad), int(ErrorCode::InvalidUrl));
    }

    // What is called plain is written in no other way; what is not is merely looked at more closely.
    void plainUrls()
    {
        for (const QByteArray url :
             {"http://h/", "https://a-b.example.org/x/Y~z_1.tar.gz?a=b&c=d+e,f;g", "http://h:8080/",
              "http://127.0.0.1:28123/a", "https://h:80/", "http://h:65535/", "http://255.0.10.9/"}) {
            QVERIFY(isPlainUrl(url));
            QUrl parsed(QString::fromUtf8(url), QUrl::StrictMode);
            QCOMPARE(asWritten(parsed), parsed);
            QVERIFY(!parsed.hasFragment() && parsed.userInfo().isEmpty() && !parsed.path().isEmpty());
            QCOMPARE(parsed.toEncoded(), url);
            QCOMPARE(storeKey(parsed), url);
        }
        for (const char *url : {"",
                                "nowhere",
                                "http://",
                                "http:///a",
                                "http://h",
                                "HTTP://h/",
                                "http://H/",
                                "http://h:80/",
                                "https://h:443/",
                                "http://h:/",
                                "http://:1/",
                                "http://h:0/",
                                "http://h:01/",
                                "http://h:65536/",
                                "http://h:1:2/",
                                "http://u@h/",
                                "http://h/a b",
                                "http://h/%41",
                                "http://h/#x",
                                "http://1.2/",
                                "http://1.2.3.256/",
                                "http://1.2.3.04/",
                                "http://1.2.3.4.5/",
                                "http://1.2.3./",
                                "http://[::1]/",
                                "http://a..b/",
                                "ftp://h/",
                                "http://xn--a/"})
            QVERIFY2(!isPlainUrl(url), url);
        QVERIFY(!isPlainUrl("http://" + QByteArray(64, 'a') + ".example/")); // QUrl refuses it
    }

    // Every host of up to so many of these characters.
    void plainHosts()
    {
        for (const QByteArray letters : {"a1-.", "02.5"}) {
            for (int code = 4; code < (1 << 16); ++code) {
                QByteArray host;
                for (int rest = code; rest >= 4; rest /= 4)
                    host += letters[rest % 4];
                const QByteArray url = "http://" + host + ":8/x";
                if (!isPlainUrl(url))
                    continue;
                const QUrl parsed = QUrl::fromEncoded(url, QUrl::StrictMode);
                QCOMPARE(parsed.toEncoded(), url);
                QCOMPARE(asWritten(parsed), parsed);
            }
        }
    }

    void keys_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("key");
        const std::pair<QString, QString> rows[] = {
            {u"http://h"_s, u"http://h/"_s},
            {u"HTTP://H.Example:80/A"_s, u"http://h.example/A"_s},
            {u"https://h:443?q"_s, u"https://h/?q"_s},
            {u"https://h:80/"_s, u"https://h:80/"_s},
            {u"http://h:443/"_s, u"http://h:443/"_s},
            {u"http://u:p@h/x?a=b&c#frag"_s, u"http://u:p@h/x?a=b&c"_s},
            {u"http://h/#"_s, u"http://h/"_s},
            {u"http://h/a b/\u00e4%2f%2F"_s, u"http://h/a%20b/%C3%A4%2F%2F"_s},
            {u"http://b\u00fccher.example/"_s, u"http://xn--bcher-kva.example/"_s},
            {u"http://[::1]:80/x"_s, u"http://[::1]/x"_s},
        };
        for (const auto &[url, key] : rows)
            QTest::newRow(qPrintable(url)) << url << key.toLatin1();
    }

    void keys()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, key);
        QCOMPARE(storeKey(QUrl(url)), key);
        QCOMPARE(storeKey(QUrl::fromEncoded(key)), key);
        QCOMPARE(normalized(normalized(QUrl(url))), normalized(QUrl(url)));
        ResumeData data;
        data.url = normalized(QUrl(url));
        data.entity.finalUrl = QUrl(url); // to the letter: it is no key
        QVERIFY(resumeDataFromJson(toJson(data)) == data);
    }
};

QTEST_GUILESS_MAIN(TestAddresses)
#include "tst_addresses.moc"
