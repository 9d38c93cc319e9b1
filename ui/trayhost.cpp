// SPDX-License-Identifier: MIT
#include "trayhost.h"

#include "dbuscall.h"

#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QSystemTrayIcon>

#include <utility>

namespace longhaul {

namespace {

QString watcherName() { return QStringLiteral("org.kde.StatusNotifierWatcher"); }
QString watcherPath() { return QStringLiteral("/StatusNotifierWatcher"); }

} // namespace

TrayHost::TrayHost(QObject *parent)
    : QObject(parent)
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    m_isThere = QSystemTrayIcon::isSystemTrayAvailable();
    if (m_isThere)
        QMetaObject::invokeMethod(this, &TrayHost::changed, Qt::QueuedConnection);
#else
    // Qt puts icons into trays from these platforms alone.
    const QString platform = QGuiApplication::platformName();
    if (platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland")))
        watchDBus();
#endif
}

TrayHost::~TrayHost() = default;

void TrayHost::watchDBus()
{
    QDBusConnection bus = connectionTo(Bus::Session);
    m_names =
        std::make_unique<QDBusServiceWatcher>(watcherName(), bus, QDBusServiceWatcher::WatchForOwnerChange);
    connect(m_names.get(), &QDBusServiceWatcher::serviceOwnerChanged, this, &TrayHost::askWatcher);
    // Without the service's name, which QtDBus would look up at once and wait for.
    for (const auto &signal :
         {QStringLiteral("StatusNotifierHostRegistered"), QStringLiteral("StatusNotifierHostUnregistered")})
        bus.connect({}, watcherPath(), watcherName(), signal, this, SLOT(askWatcher()));
    askWatcher();
}

// The watcher may be there without a host; it may also be a bare name that never answers.
void TrayHost::askWatcher()
{
    m_askAgain = m_asking;
    if (std::exchange(m_asking, true))
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(watcherName(), watcherPath(),
                                                       QStringLiteral("org.freedesktop.DBus.Properties"),
                                                       QStringLiteral("Get"));
    call << watcherName() << QStringLiteral("IsStatusNotifierHostRegistered");
    call.setAutoStartService(false);
    callBus(Bus::Session, call, this, [this](const QDBusMessage &reply) {
        m_asking = false;
        const QVariant value = reply.arguments().value(0);
        const bool answered = reply.type() == QDBusMessage::ReplyMessage;
        if (std::exchange(m_askAgain, false))
            askWatcher();
        else
            onAnswer(answered && qvariant_cast<QDBusVariant>(value).variant().toBool());
    });
}

void TrayHost::onAnswer(bool hostIsThere)
{
    if (hostIsThere || m_kind == Kind::StatusNotifier)
        set(Kind::StatusNotifier, hostIsThere);
    if (m_kind == Kind::StatusNotifier)
        m_xembed.reset();
    else if (!m_xembed)
        watchX11();
}

void TrayHost::watchX11()
{
    m_xembed = std::make_unique<XembedTray>();
    connect(m_xembed.get(), &XembedTray::changed, this, [this] {
        if (m_xembed->isThere() || m_kind == Kind::XEmbed)
            set(Kind::XEmbed, m_xembed->isThere());
    });
}

void TrayHost::set(Kind kind, bool isThere)
{
    if (m_kind == Kind::Undecided)
        m_kind = kind;
    if (m_kind == kind && isThere != std::exchange(m_isThere, isThere))
        Q_EMIT changed();
}

} // namespace longhaul
