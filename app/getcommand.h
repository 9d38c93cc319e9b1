// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "controlconnection.h"

#include "core/downloadmanager.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace longhaul {

// `longhaul get`: brings each URL to its end, tells of it, and emits finished() with the exit code once.
class GetCommandRun : public QObject
{
    Q_OBJECT

public:
    GetCommandRun(GetCommand command, DownloadManager &manager, QObject *parent = nullptr);

    void start();
    // Stops all tasks; finished(130) follows when they are recorded, at the latest after 0.8 s.
    void interrupt();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void begin(const QUrl &url);
    void continueEarlier(DownloadTask *task);
    void onStateChanged(DownloadTask *task);
    void onEnded(const TaskReport &report);
    void tell(const TaskReport &report);
    void report(const TaskReport &report, const std::optional<Error> &error = {});
    void drawSoon();
    void draw();
    void eraseLines();
    void say(const QString &line);
    void finishIfDone();
    void finishInterrupted();
    bool wasSkipped(const TaskReport &report) const;

    const GetCommand m_command;
    DownloadManager &m_manager;
    QList<DownloadTask *> m_tasks; // those still under way
    QTimer m_deadline;
    QTimer m_redraw;
    int m_linesDrawn = 0;
    bool m_anyFailed = false;
    bool m_interrupted = false;
    bool m_over = false;
};

// Where the store cannot be opened: says why, and reports each URL as failed.
int failAll(const GetCommand &command, const QString &why);
// What `get` answers on the control socket: that it wants the list for itself.
ControlReply refuseWhileGetting(const QJsonObject &request);

} // namespace longhaul
