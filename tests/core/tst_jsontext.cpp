// SPDX-License-Identifier: MIT
#include "core/isotime.h"
#include "core/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimeZone>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

QByteArray written(const QString &text)
{
    QByteArray json;
    appendJsonString(&json, text);
    return json;
}

QByteArray asQtWrites(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

// A document of the one value `json`, in the usual form.
QByteArray around(const QByteArray &json) { return "{\"v\":" + json + '}'; }

} // namespace

class TestJsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theUsualIsLeft_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const QByteArray &text :
             {QByteArray("{}"), around("[]"), around("{}"), around("-7"), around("0"),
              around("123456789012345678"), around("[[0,5],[7,9]]"), around("\"\""), around("\"a\\\"\\\\b\""),
              around("\"\xc3\xa4\xf0\x9f\x98\x80\""), around("{\"a\":null,\"b\":[true,false,{}]}"),
              QByteArray("{\"a\":1,\"aa\":2,\"b\":\"}\"}")})
            QTest::addRow("%s", text.constData()) << text;
    }
    void theUsualIsLeft()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(QJsonDocument::fromJson(text).toJson(QJsonDocument::Compact), text);
        QVERIFY(compactJson(text).constData() == text.constData()); // not made anew
    }

    void theUnusualIsMadeAnew_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const QByteArray &text : {around(" 1"),
                                       around("1.5"),
                                       around("1e3"),
                                       around("-0"),
                                       around("01"),
                                       around("1234567890123456789"),
                                       around("12345678901234567890"),
                                       around("\"\\u0041\""),
                                       around("\"\\/\""),
                                       around("\"\t\""),
                                       around("\"\xff\""),
                                       around("\"\xed\xa0\x80\""),
                                       around("[[[[[[[[[[1]]]]]]]]]]"),
                                       around("[1,]"),
                                       around("tru"),
                                       around("truefalse"),
                                       around(""),
                                       around("\"a"),
                                       around("1") + ' ',
                                       around("1") + 'x',
                                       around("1").chopped(1),
                                       QByteArray("{\"b\":1,\"a\":2}"),
                                       QByteArray("{\"a\":1,\"a\":2}"),
                                       QByteArray("{\"a\":1,}"),
                                       QByteArray("{\"a!\":1,\"a\":2}"),
                                       QByteArray("{\"a b\":1,\"a\":2}"),
                                       QByteArray("{\"\xef\xbb\xbf\":1}"),
                                       around("\"\xef\xbb\xbf\""),
                                       QByteArray("{\"a\\\\\":1}"),
                                       QByteArray("{a:1}"),
                                       QByteArray("{\"a\"}"),
                                       QByteArray("[1]"),
                                       QByteArray("1"),
                                       QByteArray("\xef\xbb\xbf{}"),
                                       QByteArray()})
            QTest::addRow("%s", text.isEmpty() ? "empty" : text.constData()) << text;
    }
    void theUnusualIsMadeAnew()
    {
        QFETCH(QByteArray, text);
        const QJsonDocument document = QJsonDocument::fromJson(text);
        QCOMPARE(compactJson(text),
                 document.isObject() ? document.toJson(QJsonDocument::Compact) : QByteArray());
    }

    void values()
    {
        const QByteArray text = compactJson("{\"a\":[1,\"x,]\\\"}\",[],{\"n\":[2]}], "
                                            "\"b\":true,\"f\":false,\"i\":-12,\"big\":9223372036854775807,"
                                            "\"d\":1.5,\"e\":1e3,\"s\":\"t\\u00e4\\n\",\"u\":\"\xc3\xa4\"}");
        const JsonObjectView object = JsonView(text).toObject();
        const auto array = object.value("a").toArray();
        QCOMPARE(array.size(), 4);
        QCOMPARE(array[0].toInteger(), 1);
        QCOMPARE(array[1].toString(), u"x,]\"}"_s);
        QVERIFY(array[2].toArray().isEmpty());
        QCOMPARE(array[3].toObject().value("n").toArray()[0].toInteger(), 2);
        QVERIFY(object.value("b").toBool() && object.value("b").isBool() && object.value("f").isBool());
        QVERIFY(!object.value("f").toBool() && !object.value("i").isBool());
        QCOMPARE(object.value("i").toInteger(), -12);
        QCOMPARE(object.value("big").toInteger(), std::numeric_limits<qint64>::max());
        QCOMPARE(object.value("d").toInteger(9), 9);
        QCOMPARE(object.value("e").toInteger(9), 1000);
        QCOMPARE(object.value("s").toString(), u"t\u00e4\n"_s);
        QCOMPARE(*object.value("u").plainUtf8(), QByteArray("\xc3\xa4"));
        QVERIFY(!object.value("s").plainUtf8() && !object.value("i").plainUtf8());
        QVERIFY(object.value("i").toString().isNull()
                && object.value("i").toObject().value("x").toArray().empty());
        const JsonView nothing = object.value("none");
        QCOMPARE(nothing.toInteger(-1), -1);
        QVERIFY(!nothing.isString() && nothing.toString().isNull() && !nothing.toBool());
        QCOMPARE(object.value("a").toValue().toArray().size(), 4);
    }

    // A server may send what has to be escaped everywhere.
    void manyEscapes()
    {
        const QString text(1 << 20, u'"');
        const QByteArray json = around(written(text));
        QVERIFY(compactJson(json).constData() == json.constData());
        QVERIFY(JsonView(json).toObject().value("v").toString() == text);
    }

    void everyCharacter()
    {
        for (char32_t c = 0; c <= 0x10ffff; c += c < 0x3000 || (c >= 0xd700 && c < 0xe100) ? 1 : 7) {
            const QString text = c < 0x10000 ? QString(QChar(char16_t(c))) : QString::fromUcs4(&c, 1);
            const QString more = u"a\""_s + text + u"\\b"_s;
            if (written(more) != asQtWrites(more))
                QFAIL(qPrintable(QString::number(uint(c), 16)));
        }
        QCOMPARE(written(QString()), QByteArray("\"\""));
    }

    void objects()
    {
        JsonObjectText object;
        QVERIFY(object.isEmpty());
        QCOMPARE(object.text(), QByteArray("{}"));
        object.putText("a", u"");
        object.putTrue("b", false);
        QVERIFY(object.isEmpty());
        object.putText("c", u"x");
        object.putTrue("d", true);
        object.putNumber("e", std::numeric_limits<qint64>::min());
        object.put("f", "[1]");
        QCOMPARE(object.text(), QByteArray("{\"c\":\"x\",\"d\":true,\"e\":-9223372036854775808,\"f\":[1]}"));
    }

    void ends_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("end");
        QTest::newRow("object") << QByteArray("{\"a\":[1,{}],\"b\":\"}\"},more") << 20;
        QTest::newRow("string") << QByteArray("\"a\\\"b\\\\\",") << 8;
        QTest::newRow("number in a list") << QByteArray("12,3") << 2;
        QTest::newRow("number at its end") << QByteArray("12]") << 2;
        QTest::newRow("torn object") << QByteArray("{\"a\":{\"b\":1}") << -1;
        QTest::newRow("torn string") << QByteArray("{\"a") << -1;
        QTest::newRow("torn escape") << QByteArray("\"\\") << -1;
        QTest::newRow("nothing") << QByteArray() << -1;
    }
    void ends()
    {
        QFETCH(QByteArray, text);
        QTEST(int(endOfJson(text, 0)), "end");
    }

    // As much of it as can be told, and nothing beyond it.
    void noJson()
    {
        const auto members = [](const QByteArray &text) {
            const JsonObjectView object = JsonView(text).toObject();
            return int(object.end() - object.begin());
        };
        QCOMPARE(members("{\"a\":1,\"b"), 1);
        QCOMPARE(members("{\"a\":1,b:2}"), 1);
        QCOMPARE(members("{\"a\":\"\\"), 0);
        QCOMPARE(members("{\"a\"}"), 0);
        QCOMPARE(members("{"), 0);
        QCOMPARE(members(""), 0);
        QVERIFY(!JsonView().isString());
    }

    void times()
    {
        qint64 ms = -62'167'219'200'000; // the year 0
        for (int i = 0; i < 20'000; ++i, ms += 15'777'123'457) {
            const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
            const QString text = time.toString(Qt::ISODateWithMs);
            QCOMPARE(isoTime(time), text);
            QCOMPARE(timeFromIso(text), QDateTime::fromString(text, Qt::ISODateWithMs));
            QCOMPARE(timeFromIso(text).timeSpec(), Qt::UTC);
        }
        const QDateTime elsewhere(QDate(2024, 2, 29), QTime(1, 2, 3, 4), QTimeZone(3600));
        QCOMPARE(isoTime(elsewhere), u"2024-02-29T00:02:03.004Z"_s);
        QVERIFY(isoTime({}).isEmpty());
    }

    void oddTimes_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", "x", "2024-02-30T00:00:00.000Z", "2024-02-29T24:00:00.000Z", "2024-02-29T23:59:60.000Z",
              "2024-02-29 01:02:03.004Z", "2024-02-29T01:02:03.004", "2024-02-29T01:02:03Z",
              "2024-02-29T01:02:03.0045Z", "2024-02-29T01:02:03.004+01:00", "2024-02-29",
              "0000-01-01T00:00:00.000Z", "2024-02-29T01:02:03,004Z", "-001-02-29T01:02:03.004Z"})
            QTest::addRow("%s", *text ? text : "empty") << QString::fromLatin1(text);
    }
    void oddTimes()
    {
        QFETCH(QString, text);
        const QDateTime expected = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
        QCOMPARE(timeFromIso(text), expected);
        QCOMPARE(timeFromIso(text).isValid(), expected.isValid());
    }
};

QTEST_APPLESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
