// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "controlanswers.h"
#include "controlserver.h"
#include "desktop.h"
#include "interruption.h"

#include "core/downloadmanager.h"
#include "core/ioqueue.h"
#include "core/networkpolicy.h"

#include <QTimer>

namespace longhaul {

// The composition root of the program with a window: all that lives as long as it runs, each handed what it
// needs. Needs a QApplication. Asks the event loop to end with exit(0) when the user, a signal or the session
// wants it to end.
class Application : public QObject
{
    Q_OBJECT

public:
    // `store` is open. All of them must outlive it.
    Application(const WindowCommand &command, Preferences &preferences, ResumeStore &store,
                QThreadPool &ioThreads);
    ~Application() override;

    // Takes up the downloads, and shows the window unless the command says otherwise.
    void start();
    // Stops what runs, records it so that it goes on at the next start, and ends the event loop: at the
    // latest after 0.8 s.
    void quit();
    // After the event loop: something did not stop in time, and waiting for it might take for ever.
    bool hangs() const { return m_hangs; }

private:
    void followSettings();
    void followEnd();
    QStringList restartCommand() const;

    const WindowCommand m_command;
    Preferences &m_preferences;
    IoQueue m_io; // for what is asked of disks here
    Interruption m_interruption;
    SystemNetworkPolicy m_network;
    DownloadManager m_manager;
    ControlAnswers m_answers;
    ControlServer m_server;
    Desktop m_desktop;
    QTimer m_deadline;
    bool m_quitting = false;
    bool m_hangs = false;
};

} // namespace longhaul
