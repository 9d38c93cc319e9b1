// SPDX-License-Identifier: MIT
// Adding to the real window: by dialog, paste and drop.
#include "windowfixture.h"

#include "ui/messagebar.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::test;

class TestWindowAdding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void addsByDialog();
    void pastes();
    void drops_data();
    void drops();
    void dropOfNothing();
    void dropHighlight();
    void foreignFile_data();
    void foreignFile();
    void foreignFileThatIsKnown();
    void opensLists();
    void listOfMany();
    void knownIsShown();

private:
    std::unique_ptr<WindowFixture> f;
};

void TestWindowAdding::init()
{
    QGuiApplication::clipboard()->clear();
    f = std::make_unique<WindowFixture>();
    QVERIFY(f->isOpen());
}

void TestWindowAdding::addsByDialog()
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

void TestWindowAdding::pastes()
{
    QGuiApplication::clipboard()->setText(f->server.url(u"/a.bin"_s).toString());
    f->trigger(u"paste"_s);
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"addDialog"_s));
    QCOMPARE(f->part<QDialog>(u"addDialog"_s)->findChild<QLineEdit *>(u"addressEdit"_s)->text(),
             f->server.url(u"/a.bin"_s).toString());
}

// As real browsers and file managers offer them.
void TestWindowAdding::drops_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"firefox link", "chromium link", "selected text", "html", "url file",
                               "desktop file", "webloc file", "text file"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestWindowAdding::drops()
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

void TestWindowAdding::dropOfNothing()
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

// What hovers and may be dropped is told to be welcome; until it goes, in whichever way.
void TestWindowAdding::dropHighlight()
{
    const auto *highlight = f->part<QWidget>(u"dropHighlight"_s);
    const auto enter = [this](const QMimeData &data) {
        QDragEnterEvent event({20, 20}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(f->window.get(), &event);
        return event.isAccepted();
    };
    QMimeData link;
    link.setUrls({f->server.url(u"/a.bin"_s)});
    QVERIFY(!highlight->isVisible());
    QVERIFY(enter(link));
    QVERIFY(highlight->isVisible());
    QCOMPARE(highlight->geometry(), f->window->rect());
    QCOMPARE(f->window->children().constLast(), highlight); // over all else
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(f->window.get(), &leave);
    QVERIFY(!highlight->isVisible());

    QMimeData thing;
    thing.setImageData(QImage(1, 1, QImage::Format_RGB32));
    QVERIFY(!enter(thing));
    QVERIFY(!highlight->isVisible());

    QVERIFY(enter(link));
    QVERIFY(highlight->isVisible());
    QVERIFY(drop(*f->window, link));
    QVERIFY(!highlight->isVisible());
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"addDialog"_s));
}

void TestWindowAdding::foreignFile_data()
{
    QTest::addColumn<bool>("withUrl");
    QTest::newRow("with its address") << true;
    QTest::newRow("without") << false;
}

// What a browser has left is dropped: only the rest is fetched.
void TestWindowAdding::foreignFile()
{
    QFETCH(bool, withUrl);
    QFile file(f->folder() + u"/a.iso.crdownload"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(theFile().read(0, kSize / 2)) == kSize / 2);
    file.close();
    const QUrl url = f->server.url(u"/b.bin"_s);
    QMimeData data;
    QList<QUrl> urls{QUrl::fromLocalFile(file.fileName())};
    if (withUrl)
        urls.append(url);
    data.setUrls(urls);
    QVERIFY(drop(*f->window, data));
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"addDialog"_s));
    auto *dialog = f->part<QDialog>(u"addDialog"_s);
    auto *address = dialog->findChild<QLineEdit *>(u"addressEdit"_s);
    QCOMPARE(address->text(), withUrl ? url.toString() : QString());
    address->setText(url.toString());
    dialog->findChild<QAbstractButton *>(u"downloadButton"_s)->click();
    QTRY_COMPARE(f->rows(), 1);
    DownloadTask *task = f->manager().tasks().front().get();
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(theFile().matchesFile(f->folder() + u"/a.iso"_s));
    QVERIFY(!file.exists());
    QVERIFY(task->report().bytesReused >= kSize / 2);
}

void TestWindowAdding::foreignFileThatIsKnown()
{
    f->put(f->record(u"first.iso"_s, TaskState::Paused, 10, 100));
    QFile file(f->folder() + u"/x.part"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName()), QUrl(u"http://h.example/first.iso"_s)});
    QVERIFY(drop(*f->window, data));
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"addDialog"_s));
    f->part<QDialog>(u"addDialog"_s)->findChild<QAbstractButton *>(u"downloadButton"_s)->click();
    QTRY_VERIFY(f->part<MessageBar>(u"messageBar"_s)->isVisible());
    QCOMPARE(f->manager().tasks().size(), 1);
    QVERIFY(file.exists());
}

void TestWindowAdding::opensLists()
{
    QFile list(f->folder() + u"/links.txt"_s);
    QVERIFY(list.open(QIODevice::WriteOnly));
    list.write(f->server.url(u"/a.bin"_s).toEncoded() + '\n' + f->server.url(u"/b.bin"_s).toEncoded() + '\n');
    list.close();
    f->trigger(u"openList"_s);
    QTRY_VERIFY(f->window->findChild<QFileDialog *>(u"openListDialog"_s));
    auto *dialog = f->part<QFileDialog>(u"openListDialog"_s);
    Q_EMIT dialog->filesSelected({list.fileName()}); // the dialog itself is the desktop's
    dialog->reject();
    QTRY_VERIFY(f->window->findChild<QDialog *>(u"linkListDialog"_s));
    QVERIFY(QFile::exists(list.fileName()));
}

void TestWindowAdding::listOfMany()
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

void TestWindowAdding::knownIsShown()
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

int main(int argc, char *argv[]) { return runInOwnHome<TestWindowAdding>(argc, argv); }

#include "tst_windowadding.moc"
