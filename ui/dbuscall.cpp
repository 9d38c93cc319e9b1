// SPDX-License-Identifier: MIT
#include "dbuscall.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>

#include <utility>

namespace longhaul {

void callBus(Bus bus, const QDBusMessage &call, QObject *receiver,
             std::function<void(const QDBusMessage &)> then, std::chrono::milliseconds timeout)
{
    const QDBusConnection connection =
        bus == Bus::Session ? QDBusConnection::sessionBus() : QDBusConnection::systemBus();
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
