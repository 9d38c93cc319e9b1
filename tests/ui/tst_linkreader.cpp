// SPDX-License-Identifier: MIT
// What browsers and file managers really deliver (their formats, byte by byte), read as links.
#include "ui/linkreader.h"

#include <QDir>
#include <QFile>
#include <QMimeData>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <sys/stat.h>

using namespace longhaul;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(longhaul::Link)

namespace {

using Formats = QList<std::pair<QString, QByteArray>>;

QByteArray utf16(const QString &text)
{
    return {reinterpret_cast<const char *>(text.utf16()), text.size() * 2}; // on a little-endian machine
}

QStringList shown(const QList<Link> &links)
{
    QStringList result;
    for (const Link &link : links) {
        const QString url = link.url.toString(QUrl::FullyEncoded);
        result << (link.name.isEmpty() ? url : url + u" = "_s + link.name);
    }
    return result;
}

void fill(QMimeData &data, const Formats &formats)
{
    for (const auto &[type, bytes] : formats)
        data.setData(type, bytes);
}

} // namespace

class TestLinkReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drags_data();
    void drags();
    void files_data();
    void files();
    void foreignFile_data();
    void foreignFile();
    void severalFiles();
    void filesAreLeftAlone();
    void noFiles();
    void unreadable();
    void eachAsked();
    void notOnThisThread();
    void deletedWhileReading();

private:
    QString make(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName()
                                                                                        : QString();
    }
    QByteArray uriOf(const QString &path) { return QUrl::fromLocalFile(path).toEncoded(); }

    // What one reading finds: links, or the problem in brackets.
    QStringList read(const QMimeData &data)
    {
        LinkReader reader(m_threads);
        QStringList result;
        QSignalSpy spy(&reader, &LinkReader::found);
        reader.read(data);
        return spy.isEmpty() && (spy.wait() || !spy.isEmpty()) ? resultOf(spy) : QStringList();
    }
    static QStringList resultOf(const QSignalSpy &spy)
    {
        const auto links = spy.constFirst().at(0).value<QList<Link>>();
        const QString problem = spy.constFirst().at(1).toString();
        return links.isEmpty() ? QStringList{u'[' + problem + u']'}
                               : shown(links) + QStringList(problem).filter(u"."_s);
    }

    QTemporaryDir m_folder;
    QThreadPool m_threads;
};

