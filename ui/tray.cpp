// SPDX-License-Identifier: MIT
#include "tray.h"

#include "icons.h"
#include "preferences.h"
#include "trayicon.h"

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimerEvent>

#include <utility>

namespace longhaul {

namespace {

constexpr int kTick = 1000; // ms; each tick may go over D-Bus to the panel

} // namespace

Tray::Tray(DownloadManager &manager, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_preferences(preferences)
{
    connect(&m_host, &TrayHost::changed, this, &Tray::onHostChanged);
}

Tray::~Tray() = default;

void Tray::showMessage(const QString &title, const QString &text)
{
    if (m_isThere)
        m_icon->showMessage(title, text, m_icon->icon());
}

void Tray::onHostChanged()
{
    // Where Qt itself sees no tray, no icon is shown, whatever host is there. It waits for D-Bus to know: so
    // it is asked once.
    const bool isThere = m_host.isThere() && (m_icon || QSystemTrayIcon::isSystemTrayAvailable());
    if (isThere == std::exchange(m_isThere, isThere))
        return;
    if (!isThere) {
        m_tick.stop();
    } else {
        if (!m_icon)
            makeIcon();
        update();
        m_icon->show(); // once: later Qt itself gives it to a host that has come back
    }
    Q_EMIT isThereChanged(isThere);
}

void Tray::makeIcon()
{
    makeMenu();
    m_icon = std::make_unique<QSystemTrayIcon>(trayIcon(applicationIcon(), {}));
    m_icon->setObjectName(QStringLiteral("trayIcon"));
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason how) {
        if (how == QSystemTrayIcon::Trigger)
            Q_EMIT toggleWanted();
    });
    connect(&m_manager, &DownloadManager::added, this, &Tray::updateSoon);
    connect(&m_manager, &DownloadManager::totalsChanged, this, &Tray::updateSoon);
    connect(&m_preferences, &Preferences::settingsChanged, this, &Tray::updateLimit);
    updateLimit();
}

void Tray::makeMenu()
{
    m_menu = std::make_unique<QMenu>();
    m_menu->setObjectName(QStringLiteral("trayMenu"));
    const auto add = [this](const QString &name, const QString &text) {
        QAction *action = m_menu->addAction(text);
        action->setObjectName(name);
        return action;
    };
    QAction *show = add(QStringLiteral("trayShow"), tr("&Show Longhaul"));
    m_menu->setDefaultAction(show);
    QAction *paste = add(QStringLiteral("trayAddFromClipboard"), tr("&Add from clipboard"));
    m_menu->addSeparator();
    m_pauseAll = add(QStringLiteral("trayPauseAll"), tr("&Pause all"));
    m_resumeAll = add(QStringLiteral("trayResumeAll"), tr("&Resume all"));
    m_limit = add(QStringLiteral("trayLimit"), tr("&Limit speed"));
    m_limit->setCheckable(true);
    m_menu->addSeparator();
    QAction *quit = add(QStringLiteral("trayQuit"), tr("&Quit"));

    connect(show, &QAction::triggered, this, &Tray::showWanted);
    connect(paste, &QAction::triggered, this, &Tray::addFromClipboardWanted);
    connect(m_pauseAll, &QAction::triggered, &m_manager, &DownloadManager::pauseAll);
    connect(m_resumeAll, &QAction::triggered, &m_manager, &DownloadManager::resumeAll);
    connect(m_limit, &QAction::triggered, this, [this](bool limited) {
        Settings settings = m_preferences.settings();
        settings.limited = limited;
        m_preferences.setSettings(settings);
    });
    connect(quit, &QAction::triggered, this, &Tray::quitWanted);
}

void Tray::updateLimit()
{
    const Settings &settings = m_preferences.settings();
    m_limit->setEnabled(settings.rateLimit > 0);
    m_limit->setChecked(settings.effectiveRateLimit() > 0);
}

// Once for all changes of this turn of the event loop; while the tick runs, with the tick.
void Tray::updateSoon()
{
    if (m_isThere && !m_tick.isActive() && !std::exchange(m_updating, true))
        QMetaObject::invokeMethod(this, &Tray::update, Qt::QueuedConnection);
}

void Tray::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_tick.timerId())
        update();
}

void Tray::update()
{
    m_updating = false;
    if (!m_isThere)
        return;
    const Overall overall = overallOf(m_manager);
    if (overall.active == 0)
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start(kTick, this);
    m_pauseAll->setEnabled(overall.active + overall.waiting > 0);
    m_resumeAll->setEnabled(overall.paused > 0);
    showOverall(overall);
}

// Only what has changed: each change goes to the panel.
void Tray::showOverall(const Overall &overall)
{
    const QString toolTip = inWords(overall);
    if (toolTip != std::exchange(m_toolTip, toolTip))
        m_icon->setToolTip(toolTip);
    if (overall.percent != std::exchange(m_percent, overall.percent))
        m_icon->setIcon(trayIcon(applicationIcon(), overall.percent));
}

} // namespace longhaul
