// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QStringList>
#include <QVariant>

// Services of a desktop, of the tests' own: each on a connection of its own, and off the bus when it goes.
namespace longhaul {

struct Told {
    quint32 id;
    quint32 replaces;
    QString title, body;
    QStringList actions;
    QVariantMap hints;
};

class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    explicit NotificationService(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, QStringLiteral("notifications")))
    {
        m_works = m_bus.registerObject(path(), this, QDBusConnection::ExportAllSlots)
                  && m_bus.registerService(name());
    }
    ~NotificationService() override
    {
        m_bus.unregisterService(name()); // waits: from here on it is gone
        QDBusConnection::disconnectFromBus(m_bus.name());
    }
    bool works() const { return m_works; }

    void act(quint32 id, const QString &key) { send(m_bus, QStringLiteral("ActionInvoked"), {id, key}); }
    void close(quint32 id) { send(m_bus, QStringLiteral("NotificationClosed"), {id, 2U}); }
    static void send(const QDBusConnection &bus, const QString &signal, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(path(), name(), signal);
        message.setArguments(arguments);
        bus.send(message);
    }

    QStringList capabilities{QStringLiteral("body"), QStringLiteral("actions"),
                             QStringLiteral("body-markup")};
    QList<Told> told;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        const uint id = replaces ? replaces : ++m_last;
        told << Told{id, replaces, title, body, actions, hints};
        return id;
    }

private:
    static QString name() { return QStringLiteral("org.freedesktop.Notifications"); }
    static QString path() { return QStringLiteral("/org/freedesktop/Notifications"); }

    QDBusConnection m_bus;
    bool m_works = false;
    uint m_last = 40;
};

class FileManager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")

public:
    explicit FileManager(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, QStringLiteral("manager")))
    {
        m_works = m_bus.registerObject(QStringLiteral("/org/freedesktop/FileManager1"), this,
                                       QDBusConnection::ExportAllSlots)
                  && m_bus.registerService(name());
    }
    ~FileManager() override
    {
        m_bus.unregisterService(name());
        QDBusConnection::disconnectFromBus(m_bus.name());
    }
    bool works() const { return m_works; }

    QStringList shown;

public Q_SLOTS:
    void ShowItems(const QStringList &uris, const QString &) { shown << uris; }

private:
    static QString name() { return QStringLiteral("org.freedesktop.FileManager1"); }

    QDBusConnection m_bus;
    bool m_works = false;
};

} // namespace longhaul
