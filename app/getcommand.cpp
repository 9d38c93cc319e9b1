// SPDX-License-Identifier: MIT
#include "getcommand.h"

#include "controlrequest.h"
#include "output.h"
#include "reconcile.h"
#include "storecommands.h"

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr auto kDeadline = 800ms; // of the second in which an interrupted get has left
constexpr auto kRedraw = 250ms;

Error interrupted() { return {ErrorCode::Interrupted, 0, {}, {}}; }

} // namespace

GetCommandRun::GetCommandRun(GetCommand command, DownloadManager &manager, QObject *parent)
    : QObject(parent)
    , m_command(std::move(command))
    , m_manager(manager)
{
    m_deadline.setSingleShot(true);
    m_redraw.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &GetCommandRun::finishInterrupted);
    connect(&m_redraw, &QTimer::timeout, this, &GetCommandRun::draw);
    connect(&m_manager, &DownloadManager::completed, this, &GetCommandRun::onEnded);
    connect(&m_manager, &DownloadManager::failed, this, &GetCommandRun::onEnded);
}

void GetCommandRun::start()
{
    m_manager.claimStored();
    for (const QUrl &url : m_command.urls)
        begin(url);
    drawSoon();
}

void GetCommandRun::begin(const QUrl &url)
{
    DownloadTask *task = m_manager.add(url, m_command.options);
    m_tasks.append(task);
    connect(task, &DownloadTask::stateChanged, this, [this, task] { onStateChanged(task); });
    connect(task, &DownloadTask::progressChanged, this, [this, task] {
        if (m_command.json)
            print(progressAsJson(*task) + QLatin1Char('\n'));
        else
            drawSoon();
    });
    connect(task, &DownloadTask::told, this, [this, task](const QString &sentence) {
        if (!m_command.json && !m_command.quiet)
            say(QStringLiteral("%1: %2").arg(shownUrl(task->url()), sentence));
    });
    if (isAtRest(task->state()))
        continueEarlier(task);
    else if (m_command.json)
        print(stateAsJson(*task) + QLatin1Char('\n'));
}

void GetCommandRun::continueEarlier(DownloadTask *task)
{
    TaskOptions wanted = m_command.options;
    if (!m_command.placeGiven && !task->resumeData().targetPath.isEmpty())
        wanted.folder.clear();
    const QString note = continueTask(*task, wanted, m_command.repair);
    if (!note.isEmpty() && !m_command.quiet)
        say(note);
}

void GetCommandRun::onStateChanged(DownloadTask *task)
{
    if (m_command.json)
        print(stateAsJson(*task) + QLatin1Char('\n'));
    else
        drawSoon();
    if (m_interrupted && task->state() == TaskState::Paused && m_tasks.contains(task)) {
        m_tasks.removeOne(task);
        report(task->report(), interrupted());
        finishIfDone();
    }
}

bool GetCommandRun::wasSkipped(const TaskReport &report) const
{
    return report.error && report.error->code == ErrorCode::TargetExists
           && m_command.options.conflict == ConflictPolicy::Skip && report.size == 0;
}

void GetCommandRun::onEnded(const TaskReport &report)
{
    DownloadTask *task = m_manager.find(report.url);
    if (!m_tasks.removeOne(task))
        return;
    this->report(report);
    m_anyFailed = m_anyFailed || (report.error && !wasSkipped(report));
    finishIfDone();
}

void GetCommandRun::report(const TaskReport &report, const std::optional<Error> &error)
{
    if (m_command.json)
        print(reportAsJson(report, error) + QLatin1Char('\n'));
    else if (!error)
        tell(report);
}

void GetCommandRun::tell(const TaskReport &report)
{
    if (!report.error) {
        if (m_command.quiet)
            return;
        eraseLines();
        if (report.bytes == 0 && report.bytesReused > 0) {
            print(tr("%1: already complete, %2\n").arg(report.filePath, sizeInWords(report.size)));
            return;
        }
        QString line = tr("%1: %2 in %3 s")
                           .arg(report.filePath, sizeInWords(report.size))
                           .arg(double(report.duration.count()) / 1000, 0, 'f', 1);
        if (report.bytesReused > 0)
            line += tr(", %1 of it kept from before").arg(sizeInWords(report.bytesReused));
        print(line + QLatin1Char('\n'));
        drawSoon();
        return;
    }
    const QString url = shownUrl(report.url);
    if (wasSkipped(report)) {
        if (!m_command.quiet)
            say(tr("%1: skipped, %2 is already there.").arg(url, report.error->detail));
        return;
    }
    say(QStringLiteral("longhaul: %1: %2 %3").arg(url, message(*report.error), advice(report.error->code)));
}

void GetCommandRun::drawSoon()
{
    if (m_command.json || m_command.quiet || m_over || m_redraw.isActive() || terminalWidth() == 0)
        return;
    m_redraw.start(m_linesDrawn == 0 ? 0ms : kRedraw);
}

void GetCommandRun::draw()
{
    if (m_over)
        return;
    eraseLines();
    const int width = terminalWidth();
    bool waiting = false;
    QString text;
    for (const DownloadTask *task : std::as_const(m_tasks)) {
        text += progressLine(*task, width) + QLatin1Char('\n');
        waiting = waiting || task->state() == TaskState::Waiting;
        ++m_linesDrawn;
    }
    printError(text);
    if (waiting)
        drawSoon(); // the countdown
}

void GetCommandRun::eraseLines()
{
    if (m_linesDrawn > 0)
        printError(QStringLiteral("\033[%1A\033[J").arg(m_linesDrawn));
    m_linesDrawn = 0;
}

void GetCommandRun::say(const QString &line)
{
    eraseLines();
    printError(line + QLatin1Char('\n'));
    drawSoon();
}

void GetCommandRun::interrupt()
{
    if (m_over || m_interrupted)
        return;
    m_interrupted = true;
    m_deadline.start(kDeadline);
    m_manager.pauseAll();
    finishIfDone();
}

void GetCommandRun::finishIfDone()
{
    if (m_over || !m_tasks.isEmpty())
        return;
    m_over = true;
    eraseLines();
    if (m_interrupted && !m_command.json && !m_command.quiet)
        printError(tr("Interrupted: run it again to continue.\n"));
    Q_EMIT finished(m_interrupted ? kExitInterrupted : m_anyFailed ? kExitFailed : kExitComplete);
}

void GetCommandRun::finishInterrupted()
{
    for (DownloadTask *task : std::exchange(m_tasks, {}))
        report(task->report(), interrupted());
    finishIfDone();
}

int failAll(const GetCommand &command, const QString &why)
{
    fail(why);
    for (const QUrl &url : command.urls) {
        TaskReport report;
        report.url = url;
        if (command.json)
            print(reportAsJson(report, Error{ErrorCode::StoreNotWritable, 0, {}, {}}) + QLatin1Char('\n'));
    }
    return kExitFailed;
}

ControlReply refuseWhileGetting(const QJsonObject &)
{
    return [] {
        return controlError(
            GetCommandRun::tr("A 'longhaul get' is using the list of downloads: wait for it to "
                              "end, or give another folder with --state-dir."));
    };
}

} // namespace longhaul
