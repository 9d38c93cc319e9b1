// SPDX-License-Identifier: MIT
#include "core/httpheaders.h"

#include <QLocale>
#include <QTest>

using namespace longhaul;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kMost = std::numeric_limits<qint64>::max();
constexpr qint64 kTenYears = 10LL * 365 * 24 * 3600;

QString text(const std::optional<qint64> &number)
{
    return number ? QString::number(*number) : QStringLiteral("none");
}

QString text(const std::optional<ContentRange> &range)
{
    return range ? QStringLiteral("[%1,%2)/%3")
                       .arg(range->range.begin)
                       .arg(range->range.end)
                       .arg(text(range->total))
                 : QStringLiteral("none");
}

} // namespace

class TestHttpHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Egypt)); } // must not matter
    void contentRange_data();
    void contentRange();
    void unsatisfied_data();
    void unsatisfied();
    void contentLength_data();
    void contentLength();
    void date_data();
    void date();
    void twoDigitYear();
    void retryAfter_data();
    void retryAfter();
};

void TestHttpHeaders::contentRange_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *value, const char *expected) {
        QTest::newRow(*value ? value : "empty") << QByteArray(value) << QString::fromLatin1(expected);
    };
    row("bytes 5-9/10", "[5,10)/10");
    row("bytes 5-9/11", "[5,10)/11");
    row("bytes 0-0/1", "[0,1)/1");
    row("bytes 5-9/*", "[5,10)/none");
    row("BYTES 5-9/10", "[5,10)/10"); // range units are case-insensitive (RFC 9110 14.1)
    row(" bytes 5-9/10 ", "[5,10)/10");
    row("bytes 005-009/010", "[5,10)/10");
    row("bytes 0-9223372036854775805/9223372036854775806", "[0,9223372036854775806)/9223372036854775806");
    row("bytes 5-9/9", "none");
    row("bytes 9-5/10", "none");
    row("bytes */10", "none");
    row("bytes 5-9", "none");
    row("bytes 5-9/", "none");
    row("bytes 5-/10", "none");
    row("bytes -9/10", "none");
    row("bytes 5/10-9", "none");
    row("bytes +5-9/10", "none");
    row("bytes -5-9/10", "none");
    row("bytes 5-9/-10", "none");
    row("bytes 5-9/+10", "none");
    row("bytes 5 -9/10", "none");
    row("bytes 5-9 /10", "none");
    row("bytes 5-9/ 10", "none");
    row("bytes 5-9/10, bytes 5-9/10", "none");
    row("bytes 5-9/10;x", "none");
    row("bytes 0x5-9/10", "none");
    row("bytes 5.0-9/10", "none");
    row("bytes=5-9/10", "none");
    row("bytes5-9/10", "none");
    row("byte 5-9/10", "none");
    row("items 5-9/10", "none");
    row("bytes 0-9223372036854775806/*", "none"); // its end would mean "open"
    row("bytes 0-9223372036854775807/*", "none");
    row("bytes 0-9/9223372036854775808", "none");
    row("bytes 18446744073709551616-18446744073709551617/*", "none"); // 2^64 is no 0
    row("bytes \xd9\xa5-9/10", "none");                               // an Arabic five
    row("bytes ", "none");
    row("", "none");
}

void TestHttpHeaders::contentRange()
{
    QFETCH(QByteArray, value);
    QTEST(text(parseContentRange(value)), "expected");
}

void TestHttpHeaders::unsatisfied_data()
{
    QTest::addColumn<QString>("expected");
    QTest::newRow("bytes */10") << QStringLiteral("10");
    QTest::newRow("Bytes */0") << QStringLiteral("0");
    QTest::newRow(" bytes */9223372036854775807 ") << QString::number(kMost);
    for (const char *bad :
         {"bytes */*", "bytes */", "bytes */-1", "bytes */9223372036854775808", "bytes 0-9/10", "bytes * /10",
          "bytes*/10", "bytesx */10", "items */10", "*/10", "bytes"})
        QTest::newRow(bad) << QStringLiteral("none");
}

void TestHttpHeaders::unsatisfied()
{
    QTEST(text(parseUnsatisfiedTotal(QTest::currentDataTag())), "expected");
}

void TestHttpHeaders::contentLength_data()
{
    QTest::addColumn<QString>("expected");
    QTest::newRow("10") << QStringLiteral("10");
    QTest::newRow("0") << QStringLiteral("0");
    QTest::newRow(" 10\t") << QStringLiteral("10");
    QTest::newRow("010") << QStringLiteral("10");
    QTest::newRow("9223372036854775807") << QString::number(kMost);
    QTest::newRow("10, 10") << QStringLiteral("10"); // RFC 9110 8.6
    QTest::newRow("10,10,10") << QStringLiteral("10");
    for (const char *bad : {"10, 11", "10,", ",10", "10,,10", "-1", "+1", "1e3", "1.0", "0x10", "1 0",
                            "1'000", "ten", "9223372036854775808", "18446744073709551626", " "})
        QTest::newRow(bad) << QStringLiteral("none");
}

