// SPDX-License-Identifier: MIT
#include "ui/piecesmap.h"

#include <QElapsedTimer>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

using namespace longhaul;

namespace {

constexpr qint64 kOpen = ByteRange::kOpenEnd;
constexpr qint64 kGiB = qint64(1) << 30;

RangeSet set(const QList<ByteRange> &ranges)
{
    RangeSet result;
    for (const ByteRange &range : ranges)
        result.add(range);
    return result;
}

// A letter for each cell: D all durable, R all received, d/r some of it, F in flight, . missing; behind it
// "!" where a transfer's next byte falls.
QString drawn(const QList<PieceCell> &cells)
{
    QString text;
    for (const PieceCell &cell : cells) {
        text += cell.durable == 1    ? u'D'
                : cell.received == 1 ? u'R'
                : cell.durable > 0   ? u'd'
                : cell.received > 0  ? u'r'
                : cell.inFlight      ? u'F'
                                     : u'.';
        if (cell.arriving)
            text += u'!';
    }
    return text;
}

Pieces manyPieces(int count)
{
    Pieces pieces;
    pieces.total = count * qint64(1000);
    for (int i = 0; i < count; ++i) {
        pieces.received.add({i * qint64(1000), i * qint64(1000) + 600});
        pieces.durable.add({i * qint64(1000), i * qint64(1000) + 300});
    }
    pieces.inFlight = {{600, 1000}, {1600, 2000}};
    return pieces;
}

QImage painted(QWidget &widget)
{
    QImage image(widget.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    widget.render(&image, {}, {}, {});
    return image;
}

} // namespace

class TestPiecesMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void cells_data();
    void cells();
    void everyByteCounts();
    void shares();
    void words_data();
    void words();
    void colorsDiffer();
    void describesItself();
    void paintsFromTheLeadingSide();
    void paintsEachInFlight();
    void paintsManyRangesQuickly();
    void repaintsOnlyForOthers();
};

void TestPiecesMap::cells_data()
{
    QTest::addColumn<QList<ByteRange>>("received");
    QTest::addColumn<QList<ByteRange>>("durable");
    QTest::addColumn<QList<ByteRange>>("inFlight");
    QTest::addColumn<qint64>("total"); // -1: unknown
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("expected");
    using Ranges = QList<ByteRange>;
    const auto row = [](const char *tag, const Ranges &received, const Ranges &durable,
                        const Ranges &inFlight, qint64 total, int count, const char *expected) {
        QTest::newRow(tag) << received << durable << inFlight << total << count
                           << QString::fromLatin1(expected);
    };
    row("nothing", {}, {}, {}, 100, 5, ".....");
    row("all durable", {{0, 100}}, {{0, 100}}, {}, 100, 5, "DDDDD");
    row("all received", {{0, 100}}, {}, {}, 100, 5, "RRRRR");
    row("half durable", {{0, 60}}, {{0, 40}}, {}, 100, 5, "DDR..");
    row("durable is not more than received", {{0, 20}}, {{0, 100}}, {}, 100, 5, "D....");
    row("some of a cell", {{0, 30}}, {{0, 25}}, {}, 100, 5, "Dd...");
    row("one byte", {{99, 100}}, {}, {}, 100, 5, "....r");
    row("one byte is missing", {{0, 99}}, {}, {}, 100, 5, "RRRRr");
    row("a hole", {{0, 40}, {60, 100}}, {}, {}, 100, 5, "RR.RR");
    row("in flight", {{0, 40}}, {}, {{40, 80}}, 100, 5, "RRF!F.");
    row("two in flight", {{0, 20}, {60, 80}}, {}, {{20, 60}, {80, 100}}, 100, 5, "RF!FRF!");
    row("four in flight, one of them just begun", {{0, 10}, {25, 30}, {50, 60}}, {},
        {{10, 25}, {30, 50}, {60, 75}, {75, 100}}, 100, 20, "RRF!FFRF!FFFRRF!FFF!FFFF");
    row("in flight to the end", {{0, 40}}, {}, {{40, kOpen}}, 100, 5, "RRF!FF");
    row("in flight behind the end", {{0, 100}}, {}, {{100, kOpen}}, 100, 5, "RRRRR");
    row("nothing left of a range", {{0, 40}}, {}, {{40, 40}}, 100, 5, "RR...");
    row("a range that cannot be", {{0, 40}}, {}, {{-5, 40}}, 100, 5, "RR...");
    row("beyond the total", {{0, 1000}}, {{0, 1000}}, {{90, 1000}}, 100, 5, "DDDDD!");
    row("unknown size, nothing", {}, {}, {}, -1, 5, "");
    row("unknown size, asked", {}, {}, {{0, kOpen}}, -1, 5, "");
    row("unknown size", {{0, 50}}, {{0, 20}}, {{50, kOpen}}, -1, 5, "DDRRR!");
    row("unknown size, at rest", {{0, 50}}, {}, {}, -1, 5, "RRRRR");
    row("an empty file", {}, {}, {}, 0, 5, "");
    row("an empty file, asked", {}, {}, {{0, kOpen}}, 0, 5, "");
    row("no room", {{0, 50}}, {}, {}, 100, 0, "");
    row("fewer bytes than cells", {{0, 2}}, {}, {{2, 3}}, 3, 5, "RRF!");
    row("not even", {{0, 4}}, {}, {}, 7, 3, "Rr."); // 3, 2 and 2 bytes
    row("more than 4 GiB", {{0, 5 * kGiB}}, {{0, 4 * kGiB}}, {{5 * kGiB, 8 * kGiB}}, 8 * kGiB, 8,
        "DDDDRF!FF");
    row("the largest there is", {{0, kOpen - 1}}, {}, {{kOpen - 1, kOpen}}, kOpen, 5, "RRRRr!");
}

