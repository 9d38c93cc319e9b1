// SPDX-License-Identifier: MIT
#include "dbuscall.h"

#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QFile>

#include <utility>

namespace longhaul {

namespace {

// As libdbus looks for it before it would start one. The second is a socket in memory: asking is no wait.
bool sessionHasBus()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
           || (!runtime.isEmpty() && QFile::exists(runtime + QStringLiteral("/bus")));
}

} // namespace

QDBusConnection connectionTo(Bus bus)
{
    if (bus == Bus::System)
        return QDBusConnection::systemBus();
#ifdef Q_OS_UNIX
    if (!sessionHasBus())
        return QDBusConnection(QString());
#endif
    return QDBusConnection::sessionBus();
}

void callBus(Bus bus, const QDBusMessage &call, QObject *receiver,
             std::function<void(const QDBusMessage &)> then, std::chrono::milliseconds timeout)
{
    const QDBusConnection connection = connectionTo(bus);
    if (!connection.isConnected()) { // a call would never be answered
        const QDBusMessage error = QDBusMessage::createError(QDBusError::Disconnected, {});
        QMetaObject::invokeMethod(
            receiver, [then = std::move(then), error] { then(error); }, Qt::QueuedConnection);
        return;
    }
    auto *watcher = new QDBusPendingCallWatcher(connection.asyncCall(call, int(timeout.count())), receiver);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, receiver,
                     [then = std::move(then)](QDBusPendingCallWatcher *self) {
                         self->deleteLater();
                         then(self->reply());
                     });
}

} // namespace longhaul
