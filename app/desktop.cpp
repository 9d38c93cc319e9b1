// SPDX-License-Identifier: MIT
#include "desktop.h"

#include "ui/mainwindow.h"
#include "ui/preferences.h"

#include <QGuiApplication>
#include <QTimer>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr auto kTrayComes = 15s; // after login

} // namespace

Desktop::Desktop(DownloadManager &manager, Preferences &preferences, QThreadPool &ioThreads, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_preferences(preferences)
    , m_ioThreads(ioThreads)
    , m_files(ioThreads)
    , m_tray(manager, preferences)
    , m_notifier(manager, preferences)
    , m_inhibitor(manager, preferences)
{
    joinTray();
    joinNotifier();
    joinManager();
}

Desktop::~Desktop() = default;

MainWindow &Desktop::window()
{
    if (!m_window) {
        m_window = std::make_unique<MainWindow>(m_manager, m_preferences, m_files, m_ioThreads);
        m_window->setReachable(m_tray.isThere());
        connect(m_window.get(), &MainWindow::quitWanted, this, &Desktop::quitWanted);
        connect(m_window.get(), &MainWindow::shownOrHidden, this, &Desktop::updateQuiet);
        connect(m_window.get(), &MainWindow::wentToBackground, this, [this](bool firstTime) {
            if (firstTime)
                m_notifier.say(tr("Longhaul keeps running"),
                               tr("Downloads go on in the background. Start Longhaul again to see them."));
        });
    }
    return *m_window;
}

void Desktop::joinTray()
{
    connect(&m_tray, &Tray::isThereChanged, this, &Desktop::onTrayChanged);
    connect(&m_tray, &Tray::showWanted, this, [this] { show(); });
    connect(&m_tray, &Tray::toggleWanted, this, &Desktop::toggle);
    connect(&m_tray, &Tray::addFromClipboardWanted, this, [this] {
        show();
        window().addFromClipboard();
    });
    connect(&m_tray, &Tray::quitWanted, this, &Desktop::quitWanted);
}

void Desktop::joinNotifier()
{
    connect(&m_notifier, &Notifier::openWanted, &m_files, &Files::open);
    connect(&m_notifier, &Notifier::showInFolderWanted, &m_files, &Files::showInFolder);
    connect(&m_notifier, &Notifier::showWanted, this, [this] { show(); });
    connect(&m_notifier, &Notifier::message, &m_tray, &Tray::showMessage);
    connect(&m_files, &Files::failed, &m_notifier, [this](const QString &sentence) {
        if (!isWindowInSight()) // else it says so itself
            m_notifier.say(tr("Longhaul"), sentence);
    });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &Desktop::updateQuiet);
}

// A window of ours has the focus: the user sees for himself. Qt takes the program for active a while longer
// than its window is there (on X11 400 ms): so that one counts as well.
void Desktop::updateQuiet()
{
    m_notifier.setQuiet(QGuiApplication::applicationState() == Qt::ApplicationActive && isWindowInSight());
}

void Desktop::joinManager()
{
    const auto mark = [this](const TaskReport &report) {
        if (isWindowInSight())
            return;
        if (DownloadTask *task = m_manager.find(report.url))
            task->setUnseen(true);
    };
    connect(&m_manager, &DownloadManager::completed, this, mark);
    connect(&m_manager, &DownloadManager::failed, this, mark);
}

// Minimised, it is there, too.
bool Desktop::isWindowVisible() const { return m_window && m_window->isVisible(); }

bool Desktop::isWindowInSight() const { return isWindowVisible() && !m_window->isMinimized(); }

void Desktop::show(const QString &activationToken, DownloadTask *task)
{
    // Where Qt takes it from; without it a Wayland desktop lets no window come to the front by itself.
    if (!activationToken.isEmpty() && QGuiApplication::platformName().startsWith(QLatin1String("wayland")))
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    window().showAndRaise();
    if (task)
        window().reveal(task);
}

void Desktop::startHidden()
{
    if (m_tray.isThere())
        return;
    auto *patience = new QTimer(this);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this, [this] {
        if (!isWindowVisible())
            window().showMinimized();
    });
    connect(patience, &QTimer::timeout, patience, &QObject::deleteLater);
    // From then on its comings and goings are followed, and nothing has to wake up.
    connect(&m_tray, &Tray::isThereChanged, patience, &QObject::deleteLater);
    patience->start(kTrayComes);
}

void Desktop::hide()
{
    if (m_window)
        m_window->hide();
}

void Desktop::toggle()
{
    if (isWindowInSight() && m_window->isActiveWindow())
        m_window->hide();
    else
        show();
}

// The host may die while the window is hidden: there is no other way back to it then.
void Desktop::onTrayChanged(bool isThere)
{
    if (m_window)
        m_window->setReachable(isThere);
    if (!isThere && !isWindowVisible())
        window().show();
}

} // namespace longhaul
