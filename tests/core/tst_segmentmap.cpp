// SPDX-License-Identifier: MIT
#include "core/segmentmap.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>

using namespace longhaul;

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kOpen = ByteRange::kOpenEnd;
constexpr qint64 kMiB = 1 << 20;

RangeSet setOf(std::initializer_list<ByteRange> ranges)
{
    RangeSet set;
    for (const ByteRange &range : ranges)
        set.add(range);
    return set;
}

QString text(const std::optional<SegmentMap::Claim> &claim)
{
    return claim ? QStringLiteral("[%1,%2)").arg(claim->range.begin).arg(claim->range.end)
                 : QStringLiteral("none");
}

QString text(qint64 begin, qint64 end) { return text(SegmentMap::Claim{0, {begin, end}}); }

// Its next `bytes` were read from the network.
void take(SegmentMap &map, int id, qint64 bytes, qint64 rate = 0)
{
    map.advance(id, map.nextOf(id) + bytes, rate);
}

} // namespace

class TestSegmentMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fresh();
    void gapsInOrder();
    void splits();
    void splitsTheLargest();
    void tooSmallToSplit();
    void openEnd();
    void totalBecomesKnown();
    void totalShrinks();
    void releaseGivesBack();
    void takenIsNotReceived();
    void tailOfTheLastToEnd();
    void soonIsLeftAlone();
    void refusedGoesBack();
    void twice();
    void restartForgets();
    void emptyFile();
    void unknownClaim();
    void property_data();
    void property();
};

void TestSegmentMap::fresh()
{
    SegmentMap map;
    QVERIFY(!map.isComplete());
    QCOMPARE(map.total(), std::optional<qint64>());
    map.setTotal(10);
    QVERIFY(!map.isComplete());
    const auto claim = map.claim(1);
    QCOMPARE(text(claim), QStringLiteral("[0,10)"));
    QCOMPARE(map.nextOf(claim->id), 0);
    QCOMPARE(map.endOf(claim->id), 10);
    take(map, claim->id, 4);
    QCOMPARE(map.nextOf(claim->id), 4);
    take(map, claim->id, 6);
    QCOMPARE(map.nextOf(claim->id), 10);
    QVERIFY(!map.isComplete());
    map.markReceived({0, 4});
    QCOMPARE(map.received(), setOf({{0, 4}}));
    QVERIFY(!map.isComplete());
    map.markReceived({4, 10});
    QVERIFY(map.isComplete());
    QCOMPARE(text(map.claim(1)), QStringLiteral("none"));
}

void TestSegmentMap::gapsInOrder()
{
    SegmentMap map(setOf({{10, 20}, {30, 40}}), 50);
    const auto a = map.claim(1000);
    const auto b = map.claim(1000);
    const auto c = map.claim(1000);
    QCOMPARE(text(a), QStringLiteral("[0,10)"));
    QCOMPARE(text(b), QStringLiteral("[20,30)"));
    QCOMPARE(text(c), QStringLiteral("[40,50)"));
    QVERIFY(a->id != b->id && b->id != c->id && a->id != c->id);
    QCOMPARE(text(map.claim(1000)), QStringLiteral("none"));
}

void TestSegmentMap::splits()
{
    SegmentMap map({}, 100);
    const auto a = map.claim(25);
    take(map, a->id, 20);
    const auto b = map.claim(25); // 80 left, halved
    QCOMPARE(text(b), QStringLiteral("[60,100)"));
    QCOMPARE(map.endOf(a->id), 60);
    QCOMPARE(map.nextOf(a->id), 20);
    QCOMPARE(text(map.claim(25)), QStringLiteral("none")); // 40 and 40: halves of 20
    QCOMPARE(map.endOf(a->id), 60);
    QCOMPARE(text(map.claim(20)), QStringLiteral("[40,60)"));
    QCOMPARE(map.endOf(a->id), 40);
}

void TestSegmentMap::splitsTheLargest()
{
    SegmentMap map(setOf({{10, 20}}), 101);
    const auto small = map.claim(1);
    const auto large = map.claim(1);
    QCOMPARE(text(large), QStringLiteral("[20,101)"));
    QCOMPARE(text(map.claim(40)), QStringLiteral("[61,101)")); // 81 = 41 + 40
    QCOMPARE(map.endOf(large->id), 61);
    QCOMPARE(map.endOf(small->id), 10);
}

void TestSegmentMap::tooSmallToSplit()
{
    SegmentMap map({}, 7);
    map.claim(4);
    QCOMPARE(text(map.claim(4)), QStringLiteral("none"));
    SegmentMap one({}, 1);
    const auto a = one.claim(0);
    QCOMPARE(text(one.claim(0)), QStringLiteral("none")); // no empty halves
    take(one, a->id, 1);
    QCOMPARE(text(one.claim(0)), QStringLiteral("none"));
    SegmentMap byDefault({}, (2 << 20) - 1);
    byDefault.claim();
    QCOMPARE(text(byDefault.claim()), QStringLiteral("none"));
    SegmentMap enough({}, 2 << 20);
    enough.claim();
    QCOMPARE(text(enough.claim()), QStringLiteral("[1048576,2097152)"));
}

