// SPDX-License-Identifier: MIT
#include "taskcolumns.h"

#include "core/downloadmanager.h"
#include "core/words.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

#include <algorithm>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Columns)
};

template <typename T>
int ordered(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

// Before anything was received it may come from the address, and an address may hold what would turn the
// text around or break the line.
QString nameText(const DownloadTask &task)
{
    QString name = shownName(task.resumeData());
    name.removeIf([](QChar c) { return !c.isPrint() && !c.isSurrogate(); });
    return name;
}

// Bytes; -1 while unknown.
qint64 sizeOf(const DownloadTask &task)
{
    if (const std::optional<qint64> total = task.resumeData().entity.total)
        return *total;
    return task.state() == TaskState::Completed ? task.progress().onDisk : -1;
}

QString sizeText(const DownloadTask &task)
{
    const qint64 size = sizeOf(task);
    return size < 0 ? QString() : sizeInWords(size);
}

int compareSize(const DownloadTask &a, const DownloadTask &b) { return ordered(sizeOf(a), sizeOf(b)); }

int compareProgress(const DownloadTask &a, const DownloadTask &b)
{
    if (const int order = ordered(fractionOf(a).value_or(-1), fractionOf(b).value_or(-1)))
        return order;
    return ordered(a.progress().onDisk, b.progress().onDisk);
}

// What moves comes first, what is over comes last.
int rankOf(TaskState state)
{
    switch (state) {
    case TaskState::Running: return 0;
    case TaskState::Verifying: return 1;
    case TaskState::Waiting: return 2;
    case TaskState::Queued: return 3;
    case TaskState::Paused: return 4;
    case TaskState::Failed: return 5;
    case TaskState::Completed: return 6;
    }
    return 0;
}

int compareStatus(const DownloadTask &a, const DownloadTask &b)
{
    if (const int order = ordered(rankOf(a.state()), rankOf(b.state())))
        return order;
    const auto code = [](const DownloadTask &task) {
        const std::optional<Error> reason = task.reason();
        return reason ? int(reason->code) : 0;
    };
    return ordered(code(a), code(b));
}

QString speedText(const DownloadTask &task)
{
    const qint64 rate = task.progress().rate;
    return rate > 0 ? rateInWords(rate) : QString();
}

int compareSpeed(const DownloadTask &a, const DownloadTask &b)
{
    return ordered(a.progress().rate, b.progress().rate);
}

QString timeLeftText(const DownloadTask &task)
{
    const auto left = task.progress().timeLeft;
    return left ? timeInWords(*left) : QString();
}

int compareTimeLeft(const DownloadTask &a, const DownloadTask &b)
{
    const auto never = std::chrono::seconds::max();
    return ordered(a.progress().timeLeft.value_or(never), b.progress().timeLeft.value_or(never));
}

int compareDates(const QDateTime &a, const QDateTime &b)
{
    const auto value = [](const QDateTime &t) { return t.isValid() ? t.toMSecsSinceEpoch() : 0; };
    return ordered(value(a), value(b));
}

QString addedText(const DownloadTask &task) { return dateInWords(task.resumeData().added); }

int compareAdded(const DownloadTask &a, const DownloadTask &b)
{
    return compareDates(a.resumeData().added, b.resumeData().added);
}

QString completedText(const DownloadTask &task) { return dateInWords(task.resumeData().completed); }

int compareCompleted(const DownloadTask &a, const DownloadTask &b)
{
    return compareDates(a.resumeData().completed, b.resumeData().completed);
}

QString downloadedText(const DownloadTask &task)
{
    const qint64 onDisk = task.progress().onDisk;
    return onDisk > 0 ? sizeInWords(onDisk) : QString();
}

int compareDownloaded(const DownloadTask &a, const DownloadTask &b)
{
    return ordered(a.progress().onDisk, b.progress().onDisk);
}

QString hostText(const DownloadTask &task) { return task.url().host(); }

QString folderText(const DownloadTask &task)
{
    const ResumeData &data = task.resumeData();
    const QString folder =
        data.targetPath.isEmpty()
            ? data.options.folder
            : data.targetPath.left(std::max<qsizetype>(1, data.targetPath.lastIndexOf(QLatin1Char('/'))));
    return QDir::toNativeSeparators(folder);
}

QString resumableText(const DownloadTask &task) { return resumableInWords(task.resumeData()); }

QString connectionsText(const DownloadTask &task)
{
    const qsizetype count = task.inFlight().size();
    return count > 0 ? QLocale().toString(count) : QString();
}

int compareConnections(const DownloadTask &a, const DownloadTask &b)
{
    return ordered(a.inFlight().size(), b.inFlight().size());
}

QString priorityText(const DownloadTask &task) { return priorityInWords(task.resumeData().options.priority); }

int comparePriority(const DownloadTask &a, const DownloadTask &b)
{
    return ordered(a.resumeData().options.priority, b.resumeData().options.priority);
}

// As DownloadManager::queue() orders them; those that do not queue come last.
int compareQueue(const DownloadTask &a, const DownloadTask &b)
{
    const bool inQueue = a.state() == TaskState::Queued;
    if (inQueue != (b.state() == TaskState::Queued))
        return inQueue ? -1 : 1;
    if (!inQueue)
        return 0;
    const QueuePlace first = queuePlaceOf(a);
    const QueuePlace second = queuePlaceOf(b);
    return comesBefore(first, second) ? -1 : comesBefore(second, first) ? 1 : 0;
}

QString heldInWords(Hold hold)
{
    switch (hold) {
    case Hold::None: return {};
    case Hold::Offline: return Text::tr("Waiting for the network");
    case Hold::Metered: return Text::tr("Waiting for an unmetered network");
    }
    return {};
}

QString waitingInWords(const DownloadTask &task)
{
    const std::chrono::milliseconds left = task.untilRetry();
    const QString held = left > std::chrono::milliseconds(0) ? QString() : heldInWords(task.hold());
    if (!held.isEmpty())
        return held;
    const std::optional<Error> reason = task.reason();
    if (!reason)
        return Text::tr("Waiting");
    // Not one after the other: what a server said may look like a place for a number. The end of it all is
    // cut first where there is little room.
    const qint64 seconds = std::max<qint64>(1, (left.count() + 999) / 1000);
    return Text::tr("Next try in %1 s. %2").arg(QLocale().toString(seconds), message(*reason));
}

constexpr Qt::Alignment kLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment kRight = Qt::AlignRight | Qt::AlignVCenter;

// shown, live, largest first, width
constexpr ColumnEntry kColumns[] = {
    {Column::Name, "name", QT_TRANSLATE_NOOP("longhaul::Columns", "Name"), true, false, false, 24, kLeft,
     nameText, nullptr},
    {Column::Size, "size", QT_TRANSLATE_NOOP("longhaul::Columns", "Size"), true, true, true, 10, kRight,
     sizeText, compareSize},
    {Column::Progress, "progress", QT_TRANSLATE_NOOP("longhaul::Columns", "Progress"), true, true, true, 20,
     kLeft, progressInWords, compareProgress},
    {Column::Status, "status", QT_TRANSLATE_NOOP("longhaul::Columns", "Status"), true, true, false, 36, kLeft,
     statusInWords, compareStatus},
    {Column::Speed, "speed", QT_TRANSLATE_NOOP("longhaul::Columns", "Speed"), true, true, true, 11, kRight,
     speedText, compareSpeed},
    {Column::TimeLeft, "timeLeft", QT_TRANSLATE_NOOP("longhaul::Columns", "Time left"), true, true, false, 10,
     kRight, timeLeftText, compareTimeLeft},
    {Column::Downloaded, "downloaded", QT_TRANSLATE_NOOP("longhaul::Columns", "Downloaded"), false, true,
     true, 13, kRight, downloadedText, compareDownloaded},
    {Column::Connections, "connections", QT_TRANSLATE_NOOP("longhaul::Columns", "Connections"), false, true,
     true, 13, kRight, connectionsText, compareConnections},
    {Column::Resumable, "resumable", QT_TRANSLATE_NOOP("longhaul::Columns", "Resumable"), false, true, false,
     26, kLeft, resumableText, nullptr},
    {Column::Added, "added", QT_TRANSLATE_NOOP("longhaul::Columns", "Added"), true, false, true, kAsDate,
     kLeft, addedText, compareAdded},
    {Column::Host, "host", QT_TRANSLATE_NOOP("longhaul::Columns", "Host"), false, false, false, 20, kLeft,
     hostText, nullptr},
    {Column::Folder, "folder", QT_TRANSLATE_NOOP("longhaul::Columns", "Folder"), false, false, false, 24,
     kLeft, folderText, nullptr},
    {Column::Completed, "completed", QT_TRANSLATE_NOOP("longhaul::Columns", "Completed"), false, false, true,
     kAsDate, kLeft, completedText, compareCompleted},
    {Column::Priority, "priority", QT_TRANSLATE_NOOP("longhaul::Columns", "Priority"), false, false, true, 9,
     kLeft, priorityText, comparePriority},
    {Column::QueuePosition, "queuePosition", QT_TRANSLATE_NOOP("longhaul::Columns", "Queue position"), false,
     false, false, 14, kRight, nullptr, compareQueue},
};

constexpr bool inOrder()
{
    for (size_t i = 0; i < std::size(kColumns); ++i) {
        if (size_t(kColumns[i].column) != i)
            return false;
    }
    return std::size(kColumns) == size_t(Column::QueuePosition) + 1;
}
static_assert(inOrder());

constexpr bool liveTogether()
{
    int runs = 0;
    for (size_t i = 0; i < std::size(kColumns); ++i)
        runs += kColumns[i].isLive && (i == 0 || !kColumns[i - 1].isLive);
    return runs == 1;
}
static_assert(liveTogether());

} // namespace

