// SPDX-License-Identifier: MIT
// What the real window asks before it does something to a task.
#include "windowfixture.h"

#include <QAbstractButton>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestWindowQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void newAddress();
    void newAddressOfAnotherFile();
    void dropOntoTask_data();
    void dropOntoTask();
    void deletesToTrash();
    void renames();
    void checksum();
    void settings();

private:
    void askOfAPausedOne(const QString &action, DownloadTask **task);

    std::unique_ptr<WindowFixture> f;
};

void TestWindowQuestions::init()
{
    QGuiApplication::clipboard()->clear();
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
}

// Triggers `action` on a task that was paused in its middle, the only one.
void TestWindowQuestions::askOfAPausedOne(const QString &action, DownloadTask **task)
{
    *task = f->addSlow();
    QVERIFY(*task);
    (*task)->pause();
    QTRY_COMPARE((*task)->state(), TaskState::Paused);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(*task);
    QTRY_VERIFY(f->isEnabled(action));
    f->trigger(action);
}

void TestWindowQuestions::newAddress()
{
    DownloadTask *task = nullptr;
    askOfAPausedOne(u"newAddress"_s, &task);
    QVERIFY(!QTest::currentTestFailed());
    auto *dialog = f->part<QDialog>(u"addressDialog"_s);
    dialog->findChild<QLineEdit *>(u"addressEdit"_s)->setText(f->server.url(u"/moved.bin"_s).toString());
    QSignalSpy moved(&f->manager(), &DownloadManager::readdressed);
    dialog->findChild<QAbstractButton *>(u"useButton"_s)->click();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(task->url(), f->server.url(u"/moved.bin"_s));
    QCOMPARE(f->manager().find(f->server.url(u"/slow.bin"_s)), nullptr);
    QCOMPARE(task->resumeData().earlierUrls, QList<QUrl>{f->server.url(u"/slow.bin"_s)});
    QVERIFY(theFile().matchesFile(task->resumeData().targetPath));
}

void TestWindowQuestions::newAddressOfAnotherFile()
{
    DownloadTask *task = f->addSlow();
    QVERIFY(task);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QVERIFY(!f->manager().readdress(task, f->server.url(u"/other.bin"_s)));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QVERIFY(task->reason() && task->reason()->code == ErrorCode::OtherFile);
    QCOMPARE(task->url(), f->server.url(u"/slow.bin"_s));
    QCOMPARE(task->resumeData().received.size(), kSize / 2);
    f->server.releaseForGood();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(theFile().matchesFile(task->resumeData().targetPath));
}

void TestWindowQuestions::dropOntoTask_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"url", "text", "firefox alone", "html", "url file"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestWindowQuestions::dropOntoTask()
{
    QFETCH(const QString, format);
    const QString address = f->server.url(u"/moved.bin"_s).toString();
    DownloadTask *task = f->put(f->record(u"a.iso"_s, TaskState::Failed, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    const QRect row = f->list()->visualRect(f->list()->model()->index(0, 0));
    QMimeData data;
    if (format == u"url") {
        data.setUrls({QUrl(address)});
    } else if (format == u"text") {
        data.setText(u"now at "_s + address);
    } else if (format == u"firefox alone") {
        data.setData(u"_NETSCAPE_URL"_s, address.toLatin1() + "\nA title");
    } else if (format == u"html") {
        data.setHtml(u"<a href=\"%1\">here</a>"_s.arg(address));
    } else {
        QFile file(f->folder() + u"/x.url"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[InternetShortcut]\r\nURL=" + address.toLatin1() + "\r\n");
        file.close();
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
    }
    QVERIFY(drop(*f->window, data, f->list()->viewport()->mapTo(f->window.get(), row.center())));
    QTRY_VERIFY(f->window->findChild<QMenu *>(u"dropMenu"_s));
    auto *menu = f->part<QMenu>(u"dropMenu"_s);
    QCOMPARE(menu->actions().size(), 2);
    menu->actions().constFirst()->trigger();
    menu->close();
    auto *dialog = f->part<QDialog>(u"addressDialog"_s);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"addressEdit"_s)->text(),
             f->server.url(u"/moved.bin"_s).toString());
    f->manager().remove(task, false); // the question goes with its task
    QTRY_VERIFY(!f->window->findChild<QDialog *>(u"addressDialog"_s));
}

void TestWindowQuestions::deletesToTrash()
{
    const QString path = f->folder() + u"/b.iso"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(100, 'x')) == 100);
    file.close();
    DownloadTask *task = f->put(f->record(u"b.iso"_s, TaskState::Completed, 100, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"deleteFile"_s));
    f->trigger(u"deleteFile"_s);
    QSignalSpy trashed(&f->files, &Files::trashed);
    f->part<QPushButton>(u"trashButton"_s)->click();
    QTRY_COMPARE(trashed.size(), 1);
    QVERIFY(!QFile::exists(path));
    QTRY_COMPARE(f->rows(), 0);
}

void TestWindowQuestions::renames()
{
    DownloadTask *task = nullptr;
    askOfAPausedOne(u"rename"_s, &task);
    QVERIFY(!QTest::currentTestFailed());
    auto *dialog = f->part<QDialog>(u"renameDialog"_s);
    auto *edit = dialog->findChild<QLineEdit *>();
    QCOMPARE(edit->text(), u"slow.bin"_s);
    edit->setText(u"../other/name.bin"_s);
    dialog->accept();
    QTRY_VERIFY(shownName(task->resumeData()) != u"slow.bin"_s);
    f->server.releaseForGood();
    task->resume();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(task->resumeData().targetPath.startsWith(f->folder() + u'/'));
    QVERIFY(!task->resumeData().targetPath.mid(f->folder().size() + 1).contains(u'/'));
    QVERIFY(theFile().matchesFile(task->resumeData().targetPath));
}

void TestWindowQuestions::checksum()
{
    DownloadTask *task = f->manager().add(f->server.url(u"/a.bin"_s));
    QTRY_COMPARE(task->state(), TaskState::Completed);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"checksum"_s));
    f->trigger(u"checksum"_s);
    auto *dialog = f->part<QDialog>(u"checksumDialog"_s);
    dialog->findChild<QLineEdit *>()->setText(u"sha-256:"_s + QString::fromLatin1(theFile().sha256()));
    QSignalSpy completed(&f->manager(), &DownloadManager::completed);
    dialog->accept();
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(task->state(), TaskState::Completed);
}

void TestWindowQuestions::settings()
{
    f->trigger(u"settings"_s);
    auto *dialog = f->part<QDialog>(u"settingsDialog"_s);
    QVERIFY(dialog->isVisible());
    dialog->findChild<QSpinBox *>(u"downloadsAtOnceSpin"_s)->setValue(7);
    dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
    QCOMPARE(f->preferences.settings().downloadsAtOnce, 7);
    QCOMPARE(f->manager().settings().downloadsAtOnce, 7);
}

int main(int argc, char *argv[]) { return runInOwnHome<TestWindowQuestions>(argc, argv); }

#include "tst_windowquestions.moc"
