// SPDX-License-Identifier: MIT
#include "reconcile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace longhaul {

namespace {

// By their names: this may be the window's thread, on which no disk is asked.
bool isSamePlace(const ResumeData &data, const TaskOptions &wanted)
{
    const QFileInfo before(data.targetPath);
    return QDir::cleanPath(wanted.folder) == QDir::cleanPath(before.path())
           && (wanted.name.isEmpty() || wanted.name == before.fileName() || wanted.name == data.options.name);
}

// What was said of the line and of the queue.
void takeLine(TaskOptions &options, const TaskOptions &wanted)
{
    if (wanted.connections)
        options.connections = wanted.connections;
    if (wanted.rateLimit > 0)
        options.rateLimit = wanted.rateLimit;
    if (wanted.priority != Priority::Normal)
        options.priority = wanted.priority;
}

} // namespace

QString continueTask(DownloadTask &task, const TaskOptions &wanted, bool repair)
{
    const ResumeData &data = task.resumeData();
    TaskOptions options = data.options;
    if (!wanted.headers.isEmpty())
        options.headers = wanted.headers;
    if (wanted.digest)
        options.digest = wanted.digest;
    if (wanted.conflict)
        options.conflict = wanted.conflict;
    if (wanted.allowMetered)
        options.allowMetered = wanted.allowMetered;
    takeLine(options, wanted);
    const bool isElsewhere =
        !wanted.folder.isEmpty() && !data.targetPath.isEmpty() && !isSamePlace(data, wanted);
    const bool again = isElsewhere && task.state() == TaskState::Completed;
    const bool isOpen = data.targetPath.isEmpty() && data.foreignPath.isEmpty(); // where it goes
    if (again || (isOpen && !wanted.folder.isEmpty())) {
        options.folder = wanted.folder;
        options.name = wanted.name;
    }
    QString note;
    if (isElsewhere && !again)
        note = QCoreApplication::translate("longhaul::Get", "Continuing where it was begun: %1")
                   .arg(data.targetPath);
    task.setOptions(options);
    if (again)
        task.startOver();
    else if (repair)
        task.repair();
    else
        task.resume();
    return note;
}

void adjustTask(DownloadTask &task, const TaskOptions &wanted)
{
    TaskOptions options = task.resumeData().options;
    takeLine(options, wanted);
    if (options != task.resumeData().options)
        task.setOptions(options);
}

} // namespace longhaul
