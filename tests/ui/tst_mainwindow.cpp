// SPDX-License-Identifier: MIT
// The real window, driven by the names of its parts as a user drives it.
#include "taskfixture.h"

#include "tests/support/scriptedserver.h"

#include "ui/detailspane.h"
#include "ui/files.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/preferences.h"
#include "ui/statusline.h"
#include "ui/tasklist.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

namespace {

constexpr qint64 kSize = 400'000;

Content theFile() { return Content::random(kSize, 5); }

// Serves theFile() under every path: "/slow..." stops in the middle until it is released, "/gone..." is not
// there,
// "/other..." is another file of the same size.
Answer answerTo(const Request &request)
{
    if (request.target.startsWith("/gone"))
        return Answer::status(404);
    const Content content = request.target.startsWith("/other") ? Content::random(kSize, 6) : theFile();
    Answer answer = Answer::honest(request, content, Resource{.etag = "\"" + request.target + "\""});
    if (request.target.startsWith("/slow"))
        answer.stallBodyAfter(kSize / 2);
    return answer;
}

class Fixture : public TaskFixture
{
public:
    Fixture()
        : server(answerTo)
        , preferences(store().objectName() + folder() + u"/settings.json"_s, threads())
        , files(threads())
    {
        Settings mine = preferences.settings();
        mine.folder = folder();
        mine.retries = 0;
        preferences.setSettings(mine);
        QObject::connect(&preferences, &Preferences::settingsChanged, &manager(), &DownloadManager::apply);
        manager().apply(mine);
        makeWindow();
    }
    ~Fixture() { window.reset(); }

    void makeWindow()
    {
        window = std::make_unique<MainWindow>(manager(), preferences, files, threads());
        window->show();
    }

    template <typename T>
    T *part(const QString &name) const
    {
        T *found = window->findChild<T *>(name);
        if (!found)
            qFatal("the window has no %s", qPrintable(name));
        return found;
    }
    TaskList *list() const { return part<TaskList>(u"taskList"_s); }
    void trigger(const QString &action) const { part<QAction>(action + u"Action"_s)->trigger(); }
    bool isEnabled(const QString &action) const { return part<QAction>(action + u"Action"_s)->isEnabled(); }
    int rows() const { return list()->isVisible() ? list()->model()->rowCount() : 0; }
    QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            all << list()->model()->index(row, 0).data().toString();
        return all;
    }
    QStringList texts(const QString &name) const { return {part<QLabel>(name)->text()}; }

    ScriptedServer server;
    Preferences preferences;
    Files files;
    std::unique_ptr<MainWindow> window;
};

// Drags `data` over the window and lets it go at `at`. Returns whether it was taken.
bool drop(QWidget &window, QMimeData &data, const QPoint &at = {20, 20})
{
    QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
    return event.isAccepted() && event.dropAction() == Qt::CopyAction;
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void emptyInvites();
    void addsByDialog();
    void pastes();
    void drops_data();
    void drops();
    void dropOfNothing();
    void listOfMany();
    void knownIsShown();
    void pausesAndResumes();
    void rowButton();
    void removesAndUndoes();
    void removesFinished();
    void filtersAndSearches();
    void sorts();
    void newAddress();
    void newAddressOfAnotherFile();
    void dropOntoTask();
    void deletesToTrash();
    void renames();
    void checksum();
    void settings();
    void limits();
    void status();
    void unseen();
    void closesToTray();
    void closesUnreachable();
    void remembers();
    void everythingIsNamed();
    void shortcutsAreUnique();

private:
    DownloadTask *addSlow(const QString &path = u"/slow.bin"_s);
    std::unique_ptr<Fixture> f;
};

void TestMainWindow::init()
{
    QGuiApplication::clipboard()->clear();
    f = std::make_unique<Fixture>();
    QVERIFY(f->isOpen());
}

void TestMainWindow::cleanup() { f.reset(); }

DownloadTask *TestMainWindow::addSlow(const QString &path)
{
    DownloadTask *task = f->manager().add(f->server.url(path));
    return QTest::qWaitFor([&] { return task->progress().onDisk == kSize / 2; }) ? task : nullptr;
}

