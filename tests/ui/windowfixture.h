// SPDX-License-Identifier: MIT
#pragma once

#include "taskfixture.h"

#include "tests/support/scriptedserver.h"

#include "ui/files.h"
#include "ui/groupbar.h"
#include "ui/mainwindow.h"
#include "ui/preferences.h"
#include "ui/tasklist.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>

#include <memory>

// The real window over a manager of its own, for tests that drive it by the names of its parts.
namespace longhaul::test {

inline constexpr qint64 kSize = 400'000;

inline Content theFile() { return Content::random(kSize, 5); }

// Serves theFile() under every path: "/slow..." stops in the middle until it is released, "/gone..." is not
// there,
// "/other..." is another file of the same size.
inline Answer answerTo(const Request &request)
{
    if (request.target.startsWith("/gone"))
        return Answer::status(404);
    const Content content = request.target.startsWith("/other") ? Content::random(kSize, 6) : theFile();
    Answer answer = Answer::honest(request, content, Resource{.etag = "\"" + request.target + "\""});
    if (request.target.startsWith("/slow"))
        answer.stallBodyAfter(kSize / 2);
    return answer;
}

class WindowFixture : public TaskFixture
{
public:
    WindowFixture()
        : server(answerTo)
        , preferences(folder() + QStringLiteral("/settings.json"), threads())
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
    ~WindowFixture() { window.reset(); }

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
    TaskList *list() const { return part<TaskList>(QStringLiteral("taskList")); }
    void trigger(const QString &action) const { part<QAction>(action + QStringLiteral("Action"))->trigger(); }
    bool isEnabled(const QString &action) const
    {
        return part<QAction>(action + QStringLiteral("Action"))->isEnabled();
    }
    int rows() const { return list()->isVisible() ? list()->model()->rowCount() : 0; }
    QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            all << list()->model()->index(row, 0).data().toString();
        return all;
    }

    // Half of it is there, and the server holds the rest back. Null when that did not come.
    DownloadTask *addSlow(const QString &path = QStringLiteral("/slow.bin"))
    {
        DownloadTask *task = manager().add(server.url(path));
        return QTest::qWaitFor([&] { return task->progress().onDisk == kSize / 2; }) ? task : nullptr;
    }

    ScriptedServer server;
    Preferences preferences;
    Files files;
    std::unique_ptr<MainWindow> window;
};

// Drags `data` over the window and lets it go at `at`. Returns whether it was taken.
inline bool drop(QWidget &window, QMimeData &data, const QPoint &at = {20, 20})
{
    QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
    return event.isAccepted() && event.dropAction() == Qt::CopyAction;
}

// As QTEST_MAIN, in a home of its own: the trash, and whatever else is the user's.
template <typename Test>
int runInOwnHome(int argc, char *argv[])
{
    const QTemporaryDir home;
    qputenv("HOME", QFile::encodeName(home.path()));
    qputenv("XDG_DATA_HOME", QFile::encodeName(home.filePath(QStringLiteral("data"))));
    const QApplication app(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace longhaul::test
