// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QObject>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>

namespace longhaul {

// A panel that speaks StatusNotifierItem, on a connection of its own: org.kde.StatusNotifierWatcher and the
// host in one. It looks at items through their D-Bus interface, as panels do. Its calls wait: the item must
// live in another process.
class SniWatcher : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ items NOTIFY StatusNotifierItemRegistered)
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost NOTIFY StatusNotifierHostRegistered)
    Q_PROPERTY(int ProtocolVersion READ protocolVersion CONSTANT)

public:
    // Without a host it is a watcher alone, as where the panel has crashed and its daemon has not.
    explicit SniWatcher(const QString &address, bool hasHost = true);
    ~SniWatcher() override; // its name vanishes from the bus
    bool works() const { return m_works; }
    void setHost(bool hasHost);
    bool hasHost();
    // Waits until the one program that has an item knows how it is with the host: it has asked since that
    // became so, and has come to whatever it does then.
    bool isKnown();

    // The names of connections that have registered an item.
    QStringList items() const { return m_items; }
    void activate(const QString &item); // a left click
    QVariant property(const QString &item, const QString &name);
    QList<QSize> iconSizes(const QString &item);
    QString toolTip(const QString &item);

    struct Entry {
        int id = 0;
        QString label;
        bool enabled = true;
        bool checkable = false;
        bool checked = false;
        bool separator = false;
    };
    QList<Entry> menu(const QString &item);
    void click(const QString &item, const QString &label);

    int protocolVersion() const { return 0; }

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &service);
    void RegisterStatusNotifierHost(const QString &) {}

Q_SIGNALS:
    void StatusNotifierItemRegistered(const QString &service);
    void StatusNotifierHostRegistered();
    void StatusNotifierHostUnregistered();

private:
    QDBusMessage call(const QString &item, const QString &path, const QString &interface,
                      const QString &method, const QVariantList &arguments = {});

    QDBusConnection m_bus;
    QStringList m_items;
    bool m_hasHost = false;
    bool m_asked = false; // for the host, since it came or went
    bool m_works = false;
};

} // namespace longhaul
