// SPDX-License-Identifier: MIT
#include "core/disposition.h"

#include <QElapsedTimer>
#include <QTest>

using namespace longhaul;

class TestDisposition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plain_data();
    void plain() { checkDisposition(); }
    void extended_data();
    void extended() { checkDisposition(); }
    void encoded_data();
    void encoded() { checkDisposition(); }
    void attachment_data();
    void attachment();
    void unknownCharset();
    void hugeInput();

private:
    static void checkDisposition();
};

void TestDisposition::plain_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QByteArray &header, const char *expected) {
        QTest::newRow(tag) << header << QString::fromUtf8(expected);
    };
    row("nothing", "", "");
    row("type only", "attachment", "");
    row("token", "attachment; filename=a.zip", "a.zip");
    row("quoted", "attachment; filename=\"a b.zip\"", "a b.zip");
    row("inline", "inline; filename=\"a.zip\"", "a.zip");
    row("case and blanks", "ATTACHMENT;  FileName = \"a.zip\" ", "a.zip");
    row("no blank", "attachment;filename=\"a.zip\"", "a.zip");
    row("parameters behind", "attachment; filename=\"a.zip\"; size=5; x", "a.zip");
    row("parameters before", "attachment; size=5; name=\"b\"; filename=a.zip", "a.zip");
    row("escaped quotes", R"(attachment; filename="a \"b\".zip")", "a \"b\".zip");
    row("escaped letter", R"(attachment; filename="a\bc\\.zip")", "abc\\.zip");
    row("Windows path", R"(attachment; filename="C:\dir\new.zip")", R"(C:\dir\new.zip)");
    row("semicolon in quotes", "attachment; filename=\"a;b=c.zip\"; x=y", "a;b=c.zip");
    row("filename in another's quotes", "attachment; x=\"; filename=evil\"; filename=a.zip", "a.zip");
    row("single quotes", "attachment; filename='a;b.zip'; x=y", "a;b.zip");
    row("apostrophes", "attachment; filename=it's.zip", "it's.zip");
    row("apostrophe in front", "attachment; filename='n roll.zip", "'n roll.zip");
    row("unquoted with spaces", "attachment; filename=my file (1).zip ; x=y", "my file (1).zip");
    row("never closed", "attachment; filename=\"a.zip; x=y", "a.zip");
    row("no type", "filename=\"a.zip\"", "a.zip");
    row("no type but a semicolon", "; filename=a.zip", "a.zip");
    row("no semicolon", "attachment filename=a.zip", "a.zip");
    row("comma", "attachment, filename=a.zip", "a.zip");
    row("quoted type", "\"attachment\"; filename=a.zip", "a.zip");
    row("twice", "attachment; filename=a.zip; filename=b.zip", "a.zip");
    row("empty, then another", "attachment; filename=\"\"; filename=b.zip", "b.zip");
    row("not the name of another", "attachment; xfilename=b.zip; filename.x=c.zip", "");
}

void TestDisposition::extended_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QByteArray &header, const char *expected) {
        QTest::newRow(tag) << header << QString::fromUtf8(expected);
    };
    row("star", "attachment; filename*=UTF-8''%e2%82%ac%20rates.txt", "\u20ac rates.txt");
    row("star behind", "attachment; filename=\"E.txt\"; filename*=UTF-8''%e2%82%ac.txt", "\u20ac.txt");
    row("star before", "attachment; filename*=utf-8'en'%e2%82%ac.txt; filename=\"E.txt\"", "\u20ac.txt");
    row("star twice", "attachment; filename*=UTF-8''a.txt; filename*=UTF-8''b.txt", "a.txt");
    row("star Latin-1", "attachment; filename*=ISO-8859-1''%A3.txt", "\u00a3.txt");
    row("star quoted", "attachment; filename*=\"UTF-8''a%20b.txt\"", "a b.txt");
    row("star without charset", "attachment; filename*=%e2%82%ac.txt; filename=E.txt", "\u20ac.txt");
    row("star without language", "attachment; filename*=UTF-8'a.txt", "a.txt");
    row("star, quotes only", "attachment; filename*=''a.txt", "a.txt");
    row("star raw", "attachment; filename*=UTF-8''\xe2\x82\xac x.txt", "\u20ac x.txt");
    row("star unknown charset", "attachment; filename*=x-none''%41.txt; filename=E.txt", "E.txt");
    row("star broken percent", "attachment; filename*=UTF-8''%4.txt; filename=E.txt", "E.txt");
    row("star percent at end", "attachment; filename*=UTF-8''a%; filename=E.txt", "E.txt");
    row("star no UTF-8", "attachment; filename*=UTF-8''%E4.txt; filename=E.txt", "E.txt");
    row("star overlong UTF-8", "attachment; filename*=UTF-8''%c0%af.txt; filename=E.txt", "E.txt");
    row("star empty", "attachment; filename*=UTF-8''; filename=E.txt", "E.txt");
    row("star alone and bad", "attachment; filename*=UTF-8''%E4.txt", "");

    row("pieces", "attachment; filename*0=\"a b\"; filename*1=\".zip\"", "a b.zip");
    row("pieces in disorder", "attachment; filename*1=b.zip; filename*0=a", "ab.zip");
    row("pieces encoded", "attachment; filename*0*=UTF-8''%e2%82; filename*1*=%ac; filename*2=.txt",
        "\u20ac.txt");
    row("pieces with a gap", "attachment; filename*0=a; filename*2=c", "a");
    row("pieces without the first", "attachment; filename*1=b; filename=E.txt", "E.txt");
    row("pieces with leading zero", "attachment; filename*0=a; filename*01=b", "a");
    row("pieces before plain", "attachment; filename=E.txt; filename*0=a; filename*1=b", "ab");
    row("star before pieces", "attachment; filename*0=a; filename*=UTF-8''b.txt", "b.txt");
    row("pieces broken", "attachment; filename*0*=UTF-8''%e2; filename=E.txt", "E.txt");
}

