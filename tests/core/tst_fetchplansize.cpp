// SPDX-License-Identifier: MIT
// A body whose end nothing marked, and what accepted answers say of the file.
#include "planrun.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::planrun;

class TestFetchPlanSize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizeAsked_data();
    void sizeAsked();
    void sizeIsAskedAFewTimes();
    void asksInAnotherWay();
    void entities();
};

void TestFetchPlanSize::sizeAsked_data()
{
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("expected");
    const QString complete = QStringLiteral("complete");
    const QString fail = QStringLiteral("fail"); // it may say so later
    QTest::newRow("416") << Verdict(AlreadyComplete{kBytes}) << complete;
    QTest::newRow("a bad part") << Verdict(AskAgain::TheSame) << QStringLiteral("again");
    QTest::newRow("a useless 416") << Verdict(AskAgain::Unranged) << QStringLiteral("again");
    QTest::newRow("the same size") << Verdict(whole(kBytes)) << complete;
    QTest::newRow("no size") << Verdict(whole({})) << QStringLiteral("overlay");
    QTest::newRow("another size") << Verdict(whole(kBytes + 1)) << QStringLiteral("overlay");
    QTest::newRow("there is more") << Verdict(part(kBytes, SameEntity::Yes)) << QStringLiteral("append");
    QTest::newRow("there is more, unproved")
        << Verdict(part(kBytes, SameEntity::Unknown)) << QStringLiteral("again");
    QTest::newRow("gone by now") << Verdict(error(ErrorCode::NotFound, 404)) << complete;
    QTest::newRow("busy") << Verdict(error(ErrorCode::ServerBusy, 503)) << fail;
    QTest::newRow("too many") << Verdict(error(ErrorCode::ServerBusy, 429)) << fail;
    QTest::newRow("too late") << Verdict(error(ErrorCode::ServerBusy, 408)) << fail;
    QTest::newRow("failed") << Verdict(error(ErrorCode::ServerFailed, 500)) << fail;
}

// The end of the body was marked by nothing: is there more?
void TestFetchPlanSize::sizeAsked()
{
    QFETCH(Verdict, verdict);
    QFETCH(QString, expected);
    Run run(dataWith(kStrong, RangeSet({0, kBytes}), {}));
    QVERIFY(run.plan.wantsSize());
    QCOMPARE(run.ask(), QStringLiteral("size 1000-"));
    QCOMPARE(run.judge(verdict), expected);
    if (expected == QStringLiteral("complete"))
        QCOMPARE(run.plan.knownSize(), kBytes);
    // On the last try the end is believed rather than the task failed.
    Run last(dataWith(kStrong, RangeSet({0, kBytes}), {}), true);
    QVERIFY(last.plan.wantsSize());
    QCOMPARE(last.ask(), QStringLiteral("size 1000-"));
    QCOMPARE(last.judge(verdict), expected == QStringLiteral("fail") ? QStringLiteral("complete") : expected);
}

void TestFetchPlanSize::sizeIsAskedAFewTimes()
{
    Run run(dataWith(kStrong, RangeSet({0, kBytes}), {}));
    QVERIFY(run.plan.wantsSize());
    QCOMPARE(run.ask(), QStringLiteral("size 1000-"));
    QCOMPARE(run.judge(part(kBytes, SameEntity::Yes)), QStringLiteral("append")); // there is more
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if"));
    // Again where that has no marked end either, but not for ever.
    QVERIFY(run.plan.wantsSize());
    QVERIFY(run.plan.wantsSize());
    QVERIFY(run.plan.wantsSize());
    QVERIFY(!run.plan.wantsSize());
    // A weak validator is no hindrance: nothing is appended to.
    Run weak(dataWith(kWeak, RangeSet({0, kBytes}), {}));
    QVERIFY(weak.plan.wantsSize());
    QCOMPARE(weak.ask(), QStringLiteral("size 1000-"));
}

void TestFetchPlanSize::asksInAnotherWay()
{
    Run run(dataWith(kStrong, RangeSet({0, kBytes}), {}));
    QVERIFY(run.plan.wantsSize());
    QCOMPARE(run.ask(), QStringLiteral("size 1000-"));
    QCOMPARE(run.judge(AskAgain::TheSame), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("size 1000- again"));
    QCOMPARE(run.judge(AskAgain::Unranged), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("size"));
    QCOMPARE(run.judge(whole(kBytes)), QStringLiteral("complete"));
    QCOMPARE(run.plan.knownSize(), kBytes);
}

void TestFetchPlanSize::entities()
{
    Accepted accepted = whole({}, SameEntity::Unknown);
    accepted.validators = kWeak;
    accepted.mediaType = "application/zip";
    accepted.ranges = true;
    const QUrl url(QStringLiteral("http://i/b"));
    QVERIFY(entityOf(accepted, url) == (Entity{url, {}, kWeak, "application/zip", true, false}));
    Entity known;
    known.total = kTotal;
    known.validators = kStrong;
    known.mediaType = "text/plain";
    // A promised size stays a promise ...
    QVERIFY(entityOfCopy(accepted, url, known)
            == (Entity{url, kTotal, kWeak, "application/zip", true, false}));
    accepted.same = SameEntity::No; // ... but not one of another version
    QVERIFY(!entityOfCopy(accepted, url, known).total);
    accepted.same = SameEntity::Yes;
    accepted.encoded = true;
    QVERIFY(!entityOfCopy(accepted, url, known).total);
    accepted.encoded = false;
    accepted.total = 5;
    QVERIFY(entityOfCopy(accepted, url, known).total == 5);
}

QTEST_GUILESS_MAIN(TestFetchPlanSize)
#include "tst_fetchplansize.moc"
