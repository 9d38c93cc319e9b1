// SPDX-License-Identifier: MIT
// The keyboard's way through the real window: to everything, as one reads, and round.
#include "windowfixture.h"

#include "ui/detailspane.h"
#include "ui/messagebar.h"

#include <QTabBar>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestWindowFocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void goesRound_data();
    void goesRound();
    void begins();
    void ofTheEmptyWindow();
    void findsNewParts();

private:
    static QString nameOf(const QWidget *widget);
    QStringList walk(Qt::KeyboardModifiers modifiers);
    QStringList reachable() const;

    std::unique_ptr<WindowFixture> f;
};

void TestWindowFocus::init()
{
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
    f->window->resize(1200, 900);
    f->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
}

QString TestWindowFocus::nameOf(const QWidget *widget)
{
    return qobject_cast<const QTabBar *>(widget) ? widget->parentWidget()->objectName() + u" tabs"_s
                                                 : widget->objectName();
}

// Where the key leads until it comes back to where it began: the toolbar's first button. No longer than there
// are widgets.
QStringList TestWindowFocus::walk(Qt::KeyboardModifiers modifiers)
{
    auto *first = f->part<QWidget>(u"addButton"_s);
    first->setFocus();
    QStringList names;
    const qsizetype most = f->window->findChildren<QWidget *>().size();
    do {
        names << nameOf(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(),
                        modifiers & Qt::ShiftModifier ? Qt::Key_Backtab : Qt::Key_Tab, modifiers);
    } while (QApplication::focusWidget() != first && names.size() < most);
    return names;
}

// All that the keyboard may come to.
QStringList TestWindowFocus::reachable() const
{
    QStringList names;
    const QList<QWidget *> widgets = f->window->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && widget->isEnabled()
            && widget->window() == f->window.get() && !widget->focusProxy())
            names << nameOf(widget);
    }
    names.sort();
    return names;
}

void TestWindowFocus::goesRound_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QStringList>("inPage");
    QTest::newRow("general") << 0
                             << QStringList{u"noticeHeadline"_s, u"noticeAdvice"_s,  u"newAddressButton"_s,
                                            u"fileValue"_s,      u"folderValue"_s,   u"partValue"_s,
                                            u"sizeValue"_s,      u"progressValue"_s, u"resumableValue"_s,
                                            u"addressValue"_s,   u"versionValue"_s,  u"addedValue"_s};
    QTest::newRow("pieces") << 1 << QStringList();
    QTest::newRow("speed") << 2 << QStringList();
    QTest::newRow("log") << 3 << QStringList{u"logText"_s};
}

void TestWindowFocus::goesRound()
{
    QFETCH(const int, page);
    QFETCH(const QStringList, inPage);
    DownloadTask *task = f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"remove"_s));
    auto *details = f->part<DetailsPane>(u"detailsPane"_s);
    QTRY_COMPARE(details->task(), task);
    details->setCurrentIndex(page);
    const QStringList expected =
        QStringList{u"addButton"_s,  u"resumeButton"_s, u"removeButton"_s, u"showInFolderButton"_s,
                    u"searchEdit"_s, u"groupBar"_s,     u"taskList"_s,     u"detailsPane tabs"_s}
        + inPage + QStringList{u"limitButton"_s};
    const QStringList forwards = walk(Qt::NoModifier);
    QCOMPARE(forwards.join(u' '), expected.join(u' '));
    QStringList backwards = walk(Qt::ShiftModifier);
    std::reverse(backwards.begin() + 1, backwards.end()); // after the one that both begin with
    QCOMPARE(backwards.join(u' '), forwards.join(u' '));
    QStringList sorted = forwards;
    sorted.sort();
    QCOMPARE(sorted.join(u' '), reachable().join(u' '));
}

// Among the groups, else in the list; not on a button.
void TestWindowFocus::begins()
{
    QVERIFY(f->part<QWidget>(u"groupBar"_s)->hasFocus());
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->trigger(u"showGroups"_s);
    f->window->setReachable(true);
    f->window->close();
    f->window.reset();
    f->makeWindow();
    f->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
    QVERIFY(f->list()->hasFocus());
}

void TestWindowFocus::ofTheEmptyWindow()
{
    QCOMPARE(walk(Qt::NoModifier),
             (QStringList{u"addButton"_s, u"searchEdit"_s, u"groupBar"_s, u"emptyAddButton"_s,
                          u"detailsPane tabs"_s, u"limitButton"_s}));
}

// The message's button and its close button; they take the keyboard from nobody.
void TestWindowFocus::findsNewParts()
{
    auto *search = f->part<QWidget>(u"searchEdit"_s);
    search->setFocus();
    f->part<MessageBar>(u"messageBar"_s)->show(u"It was."_s, f->part<QAction>(u"findAction"_s));
    QVERIFY(search->hasFocus());
    const QStringList names = walk(Qt::NoModifier);
    QCOMPARE(names.mid(names.indexOf(u"messageButton"_s)),
             (QStringList{u"messageButton"_s, u"messageCloseButton"_s, u"limitButton"_s}));
}

int main(int argc, char *argv[]) { return runInOwnHome<TestWindowFocus>(argc, argv); }

#include "tst_windowfocus.moc"
