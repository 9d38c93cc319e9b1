// SPDX-License-Identifier: MIT
// The dialogs that add downloads, driven as a user does: by their fields' names, by keys and clicks.
#include "ui/adddialog.h"
#include "ui/addressdialog.h"
#include "ui/linklistdialog.h"
#include "ui/preferences.h"

#include "core/words.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>
#include <QTreeView>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

template <typename Widget>
Widget *child(QWidget *dialog, const char *name)
{
    auto *found = dialog->findChild<Widget *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

QString textOf(QWidget *dialog, const char *name) { return child<QLineEdit>(dialog, name)->text(); }
void enter(QWidget *dialog, const char *name, const QString &text)
{
    child<QLineEdit>(dialog, name)->setText(text);
}
void click(QWidget *dialog, const char *name)
{
    QTest::mouseClick(child<QAbstractButton>(dialog, name), Qt::LeftButton);
}
bool isEnabled(QWidget *dialog, const char *name) { return child<QWidget>(dialog, name)->isEnabled(); }

// What the dialog says is wrong; empty when nothing.
QString problemIn(QWidget *dialog)
{
    const auto *label = child<QLabel>(dialog, "problemLabel");
    return label->isVisibleTo(dialog) ? label->text() : QString();
}

QList<NewDownload> wantedOf(const QSignalSpy &spy)
{
    return spy.isEmpty() ? QList<NewDownload>() : spy.constFirst().constFirst().value<QList<NewDownload>>();
}

QStringList urlsOf(const QList<NewDownload> &downloads)
{
    QStringList urls;
    for (const NewDownload &download : downloads)
        urls << download.url.toString(QUrl::FullyEncoded);
    return urls;
}

void copy(const QString &text) { QGuiApplication::clipboard()->setText(text); }

} // namespace

class TestAddingDialogs : public QObject
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
    void cancels();
    void listAll();
    void listChosen();
    void listKeys();
    void listIsQuick();
    void newAddress();
    void newAddressProblems();
    void everythingHasAName_data();
    void everythingHasAName();
    void nothingIsCut_data();
    void nothingIsCut();

private:
    template <typename Dialog>
    Dialog *open(Dialog *dialog)
    {
        dialog->open();
        [[maybe_unused]] const bool shown = QTest::qWaitForWindowExposed(dialog);
        return dialog;
    }
    AddDialog *openAdd() { return open(new AddDialog(*m_preferences)); }
    QDialog *make(const QString &kind);

    QTemporaryDir m_state;
    QThreadPool m_threads;
    std::unique_ptr<Preferences> m_preferences;
};

void TestAddingDialogs::init()
{
    QGuiApplication::clipboard()->clear();
    m_preferences = std::make_unique<Preferences>(m_state.filePath(u"settings.json"_s), m_threads);
    Settings settings;
    settings.folder = u"/home/me/Downloads"_s;
    m_preferences->setSettings(settings);
}

void TestAddingDialogs::addsOne()
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

void TestAddingDialogs::addsWithAllOptions()
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
    click(dialog, "downloadButton");

    TaskOptions options;
    options.folder = QDir::homePath() + u"/b"_s;
    options.name = u".my b.iso"_s;
    options.digest = ExpectedDigest::parse(u"md5:"_s + QString(32, u'a'));
    options.headers = {{"Cookie", "a=b"}, {"X-Empty", ""}, {"Referer", "http://c.test/"}};
    options.allowMetered = true;
    QCOMPARE(urlsOf(wantedOf(wanted)), QStringList{u"https://example.org/a.iso"_s});
    QVERIFY(wantedOf(wanted)[0].options == options);
}

void TestAddingDialogs::addressProblems_data()
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

void TestAddingDialogs::addressProblems()
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

void TestAddingDialogs::otherProblems_data()
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

void TestAddingDialogs::otherProblems()
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

void TestAddingDialogs::addsSeveral()
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

void TestAddingDialogs::clipboard_data()
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

void TestAddingDialogs::clipboard()
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

void TestAddingDialogs::passwordIsKeptUnseen()
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

void TestAddingDialogs::expectedName()
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

