// SPDX-License-Identifier: MIT
// Sequences of answers, and what is asked and done after each.
#include "planrun.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::planrun;

class TestFetchPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fresh();
    void expectsBinary_data();
    void expectsBinary();
    void strong();
    void whatIsKnownGoesAlong();
    void gaps();
    void weakMustProve();
    void overlapIsBounded();
    void provesOnce();
    void doubtMustProve();
    void proofInPieces();
    void proofAnsweredWhole();
    void ifRangeIgnored();
    void strongValidatorChanged();
    void onceMoreThenUnranged();
    void secondTryIsForgotten();
    void distrusted();
    void encoded();
    void alreadyComplete();
    void lastTry();
    void lastTryBreaks();
    void refused();
    void givesUp();
    void progressCounts();
    void allThereUnproved();
};

void TestFetchPlan::fresh()
{
    Run run(freshData());
    QCOMPARE(run.ask(), QStringLiteral("bytes"));
    QVERIFY(!run.request->hasBytes && !run.request->total && run.request->validators.isEmpty());
    QCOMPARE(run.request->received, qint64(0));
    QCOMPARE(run.judge(whole(10)), QStringLiteral("append"));
    Run error404(freshData());
    error404.ask();
    QCOMPARE(error404.judge(error(ErrorCode::NotFound, 404)), QStringLiteral("fail"));
    // Without a byte on disk, what was known of the file binds nobody.
    ResumeData data = dataWith(kStrong, {});
    Run emptied(data);
    QCOMPARE(emptied.ask(), QStringLiteral("bytes"));
    QVERIFY(!emptied.request->total && emptied.request->validators.isEmpty());
}

void TestFetchPlan::expectsBinary_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("mediaType");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *tag, const char *url, const char *name, const char *mediaType,
                        bool expected) {
        QTest::newRow(tag) << QString::fromLatin1(url) << QString::fromLatin1(name) << QByteArray(mediaType)
                           << expected;
    };
    row("by the address", "http://h/a.zip", "", "", true);
    row("query is no name", "http://h/a?b.zip", "", "", false);
    row("page", "http://h/a.html", "", "", false);
    row("no suffix", "http://h/a", "", "", false);
    row("by the name given", "http://h/a", "b.iso", "", true);
    row("name before address", "http://h/a.zip", "b.html", "", false);
    row("by what came before", "http://h/a", "", "application/zip", true);
    row("a page came before", "http://h/a.zip", "", "text/html", false);
    row("XHTML came before", "http://h/a.zip", "", "application/xhtml+xml", false);
}

void TestFetchPlan::expectsBinary()
{
    QFETCH(QString, url);
    QFETCH(QString, name);
    QFETCH(QByteArray, mediaType);
    ResumeData data;
    data.url = QUrl(url);
    data.options.name = name;
    data.entity.mediaType = mediaType;
    QTEST(FetchPlan::expectsBinary(data), "expected");
    Run run(data);
    run.ask();
    QTEST(run.request->expectsBinary, "expected");
}

void TestFetchPlan::strong()
{
    Run run(dataWith(kStrong));
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if"));
    QCOMPARE(run.judge(part(kBytes, SameEntity::Yes)), QStringLiteral("append"));
}

void TestFetchPlan::whatIsKnownGoesAlong()
{
    Run run(dataWith(kStrong));
    run.ask();
    QVERIFY(run.request->hasBytes);
    QVERIFY(run.request->total == kTotal);
    QVERIFY(run.request->validators == kStrong);
    QCOMPARE(run.request->received, kBytes);
}

void TestFetchPlan::gaps()
{
    RangeSet received({0, 500});
    received.add({800, 900});
    Run run(dataWith(kStrong, received));
    QCOMPARE(run.ask(), QStringLiteral("bytes 500-800 if"));
    QCOMPARE(run.request->received, qint64(500));
    run.data.received.add({500, 800});
    QCOMPARE(run.ask(), QStringLiteral("bytes 900- if"));
    QCOMPARE(run.request->received, qint64(900));
    received = RangeSet({100, 300});
    received.add({400, 500});
    Run front(dataWith(kStrong, received));
    QCOMPARE(front.ask(), QStringLiteral("bytes 0-100 if"));
    front.data.received = RangeSet({50, 300});
    front.data.received.add({0, 20});
    QCOMPARE(front.ask(), QStringLiteral("bytes 20-50 if"));
}

void TestFetchPlan::weakMustProve()
{
    for (const Validators &validators : {kWeak, Validators()}) {
        Run run(dataWith(validators));
        QCOMPARE(run.ask(), QStringLiteral("proof 0-1000"));
        QCOMPARE(run.request->received, qint64(-1));
        QVERIFY(!run.plan.hasAllProof());
        QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("prove"));
        run.proveAsked();
        QVERIFY(run.plan.hasAllProof());
        // What continues begins with what is known: it shows itself that it belongs there.
        QCOMPARE(run.ask(), QStringLiteral("bytes 0-"));
        QCOMPARE(run.request->received, kBytes);
        QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("overlay"));
    }
}

