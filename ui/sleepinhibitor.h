// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QObject>

#include <memory>
#include <vector>

class QDBusMessage;

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

    bool isInhibiting() const { return m_held != nullptr; } // asked for, and granted

private:
    class Way; // one of the three services
    class GnomeWay;
    class LoginWay;
    class PowerWay;

    void updateSoon();
    void update();
    void ask(size_t which);
    void onReply(size_t which, const QDBusMessage &reply);

    DownloadManager &m_manager;
    Preferences &m_preferences;
    std::vector<std::unique_ptr<Way>> m_ways; // in the order they are asked
    Way *m_held = nullptr;                    // the one that has granted it
    bool m_wanted = false;
    bool m_asking = false;
    bool m_again = false;    // another download has begun since
    bool m_updating = false; // update() is due in this turn of the event loop
};

} // namespace longhaul