void TestPiecesMap::cells()
{
    QFETCH(const QList<ByteRange>, received);
    QFETCH(const QList<ByteRange>, durable);
    QFETCH(const QList<ByteRange>, inFlight);
    QFETCH(const qint64, total);
    QFETCH(const int, count);
    Pieces pieces{set(received), set(durable), inFlight, {}};
    if (total >= 0)
        pieces.total = total;
    QTEST(drawn(cellsOf(pieces, count)), "expected");
}

// Against counting byte by byte.
void TestPiecesMap::everyByteCounts()
{
    QRandomGenerator random(42);
    for (int round = 0; round < 300; ++round) {
        Pieces pieces;
        pieces.total = random.bounded(1, 400);
        for (int i = 0; i < 6; ++i) {
            const int begin = random.bounded(int(*pieces.total));
            pieces.received.add({begin, begin + random.bounded(60)});
        }
        const int count = random.bounded(1, 90);
        const QList<PieceCell> cells = cellsOf(pieces, count);
        QCOMPARE(cells.size(), std::min<qint64>(count, *pieces.total));
        qint64 next = 0;
        for (int i = 0; i < cells.size(); ++i) {
            const ByteRange stretch = stretchOf(*pieces.total, int(cells.size()), i);
            QCOMPARE(stretch.begin, next);
            QVERIFY(!stretch.isEmpty());
            next = stretch.end;
            int there = 0;
            for (qint64 byte = stretch.begin; byte < stretch.end; ++byte)
                there += pieces.received.contains({byte, byte + 1}) ? 1 : 0;
            QCOMPARE(cells.at(i).received, double(there) / double(stretch.size()));
        }
        QCOMPARE(next, *pieces.total);
    }
}

void TestPiecesMap::shares()
{
    Pieces pieces{RangeSet({0, 75}), RangeSet({0, 60}), {}, 200};
    const QList<PieceCell> cells = cellsOf(pieces, 4);
    QCOMPARE(cells.at(1), (PieceCell{0.5, 0.2, false, false}));
    // However near, a hole is a hole.
    pieces = {RangeSet({0, 8 * kGiB - 1}), {}, {}, 8 * kGiB};
    QVERIFY(cellsOf(pieces, 1).first().received < 1);
}