void TestSegmentMap::openEnd()
{
    SegmentMap map(setOf({{0, 5}}), {});
    const auto claim = map.claim(1);
    QCOMPARE(claim->range, (ByteRange{5, kOpen}));
    QCOMPARE(text(map.claim(1)), QStringLiteral("none"));
    take(map, claim->id, 100);
    map.markReceived({5, 105});
    QVERIFY(!map.isComplete());
    QCOMPARE(text(map.claim(1)), QStringLiteral("none"));
}

void TestSegmentMap::totalBecomesKnown()
{
    SegmentMap map;
    const auto claim = map.claim(1);
    take(map, claim->id, 10);
    map.markReceived({0, 10});
    map.setTotal(30);
    QCOMPARE(map.total(), std::optional<qint64>(30));
    QCOMPARE(map.endOf(claim->id), 30);
    QCOMPARE(text(map.claim(10)), QStringLiteral("[20,30)"));
    map.setTotal({});
    QCOMPARE(map.total(), std::optional<qint64>());
}

void TestSegmentMap::totalShrinks()
{
    SegmentMap map(setOf({{0, 10}, {50, 60}}), 100);
    const auto claim = map.claim(1);
    take(map, claim->id, 20);
    map.setTotal(20);
    QCOMPARE(map.received(), setOf({{0, 10}}));
    QCOMPARE(map.endOf(claim->id), 30); // never below what was taken
    QVERIFY(!map.isComplete());
    map.markReceived({10, 20});
    QVERIFY(map.isComplete());
    SegmentMap clipped(setOf({{0, 200}}), 100);
    QCOMPARE(clipped.received(), setOf({{0, 100}}));
    QVERIFY(clipped.isComplete());
}

void TestSegmentMap::releaseGivesBack()
{
    SegmentMap map({}, 100);
    const auto claim = map.claim(1);
    take(map, claim->id, 30);
    map.markReceived({0, 10});
    map.release(claim->id);
    QCOMPARE(map.endOf(claim->id), 0);
    const auto next = map.claim(1); // what was taken and never written, too
    QCOMPARE(text(next), QStringLiteral("[10,100)"));
    QVERIFY(next->id != claim->id);
}

void TestSegmentMap::takenIsNotReceived()
{
    SegmentMap map({}, 10);
    const auto claim = map.claim(1);
    take(map, claim->id, 10);
    QVERIFY(map.received().isEmpty());
    QVERIFY(!map.isComplete());
    QVERIFY(map.isDone(claim->id));
    QCOMPARE(text(map.claim(1)), QStringLiteral("none"));
    map.markReceived({0, 10});
    QVERIFY(map.isComplete());
}

void TestSegmentMap::tailOfTheLastToEnd()
{
    SegmentMap map(setOf({{60 * kMiB, 61 * kMiB}}), 101 * kMiB);
    const auto large = map.claim();
    const auto small = map.claim();
    map.advance(large->id, 0, 20 * kMiB);        // 3 s
    map.advance(small->id, 61 * kMiB, 4 * kMiB); // 10 s
    // Both end after 2 s when the new one is four times as fast.
    QCOMPARE(text(map.claim(kMiB, 16 * kMiB)), text(69 * kMiB, 101 * kMiB));
    QCOMPARE(map.endOf(small->id), 69 * kMiB);
    // Now the large one ends last; a speed that is not known is that of the new one.
    QCOMPARE(text(map.claim(kMiB, 20 * kMiB)), text(30 * kMiB, 60 * kMiB));
}

void TestSegmentMap::soonIsLeftAlone()
{
    SegmentMap map({}, 100 * kMiB);
    const auto a = map.claim();
    map.advance(a->id, 0, 501 * kMiB);
    QCOMPARE(text(map.claim(kMiB, 501 * kMiB)), u"none"_s);
    map.advance(a->id, 0, 499 * kMiB);
    QVERIFY(map.claim(kMiB, 499 * kMiB));
}

// What was refused goes on to be the business of whoever had it before.
void TestSegmentMap::refusedGoesBack()
{
    SegmentMap map({}, 100);
    const auto first = map.claim(10);
    const auto second = map.claim(10);
    QCOMPARE(map.endOf(first->id), 50);
    map.release(second->id);
    QCOMPARE(map.endOf(first->id), 100);
    const auto third = map.claim(10);
    take(map, third->id, 5); // it has begun: what is left of it is anybody's
    map.release(third->id);
    QCOMPARE(map.endOf(first->id), 50);
    QCOMPARE(text(map.claim(10)), QStringLiteral("[50,100)"));
}

