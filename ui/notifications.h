// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QObject>

#include <functional>
#include <utility>

class QDBusMessage;

namespace longhaul {

// What a notification says. All texts are plain; what the service wants escaped is escaped on the way.
struct Notification {
    QString title;
    QString body;                               // lines
    QString category;                           // "transfer.complete", ...; may be empty
    QList<std::pair<QString, QString>> actions; // key ("default": the notification itself), label
    bool operator==(const Notification &) const = default;
};

// The desktop's org.freedesktop.Notifications (Desktop Notifications Specification 1.2), never waited for.
// The service may come, go and change between two notifications: nothing is remembered of it.
class Notifications : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Shows it, in place of the notification `replaces` unless that is 0. `shown` gets its id, or 0 when no
    // service has taken it.
    void show(const Notification &notification, quint32 replaces, std::function<void(quint32 id)> shown);

Q_SIGNALS:
    // Of whatever program: compare the id with that of `shown`.
    void actionInvoked(quint32 id, const QString &key);
    void closed(quint32 id);

private Q_SLOTS:
    void onActionInvoked(quint32 id, const QString &key, const QDBusMessage &message);
    void onClosed(quint32 id, quint32 reason, const QDBusMessage &message);

private:
    void listen();
    void notify(const Notification &notification, quint32 replaces, const QStringList &capabilities,
                const std::function<void(quint32)> &shown);

    bool m_listening = false;
    QString m_service; // the unique name of who took the last one: nobody else is believed
};

} // namespace longhaul
