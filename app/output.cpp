// SPDX-License-Identifier: MIT
#include "output.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>

#include <cmath>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Output)
};

QJsonValue orNull(std::optional<qint64> value) { return value ? QJsonValue(*value) : QJsonValue(); }

QJsonObject errorAsJson(const Error &error)
{
    QJsonObject object{{QStringLiteral("code"), int(error.code)},
                       {QStringLiteral("message"), message(error)},
                       {QStringLiteral("advice"), advice(error.code)}};
    object.insert(QStringLiteral("httpStatus"),
                  error.httpStatus > 0 ? QJsonValue(error.httpStatus) : QJsonValue());
    return object;
}

QString stateInWords(const DownloadTask &task)
{
    switch (task.state()) {
    case TaskState::Queued:
        switch (task.hold()) {
        case Hold::Offline: return Text::tr("waiting for the network");
        case Hold::Metered: return Text::tr("waiting for an unmetered network");
        case Hold::None: return Text::tr("queued");
        }
        return {};
    case TaskState::Verifying: return Text::tr("checking");
    case TaskState::Waiting:
        return Text::tr("%1 next try in %2 s")
            .arg(task.reason() ? message(*task.reason()) : QString(),
                 QString::number((task.untilRetry().count() + 999) / 1000));
    case TaskState::Running:
    case TaskState::Paused:
    case TaskState::Completed:
    case TaskState::Failed: break;
    }
    return {};
}

} // namespace