void TestLinkReader::drags_data()
{
    QTest::addColumn<Formats>("formats");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<bool>("promising"); // what mayHoldLinks() says
    const QString nothing = u"[Nothing to download was found.]"_s;
    const auto row = [](const char *name, const Formats &formats, const QStringList &expected,
                        bool promising = true) { QTest::newRow(name) << formats << expected << promising; };
    const QByteArray url = "http://a.test/my%20file.iso";
    const QString link = QString::fromLatin1(url);
    const QString html = u"<a href=\"http://a.test/my%20file.iso\">The file</a>"_s;
    row("Firefox, link",
        {{u"text/x-moz-url-data"_s, utf16(link)},
         {u"text/x-moz-url-desc"_s, utf16(u"The file"_s)},
         {u"application/x-moz-custom-clipdata"_s, "\0\0\0\1"},
         {u"text/_moz_htmlcontext"_s, utf16(u"<html></html>"_s)},
         {u"text/_moz_htmlinfo"_s, utf16(u"0,0"_s)},
         {u"text/uri-list"_s, url + "\r\n"},
         {u"_NETSCAPE_URL"_s, url + "\nThe file"},
         {u"text/html"_s, html.toUtf8()},
         {u"text/plain"_s, url}},
        {link + u" = The file"_s});
    row("Firefox, image",
        {{u"text/uri-list"_s, "http://a.test/i.png"},
         {u"_NETSCAPE_URL"_s, "http://a.test/i.png\nhttp://a.test/i.png"},
         {u"text/x-moz-url-desc"_s, utf16(u"http://a.test/i.png"_s)},
         {u"text/html"_s, "<img src=\"http://a.test/i.png\">"}},
        {u"http://a.test/i.png"_s});
    row("Firefox, selected text",
        {{u"text/html"_s, "<p>See <a href='http://a.test/y'>here</a></p>"},
         {u"text/plain"_s, "http://a.test/x\nhttp://b.test/z.\n"},
         {u"text/_moz_htmlinfo"_s, utf16(u"0,0"_s)}},
        {u"http://a.test/x"_s, u"http://b.test/z"_s});
    row("Firefox, selected words with links behind them",
        {{u"text/html"_s, "<p>See <a href='http://a.test/y'>here</a></p>"}, {u"text/plain"_s, "See here"}},
        {u"http://a.test/y = here"_s});
    row("Firefox, address bar of a local page",
        {{u"text/uri-list"_s, "file:///d/page.svg"}, {u"_NETSCAPE_URL"_s, "file:///d/page.svg\nPage"}},
        {nothing}, false);
    row("text/x-moz-url", {{u"text/x-moz-url"_s, utf16(u"http://a.test/x\nX\nhttp://a.test/y\nY"_s)}},
        {u"http://a.test/x"_s, u"http://a.test/y"_s});
    row("text/x-moz-url, one",
        {{u"text/x-moz-url"_s, utf16(u"http://a.test/x\nX"_s)},
         {u"text/x-moz-url-desc"_s, utf16(u"X \u202e\u00e4"_s)}},
        {u"http://a.test/x = X \u00e4"_s});
    row("text/x-moz-url-data", {{u"text/x-moz-url-data"_s, utf16(link) + "!"}},
        {link}); // half a unit too much
    row("_NETSCAPE_URL alone", {{u"_NETSCAPE_URL"_s, "http://a.test/x\nT\xc3\xa4st"}},
        {u"http://a.test/x = T\u00e4st"_s});
    row("Chromium, link",
        {{u"text/uri-list"_s, url + "\r\n"},
         {u"text/plain"_s, url},
         {u"_NETSCAPE_URL"_s, url + "\nThe file"},
         {u"text/html"_s, html.toUtf8()},
         {u"chromium/x-renderer-taint"_s, ""}},
        {link + u" = The file"_s});
    row("Chromium, selected text",
        {{u"text/plain"_s, "a http://a.test/x b"}, {u"text/html"_s, "<meta charset='utf-8'><span>a</span>"}},
        {u"http://a.test/x"_s});
    row("several addresses",
        {{u"text/uri-list"_s, "# c\r\nhttp://a.test/x\r\nhttp://a.test/y\r\nhttp://a.test:80/x#z\r\n"}},
        {u"http://a.test/x"_s, u"http://a.test/y"_s});
    row("an address is not prose", {{u"text/uri-list"_s, "http://a.test/Yahoo!\r\n"}},
        {u"http://a.test/Yahoo!"_s});
    row("a title for several is for none",
        {{u"text/uri-list"_s, "http://a.test/x\r\nhttp://a.test/y\r\n"},
         {u"_NETSCAPE_URL"_s, "http://a.test/x\nX"}},
        {u"http://a.test/x"_s, u"http://a.test/y"_s});
    row("the text beside addresses is not parsed",
        {{u"text/uri-list"_s, "ftp://a.test/x"}, {u"text/plain"_s, "http://a.test/y"}}, {nothing}, false);
    row("a password", {{u"text/uri-list"_s, "http://u:secret@a.test/x"}}, {u"http://u:secret@a.test/x"_s});
    row("others",
        {{u"text/uri-list"_s, "ftp://a.test/x\r\nmailto:a@b.test\r\njavascript:alert(1)\r\ndata:,x\r\n"}},
        {nothing}, false);
    row("files of another host", {{u"text/uri-list"_s, "file://host/d/list.txt"}}, {nothing}, false);
    row("a folder", {{u"text/uri-list"_s, "file:///tmp"}}, {nothing});
    row("plain words", {{u"text/plain"_s, "Nothing here"}}, {nothing});
    row("an image", {{u"image/png"_s, "\x89PNG"}}, {nothing}, false);
    row("nothing at all", {}, {nothing}, false);
}

void TestLinkReader::drags()
{
    QFETCH(Formats, formats);
    QFETCH(bool, promising);
    QMimeData data;
    fill(data, formats);
    QCOMPARE(LinkReader::mayHoldLinks(data), promising);
    QTEST(read(data), "expected");
}

