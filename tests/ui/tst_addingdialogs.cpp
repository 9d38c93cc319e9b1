// SPDX-License-Identifier: MIT
// The list of many and the new address; and what holds for all dialogs that add.
#include "ui/adddialog.h"
#include "ui/addressdialog.h"
#include "ui/linklistdialog.h"

#include "dialogdriver.h"
#include "layoutcheck.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

using namespace longhaul;
using namespace longhaul::dialogdriver;
using namespace Qt::StringLiterals;

class TestAddingDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
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
    QDialog *make(const QString &kind);

    std::unique_ptr<Desk> m_desk;
};

void TestAddingDialogs::init()
{
    QGuiApplication::clipboard()->clear();
    m_desk = std::make_unique<Desk>();
}

void TestAddingDialogs::listAll()
{
    const QList<Link> links{{QUrl(u"http://a.test/one.iso"_s), {}},
                            {QUrl(u"http://me:secret@a.test/two.iso"_s), u"The second"_s},
                            {QUrl(u"http://c.test/"_s), {}}};
    auto *dialog = open(new LinkListDialog(m_desk->preferences, links));
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
    auto *dialog = open(new LinkListDialog(m_desk->preferences, links));
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
    auto *dialog = open(new LinkListDialog(m_desk->preferences, links));
    QSignalSpy wanted(dialog, &LinkListDialog::wanted);
    auto *list = child<QTreeView>(dialog, "linkList");
    QVERIFY(list->hasFocus());
    QTest::keyClick(list, Qt::Key_Space); // the first
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier); // the third and the fourth
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(urlsOf(wantedOf(wanted)), (QStringList{u"http://a.test/1"_s, u"http://a.test/4"_s}));
}

// The most that there may be: no step lets a hand wait, not even in a debug build on a busy machine.
void TestAddingDialogs::listIsQuick()
{
    constexpr int kMost = 250; // milliseconds
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
    QVERIFY(step([&] { dialog = open(new LinkListDialog(m_desk->preferences, links)); }) < 4 * kMost);
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
        auto *dialog = new AddDialog(m_desk->preferences);
        child<QToolButton>(dialog, "moreButton")->setChecked(true);
        return dialog;
    }
    if (kind == u"list"_s)
        return new LinkListDialog(m_desk->preferences,
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

// At fonts half as large again, every text has the room it asks for, and everything its own place.
void TestAddingDialogs::nothingIsCut()
{
    QFETCH(QString, kind);
    QFETCH(bool, mirrored);
    const test::Look look(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    QDialog *dialog = open(make(kind));
    QCOMPARE(test::cutIn(dialog), QString());
    QCOMPARE(test::misplacedIn(dialog), QString());
    dialog->close();
}

QTEST_MAIN(TestAddingDialogs)
#include "tst_addingdialogs.moc"
