// SPDX-License-Identifier: MIT
// What aria2's control file says, and what it may not make us believe.
#include "aria2bytes.h"
#include "core/aria2control.h"

#include <QRandomGenerator>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;

class TestAria2Control : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pieces();
    void begunPieces();
    void infoHash();
    void damaged_data();
    void damaged();
    void everyCut();
    void noise();
};

namespace {

std::optional<Aria2Control> parsed(const QByteArray &bytes)
{
    const auto result = parseAria2Control(bytes);
    const auto *control = std::get_if<Aria2Control>(&result);
    return control ? std::optional(*control) : std::nullopt;
}

} // namespace

// Three whole pieces and a short one; the second is missing.
void TestAria2Control::pieces()
{
    const auto control =
        parsed(aria2Bytes({.piece = 100, .total = 350, .bits = QByteArray(1, char(0b10110000))}));
    QVERIFY(control);
    QCOMPARE(control->total, 350);
    RangeSet expected({0, 100});
    expected.add({200, 350});
    QVERIFY(control->holds == expected);
}

void TestAria2Control::begunPieces()
{
    constexpr int kPiece = 40'000; // 16 KiB, 16 KiB and a rest
    Aria2File file{.piece = kPiece, .total = 100'000, .bits = QByteArray(1, char(0b01000000))};
    file.begun = {{0, kPiece, QByteArray(1, char(0b10100000))}, {2, 20'000, QByteArray(1, char(0b01000000))}};
    const auto control = parsed(aria2Bytes(file));
    QVERIFY(control);
    RangeSet expected({0, 16'384});
    expected.add({32'768, 80'000});
    expected.add({96'384, 100'000});
    QVERIFY(control->holds == expected);
}

void TestAria2Control::infoHash()
{
    QVERIFY(parsed(aria2Bytes({.hash = QByteArray(20, 'h')})));
    QVERIFY(!parsed(aria2Bytes({.hash = QByteArray(19, 'h')})));
}

void TestAria2Control::damaged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *tag, const Aria2File &file) { QTest::newRow(tag) << aria2Bytes(file); };
    constexpr auto kMost = std::numeric_limits<quint32>::max();
    row("older version", {.version = 0});
    row("newer version", {.version = 2});
    row("no piece length", {.piece = 0});
    row("no total", {.total = 0});
    row("huge total", {.total = std::numeric_limits<quint64>::max()});
    row("huge total and pieces", {.piece = kMost, .total = quint64(1) << 62});
    row("too few bits", {.piece = 1, .total = 1000});
    row("too many bits", {.bits = QByteArray(5, '\xff')});
    row("a lie of its bits", {.bitsSize = kMost});
    row("a lie of the hash", {.hashSize = kMost});
    row("a lie of the pieces begun", {.begunCount = kMost});
    row("one piece begun that is not there", {.begunCount = 1});
    row("piece behind the end", {.begun = {{4, 100, QByteArray(1, '\0')}}});
    row("piece far behind the end", {.begun = {{kMost, 100, QByteArray(1, '\0')}}});
    // Index and length multiplied, and the bits of all blocks, as if it were there.
    row("piece whose place overflows",
        {.piece = kMost, .begun = {{kMost, kMost, QByteArray(1 << 15, '\xff')}}});
    row("piece too long", {.begun = {{0, 101, QByteArray(1, '\0')}}});
    row("last piece too long", {.begun = {{3, 100, QByteArray(1, '\0')}}});
    row("too many blocks", {.begun = {{0, 100, QByteArray(2, '\0')}}});
    QTest::newRow("more behind it") << aria2Bytes({}) + 'x';
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("<!doctype html><html>Not found</html>");
}

void TestAria2Control::damaged()
{
    QFETCH(QByteArray, bytes);
    const auto result = parseAria2Control(bytes);
    const auto *why = std::get_if<QString>(&result);
    QVERIFY(why && !why->isEmpty());
}

void TestAria2Control::everyCut()
{
    Aria2File file;
    file.begun = {{1, 100, QByteArray(1, char(0x80))}};
    const QByteArray whole = aria2Bytes(file);
    QVERIFY(parsed(whole));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!parsed(whole.left(size)));
}

// Whatever it says, nothing lies outside the file.
void TestAria2Control::noise()
{
    QRandomGenerator random(5);
    Aria2File file;
    file.begun = {{1, 100, QByteArray(1, char(0x80))}};
    const QByteArray whole = aria2Bytes(file);
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes = whole;
        for (int n = random.bounded(1, 4); n > 0; --n)
            bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
        if (const auto control = parsed(bytes)) {
            QVERIFY(control->total > 0);
            QVERIFY(control->holds.end() <= control->total);
        }
    }
}

QTEST_GUILESS_MAIN(TestAria2Control)
#include "tst_aria2control.moc"
