// SPDX-License-Identifier: MIT
#pragma once

#include "notifications.h"

#include "core/downloadmanager.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace longhaul {

class Preferences;

// Tells of downloads that have ended, through the manager's completed() and failed() alone:
// org.freedesktop.Notifications with the actions Open and Show in folder (QtDBus, never blocking), else
// QSystemTrayIcon::showMessage through `message`. Several ends within a second or two become one summary,
// which is replaced while more follow closely.
// Silent while Settings::notifications is off, or while setQuiet(true) (the window is in front).
class Notifier : public QObject
{
    Q_OBJECT

public:
    Notifier(DownloadManager &manager, Preferences &preferences, QObject *parent = nullptr);
    ~Notifier() override;

    void setQuiet(bool quiet);
    // At once, whatever the settings: for what must be said.
    void say(const QString &title, const QString &text);

Q_SIGNALS:
    void openWanted(const QString &filePath);
    void showInFolderWanted(const QString &filePath);
    void showWanted(); // the notification itself was clicked
    // No notification service is there: show this some other way.
    void message(const QString &title, const QString &text);

private:
    // A run of ends, each close to the one before: they share one notification.
    struct Burst {
        QList<TaskReport> completed; // the first few
        QList<TaskReport> failed;    // likewise
        int completedCount = 0;
        int failedCount = 0;
        int count() const { return completedCount + failedCount; }
    };

    void onEnd(const TaskReport &report);
    void onGathered();
    void show(const Notification &notification, quint32 replaces, const QString &filePath,
              const std::function<void(quint32 id)> &shown);
    void onAction(quint32 id, const QString &key);
    void onClosed(quint32 id);

    QString nameOf(const TaskReport &report) const;
    Notification inWords(const Burst &burst) const;
    Notification completedInWords(const TaskReport &report) const;
    Notification failedInWords(const TaskReport &report) const;
    Notification summaryInWords(const Burst &burst) const;

    DownloadManager &m_manager;
    Preferences &m_preferences;
    Notifications m_notifications;
    QTimer m_gathering; // runs from an end on, for a moment
    QElapsedTimer m_lastEnd;
    Burst m_burst;
    quint32 m_burstId = 0;  // of its notification; 0 while none is shown
    bool m_sending = false; // its id is not known yet
    bool m_quiet = false;
    QHash<quint32, QString> m_files; // shown notifications -> the file they are about; empty: none
};

} // namespace longhaul