void TestPiecesMap::words_data()
{
    QTest::addColumn<QList<ByteRange>>("received");
    QTest::addColumn<int>("inFlight");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<QString>("expected");
    using Ranges = QList<ByteRange>;
    const auto row = [](const char *tag, const Ranges &received, int inFlight, qint64 total,
                        const char *expected) {
        QTest::newRow(tag) << received << inFlight << total << QString::fromLatin1(expected);
    };
    row("some", {{0, kGiB}, {2 * kGiB, 3 * kGiB}}, 0, 4 * kGiB, "2.0 GiB of 4.0 GiB received in 2 piece(s).");
    row("some in flight", {{0, kGiB}}, 4, 4 * kGiB,
        "1.0 GiB of 4.0 GiB received in 1 piece(s). 4 piece(s) in flight.");
    row("none", {}, 0, 4 * kGiB, "Nothing of 4.0 GiB received yet.");
    row("none, one in flight", {}, 1, -1, "Nothing received yet. 1 piece(s) in flight.");
    row("unknown", {{0, 512}}, 0, -1, "512 bytes received in 1 piece(s). The size of the file is not known.");
    row("all", {{0, 512}}, 0, 512, "All of 512 bytes received.");
    row("empty", {}, 0, 0, "The file is empty.");
}

void TestPiecesMap::words()
{
    QFETCH(const QList<ByteRange>, received);
    QFETCH(const int, inFlight);
    QFETCH(const qint64, total);
    Pieces pieces;
    pieces.received = set(received);
    pieces.inFlight.fill({0, kOpen}, inFlight);
    if (total >= 0)
        pieces.total = total;
    QTEST(piecesInWords(pieces), "expected");
}

// What the legend tells apart can be told apart, in light and dark.
void TestPiecesMap::colorsDiffer()
{
    QPalette light(QColor(240, 240, 240));
    light.setColor(QPalette::Base, Qt::white);
    light.setColor(QPalette::Text, Qt::black);
    light.setColor(QPalette::Highlight, QColor(48, 140, 198));
    QPalette dark(QColor(45, 45, 48));
    dark.setColor(QPalette::Base, QColor(30, 30, 32));
    dark.setColor(QPalette::Text, QColor(230, 230, 230));
    dark.setColor(QPalette::Highlight, QColor(61, 174, 233));
    const QList<PieceCell> kinds{{1, 1, false, false}, {1, 0, false, false}, {0, 0, true, false}, {}};
    for (const QPalette &palette : {light, dark}) {
        for (int i = 0; i < kinds.size(); ++i) {
            for (int j = 0; j < i; ++j) {
                const QColor a = colorOf(kinds.at(i), palette);
                const QColor b = colorOf(kinds.at(j), palette);
                const int distance = std::abs(a.red() - b.red()) + std::abs(a.green() - b.green())
                                     + std::abs(a.blue() - b.blue());
                QVERIFY2(distance > 50, qPrintable(QStringLiteral("%1 %2: %3").arg(i).arg(j).arg(distance)));
            }
        }
        // A hole shows beside what is whole.
        QVERIFY(colorOf({0.999, 0.999, false, false}, palette) != colorOf(kinds.first(), palette));
    }
}

void TestPiecesMap::describesItself()
{
    PiecesMap map;
    QVERIFY(!map.accessibleName().isEmpty());
    const Pieces pieces = manyPieces(3);
    map.setPieces(pieces);
    QCOMPARE(map.accessibleDescription(), piecesInWords(pieces));
    QCOMPARE(map.findChildren<QTimer *>().size(), 0);
}