void TestMainWindow::emptyInvites()
{
    auto *empty = f->part<QWidget>(u"emptyState"_s);
    QVERIFY(empty->isVisible());
    QVERIFY(!f->list()->isVisible());
    f->manager().add(f->server.url(u"/a.bin"_s));
    QTRY_VERIFY(f->list()->isVisible());
    QVERIFY(!empty->isVisible());
}

void TestMainWindow::addsByDialog()
{
    f->trigger(u"add"_s);
    auto *dialog = f->part<QDialog>(u"addDialog"_s);
    QVERIFY(dialog->isVisible());
    auto *accept = dialog->findChild<QAbstractButton *>(u"downloadButton"_s);
    QVERIFY(accept && !accept->isEnabled());
    dialog->findChild<QLineEdit *>(u"addressEdit"_s)->setText(f->server.url(u"/a.bin"_s).toString());
    dialog->findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"mine.bin"_s);
    QVERIFY(accept->isEnabled());
    accept->click();
    QTRY_COMPARE(f->rows(), 1);
    DownloadTask *task = f->manager().tasks().front().get();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QCOMPARE(task->resumeData().targetPath, f->folder() + u"/mine.bin"_s);
    QVERIFY(theFile().matchesFile(task->resumeData().targetPath));
}

void TestMainWindow::pastes()
{
    QGuiApplication::clipboard()->setText(f->server.url(u"/a.bin"_s).toString());
    f->trigger(u"paste"_s);
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"addDialog"_s));
    QCOMPARE(f->part<QDialog>(u"addDialog"_s)->findChild<QLineEdit *>(u"addressEdit"_s)->text(),
             f->server.url(u"/a.bin"_s).toString());
}

// As real browsers and file managers offer them.
void TestMainWindow::drops_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"firefox link", "chromium link", "selected text", "html", "url file",
                               "desktop file", "webloc file", "text file"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestMainWindow::drops()
{
    QFETCH(const QString, format);
    const QString address = f->server.url(u"/a.bin"_s).toString();
    const QByteArray bytes = address.toLatin1();
    const QMap<QString, std::pair<QString, QByteArray>> files{
        {u"url file"_s, {u"/x.url"_s, "[InternetShortcut]\r\nURL=" + bytes + "\r\n"}},
        {u"desktop file"_s, {u"/x.desktop"_s, "[Desktop Entry]\nType=Link\nURL=" + bytes + "\n"}},
        {u"webloc file"_s,
         {u"/x.webloc"_s, "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>URL</key><string>" + bytes
                              + "</string></dict></plist>"}},
        {u"text file"_s, {u"/x.txt"_s, "see " + bytes + " there\n"}},
    };
    QMimeData data;
    if (files.contains(format)) {
        QFile file(f->folder() + files[format].first);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(files[format].second) > 0);
        file.close();
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
    } else if (format == u"firefox link") {
        data.setUrls({QUrl(address)});
        data.setData(u"_NETSCAPE_URL"_s, bytes + "\nA title");
        data.setHtml(u"<a href=\"%1\">A title</a>"_s.arg(address));
    } else if (format == u"chromium link") {
        data.setUrls({QUrl(address)});
        data.setText(address);
    } else if (format == u"selected text") {
        data.setText(u"it is at %1, they say"_s.arg(address));
    } else {
        data.setHtml(u"<p><a href=\"%1\">here</a></p>"_s.arg(address));
    }
    QVERIFY(drop(*f->window, data));
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"addDialog"_s));
    auto *dialog = f->part<QDialog>(u"addDialog"_s);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"addressEdit"_s)->text(), address);
    dialog->findChild<QAbstractButton *>(u"downloadButton"_s)->click();
    QTRY_COMPARE(f->rows(), 1);
    if (files.contains(format))
        QVERIFY(QFile::exists(f->folder() + files[format].first));
}

void TestMainWindow::dropOfNothing()
{
    QMimeData folder;
    folder.setData(u"application/x-thing"_s, "?");
    QVERIFY(!drop(*f->window, folder));
    QMimeData text;
    text.setText(u"no address at all"_s);
    if (drop(*f->window, text))
        QTRY_VERIFY(f->part<MessageBar>(u"messageBar"_s)->isVisible());
    QVERIFY(!f->window->findChild<QDialog *>(u"addDialog"_s));
}

