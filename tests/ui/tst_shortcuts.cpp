// SPDX-License-Identifier: MIT
// The keys of the real window: which there are, and that they do it.
#include "windowfixture.h"

#include <QAction>
#include <QDialog>
#include <QKeySequence>
#include <QLineEdit>
#include <QMap>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestShortcuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void areUnique();
    void areKnown();
    void workInTheList();

private:
    std::unique_ptr<WindowFixture> f;
};

void TestShortcuts::init()
{
    QGuiApplication::clipboard()->clear();
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
}

void TestShortcuts::areUnique()
{
    QMap<QString, QString> used;
    const QList<QAction *> actions = f->window->actions();
    QVERIFY(actions.size() > 20);
    for (const QAction *action : actions) {
        QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
        const QList<QKeySequence> keys = action->shortcuts();
        for (const QKeySequence &key : keys) {
            const QString text = key.toString();
            QVERIFY2(!text.isEmpty() && !used.contains(text), qPrintable(text + u' ' + action->objectName()));
            used.insert(text, action->objectName());
        }
    }
}

// Those that people know from other programs.
void TestShortcuts::areKnown()
{
    const QMap<QString, QString> keys{
        {u"add"_s, u"Ctrl+N"_s},
        {u"paste"_s, u"Ctrl+V"_s},
        {u"openList"_s, u"Ctrl+O"_s},
        {u"settings"_s, u"Ctrl+,"_s},
        {u"quit"_s, u"Ctrl+Q"_s},
        {u"resume"_s, u"Ctrl+R; F5"_s},
        {u"pause"_s, u"Ctrl+P"_s},
        {u"showInFolder"_s, u"Ctrl+Return"_s},
        {u"copyAddress"_s, u"Ctrl+C"_s},
        {u"checksum"_s, u"Ctrl+K"_s},
        {u"queueTop"_s, u"Alt+Home"_s},
        {u"queueUp"_s, u"Alt+Up"_s},
        {u"queueDown"_s, u"Alt+Down"_s},
        {u"queueBottom"_s, u"Alt+End"_s},
        {u"rename"_s, u"F2"_s},
        {u"remove"_s, u"Del"_s},
        {u"deleteFile"_s, u"Shift+Del"_s},
        {u"properties"_s, u"Alt+Return"_s},
        {u"resumeAll"_s, u"Ctrl+Shift+R"_s},
        {u"pauseAll"_s, u"Ctrl+Shift+P"_s},
        {u"removeFinished"_s, u"Ctrl+Shift+Del"_s},
        {u"undo"_s, u"Ctrl+Z"_s},
        {u"selectAll"_s, u"Ctrl+A"_s},
        {u"find"_s, u"Ctrl+F"_s},
        {u"limitSpeed"_s, u"Ctrl+L"_s},
        {u"showDetails"_s, u"Ctrl+I"_s},
        {u"showGroups"_s, u"F9"_s},
        {u"close"_s, u"Ctrl+W"_s},
        {u"about"_s, u"F1"_s},
    };
    QMap<QString, QString> found;
    for (const QAction *action : f->window->actions()) {
        if (!action->shortcuts().isEmpty())
            found.insert(action->objectName().chopped(6),
                         QKeySequence::listToString(action->shortcuts(), QKeySequence::PortableText));
    }
    QCOMPARE(found, keys);
}

// The keys do it, wherever the focus is in the list.
void TestShortcuts::workInTheList()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->list()->setFocus();
    QTest::keyClick(f->list(), Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(f->isEnabled(u"remove"_s));
    QTest::keyClick(f->list(), Qt::Key_Delete);
    QTRY_COMPARE(f->rows(), 0);
    QTest::keyClick(f->window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(f->rows(), 1);
    QTest::keyClick(f->window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(f->part<QLineEdit>(u"searchEdit"_s)->hasFocus());
    QTest::keyClick(f->window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(f->window->findChild<QDialog *>(u"addDialog"_s));
}

int main(int argc, char *argv[]) { return runInOwnHome<TestShortcuts>(argc, argv); }

#include "tst_shortcuts.moc"
