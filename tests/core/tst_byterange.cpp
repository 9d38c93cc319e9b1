// SPDX-License-Identifier: MIT
#include "core/byterange.h"

#include <QBitArray>
#include <QRandomGenerator>
#include <QTest>

using namespace longhaul;

namespace {

constexpr int kSpace = 96; // bytes of the model

QString toText(const RangeSet &set)
{
    QString text;
    for (const ByteRange &range : set.ranges())
        text += QStringLiteral("[%1,%2)").arg(range.begin).arg(range.end);
    return text;
}

QBitArray toBits(const RangeSet &set)
{
    QBitArray bits(kSpace);
    for (const ByteRange &range : set.ranges())
        bits.fill(true, range.begin, range.end);
    return bits;
}

// May be empty, or turned around, which counts as empty.
ByteRange randomRange(QRandomGenerator &random)
{
    const int begin = random.bounded(kSpace + 1);
    if (random.bounded(8) == 0)
        return {begin, random.bounded(begin + 1)};
    return {begin, std::min(kSpace, begin + random.bounded(16))};
}

QBitArray bitsOf(ByteRange range)
{
    QBitArray bits(kSpace);
    if (!range.isEmpty())
        bits.fill(true, range.begin, range.end);
    return bits;
}

bool isCanonical(const RangeSet &set)
{
    const QList<ByteRange> &ranges = set.ranges();
    for (qsizetype i = 0; i < ranges.size(); ++i) {
        if (ranges[i].isEmpty() || (i > 0 && ranges[i].begin <= ranges[i - 1].end))
            return false;
    }
    return true;
}

qint64 lastBit(const QBitArray &bits)
{
    for (qsizetype i = bits.size(); i > 0; --i) {
        if (bits.testBit(i - 1))
            return i;
    }
    return 0;
}

} // namespace

class TestByteRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void range();
    void intersectedRanges();
    void add_data();
    void add();
    void remove_data();
    void remove();
    void openEnd();
    void gaps();
    void bitmap_data();
    void bitmap();
};

void TestByteRange::range()
{
    QCOMPARE((ByteRange{3, 10}).size(), 7);
    QVERIFY(!(ByteRange{3, 4}).isEmpty());
    QVERIFY((ByteRange{3, 3}).isEmpty());
    QVERIFY((ByteRange{4, 3}).isEmpty());
    QVERIFY(ByteRange{}.isEmpty());
}

void TestByteRange::intersectedRanges()
{
    QCOMPARE(intersected({0, 10}, {5, 20}), (ByteRange{5, 10}));
    QCOMPARE(intersected({5, 20}, {0, 10}), (ByteRange{5, 10}));
    QCOMPARE(intersected({0, 10}, {2, 3}), (ByteRange{2, 3}));
    QCOMPARE(intersected({7, ByteRange::kOpenEnd}, {0, 100}), (ByteRange{7, 100}));
    QVERIFY(intersected({0, 10}, {10, 20}).isEmpty());
    QVERIFY(intersected({0, 10}, {15, 20}).isEmpty());
    QCOMPARE(intersected({0, 10}, {15, 20}).size(), 0);
}

void TestByteRange::add_data()
{
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<qint64>("end");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, qint64 begin, qint64 end, const char *expected) {
        QTest::newRow(tag) << begin << end << QString::fromLatin1(expected);
    };
    row("before", 0, 5, "[0,5)[10,20)[30,40)");
    row("touches the first from the left", 5, 10, "[5,20)[30,40)");
    row("touches the first from the right", 20, 25, "[10,25)[30,40)");
    row("fills the gap", 20, 30, "[10,40)");
    row("bridges", 15, 35, "[10,40)");
    row("within", 12, 15, "[10,20)[30,40)");
    row("swallows all", 0, 100, "[0,100)");
    row("behind", 50, 60, "[10,20)[30,40)[50,60)");
    row("between", 22, 28, "[10,20)[22,28)[30,40)");
    row("empty", 25, 25, "[10,20)[30,40)");
    row("turned around", 60, 50, "[10,20)[30,40)");
}

void TestByteRange::add()
{
    QFETCH(qint64, begin);
    QFETCH(qint64, end);
    RangeSet set;
    set.add({30, 40});
    set.add({10, 20});
    set.add({begin, end});
    QTEST(toText(set), "expected");
}