void TestPiecesMap::paintsFromTheLeadingSide()
{
    PiecesMap map;
    map.resize(400, 100);
    map.setPieces({RangeSet({0, 100}), RangeSet({0, 100}), {}, 1'000'000});
    const QRgb some = colorOf({0.5, 0.5, false, false}, map.palette()).rgb();
    map.setPieces({RangeSet({0, 500'000}), RangeSet({0, 500'000}), {}, 1'000'000});
    const QRgb whole = colorOf({1, 1, false, false}, map.palette()).rgb();
    const QRgb missing = colorOf({}, map.palette()).rgb();
    QVERIFY(some != whole);
    const QImage image = painted(map);
    QCOMPARE(image.pixel(2, 2), whole);
    QCOMPARE(image.pixel(397, 2), whole);
    QCOMPARE(image.pixel(2, 97), missing);
    QCOMPARE(image.pixel(397, 97), missing);

    map.setPieces({RangeSet({0, 20'000}), RangeSet({0, 20'000}), {}, 1'000'000});
    QCOMPARE(painted(map).pixel(2, 2), whole);
    QCOMPARE(painted(map).pixel(397, 2), missing);
    map.setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(painted(map).pixel(2, 2), missing);
    QCOMPARE(painted(map).pixel(396, 2), whole);
}

// As many marks as there are transfers, each where its next byte falls, also side by side; and they move.
void TestPiecesMap::paintsEachInFlight()
{
    PiecesMap map;
    map.resize(400, 12); // one row
    map.setPieces({{}, {}, {{0, kGiB}}, kGiB});
    const QRgb mark = map.palette().color(QPalette::Text).rgb();
    const auto marks = [&] { // where each begins, in pixels
        const QImage image = painted(map);
        QList<int> starts;
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, 1) != mark || image.pixel(x, 5) != mark)
                continue; // no upright line
            if (starts.isEmpty() || x - starts.constLast() > 20)
                starts.append(x);
        }
        return starts;
    };
    QCOMPARE(marks(), QList<int>{0});
    const qint64 quarter = kGiB / 4;
    Pieces pieces{{}, {}, {}, kGiB};
    for (int i = 0; i < 4; ++i)
        pieces.inFlight.append({i * quarter, (i + 1) * quarter});
    map.setPieces(pieces);
    const QList<int> before = marks();
    QCOMPARE(before.size(), 4);
    for (int i = 0; i < 4; ++i) {
        QVERIFY2(std::abs(before[i] - i * 100) < 16, qPrintable(QString::number(before[i])));
        pieces.received.add({i * quarter, i * quarter + quarter / 2});
        pieces.inFlight[i].begin += quarter / 2;
    }
    map.setPieces(pieces);
    const QList<int> after = marks();
    QCOMPARE(after.size(), 4);
    for (int i = 0; i < 4; ++i)
        QVERIFY2(std::abs(after[i] - before[i] - 50) < 16, qPrintable(QString::number(after[i])));
}

void TestPiecesMap::paintsManyRangesQuickly()
{
    PiecesMap map;
    map.resize(1200, 300);
    const Pieces even = manyPieces(10'000);
    Pieces odd = even;
    odd.inFlight.clear();
    QCOMPARE(even.received.ranges().size(), 10'000);
    painted(map);
    qint64 best = std::numeric_limits<qint64>::max(); // others use this machine too
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer clock;
        clock.start();
        map.setPieces(i % 2 == 0 ? even : odd);
        painted(map);
        best = std::min(best, clock.nsecsElapsed());
    }
    qInfo("%.2f ms", double(best) / 1e6);
    QVERIFY2(best < 10'000'000, qPrintable(QStringLiteral("%1 ns").arg(best)));
}

void TestPiecesMap::repaintsOnlyForOthers()
{
    struct Counting : PiecesMap {
        int paints = 0;
        void paintEvent(QPaintEvent *event) override
        {
            ++paints;
            PiecesMap::paintEvent(event);
        }
    } map;
    map.resize(300, 100);
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
    map.setPieces(manyPieces(3));
    QTRY_VERIFY(map.paints > 0);
    QCoreApplication::processEvents();
    const int before = map.paints;
    map.setPieces(manyPieces(3));
    QCoreApplication::processEvents();
    QCOMPARE(map.paints, before);
    map.setPieces(manyPieces(4));
    QTRY_VERIFY(map.paints > before);
}

QTEST_MAIN(TestPiecesMap)
#include "tst_piecesmap.moc"
