// SPDX-License-Identifier: MIT
// Text made to harm: each must end soon, with what is an address and nothing else.
#include "core/linkfile.h"
#include "core/words.h"

#include "plistbytes.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

const QStringList &allNames()
{
    static const QStringList names{u"a.txt"_s, u"a.html"_s, u"a.url"_s, u"a.desktop"_s, u"a.webloc"_s};
    return names;
}

} // namespace

class TestLinkHostility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void floods_data();
    void floods();
    void nothingBeyondTheBound();
    void laughs();
    void names();
    void passwords();
    void mutations();
};

void TestLinkHostility::floods_data()
{
    QTest::addColumn<QByteArray>("piece"); // again and again
    for (const char *piece : {"<",
                              "<a ",
                              "<a href='",
                              "<a href=x ",
                              "<a href='http://a.test/'>",
                              "<!--",
                              "<!",
                              "</a",
                              "<a><b>",
                              "<script>",
                              "<p x='",
                              "&",
                              "&#",
                              "<a>&amp;",
                              "://",
                              "http://",
                              "http://,",
                              "http://a.test/(",
                              ")",
                              "(http://",
                              "http://a.test/)))",
                              "[",
                              "[x]\n",
                              "=\n",
                              "\n",
                              "a=b\n",
                              "<key>URL</key>",
                              "<string>",
                              "http://a.test/x?",
                              "\xc3",
                              "\xff",
                              "\xe2\x80\x8b",
                              "http://[::",
                              "a.b.c/"})
        QTest::newRow(piece) << QByteArray(piece);
    QTest::newRow("NUL") << QByteArray(1, '\0');
    QTest::newRow("address and NUL") << QByteArray("http://a.test/x\0", 16);
}

