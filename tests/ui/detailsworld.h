// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/scriptedserver.h"

#include "ui/detailspage.h"
#include "ui/detailspane.h"
#include "ui/valuetext.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

// A details pane over a manager, a store and a server.
namespace longhaul::detailsworld {

using namespace longhaul::test;

enum Page { General, PiecesTab, Speed, Log };

inline QString s(const char *text) { return QString::fromUtf8(text); }

inline const Content &content()
{
    static const Content bytes = Content::random(3'000'000);
    return bytes;
}

// "/go" leads to "/file.iso", which stands still in its middle; "/gone" is not there.
inline Answer answer(const Request &request)
{
    if (request.path == "/go")
        return Answer::redirect(302, "/file.iso?token=xyz");
    if (request.path == "/gone")
        return Answer::status(404);
    Resource resource;
    resource.etag = "\"<b>v1</b>\"";
    resource.lastModified = "Tue, 05 Mar 2024 10:00:00 GMT";
    resource.contentType = "application/x-iso9660-image";
    return Answer::honest(request, content(), resource).stallBodyAfter(1'000'000);
}

class Offline : public NetworkPolicy
{
public:
    bool online = true;
    bool isOnline() const override { return online; }
};

struct World {
    explicit World(int downloadsAtOnce = 3)
    {
        settings.folder = folder.path();
        settings.downloadsAtOnce = downloadsAtOnce;
        settings.connectionsPerTask = 1; // the server holds each of them up
        settings.retries = 0;
        store = std::make_unique<ResumeStore>(folder.filePath(s("store")), threads);
        opened = store->open() == ResumeStore::OpenResult::Opened;
        manager = std::make_unique<DownloadManager>(*store, network, threads, settings);
        pane = std::make_unique<DetailsPane>(*manager);
        pane->resize(700, 400);
        pane->show();
    }

    template <typename Widget = ValueText>
    Widget *child(const char *name) const
    {
        return pane->findChild<Widget *>(s(name));
    }
    // What a row of the general page says; empty when it is not shown.
    QString value(const char *key) const
    {
        const auto *value = child(qPrintable(QLatin1String(key) + s("Value")));
        return value && value->isVisible() ? value->toPlainText() : QString();
    }
    // What stands there for the eye: all texts and what assistive technology is told.
    QString everything() const
    {
        QString text;
        const QList<QWidget *> widgets = pane->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            text += widget->accessibleName() + widget->accessibleDescription() + widget->toolTip();
            if (const auto *value = qobject_cast<const QTextEdit *>(widget))
                text += value->toPlainText();
            else if (const auto *lines = qobject_cast<const QPlainTextEdit *>(widget))
                text += lines->toPlainText();
            else if (const auto *label = qobject_cast<const QLabel *>(widget))
                text += label->text();
            text += u'\n';
        }
        return text;
    }
    bool isEmptyPage() const
    {
        const auto *page = static_cast<DetailsPage *>(pane->currentWidget());
        return page->currentWidget()->objectName() == s("emptyDetails");
    }

    QTemporaryDir folder;
    QThreadPool threads;
    Offline network;
    Settings settings;
    ScriptedServer server{answer};
    std::unique_ptr<ResumeStore> store;
    bool opened = false;
    std::unique_ptr<DownloadManager> manager;
    std::unique_ptr<DetailsPane> pane;
};

// A download in its middle, with everything that can be said of one.
inline DownloadTask *begin(World &world)
{
    QUrl url = world.server.url(s("/go?id=1"));
    url.setUserName(s("me"));
    url.setPassword(s("hunter2"));
    TaskOptions options;
    options.headers = {{"Referer", "http://hunter3/"}, {"Cookie", "id=hunter4"}};
    options.digest = ExpectedDigest::parse(s("md5:00112233445566778899aabbccddeeff"));
    options.allowMetered = false;
    DownloadTask *task = world.manager->add(url, options);
    world.pane->setTask(task);
    return task;
}

inline bool comesToItsMiddle(const DownloadTask *task)
{
    return QTest::qWaitFor([task] { return task->progress().onDisk >= 1'000'000; }, 20'000);
}

inline ResumeData record(const char *url)
{
    ResumeData data;
    data.url = QUrl(s(url));
    data.state = TaskState::Paused;
    return data;
}

} // namespace longhaul::detailsworld
