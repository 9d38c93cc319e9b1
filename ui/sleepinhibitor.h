// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QObject>

namespace longhaul {

class Preferences;

// Keeps the machine awake while a task is Running or Verifying and Settings::inhibitSleep is on: by
// org.gnome.SessionManager.Inhibit, else login1's Inhibit("sleep", "block"), else
// org.freedesktop.PowerManagement.Inhibit. Asynchronous; quietly does without where none answers.
class SleepInhibitor : public QObject
{
    Q_OBJECT

public:
    SleepInhibitor(DownloadManager &manager, Preferences &preferences, QObject *parent = nullptr);
    ~SleepInhibitor() override; // lets it sleep

    bool isInhibiting() const; // asked for, and not refused

private:
    class Private;
};

} // namespace longhaul
