// SPDX-License-Identifier: MIT
#include "notifier.h"

#include "plaintext.h"
#include "preferences.h"

#include "core/words.h"

#include <QFileInfo>

#include <algorithm>

namespace longhaul {

namespace {

constexpr std::chrono::seconds kGathering{1};       // how long ends are gathered
constexpr std::chrono::milliseconds kClose{10'000}; // an end no later than this after another belongs to it
constexpr qsizetype kNamed = 3;                     // names in a summary

// Plain texts, one a line.
QString lines(const QStringList &texts)
{
    QStringList lines;
    for (const QString &text : texts)
        lines << plainText(text);
    return lines.join(u'\n');
}

} // namespace

Notifier::Notifier(DownloadManager &manager, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_preferences(preferences)
    , m_gathering(this)
{
    m_gathering.setSingleShot(true);
    m_gathering.setInterval(kGathering);
    connect(&m_gathering, &QTimer::timeout, this, &Notifier::onGathered);
    connect(&m_manager, &DownloadManager::completed, this, &Notifier::onEnd);
    connect(&m_manager, &DownloadManager::failed, this, &Notifier::onEnd);
    connect(&m_notifications, &Notifications::actionInvoked, this, &Notifier::onAction);
    connect(&m_notifications, &Notifications::closed, this, &Notifier::onClosed);
}

Notifier::~Notifier() = default;

void Notifier::setQuiet(bool quiet)
{
    m_quiet = quiet;
    if (!quiet)
        return;
    // The user sees the list: what has not been said by now need not be.
    m_gathering.stop();
    m_burst = {};
    m_burstId = 0;
}

void Notifier::say(const QString &title, const QString &text)
{
    show({title, text, {}, {{QStringLiteral("default"), tr("Show Longhaul")}}}, 0, {}, {});
}

void Notifier::onEnd(const TaskReport &report)
{
    if (m_quiet || !m_preferences.settings().notifications)
        return;
    const bool isClose = m_lastEnd.isValid() && !m_lastEnd.hasExpired(kClose.count());
    if (!isClose && !m_gathering.isActive() && !m_sending) {
        m_burst = {};
        m_burstId = 0;
    }
    m_lastEnd.start();
    (report.error ? m_burst.failedCount : m_burst.completedCount) += 1;
    QList<TaskReport> &kept = report.error ? m_burst.failed : m_burst.completed;
    if (kept.size() < kNamed)
        kept << report;
    if (!m_gathering.isActive())
        m_gathering.start();
}

void Notifier::onGathered()
{
    if (m_sending) { // the id to replace is on its way
        m_gathering.start();
        return;
    }
    m_sending = true;
    const bool hasFile = m_burst.count() == 1 && m_burst.completedCount == 1;
    const QString filePath = hasFile ? m_burst.completed.constFirst().filePath : QString();
    show(inWords(m_burst), m_burstId, filePath, [this](quint32 id) {
        m_sending = false;
        if (m_burst.count() > 0)
            m_burstId = id;
    });
}

void Notifier::show(const Notification &notification, quint32 replaces, const QString &filePath,
                    const std::function<void(quint32)> &shown)
{
    m_notifications.show(notification, replaces, [this, notification, filePath, shown](quint32 id) {
        if (id != 0)
            m_files.insert(id, filePath);
        if (shown)
            shown(id);
        if (id == 0)
            Q_EMIT message(notification.title, notification.body);
    });
}

void Notifier::onAction(quint32 id, const QString &key)
{
    if (!m_files.contains(id))
        return;
    const QString filePath = m_files.value(id);
    if (key == QLatin1String("default"))
        Q_EMIT showWanted();
    else if (key == QLatin1String("open") && !filePath.isEmpty())
        Q_EMIT openWanted(filePath);
    else if (key == QLatin1String("show-in-folder") && !filePath.isEmpty())
        Q_EMIT showInFolderWanted(filePath);
}

void Notifier::onClosed(quint32 id)
{
    m_files.remove(id);
    if (id != m_burstId)
        return;
    m_burstId = 0;
    if (!m_gathering.isActive())
        m_burst = {};
}

QString Notifier::nameOf(const TaskReport &report) const
{
    if (!report.filePath.isEmpty())
        return plainText(QFileInfo(report.filePath).fileName());
    const DownloadTask *task = m_manager.find(report.url);
    return plainText(task ? shownName(task->resumeData()) : shownUrl(report.url));
}

Notification Notifier::inWords(const Burst &burst) const
{
    if (burst.count() > 1)
        return summaryInWords(burst);
    return burst.failed.isEmpty() ? completedInWords(burst.completed.constFirst())
                                  : failedInWords(burst.failed.constFirst());
}

Notification Notifier::completedInWords(const TaskReport &report) const
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(report.duration);
    const QString size = sizeInWords(report.size);
    return {tr("%1 has been downloaded").arg(nameOf(report)),
            //: Size and duration of a download, as "1.4 GiB in 2:03"
            seconds.count() > 0 ? tr("%1 in %2").arg(size, timeInWords(seconds)) : size,
            QStringLiteral("transfer.complete"),
            {{QStringLiteral("default"), tr("Show Longhaul")},
             {QStringLiteral("open"), tr("Open")},
             {QStringLiteral("show-in-folder"), tr("Show in folder")}}};
}

Notification Notifier::failedInWords(const TaskReport &report) const
{
    return {tr("%1 could not be downloaded").arg(nameOf(report)),
            lines({longhaul::message(*report.error), advice(report.error->code)}),
            QStringLiteral("transfer.error"),
            {{QStringLiteral("default"), tr("Show Longhaul")}}};
}

Notification Notifier::summaryInWords(const Burst &burst) const
{
    const QString done = tr("%n download(s) finished", nullptr, burst.completedCount);
    const QString failed = tr("%n download(s) failed", nullptr, burst.failedCount);
    QString title = burst.failedCount == 0 ? done : failed;
    if (burst.failedCount > 0 && burst.completedCount > 0)
        //: Title of a notification. %1: "12 downloads finished", %2: "2 failed"
        title = tr("%1, %2").arg(done, tr("%n failed", nullptr, burst.failedCount));

    QStringList names; // of those that failed first
    for (const TaskReport &report : burst.failed + burst.completed)
        names << nameOf(report);
    names.resize(std::min(names.size(), kNamed));
    QString body = lines(names);
    if (burst.count() > names.size())
        body += u'\n' + tr("and %n more", nullptr, burst.count() - int(names.size()));
    return {title,
            body,
            burst.failedCount > 0 ? QStringLiteral("transfer.error") : QStringLiteral("transfer.complete"),
            {{QStringLiteral("default"), tr("Show Longhaul")}}};
}

} // namespace longhaul
