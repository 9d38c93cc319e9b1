// SPDX-License-Identifier: MIT
// Sizes, times and addresses as people read them.
#include "core/words.h"

#include <QLocale>
#include <QTest>
#include <QUrl>

using namespace longhaul;
using namespace std::chrono_literals;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void urls_data();
    void urls();
    void sizes_data();
    void sizes();
    void times_data();
    void times();
};

void TestWords::urls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QString &text, const char *expected) {
        QTest::newRow(tag) << text << s(expected);
    };
    row("plain", s("http://h/a%20b?c#d"), "http://h/a%20b?c#d");
    row("no URL", s("what is this"), "what is this");
    row("empty", s(""), "");
    row("user", s("http://u@h/a"), "http://u@h/a");
    row("password", s("http://u:hunter2@h/a"), "http://u@h/a");
    row("password alone", s("http://:hunter2@h/a"), "http://@h/a");
    row("password with an at sign", s("http://u:hunter2@hunter2@h/a"), "http://u@h/a");
    row("password, bad port", s("http://u:hunter2@h:99999/a"), "http://u@h:99999/a");
    row("password, bad host", s("http://u:hunter2@h i/a"), "http://u@h i/a");
    row("password, slash within", s("http://u:hunter/2@h/a"), "http://u@h/a");
    row("password, no host", s("http://u:hunter2@/a"), "http://u@/a");
    row("password, one slash", s("http:/u:hunter2@h/a"), "http:/u@h/a");
    row("password, no scheme", s("u:hunter2@h/a"), "u@h/a");
    row("password, user with an at sign", s("http://u@v:hunter2@h:99999/a"), "http://u@v@h:99999/a");
    row("bad host, at sign in the path", s("http://h i/a:b@c"), "http://h i/a:b@c");
    row("colon and at sign in the path", s("http://h/a:b@c"), "http://h/a:b@c");
    row("colon and at sign in the query", s("http://h/a?b:c@d"), "http://h/a?b:c@d");
    row("escape", s("http://h/\x1b[31ma\x07\r\nb\x7f"), "http://h/[31mab");
    row("C1 control",
        s("a\xc2\x9b"
          "31m"),
        "a31m");
    row("bidi", s("http://h/\u202egpj.exe\u2066"), "http://h/gpj.exe");
    row("zero width", s("a\u200bb\ufeff"), "ab");
    row("line separators", s("a\u2028b\u2029c"), "abc");
    row("letters", s("http://h/\u00e4\u20ac"), "http://h/\u00e4\u20ac");
}

void TestWords::urls()
{
    QFETCH(QString, text);
    QTEST(shownUrl(text), "expected");
}

void TestWords::sizes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("0") << qint64(0) << s("0 bytes");
    QTest::newRow("1023") << qint64(1023) << s("1023 bytes");
    QTest::newRow("1024") << qint64(1024) << s("1.0 KiB");
    QTest::newRow("1500") << qint64(1500) << s("1.5 KiB");
    QTest::newRow("1.4 GiB") << qint64(1'503'238'553) << s("1.4 GiB");
    QTest::newRow("most") << std::numeric_limits<qint64>::max() << s("8.0 EiB");
}

void TestWords::sizes()
{
    QFETCH(qint64, bytes);
    QTEST(sizeInWords(bytes), "expected");
}

void TestWords::times_data()
{
    QTest::addColumn<QString>("expected");
    for (const auto &[seconds, expected] : {std::pair{0, "0:00"},
                                            {9, "0:09"},
                                            {59, "0:59"},
                                            {60, "1:00"},
                                            {123, "2:03"},
                                            {600, "10:00"},
                                            {3599, "59:59"},
                                            {3600, "1:00:00"},
                                            {3723, "1:02:03"},
                                            {36'000, "10:00:00"},
                                            {360'000, "100:00:00"}})
        QTest::newRow(QByteArray::number(seconds).constData()) << s(expected);
}

void TestWords::times()
{
    QTEST(timeInWords(std::chrono::seconds(QByteArray(QTest::currentDataTag()).toInt())), "expected");
}

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
