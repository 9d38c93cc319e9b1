// SPDX-License-Identifier: MIT
// What a server sends is read as RFC 9112 says, or refused: however it is cut on its way.
#include "tests/support/readanswer.h"

#include <QTest>

#include <algorithm>

using namespace longhaul;
using namespace longhaul::test;

namespace {

using State = AnswerReader::State;

using Outcome = ReadAnswer;

Outcome readWhole(const QByteArray &bytes, bool reset = false)
{
    return readAnswer(bytes, {bytes.size()}, reset);
}

char letter(State state) { return "hbdx"[int(state)]; }

// Before and after the connection's end: h(ead), b(ody), d(one), x (broken); and + where it is reusable.
QString told(const Outcome &outcome)
{
    return QString(QLatin1Char(letter(outcome.state))) + QLatin1Char(letter(outcome.ended))
           + (outcome.reusable ? QStringLiteral("+") : QString());
}

void columns()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QByteArray>("body");
}

void row(const char *tag, const QByteArray &answer, const char *expected, const QByteArray &body = {})
{
    QTest::newRow(tag) << answer << QString::fromLatin1(expected) << body;
}

// In one piece, byte by byte, and cut in two at each place.
void check()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, expected);
    QFETCH(const QByteArray, body);
    const Outcome whole = readWhole(answer);
    QCOMPARE(told(whole), expected);
    QCOMPARE(whole.body, body);
    for (qsizetype cut = 1; cut <= answer.size(); ++cut) {
        const Outcome split =
            readAnswer(answer, cut == answer.size() ? QList<qsizetype>{1} : QList{cut, answer.size()});
        QCOMPARE(letter(split.state), letter(whole.state));
        QCOMPARE(letter(split.ended), letter(whole.ended));
        QCOMPARE(split.body, whole.body);
        QCOMPARE(split.head.status, whole.head.status);
        QCOMPARE(split.head.fields, whole.head.fields);
        QVERIFY(split.reusable || !whole.reusable); // what is behind the end may not be there yet
    }
}

const QByteArray kOk = "HTTP/1.1 200 OK\r\n";
const QByteArray kChunked = kOk + "Transfer-Encoding: chunked\r\n\r\n";

} // namespace

class TestAnswerReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heads_data();
    void heads() { check(); }
    void fields();
    void foldedFields();
    void bounds();
    void lengths_data();
    void lengths() { check(); }
    void chunks_data();
    void chunks() { check(); }
    void chunkLines();
    void persistence_data();
    void persistence() { check(); }
    void untilTheEnd();
    void inPlace();
    void untouched();
};

