// SPDX-License-Identifier: MIT
#include "core/httpresponse.h"

#include <QTest>

using namespace longhaul;

namespace {

QByteArray timeA() { return "Sat, 05 Nov 1994 08:49:37 GMT"; }
QByteArray timeB() { return "Sat, 05 Nov 1994 08:49:38 GMT"; }
QByteArray dateNow() { return "Sun, 06 Nov 1994 08:49:37 GMT"; }

Validators etag(const QByteArray &value) { return {value, {}, dateNow()}; }
Validators modified(const QByteArray &value, const QByteArray &date = dateNow()) { return {{}, value, date}; }

} // namespace

class TestValidators : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ifRange_data();
    void ifRange();
    void compared_data();
    void compared();
    void emptiness();
    void headerAccess();
};

// RFC 9110 13.1.5: a strong validator or none.
void TestValidators::ifRange_data()
{
    QTest::addColumn<Validators>("validators");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray none;
    QTest::newRow("strong ETag") << etag("\"a\"") << QByteArray("\"a\"");
    QTest::newRow("empty tag in quotes") << etag("\"\"") << QByteArray("\"\"");
    QTest::newRow("raw bytes") << etag("\"\xe4,;\\\"") << QByteArray("\"\xe4,;\\\"");
    QTest::newRow("weak") << etag("W/\"a\"") << none;
    QTest::newRow("weak, small w") << etag("w/\"a\"") << none;
    QTest::newRow("no quotes") << etag("a") << none;
    QTest::newRow("half quoted") << etag("\"a") << none;
    QTest::newRow("quoted behind") << etag("a\"") << none;
    QTest::newRow("one quote") << etag("\"") << none;
    QTest::newRow("two tags") << etag("\"a\", \"b\"") << none; // RFC 9110 8.8.3: no quote within
    QTest::newRow("nothing") << Validators() << none;
    QTest::newRow("date of a day ago") << modified(timeA()) << timeA();
    QTest::newRow("60 s") << modified("Sun, 06 Nov 1994 08:48:37 GMT")
                          << QByteArray("Sun, 06 Nov 1994 08:48:37 GMT");
    QTest::newRow("59 s") << modified("Sun, 06 Nov 1994 08:48:38 GMT") << none;
    QTest::newRow("now") << modified(dateNow()) << none;
    QTest::newRow("ahead") << modified("Mon, 07 Nov 1994 08:49:37 GMT") << none;
    QTest::newRow("no Date") << modified(timeA(), {}) << none;
    QTest::newRow("bad Date") << modified(timeA(), "yesterday") << none;
    QTest::newRow("bad Last-Modified") << modified("1994-11-05") << none;
    QTest::newRow("as it came") << modified("Saturday, 05-Nov-94 08:49:37 GMT")
                                << QByteArray("Saturday, 05-Nov-94 08:49:37 GMT");
    QTest::newRow("weak and an old date") << Validators{"W/\"a\"", timeA(), dateNow()} << timeA();
    QTest::newRow("strong before the date") << Validators{"\"a\"", timeA(), dateNow()} << QByteArray("\"a\"");
}

void TestValidators::ifRange()
{
    QFETCH(Validators, validators);
    QTEST(validators.forIfRange(), "expected");
}

void TestValidators::compared_data()
{
    QTest::addColumn<Validators>("known");
    QTest::addColumn<Validators>("got");
    QTest::addColumn<SameEntity>("expected");
    using enum SameEntity;
    const Validators both{"\"a\"", timeA(), dateNow()};
    QTest::newRow("nothing known") << Validators() << both << Unknown;
    QTest::newRow("nothing got") << both << Validators() << Unknown;
    QTest::newRow("neither") << Validators() << Validators() << Unknown;
    QTest::newRow("both the same") << both << both << Yes;
    QTest::newRow("strong the same") << etag("\"a\"") << etag("\"a\"") << Yes;
    QTest::newRow("strong the same, other date")
        << both << Validators{"\"a\"", timeB(), dateNow()} << Unknown;
    QTest::newRow("strong the same, no date got") << both << etag("\"a\"") << Yes;
    QTest::newRow("strong changed") << etag("\"a\"") << etag("\"b\"") << Unknown;
    QTest::newRow("strong changed, same date") << both << Validators{"\"b\"", timeA(), dateNow()} << Unknown;
    QTest::newRow("both changed") << both << Validators{"\"b\"", timeB(), dateNow()} << No;
    QTest::newRow("weak changed, other date")
        << Validators{"W/\"a\"", timeA(), dateNow()} << Validators{"W/\"b\"", timeB(), dateNow()} << No;
    // Weak comparison says "equivalent", not "the same bytes" (RFC 9110 8.8.1).
    QTest::newRow("weak the same") << etag("W/\"a\"") << etag("W/\"a\"") << Unknown;
    QTest::newRow("weak the same, same date")
        << Validators{"W/\"a\"", timeA(), dateNow()} << Validators{"W/\"a\"", timeA(), dateNow()} << Unknown;
    QTest::newRow("strong became weak") << etag("\"a\"") << etag("W/\"a\"") << Unknown;
    QTest::newRow("case of the tag") << etag("\"a\"") << etag("\"A\"") << Unknown;
    QTest::newRow("unquoted the same") << etag("a") << etag("a") << Unknown;
    QTest::newRow("old date the same") << modified(timeA()) << modified(timeA()) << Yes;
    QTest::newRow("old date the same, ETag new") << modified(timeA()) << both << Yes;
    QTest::newRow("old date the same, ETag gone") << both << modified(timeA()) << Yes;
    QTest::newRow("young date the same") << modified(dateNow()) << modified(dateNow()) << Unknown;
    QTest::newRow("young then, old now") << modified(timeA(), timeB()) << modified(timeA())
                                         << Unknown; // what is on disk came when it was young
    QTest::newRow("date changed") << modified(timeA()) << modified(timeB()) << Unknown;
    QTest::newRow("no Date known") << modified(timeA(), {}) << modified(timeA()) << Unknown;
    QTest::newRow("only an ETag, only a date") << etag("\"a\"") << modified(timeA()) << Unknown;
}

void TestValidators::compared()
{
    QFETCH(Validators, known);
    QFETCH(Validators, got);
    QTEST(compare(known, got), "expected");
}

void TestValidators::emptiness()
{
    QVERIFY(Validators().isEmpty());
    QVERIFY((Validators{{}, {}, dateNow()}).isEmpty());
    QVERIFY(!etag("\"a\"").isEmpty());
    QVERIFY(!modified(timeA()).isEmpty());
}

void TestValidators::headerAccess()
{
    ResponseHead head;
    head.headers = {{"A", "1"}, {"b", "2"}, {"a", "3"}, {"E", ""}, {"C", "4, 5"}};
    QCOMPARE(head.header("a"), QByteArray("1, 3"));
    QCOMPARE(head.header("B"), QByteArray("2"));
    QCOMPARE(head.header("c"), QByteArray("4, 5"));
    QCOMPARE(head.header("D"), QByteArray());
    QVERIFY(head.has("e"));
    QVERIFY(!head.has("D"));
    QVERIFY(!head.has("Aa"));
}

QTEST_GUILESS_MAIN(TestValidators)
#include "tst_validators.moc"
