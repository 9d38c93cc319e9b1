// SPDX-License-Identifier: MIT
// A plan that asks a new address: nothing counts but that its bytes are those on disk. And what an exchange
// that is over says in that case.
#include "endedexchange.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::planrun;

namespace {

// Knows a strong validator, which must not matter.
Run strictRun(std::optional<qint64> total = kTotal, const RangeSet &received = RangeSet({0, kBytes}))
{
    Run run(dataWith(kStrong, received, total));
    run.plan = FetchPlan();
    run.plan.startStrict(received, false);
    return run;
}

Ended checked(qint64 position, const Accepted &accepted)
{
    return ended(BodySink::Mode::Check, accepted, position);
}

} // namespace

class TestFetchPlanStrict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provesThenChecks();
    void answeredWhole();
    void saysAnotherSize_data();
    void saysAnotherSize();
    void pagesAndCoding();
    void otherErrorsStay();
    void gapBeforeAllBytes();
    void nothingToProve();
    void completeWhenProved();
    void settlesCopies();
    void settlesOverlaps();
    void proofKeepsTheRecord();
};

void TestFetchPlanStrict::provesThenChecks()
{
    Run run = strictRun();
    QCOMPARE(run.ask(), QStringLiteral("proof 0-1000"));
    QVERIFY(run.request->validators.isEmpty() && !run.request->ifRange);
    QCOMPARE(run.request->total, std::optional(kTotal));
    QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("prove"));
    run.proveAsked();
    QVERIFY(run.plan.isStrict()); // until the answer that brings the rest has proved itself, too
    QCOMPARE(run.ask(), QStringLiteral("bytes 0-"));
    QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("check"));
    run.plan.agreed();
    QVERIFY(!run.plan.isStrict());
    run.ask();
    QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("overlay")); // like any other
}

void TestFetchPlanStrict::answeredWhole()
{
    Run run = strictRun();
    run.ask();
    QCOMPARE(run.judge(whole(kTotal)), QStringLiteral("check"));
    Run unknown = strictRun();
    unknown.ask();
    QCOMPARE(unknown.judge(whole({})), QStringLiteral("check")); // the bytes decide
}

void TestFetchPlanStrict::saysAnotherSize_data()
{
    QTest::addColumn<qint64>("known"); // -1: not known
    QTest::addColumn<qint64>("got");
    QTest::addColumn<QString>("use");
    QTest::newRow("the same") << kTotal << kTotal << QStringLiteral("check");
    QTest::newRow("one more") << kTotal << kTotal + 1 << QStringLiteral("other");
    QTest::newRow("one less") << kTotal << kTotal - 1 << QStringLiteral("other");
    QTest::newRow("not known, larger") << qint64(-1) << kBytes << QStringLiteral("check");
    QTest::newRow("not known, less than is there") << qint64(-1) << kBytes - 1 << QStringLiteral("other");
}

void TestFetchPlanStrict::saysAnotherSize()
{
    QFETCH(qint64, known);
    QFETCH(qint64, got);
    Run run = strictRun(known < 0 ? std::optional<qint64>() : known);
    run.ask();
    QTEST(run.judge(whole(got)), "use");
}

void TestFetchPlanStrict::pagesAndCoding()
{
    Run page = strictRun();
    page.ask();
    QVERIFY(page.request->expectsBinary);
    QCOMPARE(page.judge(error(ErrorCode::WebPage, 200)), QStringLiteral("other"));
    Run coded = strictRun();
    coded.ask();
    Accepted accepted = whole({});
    accepted.encoded = true;
    QCOMPARE(coded.judge(accepted), QStringLiteral("other"));
}

void TestFetchPlanStrict::otherErrorsStay()
{
    for (const auto &[code, status] :
         {std::pair{ErrorCode::ServerBusy, 503}, {ErrorCode::LinkExpired, 404}}) {
        Run run = strictRun();
        run.ask();
        QCOMPARE(run.judge(error(code, status)), QStringLiteral("fail"));
        QVERIFY(run.plan.isStrict());
    }
}

// What is on disk begins behind a gap: the rest brings nothing that it could be compared with.
void TestFetchPlanStrict::gapBeforeAllBytes()
{
    Run run = strictRun(kTotal, RangeSet({500, kBytes}));
    QCOMPARE(run.ask(), QStringLiteral("proof 500-1000"));
    QCOMPARE(run.judge(whole(kTotal)), QStringLiteral("check"));
    Run ranged = strictRun(kTotal, RangeSet({500, kBytes}));
    ranged.ask();
    QCOMPARE(ranged.judge(part(500, SameEntity::Unknown)), QStringLiteral("prove"));
    ranged.proveAsked();
    QCOMPARE(ranged.ask(), QStringLiteral("bytes 0-500"));
    QCOMPARE(ranged.judge(part(0, SameEntity::Unknown)), QStringLiteral("append"));
    QVERIFY(ranged.plan.isStrict()); // its owner agrees first
}

void TestFetchPlanStrict::nothingToProve()
{
    Run run(freshData());
    run.plan.startStrict({}, false);
    QVERIFY(!run.plan.isStrict());
}

void TestFetchPlanStrict::completeWhenProved()
{
    Run run = strictRun({});
    run.ask();
    run.judge(part(0, SameEntity::Unknown, {}));
    run.proveAsked();
    run.ask();
    QCOMPARE(run.judge(AlreadyComplete{kBytes}), QStringLiteral("complete"));
}

void TestFetchPlanStrict::settlesCopies()
{
    constexpr int kChanged = -1;
    const auto outcome = [](const Ended &ended) {
        Run run = strictRun({});
        const ResumeData before = run.data;
        const int code = settled(run, ended);
        return run.data == before && run.plan.isStrict() ? code : kChanged;
    };
    QCOMPARE(outcome(checked(500, whole(500))), int(ErrorCode::OtherFile));
    QCOMPARE(outcome(checked(500, whole({}))), int(ErrorCode::OtherFile)); // chunked, and properly ended
    QCOMPARE(outcome(broken(checked(500, whole({})), ErrorCode::ConnectionLost)),
             int(ErrorCode::ConnectionLost));
    QCOMPARE(outcome(withoutMark(checked(500, whole({})))), int(ErrorCode::BodyTooShort));
}

void TestFetchPlanStrict::settlesOverlaps()
{
    Run run = strictRun();
    const Accepted rest = part(900, SameEntity::Unknown);
    QCOMPARE(settled(run, broken(checked(950, rest), ErrorCode::ConnectionLost)), 0);
    QCOMPARE(settled(run, checked(950, rest)), 0);
    QCOMPARE(run.data, dataWith(kStrong));
}

void TestFetchPlanStrict::proofKeepsTheRecord()
{
    for (const bool strict : {true, false}) {
        Run run = strict ? strictRun() : Run(dataWith(kWeak));
        run.ask();
        Accepted accepted = part(0, SameEntity::Unknown);
        accepted.validators = {"\"new\"", {}, {}};
        run.judge(accepted);
        run.plan.proved({0, kBytes});
        QCOMPARE(settled(run, ended(BodySink::Mode::Prove, accepted, kBytes)), 0);
        QCOMPARE(run.data.entity.validators.etag, QByteArray(strict ? "\"a\"" : "\"new\""));
    }
}

QTEST_GUILESS_MAIN(TestFetchPlanStrict)
#include "tst_fetchplanstrict.moc"