// The last of a slow one is fetched twice, by one that is much faster, and only once.
void TestSegmentMap::twice()
{
    SegmentMap map({}, kMiB);
    const auto slow = map.claim();
    map.advance(slow->id, 1000, kMiB / 4);
    QVERIFY(!map.claimAgain(0));
    QVERIFY(!map.claimAgain(kMiB / 2)); // would win little
    const auto again = map.claimAgain(4 * kMiB);
    QCOMPARE(text(again), text(1000, kMiB));
    QVERIFY(!map.claimAgain(4 * kMiB));
    map.markReceived({0, 5000});
    take(map, again->id, kMiB - 1000, 4 * kMiB);
    QVERIFY(map.isDone(again->id));
    QVERIFY(!map.isDone(slow->id));
    map.markReceived({1000, kMiB});
    QVERIFY(map.isDone(slow->id));
    QVERIFY(map.isComplete());
    map.release(slow->id);
    map.release(again->id);
    QCOMPARE(text(map.claim()), u"none"_s);
    QVERIFY(map.isDone(slow->id)); // nobody knows it any more
}

void TestSegmentMap::restartForgets()
{
    SegmentMap map(setOf({{0, 5}}), 10);
    const auto claim = map.claim(1);
    take(map, claim->id, 5);
    map.restart(setOf({{2, 4}}), 8);
    QCOMPARE(map.received(), setOf({{2, 4}}));
    QCOMPARE(map.total(), std::optional<qint64>(8));
    QCOMPARE(map.endOf(claim->id), 0);
    const auto first = map.claim(1);
    QCOMPARE(text(first), QStringLiteral("[0,2)"));
    QVERIFY(first->id != claim->id); // a late answer to the old claim must not hit the new one
    QCOMPARE(text(map.claim(1)), QStringLiteral("[4,8)"));
}

void TestSegmentMap::emptyFile()
{
    SegmentMap map({}, 0);
    QVERIFY(map.isComplete());
    QCOMPARE(text(map.claim(1)), QStringLiteral("none"));
}

void TestSegmentMap::unknownClaim()
{
    SegmentMap map({}, 10);
    QCOMPARE(map.endOf(7), 0);
    QCOMPARE(map.nextOf(7), 0);
    map.release(7);
    QCOMPARE(text(map.claim(1)), QStringLiteral("[0,10)"));
}

void TestSegmentMap::property_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 200; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// Random transfers that claim, take, write late, break off and give back: no byte is taken twice, claims
// never overlap, and in the end every byte was received.
void TestSegmentMap::property()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const qint64 total = random.bounded(400);
    RangeSet before;
    for (int i = random.bounded(5); i > 0; --i) {
        const qint64 begin = random.bounded(400);
        before.add({begin, begin + random.bounded(60)});
    }
    SegmentMap map(before, total);
    RangeSet seen = before.intersected({0, total}); // taken or there from the start
    QList<int> claims;
    QList<ByteRange> late; // taken, not yet written
    for (int step = 0; !map.isComplete(); ++step) {
        QVERIFY2(step < 20000, "does not come to an end");
        const int kind = random.bounded(10);
        if (kind < 2) {
            const qint64 minSize = 1 + random.bounded(40);
            if (const auto claim = map.claim(minSize)) {
                QVERIFY(!claim->range.isEmpty() && claim->range.begin >= 0 && claim->range.end <= total);
                QVERIFY(seen.intersected(claim->range).isEmpty());
                claims.append(claim->id);
            }
        } else if (kind < 7 && !claims.isEmpty()) {
            const int id = claims[random.bounded(int(claims.size()))];
            const qint64 next = map.nextOf(id);
            const qint64 left = map.endOf(id) - next;
            const qint64 bytes = std::min<qint64>(left, random.bounded(30));
            QVERIFY(left >= 0);
            take(map, id, bytes);
            QVERIFY2(seen.intersected({next, next + bytes}).isEmpty(), "a byte is fetched twice");
            seen.add({next, next + bytes});
            if (bytes > 0)
                late.append({next, next + bytes});
        } else if (kind < 9 && !late.isEmpty()) {
            map.markReceived(late.takeAt(random.bounded(int(late.size()))));
        } else if (!claims.isEmpty() && late.isEmpty()) { // the disk has done all it was given
            map.release(claims.takeAt(random.bounded(int(claims.size()))));
        }
        RangeSet busy;
        for (const int id : std::as_const(claims)) {
            const ByteRange rest{map.nextOf(id), map.endOf(id)};
            QVERIFY2(busy.intersected(rest).isEmpty(), "claims overlap");
            busy.add(rest);
        }
    }
    QCOMPARE(map.received(), RangeSet({0, total}));
    QVERIFY(late.isEmpty());
}

QTEST_GUILESS_MAIN(TestSegmentMap)
#include "tst_segmentmap.moc"