void TestFetchPlan::overlapIsBounded()
{
    Run run(dataWith(kWeak, RangeSet({0, 100'000}), 200'000));
    QCOMPARE(run.ask(), QStringLiteral("proof 0-100000"));
    run.proveAsked();
    QCOMPARE(run.ask(), QStringLiteral("bytes 34464-")); // 64 KiB
}

// Before the first byte on disk there is nothing to overlap with: the proof that was given is enough.
void TestFetchPlan::provesOnce()
{
    Run run(dataWith(kWeak, RangeSet({100, kBytes})));
    QCOMPARE(run.ask(), QStringLiteral("proof 100-1000"));
    QCOMPARE(run.judge(part(100, SameEntity::Unknown)), QStringLiteral("prove"));
    run.proveAsked();
    QCOMPARE(run.ask(), QStringLiteral("bytes 0-100"));
    QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("append"));
}

// Somebody has written to the part file: what vouches for the file on the server says nothing of it.
void TestFetchPlan::doubtMustProve()
{
    Run run(dataWith(kStrong));
    run.plan.doubt();
    QVERIFY(run.plan.owesProof());
    QCOMPARE(run.ask(), QStringLiteral("proof 0-1000"));
    QCOMPARE(run.judge(part(0, SameEntity::Yes)), QStringLiteral("prove"));
    run.proveAsked();
    QVERIFY(!run.plan.owesProof());
    QCOMPARE(run.ask(), QStringLiteral("bytes 0-"));
    QCOMPARE(run.judge(part(0, SameEntity::Yes)), QStringLiteral("overlay"));
    // Compared in one copy where there are no ranges.
    Run whole200(dataWith(kStrong));
    whole200.plan.doubt();
    whole200.ask();
    QCOMPARE(whole200.judge(whole(kTotal)), QStringLiteral("overlay"));
    whole200.plan.endRepair();
    QVERIFY(!whole200.plan.owesProof());
    // Before it is asked whether more lies behind.
    for (const bool isRepair : {false, true}) {
        Run open(dataWith(kStrong, RangeSet({0, kBytes}), {}));
        QVERIFY(open.plan.wantsSize());
        if (isRepair)
            open.plan.startRepair(open.data.received);
        else
            open.plan.doubt();
        QCOMPARE(open.ask(), QStringLiteral("proof 0-1000"));
    }
}

void TestFetchPlan::proofInPieces()
{
    RangeSet received({0, 400});
    received.add({600, kBytes});
    Run run(dataWith(kWeak, received));
    QCOMPARE(run.ask(), QStringLiteral("proof 0-400"));
    QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("prove"));
    run.plan.proved({0, 100}); // the line broke
    QVERIFY(!run.plan.hasAllProof());
    QCOMPARE(run.ask(), QStringLiteral("proof 100-400"));
    run.proveAsked();
    QCOMPARE(run.ask(), QStringLiteral("proof 600-1000"));
    run.proveAsked();
    QCOMPARE(run.ask(), QStringLiteral("bytes 0-600"));
}

void TestFetchPlan::proofAnsweredWhole()
{
    Run run(dataWith(kWeak));
    run.ask();
    QCOMPARE(run.judge(whole(kTotal)), QStringLiteral("overlay"));
}

void TestFetchPlan::ifRangeIgnored()
{
    Run run(dataWith(kStrong));
    run.ask();
    QCOMPARE(run.judge(AskAgain::WithoutIfRange), QStringLiteral("again"));
    // Nobody vouches any more: first the proof.
    QCOMPARE(run.ask(), QStringLiteral("proof 0-1000"));
    QCOMPARE(run.judge(part(0, SameEntity::Yes)), QStringLiteral("prove"));
    run.proveAsked();
    QCOMPARE(run.ask(), QStringLiteral("bytes 0-")); // and If-Range is not tried again
    QCOMPARE(run.judge(part(0, SameEntity::Yes)), QStringLiteral("overlay"));
}

void TestFetchPlan::strongValidatorChanged()
{
    Run run(dataWith(kStrong));
    run.ask();
    QCOMPARE(run.judge(part(kBytes, SameEntity::Unknown)), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("proof 0-1000"));
    run.proveAsked();
    QCOMPARE(run.ask(), QStringLiteral("bytes 0-"));
    QCOMPARE(run.judge(part(0, SameEntity::Unknown)), QStringLiteral("overlay"));
}

