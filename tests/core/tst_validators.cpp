// SPDX-License-Identifier: MIT
#include "core/httpresponse.h"

#include <QTest>

using namespace longhaul;

namespace {

const QByteArray kA = "Sat, 05 Nov 1994 08:49:37 GMT";
const QByteArray kB = "Sat, 05 Nov 1994 08:49:38 GMT";
const QByteArray kDate = "Sun, 06 Nov 1994 08:49:37 GMT";

Validators etag(const QByteArray &value) { return {value, {}, kDate}; }
Validators modified(const QByteArray &value, const QByteArray &date = kDate) { return {{}, value, date}; }

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
    QTest::newRow("date of a day ago") << modified(kA) << kA;
    QTest::newRow("60 s") << modified("Sun, 06 Nov 1994 08:48:37 GMT")
                          << QByteArray("Sun, 06 Nov 1994 08:48:37 GMT");
    QTest::newRow("59 s") << modified("Sun, 06 Nov 1994 08:48:38 GMT") << none;
    QTest::newRow("now") << modified(kDate) << none;
    QTest::newRow("ahead") << modified("Mon, 07 Nov 1994 08:49:37 GMT") << none;
    QTest::newRow("no Date") << modified(kA, {}) << none;
    QTest::newRow("bad Date") << modified(kA, "yesterday") << none;
    QTest::newRow("bad Last-Modified") << modified("1994-11-05") << none;
    QTest::newRow("as it came") << modified("Saturday, 05-Nov-94 08:49:37 GMT")
                                << QByteArray("Saturday, 05-Nov-94 08:49:37 GMT");
    QTest::newRow("weak and an old date") << Validators{"W/\"a\"", kA, kDate} << kA;
    QTest::newRow("strong before the date") << Validators{"\"a\"", kA, kDate} << QByteArray("\"a\"");
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
    const Validators both{"\"a\"", kA, kDate};
    QTest::newRow("nothing known") << Validators() << both << Unknown;
    QTest::newRow("nothing got") << both << Validators() << Unknown;
    QTest::newRow("neither") << Validators() << Validators() << Unknown;
    QTest::newRow("both the same") << both << both << Yes;
    QTest::newRow("strong the same") << etag("\"a\"") << etag("\"a\"") << Yes;
    QTest::newRow("strong the same, other date") << both << Validators{"\"a\"", kB, kDate} << Unknown;
    QTest::newRow("strong the same, no date got") << both << etag("\"a\"") << Yes;
    QTest::newRow("strong changed") << etag("\"a\"") << etag("\"b\"") << Unknown;
    QTest::newRow("strong changed, same date") << both << Validators{"\"b\"", kA, kDate} << Unknown;
    QTest::newRow("both changed") << both << Validators{"\"b\"", kB, kDate} << No;
    QTest::newRow("weak changed, other date")
        << Validators{"W/\"a\"", kA, kDate} << Validators{"W/\"b\"", kB, kDate} << No;
    // Weak comparison says "equivalent", not "the same bytes" (RFC 9110 8.8.1).
    QTest::newRow("weak the same") << etag("W/\"a\"") << etag("W/\"a\"") << Unknown;
    QTest::newRow("weak the same, same date")
        << Validators{"W/\"a\"", kA, kDate} << Validators{"W/\"a\"", kA, kDate} << Unknown;
    QTest::newRow("strong became weak") << etag("\"a\"") << etag("W/\"a\"") << Unknown;
    QTest::newRow("case of the tag") << etag("\"a\"") << etag("\"A\"") << Unknown;
    QTest::newRow("unquoted the same") << etag("a") << etag("a") << Unknown;
    QTest::newRow("old date the same") << modified(kA) << modified(kA) << Yes;
    QTest::newRow("old date the same, ETag new") << modified(kA) << both << Yes;
    QTest::newRow("old date the same, ETag gone") << both << modified(kA) << Yes;
    QTest::newRow("young date the same") << modified(kDate) << modified(kDate) << Unknown;
    QTest::newRow("young then, old now")
        << modified(kA, kB) << modified(kA) << Unknown; // what is on disk came when it was young
    QTest::newRow("date changed") << modified(kA) << modified(kB) << Unknown;
    QTest::newRow("no Date known") << modified(kA, {}) << modified(kA) << Unknown;
    QTest::newRow("only an ETag, only a date") << etag("\"a\"") << modified(kA) << Unknown;
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
    QVERIFY((Validators{{}, {}, kDate}).isEmpty());
    QVERIFY(!etag("\"a\"").isEmpty());
    QVERIFY(!modified(kA).isEmpty());
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
