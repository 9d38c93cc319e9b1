// SPDX-License-Identifier: MIT
#include "ui/adddialog.h"

#include "dialogdriver.h"

#include <QComboBox>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSpinBox>
#include <QToolButton>

using namespace longhaul;
using namespace longhaul::dialogdriver;
using namespace Qt::StringLiterals;

class TestAddDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addsOne();
    void addsWithAllOptions();
    void addressProblems_data();
    void addressProblems();
    void otherProblems_data();
    void otherProblems();
    void addsSeveral();
    void clipboard_data();
    void clipboard();
    void passwordIsKeptUnseen();
    void expectedName();
    void folderDialog();
    void metered_data();
    void metered();
    void moreOptions();
    void foreignFile();
    void cancels();

private:
    AddDialog *openAdd() { return open(new AddDialog(m_desk->preferences)); }

    std::unique_ptr<Desk> m_desk;
};

void TestAddDialog::init()
{
    QGuiApplication::clipboard()->clear();
    m_desk = std::make_unique<Desk>();
}

void TestAddDialog::addsOne()
{
    QPointer<AddDialog> dialog = openAdd();
    QSignalSpy wanted(dialog, &AddDialog::wanted);
    QVERIFY(!dialog->isModal() || dialog->windowModality() == Qt::WindowModal);
    QVERIFY(child<QLineEdit>(dialog, "addressEdit")->hasFocus());
    QVERIFY(!isEnabled(dialog, "downloadButton"));
    QCOMPARE(problemIn(dialog), QString()); // nothing is wrong yet
    QTest::keyClick(dialog, Qt::Key_Return);
    QVERIFY(wanted.isEmpty());

    QTest::keyClicks(child<QLineEdit>(dialog, "addressEdit"), u"http://a.test/my file.iso"_s);
    QVERIFY(isEnabled(dialog, "downloadButton"));
    QTest::keyClick(child<QLineEdit>(dialog, "addressEdit"), Qt::Key_Return);
    const QList<NewDownload> downloads = wantedOf(wanted);
    QCOMPARE(urlsOf(downloads), QStringList{u"http://a.test/my%20file.iso"_s});
    TaskOptions options;
    options.folder = u"/home/me/Downloads"_s;
    QVERIFY(downloads[0].options == options);
    QCOMPARE(wanted.size(), 1);
    QTRY_VERIFY(!dialog); // deletes itself
}

void TestAddDialog::addsWithAllOptions()
{
    AddDialog *dialog = openAdd();
    QSignalSpy wanted(dialog, &AddDialog::wanted);
    enter(dialog, "addressEdit", u"example.org/a.iso"_s);
    enter(dialog, "folderEdit", u"~/a/../b/"_s);
    enter(dialog, "nameEdit", u".my b.iso"_s);
    click(dialog, "moreButton");
    enter(dialog, "checksumEdit", QString(32, u'A'));
    child<QPlainTextEdit>(dialog, "headersEdit")
        ->setPlainText(u"Cookie: a=b\n\n  X-Empty:\nReferer: http://c.test/\n"_s);
    child<QComboBox>(dialog, "meteredCombo")->setCurrentIndex(1);
    child<QComboBox>(dialog, "connectionsCombo")->setCurrentText(u"7"_s);
    child<QComboBox>(dialog, "limitCombo")->setCurrentIndex(1);
    child<QSpinBox>(dialog, "rateLimitSpin")->setValue(300);
    child<QComboBox>(dialog, "rateUnitCombo")->setCurrentIndex(0);
    child<QComboBox>(dialog, "priorityCombo")->setCurrentIndex(0);
    click(dialog, "downloadButton");

    TaskOptions options;
    options.folder = QDir::homePath() + u"/b"_s;
    options.name = u".my b.iso"_s;
    options.digest = ExpectedDigest::parse(u"md5:"_s + QString(32, u'a'));
    options.headers = {{"Cookie", "a=b"}, {"X-Empty", ""}, {"Referer", "http://c.test/"}};
    options.allowMetered = true;
    options.connections = 7;
    options.rateLimit = 300 << 10;
    options.priority = Priority::High;
    QCOMPARE(urlsOf(wantedOf(wanted)), QStringList{u"https://example.org/a.iso"_s});
    QVERIFY(wantedOf(wanted)[0].options == options);
}