void TestLinkReader::files_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("expected");
    const QStringList nothing{u"[Nothing to download was found.]"_s};
    QTest::newRow("list") << u"a b.txt"_s << QByteArray("http://a.test/x\nhttp://a.test/y\n")
                          << QStringList{u"http://a.test/x"_s, u"http://a.test/y"_s};
    QTest::newRow("url") << u"Site.url"_s << QByteArray("[InternetShortcut]\r\nURL=http://a.test/x\r\n")
                         << QStringList{u"http://a.test/x = Site"_s};
    QTest::newRow("html") << u"p.html"_s << QByteArray("<a href='http://a.test/x'>X</a><a href='y'>Y</a>")
                          << QStringList{u"http://a.test/x = X"_s};
    QTest::newRow("empty") << u"e.txt"_s << QByteArray() << nothing;
    QTest::newRow("no link file") << u"a.iso"_s << QByteArray("http://a.test/x") << nothing;
}

void TestLinkReader::files()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(QStringList, expected);
    const QString path = make(name, content);
    QMimeData data;
    fill(data, {{u"text/uri-list"_s, uriOf(path) + "\r\n"}});
    QVERIFY(LinkReader::mayHoldLinks(data)); // what is no link file may be what is left of a download
    if (isLinkFile(name))
        QCOMPARE(read(data), expected);

    LinkReader reader(m_threads);
    QSignalSpy spy(&reader, &LinkReader::found);
    reader.readFiles({path});
    QVERIFY(spy.wait());
    // A file that was chosen is read whatever its name.
    QCOMPARE(resultOf(spy), isLinkFile(name) ? expected : QStringList{u"http://a.test/x"_s});
}

void TestLinkReader::foreignFile_data()
{
    QTest::addColumn<QStringList>("names"); // of files that are there, "/" for a folder; or addresses
    QTest::addColumn<QString>("url");       // "-": it is no foreign file
    const auto row = [](const QStringList &names, const QString &url) {
        QTest::newRow(qPrintable(names.join(u' '))) << names << url;
    };
    row({u"a.iso.crdownload"_s}, {});
    row({u"a.iso"_s}, {});
    row({u"a.iso"_s, u"http://a.test/a.iso"_s}, u"http://a.test/a.iso"_s);
    row({u"http://a.test/a.iso"_s, u"a.iso.part"_s}, u"http://a.test/a.iso"_s);
    row({u"a.iso"_s, u"http://a.test/a.iso"_s, u"http://a.test/b"_s}, u"-"_s);
    row({u"a.iso"_s, u"b.iso"_s}, u"-"_s);
    row({u"a.iso"_s, u"b.url"_s}, u"-"_s);
    row({u"/"_s}, u"-"_s);
    row({u"/gone.iso"_s}, u"-"_s);
}

void TestLinkReader::foreignFile()
{
    QFETCH(QStringList, names);
    QFETCH(QString, url);
    QList<QUrl> urls;
    QString path;
    for (const QString &name : names) {
        if (name.startsWith(u"http"_s)) {
            urls.append(QUrl(name));
            continue;
        }
        path = name == u"/" ? m_folder.path() : m_folder.filePath(name.mid(name.startsWith(u'/') ? 1 : 0));
        if (!name.startsWith(u'/'))
            path = make(name, "x");
        urls.append(QUrl::fromLocalFile(path));
    }
    QMimeData data;
    data.setUrls(urls);
    LinkReader reader(m_threads);
    QSignalSpy foreign(&reader, &LinkReader::foundForeign);
    QSignalSpy found(&reader, &LinkReader::found);
    reader.read(data);
    QTRY_COMPARE(foreign.size() + found.size(), 1);
    QCOMPARE(foreign.size(), int(url != u"-"));
    if (!foreign.isEmpty()) {
        QCOMPARE(foreign[0][0].toString(), path);
        QCOMPARE(foreign[0][1].toUrl().toString(), url);
    }
}