void TestDisposition::encoded_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QByteArray &header, const char *expected) {
        QTest::newRow(tag) << header << QString::fromUtf8(expected);
    };
    row("word B", "attachment; filename=\"=?UTF-8?B?4oKsLnR4dA==?=\"", "\u20ac.txt");
    row("word B without padding", "attachment; filename=\"=?UTF-8?B?4oKsLnR4dA?=\"", "\u20ac.txt");
    row("word Q", "attachment; filename==?utf-8?q?=E2=82=AC_x.txt?=", "\u20ac x.txt");
    row("word Latin-1", "attachment; filename=\"=?ISO-8859-1?Q?=A3.txt?=\"", "\u00a3.txt");
    row("word language", "attachment; filename=\"=?utf-8*en?Q?a.txt?=\"", "a.txt");
    row("words", "attachment; filename=\"=?utf-8?Q?a?= =?utf-8?Q?b?=.txt\"", "ab.txt");
    row("words splitting a character", "attachment; filename=\"=?UTF-8?B?4oI=?= =?utf-8?Q?=AC?=\"", "\u20ac");
    row("words, two charsets", "attachment; filename=\"=?utf-8?Q?a?= =?latin1?Q?=A3?=\"", "a\u00a3");
    row("word, unknown charset", "attachment; filename=\"=?x?Q?a?=\"", "=?x?Q?a?=");
    row("word, unknown encoding", "attachment; filename=\"=?utf-8?X?a?=\"", "=?utf-8?X?a?=");
    row("word, open", "attachment; filename=\"=?utf-8?Q\"", "=?utf-8?Q");
    row("word, broken Q", "attachment; filename=\"=?utf-8?Q?=4?=\"", "=?utf-8?Q?=4?=");

    row("percent", "attachment; filename=\"a%20%E2%82%AC.txt\"", "a \u20ac.txt");
    row("percent, no UTF-8", "attachment; filename=\"a%E4.txt\"", "a%E4.txt");
    row("percent sign", "attachment; filename=\"100% of a%20b.txt\"", "100% of a%20b.txt");
    row("raw UTF-8", "attachment; filename=\"\xe2\x82\xac.txt\"", "\u20ac.txt");
    row("raw Latin-1", "attachment; filename=\"\xe4.txt\"", "\u00e4.txt");
    row("folded", "attachment;\r\n filename=\"a.zip\"", "a.zip");
    row("no value", "attachment; filename", "");
    row("empty value", "attachment; filename=", "");
    row("signs only", ";=;;==\"\";';,", "");
}

void TestDisposition::checkDisposition()
{
    QFETCH(QByteArray, header);
    QTEST(nameFromDisposition(header), "expected");
}

void TestDisposition::attachment_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("expected");
    QTest::newRow("plain") << QByteArray("attachment") << true;
    QTest::newRow("case") << QByteArray(" AttachMent ; filename=a") << true;
    QTest::newRow("no semicolon") << QByteArray("attachment filename=a") << true;
    QTest::newRow("inline") << QByteArray("inline; filename=attachment") << false;
    QTest::newRow("longer") << QByteArray("attachments") << false;
    QTest::newRow("parameter") << QByteArray("attachment=x") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestDisposition::attachment()
{
    QFETCH(QByteArray, header);
    QTEST(isAttachment(header), "expected");
}

void TestDisposition::unknownCharset()
{
    QCOMPARE(fromUnknownCharset("\xe2\x82\xac"), QStringLiteral("\u20ac"));
    QCOMPARE(fromUnknownCharset("\xe2\x82"), QStringLiteral("\u00e2\u0082"));
    QCOMPARE(fromUnknownCharset({}), QString());
}

// Much input must not take much time.
void TestDisposition::hugeInput()
{
    QElapsedTimer timer;
    timer.start();
    for (const char *piece :
         {"a='x;", "a=\"\\\";", "filename*0=x;", "=?utf-8?Q?a?=", "%41", "filename=\"\\", "'", "=?"})
        nameFromDisposition("attachment; filename=" + QByteArray(piece).repeated(100000));
    QVERIFY2(timer.elapsed() < 20000, "took too long"); // a guard against minutes, not a benchmark
    // Only the first 16 KiB are read.
    const QByteArray type = "attachment; ";
    const QByteArray name = "filename=a";
    QCOMPARE(nameFromDisposition(type + QByteArray(16384 - type.size() - name.size(), ' ') + name),
             QStringLiteral("a"));
    QCOMPARE(nameFromDisposition(type + QByteArray(16385 - type.size() - name.size(), ' ') + name),
             QString());
}

QTEST_GUILESS_MAIN(TestDisposition)
#include "tst_disposition.moc"