void TestAddingDialogs::folderDialog()
{
    AddDialog *dialog = openAdd();
    click(dialog, "folderButton");
    QPointer<QFileDialog> chooser = child<QFileDialog>(dialog, "folderDialog");
    QCOMPARE(chooser->fileMode(), QFileDialog::Directory);
    Q_EMIT chooser->fileSelected(m_state.path());
    QCOMPARE(textOf(dialog, "folderEdit"), m_state.path());
    chooser->close();
    QTRY_VERIFY(!chooser);
    dialog->close();
}

void TestAddingDialogs::metered_data()
{
    QTest::addColumn<bool>("setting");
    QTest::newRow("allowed") << true;
    QTest::newRow("not allowed") << false;
}

void TestAddingDialogs::metered()
{
    QFETCH(bool, setting);
    Settings settings = m_preferences->settings();
    settings.allowMetered = setting;
    m_preferences->setSettings(settings);
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

void TestAddingDialogs::moreOptions()
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
    QVERIFY(child<QComboBox>(dialog, "meteredCombo")->hasFocus());
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

void TestAddingDialogs::cancels()
{
    QPointer<AddDialog> dialog = openAdd();
    QSignalSpy wanted(dialog, &AddDialog::wanted);
    enter(dialog, "addressEdit", u"http://a.test/x"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(wanted.isEmpty());
    QTRY_VERIFY(!dialog);
}

void TestAddingDialogs::listAll()
{
    const QList<Link> links{{QUrl(u"http://a.test/one.iso"_s), {}},
                            {QUrl(u"http://me:secret@a.test/two.iso"_s), u"The second"_s},
                            {QUrl(u"http://c.test/"_s), {}}};
    auto *dialog = open(new LinkListDialog(*m_preferences, links));
    QSignalSpy wanted(dialog, &LinkListDialog::wanted);
    auto *model = child<QTreeView>(dialog, "linkList")->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model->rowCount(), 3);
    QStringList shown;
    for (int row = 0; row < 3; ++row) {
        QCOMPARE(model->index(row, 0).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Checked);
        shown << model->index(row, 0).data().toString() << model->index(row, 1).data().toString();
    }
    QCOMPARE(shown, (QStringList{u"one.iso"_s, u"http://a.test/one.iso"_s, u"The second"_s,
                                 u"http://me@a.test/two.iso"_s, u"c.test"_s, u"http://c.test/"_s}));
    QVERIFY(child<QPushButton>(dialog, "downloadButton")->text().contains(u"3"_s));
    enter(dialog, "folderEdit", u"relative"_s);
    QVERIFY(!problemIn(dialog).isEmpty() && !isEnabled(dialog, "downloadButton"));
    enter(dialog, "folderEdit", u"/x"_s);
    click(dialog, "downloadButton");
    const QList<NewDownload> downloads = wantedOf(wanted);
    QCOMPARE(urlsOf(downloads), (QStringList{u"http://a.test/one.iso"_s, u"http://me:secret@a.test/two.iso"_s,
                                             u"http://c.test/"_s}));
    for (const NewDownload &download : downloads) {
        QCOMPARE(download.options.folder, u"/x"_s);
        QCOMPARE(download.options.name, QString()); // the title is for showing alone
    }
}

void TestAddingDialogs::listChosen()
{
    QList<Link> links;
    for (int i = 0; i < 10; ++i)
        links.append(
            {QUrl(u"http://a.test/%1.%2"_s.arg(i).arg(i % 2 ? u"zip"_s : u"ISO"_s)), u"Part %1"_s.arg(i)});
    auto *dialog = open(new LinkListDialog(*m_preferences, links));
    QSignalSpy wanted(dialog, &LinkListDialog::wanted);
    auto *model = child<QTreeView>(dialog, "linkList")->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    click(dialog, "noneButton");
    QVERIFY(!isEnabled(dialog, "downloadButton"));
    enter(dialog, "filterEdit", u"part .iso"_s);
    QCOMPARE(model->rowCount(), 5);
    click(dialog, "allButton");
    QVERIFY(child<QPushButton>(dialog, "downloadButton")->text().contains(u"5"_s));
    enter(dialog, "filterEdit", u"4.iso"_s);
    click(dialog, "noneButton");
    enter(dialog, "filterEdit", u"nowhere"_s);
    QCOMPARE(model->rowCount(), 0);
    click(dialog, "allButton"); // of nothing
    enter(dialog, "filterEdit", {});
    QCOMPARE(model->rowCount(), 10);
    click(dialog, "downloadButton");
    QCOMPARE(urlsOf(wantedOf(wanted)), (QStringList{u"http://a.test/0.ISO"_s, u"http://a.test/2.ISO"_s,
                                                    u"http://a.test/6.ISO"_s, u"http://a.test/8.ISO"_s}));
}

void TestAddingDialogs::listKeys()
{
    QList<Link> links;
    for (int i = 0; i < 5; ++i)
        links.append({QUrl(u"http://a.test/%1"_s.arg(i)), {}});
    auto *dialog = open(new LinkListDialog(*m_preferences, links));
    QSignalSpy wanted(dialog, &LinkListDialog::wanted);
    auto *list = child<QTreeView>(dialog, "linkList");
    QVERIFY(list->hasFocus());
    QTest::keyClick(list, Qt::Key_Space); // the first
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier); // the third and the fourth
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(urlsOf({}), QStringList());
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(urlsOf(wantedOf(wanted)), (QStringList{u"http://a.test/1"_s, u"http://a.test/4"_s}));
}