QString asLine(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString stateAsJson(const DownloadTask &task)
{
    QJsonObject object{{QStringLiteral("type"), QStringLiteral("state")},
                       {QStringLiteral("url"), shownUrl(task.url())},
                       {QStringLiteral("state"), stateName(task.state())}};
    if (task.state() == TaskState::Waiting && task.reason())
        object.insert(QStringLiteral("reason"), errorAsJson(*task.reason()));
    return asLine(object);
}

QString progressAsJson(const DownloadTask &task)
{
    const TaskProgress progress = task.progress();
    return asLine({{QStringLiteral("type"), QStringLiteral("progress")},
                   {QStringLiteral("url"), shownUrl(task.url())},
                   {QStringLiteral("bytes"), progress.onDisk},
                   {QStringLiteral("total"), orNull(progress.total)},
                   {QStringLiteral("rate"), progress.rate},
                   {QStringLiteral("secondsLeft"),
                    progress.timeLeft ? QJsonValue(qint64(progress.timeLeft->count())) : QJsonValue()}});
}

QString reportAsJson(const TaskReport &report, const std::optional<Error> &error)
{
    QJsonObject object{{QStringLiteral("type"), QStringLiteral("report")},
                       {QStringLiteral("url"), shownUrl(report.url)},
                       {QStringLiteral("finalUrl"), shownUrl(report.finalUrl)},
                       {QStringLiteral("bytes"), report.bytes},
                       {QStringLiteral("bytesReused"), report.bytesReused},
                       {QStringLiteral("size"), report.size},
                       {QStringLiteral("seconds"), double(report.duration.count()) / 1000},
                       {QStringLiteral("retries"), report.retries},
                       {QStringLiteral("resumable"), report.resumable}};
    if (const std::optional<Error> shown = error ? error : report.error)
        object.insert(QStringLiteral("error"), errorAsJson(*shown));
    else
        object.insert(QStringLiteral("filePath"), report.filePath);
    return asLine(object);
}

QString invalidUrlAsJson(const QString &given, const Error &error)
{
    TaskReport report;
    QJsonObject object = QJsonDocument::fromJson(reportAsJson(report, error).toUtf8()).object();
    object.insert(QStringLiteral("url"), shownUrl(given));
    return asLine(object);
}

QString recordAsJson(const ResumeData &data) { return asLine(objectOf(data)); }

QString removalAsJson(const QUrl &url)
{
    return asLine({{QStringLiteral("url"), shownUrl(url)}, {QStringLiteral("removed"), true}});
}

QJsonObject objectOf(const ResumeData &data)
{
    QJsonObject object{{QStringLiteral("url"), shownUrl(data.url)},
                       {QStringLiteral("state"), stateName(data.state)},
                       {QStringLiteral("bytes"), data.received.size()},
                       {QStringLiteral("total"), orNull(data.entity.total)},
                       {QStringLiteral("target"), data.targetPath},
                       {QStringLiteral("part"), data.partPath},
                       {QStringLiteral("added"), data.added.toString(Qt::ISODate)},
                       {QStringLiteral("resumable"), resumableInWords(data)},
                       {QStringLiteral("priority"), priorityName(data.options.priority)}};
    const auto orNone = [](qint64 value) { return value > 0 ? QJsonValue(value) : QJsonValue(); };
    object.insert(QStringLiteral("connections"), orNone(data.options.connections.value_or(0)));
    object.insert(QStringLiteral("rateLimit"), orNone(data.options.rateLimit));
    if (data.error)
        object.insert(QStringLiteral("error"), errorAsJson(*data.error));
    if (!data.foreignPath.isEmpty())
        object.insert(QStringLiteral("adopting"), data.foreignPath);
    if (const QDateTime dies = linkDies(data); dies.isValid())
        object.insert(QStringLiteral("linkDies"), dies.toString(Qt::ISODate));
    if (data.options.digest)
        object.insert(QStringLiteral("checksum"), data.options.digest->toString());
    if (data.entity.digest)
        object.insert(QStringLiteral("checksumFound"),
                      QJsonObject{{QStringLiteral("from"), digestSourceName(data.entity.digest->source)},
                                  {QStringLiteral("checksum"), data.entity.digest->digest.toString()}});
    if (const QString vouched = vouchedInWords(data); !vouched.isEmpty())
        object.insert(QStringLiteral("vouchedBy"), vouched);
    return object;
}

QJsonObject objectOf(const DownloadTask &task)
{
    QJsonObject object = objectOf(task.resumeData());
    const TaskProgress progress = task.progress();
    object.insert(QStringLiteral("bytes"), progress.onDisk);
    object.insert(QStringLiteral("total"), orNull(progress.total));
    object.insert(QStringLiteral("rate"), progress.rate);
    object.insert(QStringLiteral("secondsLeft"),
                  progress.timeLeft ? QJsonValue(qint64(progress.timeLeft->count())) : QJsonValue());
    object.insert(QStringLiteral("unseen"), task.resumeData().unseen);
    if (task.isLate())
        object.insert(QStringLiteral("late"), true);
    if (const auto reason = task.reason(); reason && task.state() == TaskState::Waiting)
        object.insert(QStringLiteral("reason"), errorAsJson(*reason));
    if (const auto wait = task.untilRetry(); wait.count() > 0)
        object.insert(QStringLiteral("retryIn"), double(wait.count()) / 1000);
    if (const QUrl candidate = task.candidate(); !candidate.isEmpty())
        object.insert(QStringLiteral("candidate"), shownUrl(candidate));
    if (task.state() == TaskState::Queued) {
        switch (task.hold()) {
        case Hold::None: break;
        case Hold::Offline: object.insert(QStringLiteral("hold"), QStringLiteral("offline")); break;
        case Hold::Metered: object.insert(QStringLiteral("hold"), QStringLiteral("metered")); break;
        }
    }
    return object;
}

QString progressLine(const DownloadTask &task, int width)
{
    const TaskProgress progress = task.progress();
    const QString path = task.resumeData().targetPath;
    QString name = path.isEmpty() ? shownUrl(task.url()) : QFileInfo(path).fileName();
    QStringList facts;
    if (progress.total && *progress.total > 0) {
        const double percent = std::floor(100 * double(progress.onDisk) / double(*progress.total));
        facts.append(QStringLiteral("%1%").arg(percent, 3, 'f', 0)); // 100 only when all is there
        facts.append(Text::tr("%1 of %2").arg(sizeInWords(progress.onDisk), sizeInWords(*progress.total)));
    } else if (progress.onDisk > 0) {
        facts.append(sizeInWords(progress.onDisk));
    }
    if (const QString state = stateInWords(task); !state.isEmpty()) {
        facts.append(state);
    } else {
        facts.append(rateInWords(progress.rate));
        if (progress.timeLeft)
            facts.append(Text::tr("%1 left").arg(timeInWords(*progress.timeLeft)));
    }
    const QString tail = QStringLiteral("  ") + facts.join(QStringLiteral("  "));
    const qsizetype room = std::max<qsizetype>(8, width - 1 - tail.size());
    if (name.size() > room)
        name = name.left(room / 2) + QChar(0x2026) + name.right(room - room / 2 - 1);
    return (name.leftJustified(std::min<qsizetype>(room, 24)) + tail).left(std::max(0, width - 1));
}

QString stateInWords(const QString &name)
{
    const auto state = stateFromName(name);
    if (!state)
        return name;
    switch (*state) {
    case TaskState::Queued: return Text::tr("queued");
    case TaskState::Running: return Text::tr("running");
    case TaskState::Waiting: return Text::tr("waiting");
    case TaskState::Verifying: return Text::tr("checking");
    case TaskState::Paused: return Text::tr("paused");
    case TaskState::Completed: return Text::tr("completed");
    case TaskState::Failed: return Text::tr("failed");
    }
    return name;
}

QString recordLine(const ResumeData &data) { return listLine(objectOf(data)); }

QString listLine(const QJsonObject &object)
{
    const auto text = [&](const char *key) { return object.value(QLatin1String(key)).toString(); };
    QString done = sizeInWords(object.value(QLatin1String("bytes")).toInteger());
    if (const QJsonValue total = object.value(QLatin1String("total")); total.isDouble())
        done = Text::tr("%1 of %2").arg(done, sizeInWords(total.toInteger()));
    const qint64 rate = object.value(QLatin1String("rate")).toInteger();
    const QString speed = rate > 0 ? QStringLiteral("  ") + rateInWords(rate) : QString();
    const QString where = text("target").isEmpty() ? QString() : QStringLiteral("  -> ") + text("target");
    QString why;
    for (const QLatin1String key : {QLatin1String("error"), QLatin1String("reason")}) {
        if (const QJsonObject error = object.value(key).toObject(); !error.isEmpty())
            why = QStringLiteral("  ") + error.value(QLatin1String("message")).toString();
    }
    return QStringLiteral("%1  %2  %3%4%5%6")
        .arg(text("state"), -9)
        .arg(done, -22)
        .arg(text("url"), speed, where, why);
}

void print(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

void printError(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

int terminalWidth()
{
#ifdef Q_OS_UNIX
    winsize size{};
    if (isatty(STDERR_FILENO) && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0)
        return size.ws_col > 0 ? size.ws_col : 80;
#endif
    return 0;
}

} // namespace longhaul
