// SPDX-License-Identifier: MIT
// Every format that links come in, as their programs write them. What is hostile: tst_linkhostility.
#include "core/linkfile.h"

#include "plistbytes.h"

#include <QStringConverter>
#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

// "ADDRESS NAME" a link, for comparing.
QStringList shown(const QList<Link> &links)
{
    QStringList result;
    for (const Link &link : links) {
        const QString url = link.url.toString(QUrl::FullyEncoded);
        result << (link.name.isEmpty() ? url : url + u" = "_s + link.name);
    }
    return result;
}

QByteArray utf16(const QString &text, const char *mark)
{
    const bool little = quint8(mark[0]) == 0xff;
    QStringEncoder encoder(little ? QStringConverter::Utf16LE : QStringConverter::Utf16BE);
    return QByteArray(mark, 2) + QByteArray(encoder(text));
}

} // namespace

class TestLinkFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
    void html_data();
    void html();
    void files_data();
    void files();
    void encodings_data();
    void encodings();
    void names_data();
    void names();
    void mostLinks();
};

void TestLinkFile::text_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *text, const QStringList &expected) {
        QTest::addRow("%s", *text ? text : "empty") << s(text) << expected;
    };
    const QString x = u"http://a.test/x"_s;
    const QString y = u"http://b.test/y"_s;
    row("", {});
    row("http://a.test/x", {x});
    row("HTTP://A.test:80/x#part", {x});
    row("http://a.test/x\nhttp://b.test/y\n", {x, y});
    row("http://a.test/x\r\n\r\n# comment\r\nhttp://b.test/y", {x, y});
    row("http://a.test/x\thttp://b.test/y", {x, y});
    row("http://a.test/x http://a.test/x#again HTTP://a.test:80/x", {x});
    row("http://a.test/x,http://b.test/y;https://c.test/", {x, y, u"https://c.test/"_s});
    row("http://a.test/x|http://b.test/y", {x, y});
    // in prose
    row("(see http://a.test/x_(1).iso).", {u"http://a.test/x_(1).iso"_s});
    row("See http://a.test/x, then http://b.test/y. Done!", {x, y});
    row("Is it http://a.test/x?", {x});
    row("<http://a.test/x>", {x});
    row("\"http://a.test/x\" 'http://b.test/y'", {x, y});
    row("\xe2\x80\x9chttp://a.test/x\xe2\x80\x9d", {x});
    row("[http://a.test/x]", {x});
    row("[name](http://a.test/x) and [http://b.test/y](http://b.test/y)", {x, y});
    row("**http://a.test/x**", {x});
    row("`http://a.test/x`", {x});
    row("href=http://a.test/x", {x});
    row("http://a.test/x[1].jpg", {u"http://a.test/x[1].jpg"_s});
    row("http://a.test/x(", {x});
    row("http://a.test/x...", {x});
    row("\xe4\xb8\x8b\xe8\xbd\xbdhttp://a.test/x\xe3\x80\x82", {x}); // Chinese: no blanks, its own full stop
    row("\xef\xbc\x88http://a.test/x\xef\xbc\x89", {x});
    row("http://a.test/x\xe2\x80\x8b", {x}); // a zero-width space copied along
    // inside an address
    row("http://a.test/web/http://b.test/y", {u"http://a.test/web/http://b.test/y"_s});
    row("http://a.test/?u=http://b.test/y&v=1", {u"http://a.test/?u=http://b.test/y&v=1"_s});
    row("http://a.test/a,b;c'd", {u"http://a.test/a,b;c'd"_s});
    // hosts
    row("http://[2001:db8::1]:8080/x", {u"http://[2001:db8::1]:8080/x"_s});
    row("(http://[::1]/x)", {u"http://[::1]/x"_s});
    row("http://b\xc3\xbc"
        "cher.example/x",
        {u"http://xn--bcher-kva.example/x"_s});
    row("http://a.test/\xc3\xa4 x", {u"http://a.test/%C3%A4"_s});
    row("http://user:pa%40ss@a.test/x", {u"http://user:pa%40ss@a.test/x"_s});
    row("http://localhost/x", {u"http://localhost/x"_s});
    // no addresses
    row("http://", {});
    row("https:// http:///x http://:80/x", {});
    row("http:/a.test/x http:a.test", {});
    row("xhttp://a.test/x", {});
    row("ftp://a.test/x file:///etc/passwd javascript:alert('//') data:text/html,x magnet:?xt=1", {});
    row("http://a.test:99999/x http://a.test:0/x", {});
    // one word alone
    row("example.org/file.iso", {u"https://example.org/file.iso"_s});
    row(" example.org:8080/f\n", {u"https://example.org:8080/f"_s});
    row("192.0.2.1/f", {u"https://192.0.2.1/f"_s});
    row("example.org/file.iso now", {});
    row("file.iso", {});
    row("home/me/file.iso", {});
    row("../file.iso", {});
    row("a.b.c:d/x", {});
    row("1.5/2", {});
    row("me@example.org/x", {});
    row("/usr/share/x.y/z", {});
}

