// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>

#include <chrono>
#include <functional>

class QDBusMessage;
class QObject;

namespace longhaul {

enum class Bus { Session, System };

// Qt's own connection, made at the first call of all, which takes one to two milliseconds. Where the session
// has no bus it is not connected; libdbus would start one (dbus-launch), which no other program would know.
QDBusConnection connectionTo(Bus bus);

// A method call over D-Bus that is never waited for: `then` gets the reply, or the error, from the event
// loop, exactly once, unless `receiver` dies first. Where there is no bus it gets an error as well.
void callBus(Bus bus, const QDBusMessage &call, QObject *receiver,
             std::function<void(const QDBusMessage &reply)> then,
             std::chrono::milliseconds timeout = std::chrono::seconds(25));

} // namespace longhaul
