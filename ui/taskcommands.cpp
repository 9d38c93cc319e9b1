// SPDX-License-Identifier: MIT
#include "taskcommands.h"

#include "files.h"

#include <QClipboard>
#include <QGuiApplication>

#include <utility>

namespace longhaul {

namespace {

// Where the task's bytes are: the finished file, or its part.
QString fileOf(const ResumeData &data)
{
    return data.state == TaskState::Completed ? data.targetPath : data.partPath;
}

} // namespace

TaskCommands::TaskCommands(DownloadManager &manager, Files &files, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_files(files)
{}

void TaskCommands::resume(const Tasks &tasks)
{
    for (DownloadTask *task : tasks) {
        if (task->state() != TaskState::Completed)
            task->resume();
    }
}

void TaskCommands::pause(const Tasks &tasks)
{
    for (DownloadTask *task : tasks)
        task->pause();
}

void TaskCommands::toggle(DownloadTask *task)
{
    if (task->state() == TaskState::Completed)
        open(task);
    else if (isAtRest(task->state()))
        task->resume();
    else
        task->pause();
}

void TaskCommands::startOver(const Tasks &tasks)
{
    for (DownloadTask *task : tasks)
        task->startOver();
}

void TaskCommands::copyAddresses(const Tasks &tasks)
{
    QStringList addresses;
    for (const DownloadTask *task : tasks)
        addresses.append(task->url().toString(QUrl::FullyEncoded));
    QGuiApplication::clipboard()->setText(addresses.join(QLatin1Char('\n')));
}

void TaskCommands::allowMetered(const Tasks &tasks, bool allow)
{
    for (DownloadTask *task : tasks) {
        TaskOptions options = task->resumeData().options;
        options.allowMetered = allow;
        task->setOptions(options);
    }
}

void TaskCommands::open(DownloadTask *task)
{
    task->setUnseen(false);
    if (task->state() == TaskState::Completed)
        m_files.open(task->resumeData().targetPath);
}

void TaskCommands::showInFolder(DownloadTask *task)
{
    const ResumeData &data = task->resumeData();
    const QString file = fileOf(data);
    m_files.showInFolder(!file.isEmpty()                 ? file
                         : data.options.folder.isEmpty() ? m_manager.settings().folder
                                                         : data.options.folder);
}

void TaskCommands::remove(const Tasks &tasks)
{
    if (tasks.isEmpty())
        return;
    m_removed.clear();
    for (DownloadTask *task : tasks)
        m_removed.append(m_manager.remove(task, false));
    Q_EMIT removed(int(m_removed.size()), shownName(m_removed.constFirst()));
}

void TaskCommands::removeFinished()
{
    Tasks finished;
    for (const auto &task : m_manager.tasks()) {
        if (task->state() == TaskState::Completed)
            finished.append(task.get());
    }
    remove(finished);
}

void TaskCommands::trash(const Tasks &tasks)
{
    for (DownloadTask *task : tasks) {
        const QString file = fileOf(m_manager.remove(task, false));
        if (!file.isEmpty())
            m_files.trash(file);
    }
}

void TaskCommands::undo()
{
    for (ResumeData &data : std::exchange(m_removed, {}))
        m_manager.putBack(std::move(data));
    Q_EMIT undone();
}

} // namespace longhaul