void TestByteRange::remove_data()
{
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<qint64>("end");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, qint64 begin, qint64 end, const char *expected) {
        QTest::newRow(tag) << begin << end << QString::fromLatin1(expected);
    };
    row("splits", 12, 15, "[10,12)[15,20)[30,40)");
    row("head", 0, 15, "[15,20)[30,40)");
    row("tail", 35, 100, "[10,20)[30,35)");
    row("tail and head", 15, 35, "[10,15)[35,40)");
    row("one exactly", 10, 20, "[30,40)");
    row("the gap", 20, 30, "[10,20)[30,40)");
    row("all", 0, 100, "");
    row("empty", 15, 15, "[10,20)[30,40)");
    row("turned around", 35, 15, "[10,20)[30,40)");
}

void TestByteRange::remove()
{
    QFETCH(qint64, begin);
    QFETCH(qint64, end);
    RangeSet set({10, 20});
    set.add({30, 40});
    set.remove({begin, end});
    QTEST(toText(set), "expected");
}

void TestByteRange::openEnd()
{
    RangeSet set({100, ByteRange::kOpenEnd});
    set.add({0, 10});
    set.add({50, 100});
    QCOMPARE(set.ranges().size(), 2);
    QCOMPARE(set.end(), ByteRange::kOpenEnd);
    QVERIFY(set.contains({1000, ByteRange::kOpenEnd}));
    QVERIFY(!set.contains({0, ByteRange::kOpenEnd}));
    set.remove({200, ByteRange::kOpenEnd});
    QCOMPARE(set.end(), 200);
    QCOMPARE(set.size(), 160);
    QCOMPARE(set.gaps({0, ByteRange::kOpenEnd}).ranges(),
             (QList<ByteRange>{{10, 50}, {200, ByteRange::kOpenEnd}}));
}

void TestByteRange::gaps()
{
    QVERIFY(RangeSet().gaps({0, 0}).isEmpty());
    QCOMPARE(toText(RangeSet().gaps({3, 9})), QStringLiteral("[3,9)"));
    RangeSet set({10, 20});
    set.add({30, 40});
    QCOMPARE(toText(set.gaps({0, 50})), QStringLiteral("[0,10)[20,30)[40,50)"));
    QCOMPARE(toText(set.gaps({15, 35})), QStringLiteral("[20,30)"));
    QVERIFY(set.gaps({10, 20}).isEmpty());
    QCOMPARE(toText(set.intersected({15, 35})), QStringLiteral("[15,20)[30,35)"));
    set.clear();
    QVERIFY(set.isEmpty());
    QCOMPARE(set.end(), 0);
}

void TestByteRange::bitmap_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 2U, 3U, 20240229U, 4294967295U})
        QTest::addRow("seed %u", seed) << seed;
}

// Every operation against one bit per byte.
void TestByteRange::bitmap()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    RangeSet set;
    QBitArray bits(kSpace);
    for (int step = 0; step < 4000; ++step) {
        const ByteRange range = randomRange(random);
        const QBitArray mask = bitsOf(range);
        // Phases of adding and phases of removing, so that it is full at times and empty at times.
        const bool isAdding = random.bounded(10) < ((step / 200) % 2 == 0 ? 7 : 3);
        if (isAdding)
            set.add(range);
        else
            set.remove(range);
        bits = isAdding ? bits | mask : bits & ~mask;

        QVERIFY2(isCanonical(set), qPrintable(toText(set)));
        QCOMPARE(toBits(set), bits);
        QCOMPARE(set.size(), bits.count(true));
        QCOMPARE(set.isEmpty(), bits.count(true) == 0);
        QCOMPARE(set.end(), lastBit(bits));

        const ByteRange asked = randomRange(random);
        const QBitArray askedMask = bitsOf(asked);
        QCOMPARE(set.contains(asked), (bits & askedMask) == askedMask);
        QVERIFY(isCanonical(set.gaps(asked)));
        QCOMPARE(toBits(set.gaps(asked)), ~bits & askedMask);
        QVERIFY(isCanonical(set.intersected(asked)));
        QCOMPARE(toBits(set.intersected(asked)), bits & askedMask);
        QCOMPARE(toBits(RangeSet(intersected(range, asked))), mask & askedMask);
    }
}

QTEST_GUILESS_MAIN(TestByteRange)
#include "tst_byterange.moc"