void TestLinkFile::text()
{
    QFETCH(QString, text);
    QTEST(shown(linksInText(text)), "expected");
}

void TestLinkFile::html_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *html, const QStringList &expected, const char *base = "") {
        QTest::addRow("%s", html) << s(html) << s(base) << expected;
    };
    const QString x = u"http://a.test/x"_s;
    row("<a href=\"http://a.test/x\">The  <b>file</b>\n here</a>", {u"http://a.test/x = The file here"_s});
    row("<A HREF='http://a.test/x'></A>", {x});
    row("<a class=k href=http://a.test/x>", {x});
    row("<a\nhref = \"http://a.test/x\" >", {x});
    row("<a href=\"http://a.test/?a=1&amp;b=2\">A &lt; &#66;&#x43; &bogus;</a>",
        {u"http://a.test/?a=1&b=2 = A < BC &bogus;"_s});
    row("<img src=\"http://a.test/x\" alt=\"A picture\"/>", {u"http://a.test/x = A picture"_s});
    row("<a href='http://a.test/x'><img src='http://a.test/y'></a>", {x, u"http://a.test/y"_s});
    row("<a href='http://a.test/x'><img src='i.png'></a><a href='http://a.test/x'>Named later</a>",
        {u"http://a.test/x = Named later"_s});
    row("<a href='x y'>1</a><a href='/z'>2</a><a href='?q'>3</a><a href='//b.test/y'>4</a>",
        {u"http://a.test/d/x%20y = 1"_s, u"http://a.test/z = 2"_s, u"http://a.test/d/e?q = 3"_s,
         u"http://b.test/y = 4"_s},
        "http://a.test/d/e");
    row("<base href='http://a.test/d/'><a href='x'>1</a>", {u"http://a.test/d/x = 1"_s});
    row("<a href='x'>relative to nothing</a><a name=x>no link</a><a href=''>e</a>", {});
    row("<!-- <a href='http://a.test/y'> --><a href='http://a.test/x'>", {x});
    row("<script>'<a href=\"http://a.test/y\">'</script><a href='http://a.test/x'>", {x});
    row("<style><a href='http://a.test/y'></style><a href='http://a.test/x'>", {x});
    row("http://a.test/y <p title='http://a.test/z'>plain text is none</p>", {});
    row("<a href='javascript:alert(1)'>1</a><a href='data:text/html,x'>2</a><a "
        "href='file:///etc/passwd'>3</a>"
        "<a href='mailto:a@b.test'>4</a><img src='data:image/png;base64,AA'>",
        {}, "http://a.test/");
    row("<a href='http://a.test/x'>first<a href='http://a.test/y'>nested</a></a>",
        {u"http://a.test/x = first"_s, u"http://a.test/y = nested"_s});
    row("<a href='http://a.test/x'>end is missing", {u"http://a.test/x = end is missing"_s});
    row("<a href='http://a.test/x", {});
    row("<area href='http://a.test/y'><link href='http://a.test/z'>", {});
}

void TestLinkFile::html()
{
    QFETCH(QString, html);
    QFETCH(QString, base);
    QTEST(shown(linksInHtml(html, QUrl(base))), "expected");
}

