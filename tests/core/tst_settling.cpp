// SPDX-License-Identifier: MIT
// What is believed of a file when an exchange has ended, well or not.
#include "endedexchange.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::planrun;
using namespace Qt::StringLiterals;
using Mode = BodySink::Mode;

namespace {

struct Exchanges : Run {
    explicit Exchanges(const ResumeData &record, bool lastTry = false)
        : Run(record, lastTry)
    {
        request = plan.next(data);
    }

    int settled(const Ended &end) { return planrun::settled(*this, end); }
};

} // namespace

class TestSettling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeAndMarked()
    {
        Exchanges run(dataWith({}, RangeSet({0, 700}), {}));
        QCOMPARE(run.settled(ended(Mode::Append, whole({}), 700)), 0);
        QCOMPARE(run.data.entity.total, std::optional<qint64>(700));
        // Without an end that is marked it is asked whether more lies behind, a few times.
        Exchanges open(dataWith({}, RangeSet({0, 700}), {}));
        QCOMPARE(open.settled(withoutMark(ended(Mode::Append, whole({}), 700))), 0);
        QVERIFY(open.data.endSeen && !open.data.entity.total);
        Ended twice = withoutMark(ended(Mode::Append, whole({}), 700));
        twice.copyEnd = 700; // as the copy before it
        QCOMPARE(open.settled(twice), 0);
        QCOMPARE(open.data.entity.total, std::optional<qint64>(700));
        Exchanges nothing(dataWith({}, {}, {}));
        QCOMPARE(nothing.settled(withoutMark(ended(Mode::Append, whole({}), 0))),
                 int(ErrorCode::EmptyAnswer));
    }

    // The file has grown: what was known of its size does not cut it.
    void longerThanTheVersionBefore()
    {
        Exchanges run(dataWith({}, RangeSet({0, 3500})));
        QCOMPARE(run.settled(ended(Mode::Append, whole({}), 3500)), 0);
        QCOMPARE(run.data.entity.total, std::optional<qint64>(3500));
        Exchanges cut(dataWith({}, RangeSet({0, 3500})));
        QCOMPARE(cut.settled(broken(ended(Mode::Append, whole({}), 3500), ErrorCode::ConnectionLost)),
                 int(ErrorCode::ConnectionLost));
        QVERIFY(!cut.data.entity.total);
    }

    void brokenBodies()
    {
        const Accepted rest = part(kBytes, SameEntity::Yes);
        Exchanges lost(dataWith(kStrong));
        QCOMPARE(lost.settled(broken(ended(Mode::Append, rest, 1500), ErrorCode::ConnectionLost)),
                 int(ErrorCode::ConnectionLost));
        QCOMPARE(lost.settled(broken(ended(Mode::Append, rest, 1500), ErrorCode::BodyTooShort)),
                 0); // in pieces
        QCOMPARE(lost.settled(broken(ended(Mode::Append, rest, kBytes), ErrorCode::BodyTooShort)),
                 int(ErrorCode::BodyTooShort)); // nothing at all came
        QCOMPARE(lost.settled(ended(Mode::Append, whole(kTotal), 1500)), int(ErrorCode::BodyTooShort));
        // Too long for what it promised: its offsets are no longer trusted, and all is compared.
        QVERIFY(lost.plan.trustsRanges());
        QCOMPARE(lost.settled(broken(ended(Mode::Append, rest, kTotal), ErrorCode::BodyTooLong)), 0);
        QVERIFY(!lost.plan.trustsRanges());
        Exchanges complete(dataWith(kStrong, RangeSet({0, kTotal})));
        QCOMPARE(complete.settled(broken(ended(Mode::Append, rest, kTotal), ErrorCode::ConnectionLost)), 0);
    }

    void noAnswer()
    {
        Ended silent;
        silent.error = Error{ErrorCode::NoAnswer, 0, {}, {}};
        Exchanges run(dataWith(kStrong));
        QCOMPARE(run.settled(silent), int(ErrorCode::NoAnswer));
        QVERIFY(run.plan.trustsRanges());
        // The end that nothing marked is believed on the last try, where asking for more met an error.
        Exchanges last(dataWith({}, RangeSet({0, 700}), {}), true);
        last.plan.start(last.data.entity, last.data.received, true, true);
        QCOMPARE(last.ask(), u"size 700-"_s);
        QCOMPARE(last.settled(silent), 0);
        QCOMPARE(last.data.entity.total, std::optional<qint64>(700));
    }

    // A frail line proves fewer bytes at a time, and fails only when even the least does not come through.
    void overlapsGetShorter()
    {
        Ended end = broken(ended(Mode::Overlay, part(kBytes - 100, SameEntity::Unknown), kBytes - 50),
                           ErrorCode::ConnectionLost);
        Exchanges run(dataWith(kWeak));
        int tries = 0;
        while (run.settled(end) == 0)
            QVERIFY(++tries < 10);
        QVERIFY(tries > 0);
        Exchanges append(dataWith(kWeak));
        Ended none =
            broken(ended(Mode::Append, part(900, SameEntity::Unknown), kBytes), ErrorCode::ConnectionLost);
        none.overlapEnd = kBytes;
        QCOMPARE(append.settled(none), 0);
    }

    void proofs()
    {
        Accepted accepted = part(0, SameEntity::Unknown);
        accepted.validators = kStrong;
        Exchanges run(dataWith(kWeak));
        QCOMPARE(run.settled(broken(ended(Mode::Prove, accepted, 0), ErrorCode::ConnectionLost)),
                 int(ErrorCode::ConnectionLost));
        run.plan.proved({0, kBytes});
        QCOMPARE(run.settled(broken(ended(Mode::Prove, accepted, kBytes), ErrorCode::ConnectionLost)), 0);
        QVERIFY(run.plan.hasAllProof());
        QCOMPARE(run.data.entity.validators, kStrong);
    }

    // A copy that ended before it had passed what is on disk, equal as far as it came.
    void shorterCopies()
    {
        Exchanges whole200(dataWith({}));
        whole200.plan.doubt();
        QCOMPARE(whole200.settled(ended(Mode::Overlay, whole(600), 600)), 0);
        QCOMPARE(whole200.data.received, RangeSet({0, 600}));
        QCOMPARE(whole200.data.entity.total, std::optional<qint64>(600));
        QVERIFY(!whole200.plan.owesProof()); // all of it was compared
        // Cut on its way, for the ETag is the same: what is on disk stays.
        Accepted shrunk = whole(600, SameEntity::No);
        shrunk.shrunk = true;
        Exchanges cut(dataWith(kStrong));
        cut.plan.doubt();
        QCOMPARE(cut.settled(ended(Mode::Overlay, shrunk, 600)), int(ErrorCode::BodyTooShort));
        QVERIFY(cut.plan.owesProof());
        QCOMPARE(cut.data.received, RangeSet({0, kBytes}));
        // Another version, of a server with ranges: the rest of it can be had from there.
        Accepted other = whole(kTotal + 1, SameEntity::No);
        other.ranges = true;
        Exchanges frail(dataWith(kStrong));
        QCOMPARE(frail.settled(broken(ended(Mode::Overlay, other, 600), ErrorCode::ConnectionLost)),
                 int(ErrorCode::ConnectionLost));
        QCOMPARE(frail.data.received, RangeSet({0, 600}));
        QCOMPARE(frail.data.entity.total, std::optional<qint64>(kTotal + 1));
    }

    void aNewAddressMustBringAllOfIt()
    {
        FetchPlan plan;
        ResumeData data = dataWith(kStrong);
        plan.startStrict(data.received, false);
        const auto other = settle(ended(Mode::Check, whole(600), 600), plan, data);
        QVERIFY(other && other->code == ErrorCode::OtherFile);
        const auto lost =
            settle(broken(ended(Mode::Check, whole(600), 300), ErrorCode::ConnectionLost), plan, data);
        QVERIFY(lost && lost->code == ErrorCode::ConnectionLost);
        QCOMPARE(data, dataWith(kStrong));
    }
};

QTEST_APPLESS_MAIN(TestSettling)
#include "tst_settling.moc"