void TestAddDialog::addressProblems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem"); // a part of it; empty: none
    QTest::addColumn<bool>("usable");
    const auto row = [](const char *text, const char *problem, bool usable = false) {
        QTest::newRow(*text ? text : "empty")
            << QString::fromUtf8(text) << QString::fromUtf8(problem) << usable;
    };
    row("", "");
    row(" ", "");
    row("h", "");
    row("HTTPS:/", "");
    row("http://", "");
    row("http://a.test", "", true);
    row("http://[::1]:8080/x", "", true);
    row("http://user@a.test/x", "", true);
    row("see http://a.test/x.", "", true);
    row("hello", "not valid");
    row("http:///x", "not valid");
    row("http://a.test:0/", "not valid");
    row("ftp://a.test/x", "kind");
    row("file:///etc/passwd", "kind");
    row("<b>bold</b>", "not valid");
}

void TestAddDialog::addressProblems()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    AddDialog *dialog = openAdd();
    enter(dialog, "addressEdit", text);
    QCOMPARE(problemIn(dialog).isEmpty(), problem.isEmpty());
    QVERIFY2(problemIn(dialog).contains(problem), qPrintable(problemIn(dialog)));
    QTEST(isEnabled(dialog, "downloadButton"), "usable");
    QCOMPARE(child<QLabel>(dialog, "problemLabel")->textFormat(), Qt::PlainText);
    dialog->close();
}

void TestAddDialog::otherProblems_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem"); // a part of it; empty: none
    const auto row = [](const char *field, const QString &text, const char *problem) {
        QTest::addRow("%s %s", field, qPrintable(text.left(20)))
            << QString::fromLatin1(field) << text << QString::fromLatin1(problem);
    };
    row("folderEdit", u""_s, "folder");
    row("folderEdit", u"Downloads"_s, "folder");
    row("folderEdit", u":/icons"_s, "folder");
    row("folderEdit", u"/x/y"_s, "");
    row("folderEdit", u"~"_s, "");
    row("nameEdit", u"a/b"_s, "name");
    row("nameEdit", u".."_s, "name");
    row("nameEdit", u"."_s, "name");
    row("nameEdit", QString(128, u'\u00e4'), "name");
    row("nameEdit", QString(127, u'\u00e4'), "");
    row("nameEdit", u" "_s, "");
    row("checksumEdit", u"123"_s, "checksum");
    row("checksumEdit", u"sha-256:"_s + QString(40, u'0'), "checksum");
    row("checksumEdit", QString(64, u'g'), "checksum");
    row("checksumEdit", QString(64, u'0'), "");
    row("checksumEdit", u"sha1: "_s + QString(40, u'0'), "");
}

void TestAddDialog::otherProblems()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, problem);
    AddDialog *dialog = openAdd();
    enter(dialog, "addressEdit", u"http://a.test/x"_s);
    enter(dialog, qPrintable(field), text);
    QCOMPARE(problemIn(dialog).isEmpty(), problem.isEmpty());
    QVERIFY2(problemIn(dialog).contains(problem), qPrintable(problemIn(dialog)));
    QCOMPARE(isEnabled(dialog, "downloadButton"), problem.isEmpty());
    dialog->close();
}

void TestAddDialog::addsSeveral()
{
    AddDialog *dialog = openAdd();
    QSignalSpy wanted(dialog, &AddDialog::wanted);
    enter(dialog, "nameEdit", u"one.iso"_s);
    enter(dialog, "checksumEdit", u"unfinished"_s);
    child<QPlainTextEdit>(dialog, "headersEdit")->setPlainText(u"secret header"_s);
    copy(u"http://a.test/x\nhttp://a.test/y\nhttp://a.test/x"_s);
    child<QLineEdit>(dialog, "addressEdit")->paste();
    QVERIFY(child<QLabel>(dialog, "manyLabel")->isVisible());
    QVERIFY(child<QLabel>(dialog, "manyLabel")->text().startsWith(u"2 "_s));
    QVERIFY(!isEnabled(dialog, "nameEdit") && !isEnabled(dialog, "checksumEdit")); // they belong to one
    QVERIFY(problemIn(dialog).contains(u"Line 1 of the headers"_s));
    QVERIFY(!problemIn(dialog).contains(u"secret"_s));
    child<QPlainTextEdit>(dialog, "headersEdit")->setPlainText(u"X: y"_s);
    click(dialog, "downloadButton");
    const QList<NewDownload> downloads = wantedOf(wanted);
    QCOMPARE(urlsOf(downloads), (QStringList{u"http://a.test/x"_s, u"http://a.test/y"_s}));
    for (const NewDownload &download : downloads) {
        QCOMPARE(download.options.name, QString());
        QVERIFY(!download.options.digest);
        QVERIFY(download.options.headers == HeaderList({{"X", "y"}}));
    }
}