void TestLinkFile::files_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *label, const char *name, const QByteArray &content,
                        const QStringList &expected) {
        QTest::newRow(label) << s(name) << content << expected;
    };
    const QStringList site{u"http://a.test/x = Site"_s};
    row("url", "/d/Site.url", "[InternetShortcut]\r\nURL=http://a.test/x\r\nIconIndex=0\r\n", site);
    row("url, other groups first", "Site.URL",
        "[{000214A0-0000-0000-C000-000000000046}]\nProp3=19,2\nURL=http://a.test/y\n[internetshortcut]\n"
        "IDList=\nurl = http://a.test/x\nURL=http://a.test/z\n[Other]\nURL=http://a.test/y\n",
        site);
    row("url, a file", "Site.url", "[InternetShortcut]\nURL=file:///etc/passwd\n", {});
    row("url, no group", "Site.url", "URL=http://a.test/x\n", {});
    row("desktop", "x.desktop", "[Desktop Entry]\nType=Link\nName=Site\nURL=http://a.test/x\n", site);
    row("desktop, translated name", "x.desktop",
        "# c\n[Desktop "
        "Entry]\nName[de]=Seite\nName=Site\nURL[$e]=http://a.test/y\nURL=http://a.test/x\nType=Link",
        site);
    row("desktop, a program", "x.desktop",
        "[Desktop Entry]\nType=Application\nExec=rm\nURL=http://a.test/x\n", {});
    row("webloc, XML", "Site.webloc",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
        "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist "
        "version=\"1.0\">\n<dict>\n\t<key>Other</key>"
        "\n\t<string>http://a.test/y</string>\n\t<key>URL</key>\n\t<string>http://a.test/x</string>\n</"
        "dict>\n"
        "</plist>\n",
        site);
    row("webloc, XML, entities", "S.webloc", "<key>URL</key><string>http://a.test/?a&amp;b</string>",
        {u"http://a.test/?a&b = S"_s});
    row("webloc, XML, no string", "S.webloc",
        "<key>URL</key><integer>1</integer><key>x</key>"
        "<string>http://a.test/x</string>",
        {});
    row("webloc, binary", "Site.webloc", plistbytes::webloc("http://a.test/x"), site);
    row("html", "x.html", "<a href='http://a.test/x'>Site</a> http://a.test/y", site);
    row("htm", "X.HTM", "<a href='http://a.test/x'>Site</a>", site);
    row("text", "x.txt", "http://a.test/x", {u"http://a.test/x"_s});
    row("markdown", "x.md", "- [Site](http://a.test/x)\n", {u"http://a.test/x"_s});
    row("unknown suffix", "x", "http://a.test/x", {u"http://a.test/x"_s});
}

void TestLinkFile::files()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QTEST(shown(linksInFile(name, content)), "expected");
}

void TestLinkFile::encodings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("expected");
    const QString text = s("http://a.test/\xc3\xa4");
    const QString entry = u"[InternetShortcut]\r\nURL="_s + text;
    const QStringList plain{u"http://a.test/%C3%A4"_s};
    const QStringList named{u"http://a.test/%C3%A4 = n"_s};
    QTest::newRow("UTF-8") << u"n.txt"_s << text.toUtf8() << plain;
    QTest::newRow("UTF-8, marked") << u"n.txt"_s << "\xef\xbb\xbf" + text.toUtf8() << plain;
    QTest::newRow("UTF-16LE") << u"n.txt"_s << utf16(text, "\xff\xfe") << plain;
    QTest::newRow("UTF-16BE") << u"n.txt"_s << utf16(text, "\xfe\xff") << plain;
    QTest::newRow("UTF-16LE, half a unit") << u"n.txt"_s << utf16(text, "\xff\xfe") + "\n" << plain;
    QTest::newRow("Latin-1") << u"n.txt"_s << text.toLatin1() << plain;
    QTest::newRow("url, UTF-16LE") << u"n.url"_s << utf16(entry, "\xff\xfe") << named;
    QTest::newRow("url, Latin-1") << u"n.url"_s << entry.toLatin1() << named;
}

void TestLinkFile::encodings() { files(); }

void TestLinkFile::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("expected");
    for (const char *name : {"a.url", "a.desktop", "a.webloc", "a.txt", "a.lst", "a.list", "a.urls", "a.html",
                             "a.htm", "a.md", "A.TXT", "/d.x/a.b.txt", ".txt"})
        QTest::newRow(name) << s(name) << true;
    for (const char *name : {"", "a", "txt", "a.txt.gz", "a.iso", "a.part", "a.torrent", "a.txt/", "a.txt~"})
        QTest::newRow(*name ? name : "empty") << s(name) << false;
}

void TestLinkFile::names()
{
    QFETCH(QString, name);
    QTEST(isLinkFile(name), "expected");
}

void TestLinkFile::mostLinks()
{
    QString text;
    QString html;
    for (int i = 0; i < kMostLinks + 5; ++i) {
        text += u"http://a.test/%1\n"_s.arg(i);
        html += u"<a href='http://a.test/%1'>%1</a>"_s.arg(i);
    }
    for (const QList<Link> &links : {linksInText(text), linksInHtml(html)}) {
        QCOMPARE(links.size(), kMostLinks);
        QCOMPARE(links.constLast().url, QUrl(u"http://a.test/%1"_s.arg(kMostLinks - 1)));
    }
}

QTEST_APPLESS_MAIN(TestLinkFile)
#include "tst_linkfile.moc"