std::span<const ColumnEntry> columns() { return kColumns; }

const ColumnEntry &entryOf(Column column) { return kColumns[size_t(column)]; }

QString titleOf(Column column)
{
    return QCoreApplication::translate("longhaul::Columns", entryOf(column).title);
}

QString statusInWords(const DownloadTask &task)
{
    switch (task.state()) {
    case TaskState::Queued: {
        const QString held = heldInWords(task.hold());
        return held.isEmpty() ? Text::tr("Waiting for its turn") : held;
    }
    case TaskState::Running:
        if (task.isLate())
            return Text::tr("Downloading; the link dies before the end");
        return task.progress().rate == 0 && task.inFlight().isEmpty() ? Text::tr("Connecting")
                                                                      : Text::tr("Downloading");
    case TaskState::Waiting: return waitingInWords(task);
    case TaskState::Verifying: return Text::tr("Checking");
    case TaskState::Paused: return Text::tr("Paused");
    case TaskState::Completed: return Text::tr("Finished");
    case TaskState::Failed: {
        const std::optional<Error> reason = task.reason();
        return reason ? message(*reason) : Text::tr("Failed");
    }
    }
    return {};
}

QString dateInWords(const QDateTime &time)
{
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat) : QString();
}

QString priorityInWords(Priority priority)
{
    switch (priority) {
    case Priority::High: return Text::tr("High");
    case Priority::Normal: return Text::tr("Normal");
    case Priority::Low: return Text::tr("Low");
    }
    return {};
}

std::optional<double> fractionOf(const DownloadTask &task)
{
    if (task.state() == TaskState::Completed)
        return 1.0;
    const TaskProgress progress = task.progress();
    if (progress.total.value_or(0) <= 0)
        return {};
    return std::clamp(double(progress.onDisk) / double(*progress.total), 0.0, 1.0);
}

QString progressInWords(const DownloadTask &task)
{
    const std::optional<double> fraction = fractionOf(task);
    if (!fraction)
        return downloadedText(task);
    const TaskProgress progress = task.progress();
    const bool isAll = task.state() == TaskState::Completed || progress.onDisk >= progress.total.value_or(0);
    const int percent = isAll ? 100 : std::min(99, int(*fraction * 100)); // a double may round up to 1
    return Text::tr("%1 %", "per cent").arg(QLocale().toString(percent));
}

} // namespace longhaul