void TestHttpHeaders::contentLength()
{
    QTEST(text(parseContentLength(QTest::currentDataTag())), "expected");
}

void TestHttpHeaders::date_data()
{
    QTest::addColumn<QString>("expected");
    const QString day = QStringLiteral("1994-11-06T08:49:37Z");
    QTest::newRow("Sun, 06 Nov 1994 08:49:37 GMT") << day;
    QTest::newRow("Sunday, 06-Nov-94 08:49:37 GMT") << day;
    QTest::newRow("Sun Nov  6 08:49:37 1994") << day;
    QTest::newRow("Sun Nov 16 08:49:37 1994") << QStringLiteral("1994-11-16T08:49:37Z");
    QTest::newRow(" Sun, 06 Nov 1994 08:49:37 GMT ") << day;
    QTest::newRow("Sun, 6 Nov 1994 08:49:37 GMT") << day; // seen in the wild
    QTest::newRow("Thu, 29 Feb 2024 00:00:00 GMT") << QStringLiteral("2024-02-29T00:00:00Z");
    QTest::newRow("Fri, 30 Dec 2016 23:59:60 GMT") << QStringLiteral("2016-12-30T23:59:59Z"); // leap second
    for (const char *bad : {"Sun, 06 Nov 1994 08:49:37 PST",
                            "Sun, 06 Nov 1994 08:49:37 +0200",
                            "Sun, 06 Nov 1994 08:49:37",
                            "Sun Nov  6 08:49:37 1994 PST",
                            "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                            "Sun, 06 Nov 1994 08:49 GMT",
                            "Sun, 06 Nov 1994 24:00:00 GMT",
                            "Sun, 06 Nov 1994 08:60:00 GMT",
                            "Sun, 06 Nov 1994 08:49:61 GMT",
                            "Sun, 31 Nov 1994 08:49:37 GMT",
                            "Thu, 29 Feb 2023 00:00:00 GMT",
                            "Sun, 00 Nov 1994 08:49:37 GMT",
                            "Sun, 06 Non 1994 08:49:37 GMT",
                            "Sun, 06 11 1994 08:49:37 GMT",
                            "Sun, 06 Nov 19940 08:49:37 GMT",
                            "1994-11-06T08:49:37Z",
                            "784111777",
                            "0",
                            "-1",
                            "now",
                            " "})
        QTest::newRow(bad) << QString();
}

void TestHttpHeaders::date()
{
    const QDateTime date = parseHttpDate(QTest::currentDataTag());
    QTEST(date.toUTC().toString(Qt::ISODate), "expected");
    if (date.isValid())
        QCOMPARE(date.offsetFromUtc(), 0);
}

// RFC 9110 5.6.7: more than 50 years ahead is the past.
void TestHttpHeaders::twoDigitYear()
{
    const int now = QDateTime::currentDateTimeUtc().date().year();
    for (const auto &[year, expected] :
         {std::pair{now, now}, {now + 49, now + 49}, {now + 50, now + 50}, {now + 51, now - 49}}) {
        const QByteArray digits = QByteArray::number(year % 100).rightJustified(2, '0');
        const QDateTime date = parseHttpDate("Sunday, 06-Nov-" + digits + " 08:49:37 GMT");
        QCOMPARE(date.date().year(), expected);
    }
}

void TestHttpHeaders::retryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("expected"); // -1: nothing
    const auto row = [](const char *value, qint64 expected) {
        QTest::newRow(*value ? value : "empty") << QByteArray(value) << expected;
    };
    row("120", 120);
    row(" 120 ", 120);
    row("0", 0);
    row("315359999", kTenYears - 1);
    row("315360001", kTenYears);
    row("99999999999999999999999", kTenYears);
    row("Sun, 06 Nov 1994 08:51:37 GMT", 120);
    row("Sun, 06 Nov 1994 08:49:37 GMT", 0);
    row("Sun, 06 Nov 1994 08:49:36 GMT", 0);
    row("Sun, 06 Nov 1904 08:49:36 GMT", 0);
    row("Sun, 06 Nov 9999 08:49:36 GMT", kTenYears);
    row("-5", -1);
    row("+5", -1);
    row("1.5", -1);
    row("5s", -1);
    row("5, 5", -1);
    row("soon", -1);
    row("", -1);
}

void TestHttpHeaders::retryAfter()
{
    QFETCH(QByteArray, value);
    const auto time = parseRetryAfter(value, QDateTime(QDate(1994, 11, 6), QTime(8, 49, 37), Qt::UTC));
    QTEST(time ? qint64(time->count()) : qint64(-1), "expected");
}

QTEST_GUILESS_MAIN(TestHttpHeaders)
#include "tst_httpheaders.moc"
