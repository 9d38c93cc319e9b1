// SPDX-License-Identifier: MIT
#pragma once

#include "linkreader.h"

#include "core/downloadmanager.h"

#include <QObject>
#include <QPoint>
#include <QPointer>

#include <deque>

class QWidget;

namespace longhaul {

class AddDialog;
class Preferences;
struct NewDownload;

// From links to tasks: what is pasted, dropped or opened is read, the right dialog asked, and the tasks are
// added. Dialogs belong to `window` and are never modal to a loop of their own.
class AddFlow : public QObject
{
    Q_OBJECT

public:
    AddFlow(DownloadManager &manager, Preferences &preferences, QThreadPool &ioThreads, QWidget *window);

    void ask(const Link &link = {}); // the dialog for one
    // The same for what another program has left of it; `url` may be empty.
    void askForeign(const QString &path, const QUrl &url);
    void paste();
    void openFile();
    // `onto`: the task on whose row it was dropped, or null; `at`: where, on the screen.
    void read(const QMimeData &data, DownloadTask *onto = nullptr, const QPoint &at = {});
    // One: its dialog. Many: the checkable list. Those that are in the list already are shown instead.
    void offer(const QList<Link> &links);

Q_SIGNALS:
    void said(const QString &sentence);
    void added(longhaul::DownloadTask *task); // or it was there: to be shown
    // One link that is not in the list came onto a task that may have another address: to be asked about.
    void droppedOnto(longhaul::DownloadTask *task, const QPoint &at, const longhaul::Link &link);

private:
    void onFound(const QList<Link> &links, const QString &problem);
    void add(const QList<NewDownload> &downloads);
    AddDialog *open();
    DownloadTask *addOne(const NewDownload &download);

    DownloadManager &m_manager;
    Preferences &m_preferences;
    QWidget *m_window;
    LinkReader m_reader;
    struct Target {
        QPointer<DownloadTask> task;
        QPoint at;
    };
    std::deque<Target> m_targets; // for each answer that m_reader still owes
};

} // namespace longhaul