void TestFetchPlan::onceMoreThenUnranged()
{
    Run run(dataWith(kStrong));
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if"));
    QCOMPARE(run.judge(AskAgain::TheSame), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if again"));
    QCOMPARE(run.judge(AskAgain::Unranged), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("bytes"));
    QVERIFY(run.request->hasBytes && run.request->total == kTotal);
    QCOMPARE(run.judge(whole(kTotal, SameEntity::Yes)), QStringLiteral("overlay"));
    QCOMPARE(run.ask(), QStringLiteral("bytes")); // it stays so
}

void TestFetchPlan::secondTryIsForgotten()
{
    Run run(dataWith(kStrong));
    run.ask();
    run.judge(AskAgain::TheSame);
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if again"));
    QCOMPARE(run.judge(part(kBytes, SameEntity::Yes)), QStringLiteral("append"));
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if"));
}

void TestFetchPlan::distrusted()
{
    Run run(dataWith(kWeak));
    run.ask();
    run.plan.distrustRanges();
    QCOMPARE(run.ask(), QStringLiteral("bytes"));
}

void TestFetchPlan::encoded()
{
    ResumeData data = dataWith(kStrong);
    data.entity.encoded = true;
    Run run(data);
    QCOMPARE(run.ask(), QStringLiteral("bytes"));
    QCOMPARE(run.judge(whole(kTotal, SameEntity::Yes)), QStringLiteral("overlay"));
}

// A size says nothing of the bytes.
void TestFetchPlan::alreadyComplete()
{
    Run run(dataWith(kStrong, RangeSet({0, kBytes}), {}));
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if"));
    QCOMPARE(run.request->received, kBytes);
    QCOMPARE(run.judge(AlreadyComplete{kBytes}), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("proof 0-1000"));
    QCOMPARE(run.judge(part(0, SameEntity::Yes)), QStringLiteral("prove"));
    run.proveAsked();
    QCOMPARE(run.ask(), QStringLiteral("bytes 0-"));
    QCOMPARE(run.judge(AlreadyComplete{kBytes}), QStringLiteral("complete"));
    QCOMPARE(run.plan.knownSize(), kBytes);
}

// Before the last try fails: does the server answer without a range?
void TestFetchPlan::lastTry()
{
    Run run(dataWith(kStrong), true);
    QCOMPARE(run.ask(), QStringLiteral("alive"));
    QVERIFY(run.request->hasBytes);
    QVERIFY(!run.plan.wantsWholeInstead());
    QCOMPARE(run.judge(whole(kTotal)), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if"));
    QCOMPARE(run.judge(error(ErrorCode::ServerFailed, 500)), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("bytes")); // so it is the range that it chokes on
    QCOMPARE(run.judge(error(ErrorCode::ServerFailed, 500)), QStringLiteral("fail"));
}

void TestFetchPlan::lastTryBreaks()
{
    Run broken(dataWith(kStrong), true);
    broken.ask();
    broken.judge(whole(kTotal));
    broken.ask();
    QVERIFY(broken.plan.wantsWholeInstead());
    QVERIFY(!broken.plan.wantsWholeInstead());
    QCOMPARE(broken.ask(), QStringLiteral("bytes"));
    Run dead(dataWith(kStrong), true);
    dead.ask();
    QCOMPARE(dead.judge(error(ErrorCode::ServerFailed, 500)), QStringLiteral("fail"));
    Run refused(dataWith(kStrong), true);
    refused.ask();
    refused.judge(whole(kTotal));
    refused.ask();
    QCOMPARE(refused.judge(error(ErrorCode::ServerBusy, 429)), QStringLiteral("fail"));
    Run nothingThere(freshData(), true);
    QCOMPARE(nothingThere.ask(), QStringLiteral("bytes"));
    Run notTheLast(dataWith(kStrong));
    notTheLast.ask();
    QCOMPARE(notTheLast.judge(error(ErrorCode::ServerFailed, 500)), QStringLiteral("fail"));
    QVERIFY(!notTheLast.plan.wantsWholeInstead());
}

void TestFetchPlan::refused()
{
    Run run(dataWith(kStrong));
    run.ask();
    QCOMPARE(run.judge(AskAgain::TheSame), QStringLiteral("again"));
    QCOMPARE(run.ask(), QStringLiteral("bytes 1000- if again"));
    QCOMPARE(run.judge(error(ErrorCode::LinkExpired, 403)), QStringLiteral("fail"));
}

// Whatever servers answer, it ends.
void TestFetchPlan::givesUp()
{
    Run run(dataWith(kStrong));
    for (int i = 0; i < 12; ++i) {
        QVERIFY(run.ask() != QStringLiteral("none"));
        run.judge(AskAgain::TheSame);
    }
    QCOMPARE(run.ask(), QStringLiteral("none"));
    QCOMPARE(run.ask(), QStringLiteral("none"));
}

void TestFetchPlan::progressCounts()
{
    Run run(dataWith(kStrong));
    for (int i = 0; i < 12; ++i)
        run.ask();
    run.plan.progressed();
    for (int i = 0; i < 12; ++i)
        QVERIFY(run.ask() != QStringLiteral("none"));
    run.plan.proved({0, 1});
    QVERIFY(run.ask() != QStringLiteral("none"));
}

void TestFetchPlan::allThereUnproved()
{
    Run run(dataWith(kStrong, RangeSet({0, kTotal})));
    QCOMPARE(run.ask(), QStringLiteral("bytes 3000- if"));
    QCOMPARE(run.request->received, kTotal);
}

QTEST_GUILESS_MAIN(TestFetchPlan)
#include "tst_fetchplan.moc"
