// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QStringList>

namespace longhaul {

// The desktop's file manager on a bus, as long as it lives: it notes what it is to show.
class FileManager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")

public:
    explicit FileManager(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, connectionName()))
        , m_isThere(m_bus.registerObject(QStringLiteral("/org/freedesktop/FileManager1"), this,
                                         QDBusConnection::ExportAllSlots)
                    && m_bus.registerService(serviceName()))
    {}
    ~FileManager() override
    {
        m_bus.unregisterService(serviceName());
        QDBusConnection::disconnectFromBus(connectionName());
    }

    bool isThere() const { return m_isThere; }
    QStringList shown() const { return m_shown; }

public Q_SLOTS:
    void ShowItems(const QStringList &uris, const QString &) { m_shown << uris; }

private:
    static QString connectionName() { return QStringLiteral("manager"); }
    static QString serviceName() { return QStringLiteral("org.freedesktop.FileManager1"); }

    QDBusConnection m_bus;
    bool m_isThere;
    QStringList m_shown;
};

} // namespace longhaul
