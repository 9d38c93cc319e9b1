// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

class QDBusMessage;
class QObject;

namespace longhaul {

enum class Bus { Session, System };

// A method call over D-Bus that is never waited for: `then` gets the reply, or the error, from the event
// loop, exactly once, unless `receiver` dies first. Where there is no bus it gets an error as well.
//
// The connection is made at the first call, which takes about a millisecond; it is Qt's own, which its
// platform plugins mostly have opened before.
void callBus(Bus bus, const QDBusMessage &call, QObject *receiver,
             std::function<void(const QDBusMessage &reply)> then,
             std::chrono::milliseconds timeout = std::chrono::seconds(25));

} // namespace longhaul