void TestMainWindow::listOfMany()
{
    QMimeData data;
    data.setText(u"%1\n%2\n%3\n"_s.arg(f->server.url(u"/a.bin"_s).toString(),
                                       f->server.url(u"/b.bin"_s).toString(),
                                       f->server.url(u"/c.bin"_s).toString()));
    QVERIFY(drop(*f->window, data));
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"linkListDialog"_s));
    auto *dialog = f->part<QDialog>(u"linkListDialog"_s);
    auto *view = dialog->findChild<QAbstractItemView *>(u"linkList"_s);
    QVERIFY(view);
    QCOMPARE(view->model()->rowCount(), 3);
    QVERIFY(view->model()->setData(view->model()->index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    dialog->findChild<QAbstractButton *>(u"downloadButton"_s)->click();
    QTRY_COMPARE(f->rows(), 2);
    QVERIFY(!f->manager().find(f->server.url(u"/b.bin"_s)));
}

void TestMainWindow::knownIsShown()
{
    f->put(f->record(u"first.iso"_s, TaskState::Paused, 10, 100));
    f->put(f->record(u"second.iso"_s, TaskState::Paused, 10, 100));
    QMimeData data;
    data.setUrls({QUrl(u"http://h.example/first.iso"_s)});
    QVERIFY(drop(*f->window, data));
    QTRY_VERIFY(f->list()->currentTask() && f->list()->currentTask()->url().path() == u"/first.iso");
    QVERIFY(!f->window->findChild<QDialog *>(u"addDialog"_s));
    QCOMPARE(f->manager().tasks().size(), 2);
}

void TestMainWindow::pausesAndResumes()
{
    DownloadTask *task = addSlow();
    QVERIFY(task);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"pause"_s));
    QVERIFY(!f->isEnabled(u"resume"_s));
    f->part<QAbstractButton>(u"pauseButton"_s)->click();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_VERIFY(f->isEnabled(u"resume"_s) && !f->isEnabled(u"pause"_s));
    f->server.releaseForGood();
    f->part<QAbstractButton>(u"resumeButton"_s)->click();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(theFile().matchesFile(task->resumeData().targetPath));
    QVERIFY(task->report().bytesReused > 0);
}

void TestMainWindow::rowButton()
{
    DownloadTask *task = addSlow();
    QVERIFY(task);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    f->list()->setFocus();
    QTest::keyClick(f->list(), Qt::Key_Space);
    QTRY_COMPARE(task->state(), TaskState::Paused);
}

void TestMainWindow::removesAndUndoes()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    f->put(f->record(u"b.iso"_s, TaskState::Failed, 20, 100));
    QTRY_COMPARE(f->rows(), 2);
    f->list()->selectAll();
    QTRY_VERIFY(f->isEnabled(u"remove"_s));
    f->part<QAbstractButton>(u"removeButton"_s)->click();
    QTRY_COMPARE(f->rows(), 0);
    auto *bar = f->part<MessageBar>(u"messageBar"_s);
    QTRY_VERIFY(bar->isVisible());
    f->part<QToolButton>(u"messageButton"_s)->click();
    QTRY_COMPARE(f->rows(), 2);
    QVERIFY(!bar->isVisible());
    const DownloadTask *back = f->manager().find(QUrl(u"http://h.example/b.iso"_s));
    QVERIFY(back && back->state() == TaskState::Failed && back->resumeData().received.size() == 20);
    QTRY_VERIFY(!f->isEnabled(u"undo"_s));
}

void TestMainWindow::removesFinished()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    f->put(f->record(u"b.iso"_s, TaskState::Completed, 100, 100));
    QTRY_VERIFY(f->isEnabled(u"removeFinished"_s));
    f->trigger(u"removeFinished"_s);
    QTRY_COMPARE(f->names(), QStringList{u"a.iso"_s});
    QTRY_VERIFY(!f->isEnabled(u"removeFinished"_s));
}

