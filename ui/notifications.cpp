// SPDX-License-Identifier: MIT
#include "notifications.h"

#include "dbuscall.h"

#include <QDBusMessage>

namespace longhaul {

namespace {

// Long enough for a service that is started by the call; then the message is shown some other way.
constexpr std::chrono::seconds kPatience{10};

QString serviceName() { return QStringLiteral("org.freedesktop.Notifications"); }
QString objectPath() { return QStringLiteral("/org/freedesktop/Notifications"); }

QDBusMessage methodCall(const QString &method)
{
    return QDBusMessage::createMethodCall(serviceName(), objectPath(), serviceName(), method);
}

// The specification's markup: XML's escapes, no more.
QString escaped(const QString &text)
{
    QString escaped = text;
    return escaped.replace(u'&', QLatin1String("&amp;"))
        .replace(u'<', QLatin1String("&lt;"))
        .replace(u'>', QLatin1String("&gt;"));
}

} // namespace

void Notifications::show(const Notification &notification, quint32 replaces,
                         std::function<void(quint32)> shown)
{
    listen();
    callBus(
        Bus::Session, methodCall(QStringLiteral("GetCapabilities")), this,
        [this, notification, replaces, shown = std::move(shown)](const QDBusMessage &reply) {
            if (reply.type() != QDBusMessage::ReplyMessage)
                shown(0);
            else
                notify(notification, replaces, reply.arguments().value(0).toStringList(), shown);
        },
        kPatience);
}

void Notifications::notify(const Notification &notification, quint32 replaces,
                           const QStringList &capabilities, const std::function<void(quint32)> &shown)
{
    QStringList actions;
    if (capabilities.contains(QLatin1String("actions"))) {
        for (const auto &[key, label] : notification.actions)
            actions << key << label;
    }
    QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("longhaul")}};
    if (!notification.category.isEmpty())
        hints.insert(QStringLiteral("category"), notification.category);
    const bool markup = capabilities.contains(QLatin1String("body-markup"));
    constexpr int kServiceDecides = -1; // when it expires

    QDBusMessage call = methodCall(QStringLiteral("Notify"));
    call << QStringLiteral("Longhaul") << replaces << QStringLiteral("longhaul") << notification.title
         << (markup ? escaped(notification.body) : notification.body) << actions << hints << kServiceDecides;
    callBus(
        Bus::Session, call, this,
        [this, shown](const QDBusMessage &reply) {
            const bool taken = reply.type() == QDBusMessage::ReplyMessage;
            if (taken)
                m_service = reply.service();
            shown(taken ? reply.arguments().value(0).toUInt() : 0);
        },
        kPatience);
}

// Without the service's name, which QtDBus would look up at once and wait for.
void Notifications::listen()
{
    if (std::exchange(m_listening, true))
        return;
    QDBusConnection bus = connectionTo(Bus::Session);
    // The signatures are in Qt's normal form.
    // clang-format off
    bus.connect({}, objectPath(), serviceName(), QStringLiteral("ActionInvoked"), this,
                SLOT(onActionInvoked(quint32,QString,QDBusMessage)));
    bus.connect({}, objectPath(), serviceName(), QStringLiteral("NotificationClosed"), this,
                SLOT(onClosed(quint32,quint32,QDBusMessage)));
    // clang-format on
}

void Notifications::onActionInvoked(quint32 id, const QString &key, const QDBusMessage &message)
{
    if (message.service() == m_service)
        Q_EMIT actionInvoked(id, key);
}

void Notifications::onClosed(quint32 id, quint32, const QDBusMessage &message)
{
    if (message.service() == m_service)
        Q_EMIT closed(id);
}

} // namespace longhaul