// The most that there may be, and no step that a hand would feel (in an optimised build; a debug build on a
// busy machine gets ten times that).
void TestAddingDialogs::listIsQuick()
{
    constexpr int kMost = 500; // milliseconds
    QList<Link> links;
    for (int i = 0; i < kMostLinks; ++i)
        links.append({QUrl(u"http://a.test/some/folder/file%20%1.iso?token=%2"_s.arg(i).arg(i * 7919)), {}});
    QElapsedTimer time;
    const auto step = [&](auto &&work) {
        time.start();
        work();
        QCoreApplication::processEvents();
        return time.elapsed();
    };
    LinkListDialog *dialog = nullptr;
    QVERIFY(step([&] { dialog = open(new LinkListDialog(*m_preferences, links)); }) < 4 * kMost);
    auto *list = child<QTreeView>(dialog, "linkList");
    qint64 worst = 0;
    for (const QString &text : {u"f"_s, u"file 99"_s, u"file 999"_s, QString()})
        worst = std::max(worst, step([&] { enter(dialog, "filterEdit", text); }));
    worst = std::max(worst, step([&] { click(dialog, "noneButton"); }));
    worst = std::max(worst, step([&] { click(dialog, "allButton"); }));
    worst = std::max(worst, step([&] { list->scrollToBottom(); }));
    QVERIFY2(worst < kMost, qPrintable(QString::number(worst)));
    QVERIFY(child<QPushButton>(dialog, "downloadButton")->text().contains(u"10"_s));
    dialog->close();
}

void TestAddingDialogs::newAddress()
{
    ResumeData task;
    task.url = QUrl(u"http://me:secret@a.test/old.iso?token=1"_s);
    task.targetPath = u"/d/old.iso"_s;
    copy(u"http://c.test/clip.iso"_s);
    QPointer<AddressDialog> dialog = open(new AddressDialog(task, QUrl(u"http://b.test:80/new.iso#x"_s)));
    QSignalSpy wanted(dialog, &AddressDialog::wanted);
    QCOMPARE(textOf(dialog, "taskNameEdit"), u"old.iso"_s);
    QCOMPARE(textOf(dialog, "oldAddressEdit"), u"http://me@a.test/old.iso?token=1"_s);
    QVERIFY(child<QLineEdit>(dialog, "oldAddressEdit")->isReadOnly());
    QCOMPARE(textOf(dialog, "addressEdit"), u"http://b.test/new.iso"_s);
    QTest::keyClick(child<QLineEdit>(dialog, "addressEdit"), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toUrl(), QUrl(u"http://b.test/new.iso"_s));
    QTRY_VERIFY(!dialog);

    auto *second = open(new AddressDialog(task, {}));
    QCOMPARE(textOf(second, "addressEdit"), u"http://c.test/clip.iso"_s);
    second->close();
    copy(u"http://me:secret@a.test/old.iso?token=1"_s); // no new one
    auto *third = open(new AddressDialog(task, {}));
    QCOMPARE(textOf(third, "addressEdit"), QString());
    QCOMPARE(problemIn(third), QString());
    third->close();
}