// Thunar gives addresses alone (on Qt 6.4 their text is empty); PCManFM-Qt gives decoded names as text.
void TestLinkReader::severalFiles()
{
    const QString one = make(u"one file.txt"_s, "http://a.test/x\nhttp://a.test/y");
    const QString two = make(u"two.url"_s, "[InternetShortcut]\nURL=http://a.test/z");
    const QString three = make(u"three.iso"_s, "http://a.test/never");
    const QStringList expected{u"http://a.test/x"_s, u"http://a.test/y"_s, u"http://a.test/z = two"_s};
    const QByteArray uris =
        uriOf(one) + "\r\n" + uriOf(two) + "\r\n" + uriOf(three) + "\r\n" + uriOf(one) + "\r\n";
    QMimeData thunar;
    fill(thunar, {{u"text/uri-list"_s, uris}});
    QCOMPARE(read(thunar), expected);
    QMimeData pcmanfm;
    fill(pcmanfm, {{u"text/uri-list"_s, uris},
                   {u"text/plain"_s, "file://" + one.toUtf8() + "\nhttp://a.test/never"},
                   {u"libfm/files"_s, uris},
                   {u"application/x-qabstractitemmodeldatalist"_s, "\0\0"}});
    QCOMPARE(read(pcmanfm), expected);
}

void TestLinkReader::filesAreLeftAlone()
{
    const QByteArray content = "http://a.test/x\n";
    const QString path = make(u"kept.txt"_s, content);
    const auto before = QFileInfo(path).lastModified();
    QMimeData data;
    fill(data, {{u"text/uri-list"_s, uriOf(path)}});
    QCOMPARE(read(data).size(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
    QCOMPARE(QFileInfo(path).lastModified(), before);
}

// A pipe would never end, a folder and what is not there cannot be read: none of them stops the rest.
void TestLinkReader::noFiles()
{
    const QString pipe = m_folder.filePath(u"pipe.txt"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const QString folder = m_folder.filePath(u"folder.txt"_s);
    QVERIFY(QDir().mkpath(folder));
    const QString sound = make(u"sound.txt"_s, "http://a.test/x");
    QMimeData data;
    fill(data, {{u"text/uri-list"_s, uriOf(pipe) + "\r\n" + uriOf(folder) + "\r\n" + uriOf(sound) + "\r\n"
                                         + "file:///dev/zero.txt\r\nfile:///dev/null\r\n"}});
    QCOMPARE(read(data), QStringList{u"http://a.test/x"_s});
}

void TestLinkReader::unreadable()
{
    QMimeData data;
    fill(data, {{u"text/uri-list"_s, uriOf(m_folder.filePath(u"gone\u202e.txt"_s))}});
    QCOMPARE(read(data), QStringList{u"[The file \u201cgone.txt\u201d cannot be read.]"_s});
}

// Each reading is answered once, in the order asked.
void TestLinkReader::eachAsked()
{
    LinkReader reader(m_threads);
    QSignalSpy spy(&reader, &LinkReader::found);
    for (int i = 0; i < 20; ++i) {
        QMimeData data;
        data.setText(u"http://a.test/%1"_s.arg(i));
        reader.read(data);
    }
    QVERIFY(spy.isEmpty()); // never before the return
    QTRY_COMPARE(spy.size(), 20);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(shown(spy[i][0].value<QList<Link>>()), QStringList{u"http://a.test/%1"_s.arg(i)});
}

// While the one I/O thread is held, a reading waits and this thread does not.
void TestLinkReader::notOnThisThread()
{
    QThreadPool one;
    one.setMaxThreadCount(1);
    QSemaphore gate;
    one.start([&gate] { gate.acquire(); });
    LinkReader reader(one);
    QSignalSpy spy(&reader, &LinkReader::found);
    reader.readFiles({make(u"later.txt"_s, "http://a.test/x")});
    QCoreApplication::processEvents();
    QVERIFY(spy.isEmpty());
    gate.release();
    QVERIFY(spy.wait());
    QCOMPARE(resultOf(spy), QStringList{u"http://a.test/x"_s});
}

void TestLinkReader::deletedWhileReading()
{
    QThreadPool one;
    one.setMaxThreadCount(1);
    QSemaphore gate;
    one.start([&gate] { gate.acquire(); });
    auto reader = std::make_unique<LinkReader>(one);
    bool told = false;
    connect(reader.get(), &LinkReader::found, this, [&told] { told = true; });
    reader->readFiles({make(u"never.txt"_s, "http://a.test/x")});
    reader.reset();
    gate.release();
    QVERIFY(one.waitForDone());
    QCoreApplication::processEvents();
    QVERIFY(!told);
}

QTEST_GUILESS_MAIN(TestLinkReader)
#include "tst_linkreader.moc"