void TestAddDialog::clipboard_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("address") << u" HTTP://a.test/x\n"_s << u"http://a.test/x"_s;
    QTest::newRow("in prose") << u"See http://a.test/x."_s << u"http://a.test/x"_s;
    QTest::newRow("two") << u"http://a.test/x http://a.test/y"_s << QString();
    QTest::newRow("a bare word") << u"example.org/x"_s << QString();
    QTest::newRow("none") << u"hello"_s << QString();
    QTest::newRow("a book") << u"http://a.test/x "_s + QString(1'000'000, u'y') << QString();
    QTest::newRow("a file") << u"file:///etc/passwd"_s << QString();
}

void TestAddDialog::clipboard()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    copy(text);
    AddDialog *dialog = openAdd();
    QCOMPARE(textOf(dialog, "addressEdit"), expected);
    QCOMPARE(child<QLineEdit>(dialog, "addressEdit")->selectedText(), expected); // typing replaces it
    dialog->setLink({QUrl(u"http://b.test/z"_s), u"Z"_s});
    QCOMPARE(textOf(dialog, "addressEdit"), u"http://b.test/z"_s);
    dialog->close();
}

void TestAddDialog::passwordIsKeptUnseen()
{
    const auto result = [this](const QString &edited) {
        AddDialog *dialog = openAdd();
        QSignalSpy wanted(dialog, &AddDialog::wanted);
        dialog->setLink({QUrl(u"http://me:secret@a.test/x"_s), {}});
        if (textOf(dialog, "addressEdit") != u"http://me@a.test/x"_s)
            return QStringList{u"shown: "_s + textOf(dialog, "addressEdit")};
        if (!edited.isEmpty())
            enter(dialog, "addressEdit", edited);
        click(dialog, "downloadButton");
        return urlsOf(wantedOf(wanted));
    };
    QCOMPARE(result({}), QStringList{u"http://me:secret@a.test/x"_s});
    QCOMPARE(result(u"http://me@a.test/y"_s), QStringList{u"http://me:secret@a.test/y"_s});
    // Never to anybody else.
    for (const QString &other :
         {u"http://me@b.test/x"_s, u"https://me@a.test/x"_s, u"http://me@a.test:81/x"_s,
          u"http://you@a.test/x"_s, u"http://a.test/x"_s, u"http://me:new@a.test/x"_s})
        QCOMPARE(result(other), QStringList{other});
}

void TestAddDialog::expectedName()
{
    AddDialog *dialog = openAdd();
    const auto placeholder = [dialog] { return child<QLineEdit>(dialog, "nameEdit")->placeholderText(); };
    const QString unknown = placeholder();
    QVERIFY(!unknown.isEmpty());
    enter(dialog, "addressEdit", u"http://a.test/my%20file.iso?x=y"_s);
    QCOMPARE(placeholder(), u"my file.iso"_s);
    enter(dialog, "addressEdit", u"http://a.test/x%2F..%2Fpasswd%E2%80%AE"_s);
    QCOMPARE(placeholder(), u"passwd"_s);
    enter(dialog, "addressEdit", u"http://a.test/"_s);
    QCOMPARE(placeholder(), unknown);
    dialog->close();
}

void TestAddDialog::folderDialog()
{
    AddDialog *dialog = openAdd();
    click(dialog, "folderButton");
    QPointer<QFileDialog> chooser = child<QFileDialog>(dialog, "folderDialog");
    QCOMPARE(chooser->fileMode(), QFileDialog::Directory);
    Q_EMIT chooser->fileSelected(m_desk->state.path());
    QCOMPARE(textOf(dialog, "folderEdit"), m_desk->state.path());
    chooser->close();
    QTRY_VERIFY(!chooser);
    dialog->close();
}

void TestAddDialog::metered_data()
{
    QTest::addColumn<bool>("setting");
    QTest::newRow("allowed") << true;
    QTest::newRow("not allowed") << false;
}

