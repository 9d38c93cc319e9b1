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
    if (!data.foreignPath.isEmpty())
        return data.foreignPath;
    // Without a part file there may be the finished one, of which a checksum was not right.
    return data.state == TaskState::Completed || data.partPath.isEmpty() ? data.targetPath : data.partPath;
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
    else
        toggleMany({task});
}

void TaskCommands::toggleMany(const Tasks &tasks)
{
    Tasks underWay = tasks;
    underWay.removeIf([](const DownloadTask *task) { return isAtRest(task->state()) || task->isPausing(); });
    if (underWay.isEmpty())
        resume(tasks);
    else
        pause(underWay);
}

void TaskCommands::repair(const Tasks &tasks)
{
    for (DownloadTask *task : tasks) {
        if (mayRepair(task->resumeData()))
            task->repair();
    }
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

void TaskCommands::setPriority(const Tasks &tasks, Priority priority)
{
    for (DownloadTask *task : tasks) {
        TaskOptions options = task->resumeData().options;
        options.priority = priority;
        task->setOptions(options);
    }
}

void TaskCommands::moveInQueue(const Tasks &tasks, DownloadManager::QueueMove move)
{
    m_manager.moveInQueue(tasks, move);
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
    m_removed = m_manager.remove(tasks, false);
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
    m_removed.clear();
    const QList<ResumeData> records = m_manager.remove(tasks, false);
    for (const ResumeData &record : records) {
        const QString file = fileOf(record);
        if (!file.isEmpty() && record.foreignPath.isEmpty()) // else it is not ours yet
            m_files.trash(file);
    }
}

void TaskCommands::undo()
{
    QList<ResumeData> refused;
    for (const ResumeData &data : std::exchange(m_removed, {})) {
        if (!m_manager.putBack(data))
            refused.append(data);
    }
    m_removed = refused;
    if (!refused.isEmpty())
        Q_EMIT said(tr("“%1” is in the list again already: remove that one first.")
                        .arg(shownName(refused.constFirst())));
    Q_EMIT undone();
}

} // namespace longhaul
