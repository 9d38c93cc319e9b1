// SPDX-License-Identifier: MIT
#include "application.h"

#include "storecommands.h"

#include "ui/autostart.h"
#include "ui/preferences.h"

#include <QGuiApplication>
#include <QSessionManager>
#include <QStandardPaths>

#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr auto kDeadline = 800ms; // of the second in which the program has left

} // namespace

Application::Application(const WindowCommand &command, Preferences &preferences, ResumeStore &store,
                         QThreadPool &ioThreads)
    : m_command(command)
    , m_preferences(preferences)
    , m_io(ioThreads)
    , m_manager(store, m_network, ioThreads, preferences.settings())
    , m_answers(m_manager, preferences)
    , m_server([this](const QJsonObject &request) { return m_answers.answer(request); })
    , m_desktop(m_manager, preferences, ioThreads)
{
    m_deadline.setSingleShot(true);
    followSettings();
    followEnd();
    connect(&preferences, &Preferences::notWritten, this, &fail);
    connect(&m_answers, &ControlAnswers::showWanted, &m_desktop, &Desktop::show);
}

Application::~Application() = default;

void Application::followSettings()
{
    connect(&m_preferences, &Preferences::settingsChanged, &m_manager, &DownloadManager::apply);
    connect(&m_preferences, &Preferences::settingsChanged, this,
            [this, autostart = m_preferences.settings().autostart](const Settings &settings) mutable {
                if (std::exchange(autostart, settings.autostart) != settings.autostart)
                    setAutostart(settings.autostart, QCoreApplication::applicationFilePath(), m_io);
            });
    // The first start: where files go is in nobody's settings yet.
    Settings settings = m_preferences.settings();
    if (settings.folder.isEmpty()) {
        settings.folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
        m_preferences.setSettings(settings);
    }
}

void Application::followEnd()
{
    connect(&m_desktop, &Desktop::quitWanted, this, &Application::quit);
    connect(&m_interruption, &Interruption::requested, this, &Application::quit);
    const auto onSessionEnds = [this](QSessionManager &session) {
        // Else it would start us by our command line with words of its own in it.
        session.setRestartCommand(restartCommand());
        quit();
    };
    connect(qGuiApp, &QGuiApplication::commitDataRequest, this, onSessionEnds, Qt::DirectConnection);
    // exit() rather than quit(), which a window can refuse.
    connect(&m_manager, &DownloadManager::hasStopped, this, [] { QCoreApplication::exit(0); });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_hangs = true;
        QCoreApplication::exit(0);
    });
}

void Application::start()
{
    m_server.listen(m_command.stateDir); // first: others may be waiting to hand over
    m_manager.restore();
    for (const QUrl &url : m_command.urls) {
        DownloadTask *task = m_manager.add(url);
        if (isAtRest(task->state()))
            task->resume();
    }
    if (m_command.background)
        m_desktop.startHidden();
    else
        m_desktop.show({}, m_manager.find(m_command.urls.value(0)));
}

void Application::quit()
{
    if (std::exchange(m_quitting, true))
        return;
    m_server.close(); // who starts now waits for the store
    m_desktop.hide();
    m_deadline.start(kDeadline);
    m_manager.shutDown();
}

// For the next session, as we are now.
QStringList Application::restartCommand() const
{
    QStringList command{QCoreApplication::applicationFilePath()};
    if (m_command.stateDirGiven)
        command += {QStringLiteral("--state-dir"), m_command.stateDir};
    if (!m_desktop.isWindowVisible())
        command.append(QStringLiteral("--background"));
    return command;
}

} // namespace longhaul