// 2 MB of it, or 100 MB: that no step goes over the text again and again is what is measured. Even a debug
// build under a sanitizer needs a fraction of this time.
void TestLinkHostility::floods()
{
    QFETCH(QByteArray, piece);
    const QByteArray content = piece.repeated((piece == "<" ? 100'000'000 : 2'000'000) / piece.size());
    for (const QString &name : allNames()) {
        QElapsedTimer time;
        time.start();
        const QList<Link> links = linksInFile(name, content);
        QVERIFY2(time.elapsed() < 30'000, qPrintable(name));
        for (const Link &link : links)
            QCOMPARE(link.url.host(), u"a.test"_s);
    }
}

void TestLinkHostility::nothingBeyondTheBound()
{
    const QByteArray link = "\nhttp://a.test/x\n";
    const QByteArray filler(kMostLinkBytes, ' ');
    QCOMPARE(linksInFile(u"a.txt"_s, filler.chopped(link.size()) + link).size(), 1);
    QCOMPARE(linksInFile(u"a.txt"_s, filler + link).size(), 0);
    QCOMPARE(linksInText(QString::fromLatin1(filler + link)).size(), 0);
    // Cut in the middle of a character, it still is UTF-8.
    const QByteArray umlaut = "http://a.test/\xc3\xa4";
    const auto cut = linksInFile(u"a.txt"_s, umlaut + filler.chopped(umlaut.size() + 1) + "\xc3\xa4");
    QCOMPARE(cut.value(0).url.path(), u"/\u00e4"_s);
    QCOMPARE(linksInHtml(QString::fromLatin1(filler + "<a href='http://a.test/x'>")).size(), 0);
    // An address of a megabyte is none; the one behind it is.
    const QString huge = u"http://a.test/"_s + QString(1'000'000, u'x');
    QCOMPARE(linksInText(huge + u" http://a.test/y"_s).size(), 1);
    QCOMPARE(linksInHtml(u"<a href='%1'><a href='http://a.test/y'>"_s.arg(huge)).size(), 1);
}

// Entities that would unfold to gigabytes are never defined, so never unfolded.
void TestLinkHostility::laughs()
{
    QByteArray xml = "<?xml version='1.0'?><!DOCTYPE plist [<!ENTITY l0 'http://a.test/'>";
    for (int i = 1; i < 10; ++i) {
        const QByteArray previous = "&l" + QByteArray::number(i - 1) + ";";
        xml += "<!ENTITY l" + QByteArray::number(i) + " '" + previous.repeated(10) + "'>";
    }
    xml += "<!ENTITY file SYSTEM 'file:///etc/passwd'>]><plist><dict><key>URL</key><string>";
    for (const char *value : {"&l9;", "&l0;", "&file;", "http://&l0;/x"})
        QCOMPARE(linksInFile(u"a.webloc"_s, xml + value + "</string></dict></plist>").size(), 0);
    QCOMPARE(linksInFile(u"a.webloc"_s, xml + "http://a.test/x</string>").size(), 1); // the rest is sound
}

void TestLinkHostility::names()
{
    const QList<Link> links = linksInHtml(
        u"<a href='http://a.test/x'>a\u202egpj.exe\u0000\u001b[31m\n%1</a>"_s.arg(QString(5000, u'y')));
    QCOMPARE(links.size(), 1);
    QCOMPARE(links[0].name.size(), 200);
    QVERIFY(links[0].name.startsWith(u"agpj.exe[31m y"_s));
    const QList<Link> named =
        linksInFile(u"/d/<b>\u202ex</b>.url"_s, "[InternetShortcut]\nURL=http://a.test/x");
    QCOMPARE(named.value(0).name, u"b>.url"_s.chopped(4)); // only behind the last slash
}

void TestLinkHostility::passwords()
{
    const QList<Link> links = linksInText(u"http://user:secret@a.test/x"_s);
    QCOMPARE(links.size(), 1);
    QCOMPARE(links[0].url.password(), u"secret"_s);
    QVERIFY(!shownUrl(links[0].url).contains(u"secret"_s));
}

// Sound files with some bytes changed, doubled or lost: still links with a host, or none. The seed is fixed.
void TestLinkHostility::mutations()
{
    const QList<QByteArray> sound{
        "[InternetShortcut]\r\nURL=http://a.test/x\r\n",
        "[Desktop Entry]\nType=Link\nName=N\nURL=http://a.test/x\n",
        "<!DOCTYPE plist><plist><dict><key>URL</key><string>http://a.test/?a&amp;b</string></dict></plist>",
        "<a title=\"t\" href='http://a.test/x'>A &#65; <img src=http://b.test/y alt=z></a><!-- c -->",
        "See (http://a.test/x_(1).iso), http://user:pw@b.test:81/y?z=[1] and http://[::1]/.",
        plistbytes::webloc("http://a.test/x"),
        "\xff\xfeh\0t\0t\0p\0:\0/\0/\0",
    };
    QRandomGenerator random(20'240'202);
    int found = 0;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray bytes = sound[random.bounded(int(sound.size()))];
        for (int changes = random.bounded(1, 6); changes > 0 && !bytes.isEmpty(); --changes) {
            const int at = random.bounded(int(bytes.size()));
            switch (random.bounded(3)) {
            case 0: bytes[at] = char(random.bounded(256)); break;
            case 1: bytes.remove(at, random.bounded(1, 9)); break;
            case 2: bytes.insert(at, bytes.mid(random.bounded(int(bytes.size())), 9)); break;
            }
        }
        for (const QString &name : allNames()) {
            const QList<Link> links = linksInFile(name, bytes);
            for (const Link &link : links) {
                QVERIFY(link.url.isValid() && !link.url.host().isEmpty());
                QVERIFY(link.url.scheme() == u"http"_s || link.url.scheme() == u"https"_s);
                ++found;
            }
        }
    }
    QVERIFY(found > 1000);
}

QTEST_APPLESS_MAIN(TestLinkHostility)
#include "tst_linkhostility.moc"