void TestAddingDialogs::newAddressProblems()
{
    ResumeData task;
    task.url = QUrl(u"http://a.test/old.iso"_s);
    auto *dialog = open(new AddressDialog(task, {}));
    QVERIFY(!isEnabled(dialog, "useButton"));
    for (const QString &bad : {u"hello"_s, u"ftp://a.test/x"_s, u"HTTP://a.test:80/old.iso#x"_s,
                               u"http://a.test/x http://a.test/y"_s}) {
        enter(dialog, "addressEdit", bad);
        QVERIFY2(!problemIn(dialog).isEmpty(), qPrintable(bad));
        QVERIFY(!isEnabled(dialog, "useButton"));
    }
    enter(dialog, "addressEdit", u"http://a.test/new.iso"_s);
    QCOMPARE(problemIn(dialog), QString());
    QVERIFY(isEnabled(dialog, "useButton"));
    dialog->close();
}

QDialog *TestAddingDialogs::make(const QString &kind)
{
    if (kind == u"add"_s) {
        auto *dialog = new AddDialog(*m_preferences);
        child<QToolButton>(dialog, "moreButton")->setChecked(true);
        return dialog;
    }
    if (kind == u"list"_s)
        return new LinkListDialog(*m_preferences,
                                  {{QUrl(u"http://a.test/x"_s), {}}, {QUrl(u"http://a.test/y"_s), {}}});
    ResumeData task;
    task.url = QUrl(u"http://a.test/old.iso"_s);
    return new AddressDialog(task, {});
}

void TestAddingDialogs::everythingHasAName_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"add", "list", "address"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

// For those who hear the window instead of seeing it, and for tests.
void TestAddingDialogs::everythingHasAName()
{
    QFETCH(QString, kind);
    QDialog *dialog = open(make(kind));
    int seen = 0;
    const QList<QWidget *> widgets = dialog->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(interface);
        QVERIFY2(!interface->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        ++seen;
    }
    QVERIFY(seen >= 4);
    // Tab reaches all of them and comes round.
    QSet<QWidget *> reached;
    for (int i = 0; i < 3 * seen && !reached.contains(QApplication::focusWidget()); ++i) {
        reached.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(reached.size() >= (kind == u"add"_s ? 7 : kind == u"list"_s ? 6 : 4));
    dialog->close();
}

void TestAddingDialogs::nothingIsCut_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("mirrored");
    for (const char *kind : {"add", "list", "address"}) {
        QTest::addRow("%s", kind) << QString::fromLatin1(kind) << false;
        QTest::addRow("%s, right to left", kind) << QString::fromLatin1(kind) << true;
    }
}

// At fonts half as large again, every text has the room it asks for.
void TestAddingDialogs::nothingIsCut()
{
    QFETCH(QString, kind);
    QFETCH(bool, mirrored);
    const QFont before = QApplication::font();
    QFont large = before;
    large.setPointSizeF(before.pointSizeF() * 1.5);
    QApplication::setFont(large);
    QApplication::setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    QDialog *dialog = open(make(kind));
    const QList<QWidget *> widgets = dialog->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const bool hasText = qobject_cast<QLabel *>(widget) || qobject_cast<QAbstractButton *>(widget)
                             || qobject_cast<QComboBox *>(widget);
        if (!hasText || !widget->isVisible())
            continue;
        const auto *label = qobject_cast<QLabel *>(widget);
        const int width = label && label->wordWrap() ? 1 : widget->sizeHint().width();
        const int height =
            label && label->wordWrap() ? label->heightForWidth(label->width()) : widget->sizeHint().height();
        QVERIFY2(widget->width() >= width && widget->height() >= height, qPrintable(widget->objectName()));
        QVERIFY2(dialog->rect().contains(QRect(widget->mapTo(dialog, QPoint()), widget->size())),
                 qPrintable(widget->objectName()));
    }
    dialog->close();
    QApplication::setFont(before);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

QTEST_MAIN(TestAddingDialogs)
#include "tst_addingdialogs.moc"