void TestAddDialog::metered()
{
    QFETCH(bool, setting);
    Settings settings = m_desk->preferences.settings();
    settings.allowMetered = setting;
    m_desk->preferences.setSettings(settings);
    const std::optional<bool> expected[] = {{}, true, false};
    for (int i = 0; i < 3; ++i) {
        AddDialog *dialog = openAdd();
        QSignalSpy wanted(dialog, &AddDialog::wanted);
        enter(dialog, "addressEdit", u"http://a.test/x"_s);
        auto *combo = child<QComboBox>(dialog, "meteredCombo");
        QCOMPARE(combo->count(), 3);
        QCOMPARE(combo->itemText(0).contains(u"not"_s), !setting);
        combo->setCurrentIndex(i);
        click(dialog, "downloadButton");
        QVERIFY(wantedOf(wanted).value(0).options.allowMetered == expected[i]);
    }
}

void TestAddDialog::moreOptions()
{
    AddDialog *dialog = openAdd();
    const int small = dialog->height();
    QVERIFY(!child<QLineEdit>(dialog, "checksumEdit")->isVisible());
    QTest::keyClick(child<QToolButton>(dialog, "moreButton"), Qt::Key_Space);
    QVERIFY(child<QLineEdit>(dialog, "checksumEdit")->isVisible());
    QVERIFY(child<QPlainTextEdit>(dialog, "headersEdit")->isVisible());
    QVERIFY(child<QComboBox>(dialog, "meteredCombo")->isVisible());
    QVERIFY(dialog->height() > small);
    // Tab leaves the headers: it is not a character of theirs.
    child<QPlainTextEdit>(dialog, "headersEdit")->setFocus();
    QTest::keyClick(child<QPlainTextEdit>(dialog, "headersEdit"), Qt::Key_Tab);
    QVERIFY(child<QComboBox>(dialog, "connectionsCombo")->hasFocus());
    // What is wrong is said even where its field is folded away.
    enter(dialog, "addressEdit", u"http://a.test/x"_s);
    enter(dialog, "checksumEdit", u"1"_s);
    click(dialog, "moreButton");
    QVERIFY(!child<QLineEdit>(dialog, "checksumEdit")->isVisible());
    QVERIFY(!problemIn(dialog).isEmpty());
    enter(dialog, "checksumEdit", u""_s);
    QCOMPARE(dialog->height(), small);
    dialog->setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(child<QToolButton>(dialog, "moreButton")->arrowType(), Qt::LeftArrow);
    dialog->close();
}

// What another program has left: it stays in its folder, and is one file.
void TestAddDialog::foreignFile()
{
    AddDialog *dialog = openAdd();
    QSignalSpy wanted(dialog, &AddDialog::wanted);
    dialog->setForeign(u"/d/my a.iso.crdownload"_s);
    QVERIFY(child<QLabel>(dialog, "foreignLabel")->isVisible());
    QVERIFY(child<QLabel>(dialog, "foreignLabel")->text().contains(u"“my a.iso.crdownload”"_s));
    QVERIFY(!child<QLineEdit>(dialog, "folderEdit")->isVisible());
    QCOMPARE(child<QLineEdit>(dialog, "nameEdit")->placeholderText(), u"my a.iso"_s);
    QVERIFY(!isEnabled(dialog, "downloadButton"));
    enter(dialog, "addressEdit", u"http://a.test/x http://a.test/y"_s);
    QVERIFY(!isEnabled(dialog, "downloadButton"));
    QVERIFY(!problemIn(dialog).isEmpty());
    enter(dialog, "addressEdit", u"http://a.test/x"_s);
    click(dialog, "downloadButton");
    const QList<NewDownload> downloads = wantedOf(wanted);
    QCOMPARE(urlsOf(downloads), QStringList{u"http://a.test/x"_s});
    QCOMPARE(downloads[0].foreign, u"/d/my a.iso.crdownload"_s);
}

void TestAddDialog::cancels()
{
    QPointer<AddDialog> dialog = openAdd();
    QSignalSpy wanted(dialog, &AddDialog::wanted);
    enter(dialog, "addressEdit", u"http://a.test/x"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(wanted.isEmpty());
    QTRY_VERIFY(!dialog);
}
QTEST_MAIN(TestAddDialog)
#include "tst_adddialog.moc"