void TestMainWindow::filtersAndSearches()
{
    f->put(f->record(u"apple.iso"_s, TaskState::Paused, 10, 100));
    f->put(f->record(u"banana.iso"_s, TaskState::Completed, 100, 100));
    f->put(f->record(u"cherry.iso"_s, TaskState::Failed, 10, 100));
    QTRY_COMPARE(f->rows(), 3);
    auto *groups = f->part<GroupBar>(u"groupBar"_s);
    QTRY_COMPARE(groups->item(int(TaskGroup::All))->text(), u"All (3)"_s);
    QCOMPARE(groups->item(int(TaskGroup::Finished))->text(), u"Finished (1)"_s);
    groups->setGroup(TaskGroup::Failed);
    QCOMPARE(f->names(), QStringList{u"cherry.iso"_s});
    groups->setGroup(TaskGroup::Active);
    QTRY_VERIFY(f->part<QWidget>(u"emptyState"_s)->isVisible());
    groups->setGroup(TaskGroup::All);
    f->trigger(u"find"_s);
    auto *search = f->part<QLineEdit>(u"searchEdit"_s);
    QTest::keyClicks(search, u"BAN"_s);
    QCOMPARE(f->names(), QStringList{u"banana.iso"_s});
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(search->text(), QString());
    QTRY_COMPARE(f->rows(), 3);
}

void TestMainWindow::sorts()
{
    for (const auto &[name, total] : {std::pair{u"b.iso"_s, 300}, {u"a.iso"_s, 100}, {u"c.iso"_s, 200}})
        f->put(f->record(name, TaskState::Paused, 10, total));
    QTRY_COMPARE(f->rows(), 3);
    f->list()->sortByColumn(int(Column::Name), Qt::AscendingOrder);
    QCOMPARE(f->names(), (QStringList{u"a.iso"_s, u"b.iso"_s, u"c.iso"_s}));
    f->list()->sortByColumn(int(Column::Size), Qt::DescendingOrder);
    QCOMPARE(f->names(), (QStringList{u"b.iso"_s, u"c.iso"_s, u"a.iso"_s}));
}

void TestMainWindow::newAddress()
{
    DownloadTask *task = addSlow();
    QVERIFY(task);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"newAddress"_s));
    f->trigger(u"newAddress"_s);
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