void TestAnswerReader::heads_data()
{
    columns();
    const QByteArray rest = "Content-Length: 2\r\n\r\nab";
    row("of the usual kind", kOk + rest, "dd+", "ab");
    row("no reason", "HTTP/1.1 200\r\n" + rest, "dd+", "ab");
    row("a later minor version", "HTTP/1.2 200 OK\r\n" + rest, "dd+", "ab");
    row("bare LF", "HTTP/1.1 200 OK\nContent-Length: 2\n\nab", "dd+", "ab");
    row("bare LF but for the empty line", "HTTP/1.1 200 OK\nContent-Length: 2\n\r\nab", "dd+", "ab");
    row("bare LF as the empty line", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nab", "dd+", "ab");
    row("bare LF, an empty line in the body", "HTTP/1.1 200 OK\nContent-Length: 6\n\na\r\n\r\nb", "dd+",
        "a\r\n\r\nb");
    row("no fields", "HTTP/1.1 200 OK\r\n\r\nab", "bd", "ab");
    row("lines that are no fields", kOk + "nonsense\r\n: nothing\r\n" + rest, "dd+", "ab");
    row("interim answers",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nContent-Length: 9\r\n\r\n" + kOk + rest, "dd+",
        "ab");
    row("interim answers alone", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 P\r\n\r\n", "hx");
    row("101", "HTTP/1.1 101 Switching\r\n" + rest, "dd", "ab");
    row("cut", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", "hx");
    row("nothing", "\r\n\r\n", "xx");
    row("HTTP/2", "HTTP/2 200 OK\r\n" + rest, "xx");
    row("ICY", "ICY 200 OK\r\n" + rest, "xx");
    row("a page", "<html>\r\n\r\n", "xx");
    row("no status", "HTTP/1.1\r\n\r\n", "xx");
    row("a status of letters", "HTTP/1.1 OK 200\r\n" + rest, "xx");
    row("a status of four digits", "HTTP/1.1 1200 OK\r\n" + rest, "xx");
    row("a status of two digits", "HTTP/1.1 20 OK\r\n" + rest, "xx");
    row("a negative status", "HTTP/1.1 -200 OK\r\n" + rest, "xx");
}

void TestAnswerReader::fields()
{
    QByteArray answer =
        "HTTP/1.1 404 Not Found\r\nSet-Cookie: a=b\r\nset-cookie:c=d\r\nEmpty:\r\nX:  y: z \t\r\n";
    for (int i = 0; i < 150; ++i)
        answer += "N" + QByteArray::number(i) + ": " + QByteArray::number(i) + "\r\n";
    const Outcome outcome = readWhole(answer + "Content-Length : 0\r\n\r\n");
    QCOMPARE(told(outcome),
             QStringLiteral("dd+")); // a blank in front of a colon means nothing (RFC 9112 5.1)
    QCOMPARE(outcome.head.status, 404);
    const QList<std::pair<QByteArray, QByteArray>> first{
        {"Set-Cookie", "a=b"}, {"set-cookie", "c=d"}, {"Empty", ""}, {"X", "y: z"}};
    QCOMPARE(outcome.head.fields.first(4), first);
    QCOMPARE(outcome.head.fields.size(), 155);
    QCOMPARE(outcome.head.fields[153].second, QByteArray("149"));
    QCOMPARE(outcome.head.fields[154].first, QByteArray("Content-Length"));
}

// RFC 9112 5.2: a blank in the place of the line's end, never a field of its own.
void TestAnswerReader::foldedFields()
{
    const Outcome outcome = readWhole(kOk
                                      + "Content-Disposition: attachment;\r\n  filename=a\r\n\t;b:c\r\n"
                                        "X: y\r\n Content-Length: 0\r\n\r\nab");
    QCOMPARE(told(outcome), QStringLiteral("bd"));
    QCOMPARE(outcome.body, QByteArray("ab"));
    const QList<std::pair<QByteArray, QByteArray>> expected{
        {"Content-Disposition", "attachment; filename=a ;b:c"}, {"X", "y Content-Length: 0"}};
    QCOMPARE(outcome.head.fields, expected);
    // What goes on with nothing is nothing.
    QCOMPARE(told(readWhole(kOk + " Content-Length: 0\r\n\r\n")), QStringLiteral("bd"));
}

void TestAnswerReader::bounds()
{
    constexpr qsizetype kMost = 256 << 10;
    const QByteArray start = kOk + "X: ";
    const QByteArray most = start + QByteArray(kMost - start.size() - 4, 'x') + "\r\n\r\n";
    QCOMPARE(told(readWhole(most)), QStringLiteral("bd"));
    QCOMPARE(told(readAnswer(most, {16 << 10})), QStringLiteral("bd"));
    QByteArray more = most;
    more.insert(start.size(), 'x');
    QCOMPARE(told(readWhole(more)), QStringLiteral("xx"));
    QCOMPARE(told(readAnswer(more, {16 << 10})), QStringLiteral("xx"));
    QCOMPARE(told(readWhole(start + QByteArray(kMost, 'x'))), QStringLiteral("xx")); // with no end in sight

    const QByteArray interim = "HTTP/1.1 102 Processing\r\n\r\n";
    const QByteArray end = kOk + "Content-Length: 0\r\n\r\n";
    QCOMPARE(told(readWhole(interim.repeated(100) + end)), QStringLiteral("dd+"));
    QCOMPARE(told(readWhole(interim.repeated(101) + end)), QStringLiteral("xx"));
}

void TestAnswerReader::lengths_data()
{
    columns();
    row("none: to the end", kOk + "\r\nabc", "bd", "abc");
    row("0", kOk + "Content-Length: 0\r\n\r\n", "dd+");
    row("more to come", kOk + "Content-Length: 3\r\n\r\nab", "bx", "ab");
    row("all", kOk + "Content-Length: 3\r\n\r\nabc", "dd+", "abc");
    row("bytes behind the end", kOk + "Content-Length: 3\r\n\r\nabcd", "dd", "abc");
    row("another answer behind the end", kOk + "Content-Length: 1\r\n\r\na" + kOk + "\r\n", "dd", "a");
    row("bytes behind nothing", kOk + "Content-Length: 0\r\n\r\nd", "dd");
    row("equal ones in a list", kOk + "Content-Length: 3, 3\r\n\r\nabc", "dd+", "abc");
    row("equal ones in two fields", kOk + "Content-Length: 3\r\ncontent-length: 3\r\n\r\nabc", "dd+", "abc");
    row("different ones", kOk + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "bd", "abc");
    row("no number", kOk + "Content-Length: x\r\n\r\nabc", "bd", "abc");
    row("negative", kOk + "Content-Length: -1\r\n\r\nabc", "bd", "abc");
    row("with a sign", kOk + "Content-Length: +3\r\n\r\nabc", "bd", "abc");
    row("too large", kOk + "Content-Length: 99999999999999999999\r\n\r\nabc", "bd", "abc");
    row("the largest", kOk + "Content-Length: 9223372036854775807\r\n\r\nabc", "bx", "abc");
    row("204", "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n", "dd+");
    row("204 with bytes", "HTTP/1.1 204 No Content\r\n\r\nabc", "dd");
    row("304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", "dd+");
}

void TestAnswerReader::chunks_data()
{
    columns();
    row("one", kChunked + "3\r\nabc\r\n0\r\n\r\n", "dd+", "abc");
    row("some", kChunked + "1\r\na\r\n002\r\nbc\r\n0\r\n\r\n", "dd+", "abc");
    row("none", kChunked + "0\r\n\r\n", "dd+");
    row("bare LF", kChunked + "3\nabc\n0\n\n", "dd+", "abc");
    row("lines within", kChunked + "6\r\n0\r\n\r\na\r\n0\r\n\r\n", "dd+", "0\r\n\r\na");
    row("of any digits", kChunked + "A\r\n0123456789\r\n0a \r\n0123456789\r\n0\r\n\r\n", "dd+",
        "01234567890123456789");
    row("extensions", kChunked + "3;a=b;c=\"d\"\r\nabc\r\n0;e\r\n\r\n", "dd+", "abc");
    row("trailers", kChunked + "1\r\na\r\n0\r\nX: y\r\nContent-Length: 9\r\n\r\n", "dd+", "a");
    row("cut in a chunk", kChunked + "3\r\nab", "bx", "ab");
    row("cut behind a chunk", kChunked + "3\r\nabc\r\n", "bx", "abc");
    row("cut in a size", kChunked + "3\r\nabc\r\n0", "bx", "abc");
    row("cut in the trailers", kChunked + "3\r\nabc\r\n0\r\n", "bx", "abc");
    row("bytes behind the end", kChunked + "1\r\na\r\n0\r\n\r\nb", "dd", "a");
    row("longer than its size", kChunked + "3\r\nabcd\r\n0\r\n\r\n", "xx", "abc");
    row("longer by a blank", kChunked + "3\r\nabc \r\n0\r\n\r\n", "xx", "abc");
    row("no size", kChunked + "\r\nabc\r\n", "xx");
    row("a size of letters", kChunked + "g\r\nabc\r\n", "xx");
    row("a negative size", kChunked + "-3\r\nabc\r\n0\r\n\r\n", "xx");
    row("no size but a sign", kChunked + "-0\r\n\r\n", "xx");
    row("a size with a sign", kChunked + "+3\r\nabc\r\n0\r\n\r\n", "xx");
    row("a size with a prefix", kChunked + "0x3\r\nabc\r\n0\r\n\r\n", "xx");
    row("two sizes", kChunked + "3 3\r\nabc\r\n0\r\n\r\n", "xx");
    row("a huge size", kChunked + "7fffffffffffffff\r\nabc", "bx", "abc");
    row("too huge a size", kChunked + "8000000000000000\r\nabc", "xx");
    row("far too huge a size", kChunked + "10000000000000003\r\nabc\r\n0\r\n\r\n", "xx");
    row("in capitals", kOk + "TRANSFER-ENCODING: Chunked\r\n\r\n0\r\n\r\n", "dd+");
    row("a blank in front of the colon", kOk + "Transfer-Encoding : chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "dd+", "a");
    row("another coding", kOk + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "xx");
    row("twice", kOk + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "xx");
    row("with a length", kOk + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "dd", "a");
}

// Bounded, whether their end is there or not.
void TestAnswerReader::chunkLines()
{
    constexpr int kMost = 4096;
    const QByteArray end = "\r\na\r\n0\r\n\r\n";
    const QByteArray size = "1;" + QByteArray(kMost - 4, 'x');
    QCOMPARE(told(readWhole(kChunked + size + end)), QStringLiteral("dd+"));
    QCOMPARE(told(readWhole(kChunked + size + 'x' + end)), QStringLiteral("xx"));
    QCOMPARE(told(readAnswer(kChunked + size + 'x' + end, {1})), QStringLiteral("xx"));
    QCOMPARE(told(readWhole(kChunked + QByteArray(kMost + 1, '0'))), QStringLiteral("xx"));
    QCOMPARE(told(readWhole(kChunked + "0\r\n" + QByteArray(kMost + 1, 'x'))), QStringLiteral("xx"));
    QCOMPARE(told(readWhole(kChunked + "1\r\na" + QByteArray(kMost + 1, ' '))), QStringLiteral("xx"));
}

void TestAnswerReader::persistence_data()
{
    columns();
    const QByteArray end = "Content-Length: 0\r\n\r\n";
    row("close", kOk + "Connection: close\r\n" + end, "dd");
    row("close among others", kOk + "Connection: foo , Close\r\n" + end, "dd");
    row("close in a second field", kOk + "Connection: foo\r\nConnection: close\r\n" + end, "dd");
    row("close and keep-alive", kOk + "Connection: keep-alive, close\r\n" + end, "dd");
    row("not quite close", kOk + "Connection: closed\r\n" + end, "dd+");
    row("1.0", "HTTP/1.0 200 OK\r\n" + end, "dd");
    row("1.0, keep-alive", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + end, "dd+");
    row("of an interim answer", "HTTP/1.1 100 C\r\nConnection: close\r\n\r\n" + kOk + end, "dd+");
}

void TestAnswerReader::untilTheEnd()
{
    const QByteArray answer = kOk + "\r\nabc";
    QCOMPARE(told(readWhole(answer)), QStringLiteral("bd"));
    QCOMPARE(told(readWhole(answer, true)), QStringLiteral("bx"));
    QCOMPARE(told(readWhole(kOk + "Content-Length: 3\r\n\r\nabc", true)), QStringLiteral("dd+"));
    AnswerReader nothing;
    QVERIFY(nothing.close(false) == State::Broken);
    AnswerReader reader;
    QByteArray body;
    reader.feed(kOk + "Content-Length: 0\r\n\r\n", &body);
    QVERIFY(reader.isReusable());
    QVERIFY(reader.close(false) == State::Done && !reader.isReusable());
}

void TestAnswerReader::inPlace()
{
    AnswerReader reader;
    QByteArray body;
    QCOMPARE(reader.plain(), 0);
    reader.feed(kOk + "Content-Length: 10\r\n\r\n", &body);
    QCOMPARE(reader.plain(), 10);
    reader.feed("ab", &body);
    QCOMPARE(body, QByteArray("ab"));
    QCOMPARE(reader.plain(), 8);
    QVERIFY(reader.passed(7) == State::Body && reader.plain() == 1);
    QVERIFY(reader.passed(1) == State::Done && reader.plain() == 0 && reader.isReusable());

    AnswerReader chunked;
    chunked.feed(kChunked + "5\r\n", &body);
    QCOMPARE(chunked.plain(), 5);
    QVERIFY(chunked.passed(5) == State::Body);
    QCOMPARE(chunked.plain(), 0); // feed() must see what comes next
    chunked.feed("\r", &body);
    QCOMPARE(chunked.plain(), 0);
    QVERIFY(chunked.feed("\n0\r\n\r\n", &body) == State::Done);

    AnswerReader open;
    open.feed(kOk + "\r\n", &body);
    QVERIFY(open.plain() > (qint64(1) << 60));
    QVERIFY(open.passed(qint64(1) << 40) == State::Body);
    QVERIFY(open.plain() > (qint64(1) << 60) && open.close(false) == State::Done);
}

void TestAnswerReader::untouched()
{
    AnswerReader reader;
    QByteArray body;
    QVERIFY(reader.isUntouched());
    reader.feed({}, &body);
    QVERIFY(reader.isUntouched());
    reader.feed("H", &body);
    QVERIFY(!reader.isUntouched());
    reader.close(false);
    QVERIFY(!reader.isUntouched());
}

QTEST_APPLESS_MAIN(TestAnswerReader)
#include "tst_answerreader.moc"
