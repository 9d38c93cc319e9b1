// SPDX-License-Identifier: MIT
#include "core/markup.h"

#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestMarkup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // "<name x=VALUE-OF-X>" "</name>" "text" between bars
        const auto row = [](const char *text, const char *expected) {
            QTest::addRow("%s", *text ? text : "empty")
                << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("", "");
        row("a", "a");
        row("<p>a</p>", "<p>|a|</p>");
        row("<P X='1' y=2>", "<p x=1>");
        row("<p x=1/>", "<p x=1/>");
        row("<p x='a>b' x=2>c", "<p x=a>b>|c");
        row("<p x>", "<p x=>");
        row("<p x = \"&amp;\" >", "<p x=&>");
        row("<p =x=1>", "<p>");
        row("<p/x=1>", "<p x=1>");
        row("a < b <1> <", "a < b <1> <");
        row("a<!--<p>-->b", "a|b");
        row("<!DOCTYPE x [<!ENTITY a \"b\">]>c", "]>c");
        row("<?xml version='1.0'?>a", "a");
        row("<script>if (a<b) '<p>'</script>c", "<script>|</script>|c");
        row("<style>a", "<style>");
        row("a<!-- b", "a");
        row("a<p x='b", "a");
        row("a<p x=", "a");
        row("a<p ", "a");
        row("a</p", "a");
        row("a<!", "a");
        row("a</", "a</");
    }

    void tokens()
    {
        QFETCH(QString, text);
        MarkupReader reader(text);
        QStringList found;
        for (auto token = reader.next(); token != MarkupReader::Token::Done; token = reader.next()) {
            const QString x = reader.attribute(u"x");
            switch (token) {
            case MarkupReader::Token::Text: found << reader.text().toString(); break;
            case MarkupReader::Token::End: found << u"</"_s + reader.name() + u'>'; break;
            case MarkupReader::Token::Start:
                found << u'<' + reader.name() + (x.isNull() ? QString() : u" x="_s + x) + u'>';
                break;
            case MarkupReader::Token::Done: break;
            }
        }
        QTEST(found.join(u'|'), "expected");
        QVERIFY(reader.next() == MarkupReader::Token::Done);
    }

    void entities_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::addRow("%s", *text ? text : "empty")
                << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("", "");
        row("a", "a");
        row("&amp;&lt;&gt;&quot;&apos;&nbsp;", "&<>\"' ");
        row("a&amp;amp;", "a&amp;");
        row("&#65;&#x42;&#X43;", "ABC");
        row("&#128512;", "\xf0\x9f\x98\x80");
        row("&", "&");
        row("&;", "&;");
        row("&#;&#x;", "&#;&#x;");
        row("&#0;&#xd800;&#1114112;&#99999999999;", "&#0;&#xd800;&#1114112;&#99999999999;");
        row("&lol9;", "&lol9;");
        row("a&b=1&amp", "a&b=1&amp");
    }

    void entities()
    {
        QFETCH(QString, text);
        QTEST(withoutEntities(text), "expected");
    }
};

QTEST_APPLESS_MAIN(TestMarkup)
#include "tst_markup.moc"