void TestMainWindow::newAddressOfAnotherFile()
{
    DownloadTask *task = addSlow();
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

void TestMainWindow::dropOntoTask()
{
    DownloadTask *task = f->put(f->record(u"a.iso"_s, TaskState::Failed, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    const QRect row = f->list()->visualRect(f->list()->model()->index(0, 0));
    QMimeData data;
    data.setUrls({f->server.url(u"/moved.bin"_s)});
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

void TestMainWindow::deletesToTrash()
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

void TestMainWindow::renames()
{
    DownloadTask *task = addSlow();
    QVERIFY(task);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_COMPARE(f->rows(), 1);
    f->list()->select(task);
    QTRY_VERIFY(f->isEnabled(u"rename"_s));
    f->trigger(u"rename"_s);
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

void TestMainWindow::checksum()
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

void TestMainWindow::settings()
{
    f->trigger(u"settings"_s);
    auto *dialog = f->part<QDialog>(u"settingsDialog"_s);
    QVERIFY(dialog->isVisible());
    dialog->findChild<QSpinBox *>(u"downloadsAtOnceSpin"_s)->setValue(7);
    dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
    QCOMPARE(f->preferences.settings().downloadsAtOnce, 7);
    QCOMPARE(f->manager().settings().downloadsAtOnce, 7);
}

void TestMainWindow::limits()
{
    Settings settings = f->preferences.settings();
    settings.rateLimit = 500'000;
    settings.limited = false;
    f->preferences.setSettings(settings);
    auto *button = f->part<QToolButton>(u"limitButton"_s);
    QTRY_VERIFY(!button->isChecked());
    button->click();
    QCOMPARE(f->manager().settings().effectiveRateLimit(), 500'000);
    QVERIFY(button->isChecked());
    button->click();
    QCOMPARE(f->manager().settings().effectiveRateLimit(), 0);
    settings.rateLimit = 0;
    f->preferences.setSettings(settings);
    button->click(); // nothing to switch on: the place to set it is shown
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"settingsDialog"_s));
    QVERIFY(!button->isChecked());
}

void TestMainWindow::status()
{
    QCOMPARE(f->part<QLabel>(u"totalRate"_s)->text(), u"Idle"_s);
    QTRY_VERIFY(!f->part<QLabel>(u"freeSpace"_s)->text().isEmpty());
    QVERIFY(addSlow());
    QTRY_VERIFY(f->part<QLabel>(u"totalRate"_s)->text() != u"Idle"_s);
    QTRY_VERIFY(f->part<QLabel>(u"totalCounts"_s)->text().startsWith(u"1 of 1"_s));
}

void TestMainWindow::unseen()
{
    ResumeData data = f->record(u"b.iso"_s, TaskState::Completed, 100, 100);
    data.unseen = true;
    DownloadTask *task = f->put(data);
    auto *groups = f->part<GroupBar>(u"groupBar"_s);
    QTRY_COMPARE(groups->item(int(TaskGroup::Finished))->text(), u"Finished (1, 1 new)"_s);
    f->list()->select(task);
    QTRY_VERIFY(!task->resumeData().unseen);
    QTRY_COMPARE(groups->item(int(TaskGroup::Finished))->text(), u"Finished (1)"_s);
}

void TestMainWindow::closesToTray()
{
    QSignalSpy hidden(f->window.get(), &MainWindow::wentToBackground);
    QSignalSpy quit(f->window.get(), &MainWindow::quitWanted);
    f->window->setReachable(true);
    f->window->close();
    QVERIFY(!f->window->isVisible());
    QCOMPARE(hidden.takeFirst().at(0).toBool(), true);
    f->window->showAndRaise();
    QVERIFY(f->window->isVisible());
    f->window->close();
    QCOMPARE(hidden.takeFirst().at(0).toBool(), false); // said once
    QCOMPARE(quit.size(), 0);
}

void TestMainWindow::closesUnreachable()
{
    QSignalSpy quit(f->window.get(), &MainWindow::quitWanted);
    DownloadTask *task = addSlow();
    QVERIFY(task);
    f->window->close();
    QVERIFY(f->window->isVisible()); // never a window that cannot be reached
    QCOMPARE(quit.size(), 0);
    f->part<QPushButton>(u"minimiseButton"_s)->click();
    QTRY_VERIFY(f->window->isMinimized());
    f->window->showAndRaise();
    QTRY_VERIFY(!f->window->findChild<QMessageBox *>(u"quitDialog"_s));
    f->window->close();
    f->part<QPushButton>(u"quitButton"_s)->click();
    QCOMPARE(quit.size(), 1);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QTRY_VERIFY(!f->window->findChild<QMessageBox *>(u"quitDialog"_s));
    f->window->close(); // nothing is under way: it just goes
    QCOMPARE(quit.size(), 2);
}

void TestMainWindow::remembers()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->trigger(u"showDetails"_s);
    QVERIFY(!f->part<DetailsPane>(u"detailsPane"_s)->isVisible());
    f->list()->header()->setSectionHidden(int(Column::Host), false);
    f->list()->sortByColumn(int(Column::Size), Qt::DescendingOrder);
    f->window->resize(1000, 600);
    f->window->setReachable(true);
    f->window->close();
    f->window.reset();
    f->makeWindow();
    QTRY_COMPARE(f->rows(), 1);
    QVERIFY(!f->part<DetailsPane>(u"detailsPane"_s)->isVisible());
    QVERIFY(!f->list()->header()->isSectionHidden(int(Column::Host)));
    QCOMPARE(f->list()->header()->sortIndicatorSection(), int(Column::Size));
    QCOMPARE(f->window->size(), QSize(1000, 600));
}

// For those who hear the window rather than see it.
void TestMainWindow::everythingIsNamed()
{
    f->put(f->record(u"a.iso"_s, TaskState::Paused, 10, 100));
    QTRY_COMPARE(f->rows(), 1);
    f->list()->selectAll();
    QStringList nameless;
    const QList<QWidget *> widgets = f->window->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (interface && interface->text(QAccessible::Name).isEmpty()
            && interface->role() != QAccessible::Pane && interface->role() != QAccessible::Client)
            nameless << QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    }
    QCOMPARE(nameless, QStringList());
}

void TestMainWindow::shortcutsAreUnique()
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

int main(int argc, char *argv[])
{
    QTemporaryDir home; // the trash, and whatever else is the user's
    qputenv("HOME", QFile::encodeName(home.path()));
    qputenv("XDG_DATA_HOME", QFile::encodeName(home.filePath(u"data"_s)));
    QTEST_SET_MAIN_SOURCE_PATH
    const QApplication app(argc, argv);
    TestMainWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_mainwindow.moc"
