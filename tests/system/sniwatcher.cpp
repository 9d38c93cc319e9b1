// SPDX-License-Identifier: MIT
#include "sniwatcher.h"

#include "screen.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QSize>
#include <QTest>

using namespace Qt::StringLiterals;

namespace longhaul {

namespace {

QString connectionName() { return u"panel"_s; }
QString menuInterface() { return u"com.canonical.dbusmenu"_s; }
QString itemInterface() { return u"org.kde.StatusNotifierItem"_s; }

// (ia{sv}av), the children left out.
SniWatcher::Entry entryFrom(const QDBusArgument &argument)
{
    SniWatcher::Entry entry;
    QVariantMap properties;
    argument.beginStructure();
    argument >> entry.id >> properties;
    QVariantList children;
    argument >> children;
    argument.endStructure();
    entry.label = properties.value(u"label"_s).toString().remove(u'_');
    entry.enabled = properties.value(u"enabled"_s, true).toBool();
    entry.checkable = properties.value(u"toggle-type"_s).toString() == u"checkmark"_s;
    entry.checked = properties.value(u"toggle-state"_s).toInt() == 1;
    entry.separator = properties.value(u"type"_s).toString() == u"separator"_s;
    return entry;
}

} // namespace

SniWatcher::SniWatcher(const QString &address, bool hasHost)
    : m_bus(QDBusConnection::connectToBus(address, connectionName()))
    , m_hasHost(hasHost)
{
    m_works = m_bus.registerObject(u"/StatusNotifierWatcher"_s, this,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals
                                       | QDBusConnection::ExportAllProperties)
              && m_bus.registerService(u"org.kde.StatusNotifierWatcher"_s);
}

SniWatcher::~SniWatcher() { QDBusConnection::disconnectFromBus(connectionName()); }

bool SniWatcher::hasHost()
{
    m_asked = true;
    return m_hasHost;
}

bool SniWatcher::isKnown()
{
    const auto asked = [this] { return m_asked && m_items.size() == 1; };
    // What it answers by now it answers after it has read our own answer.
    return QTest::qWaitFor(asked, kPatience) && property(m_items.first(), u"Id"_s).isValid();
}

void SniWatcher::setHost(bool hasHost)
{
    m_hasHost = hasHost;
    m_asked = false;
    if (hasHost)
        Q_EMIT StatusNotifierHostRegistered();
    else
        Q_EMIT StatusNotifierHostUnregistered();
}

void SniWatcher::RegisterStatusNotifierItem(const QString &service)
{
    m_items << message().service();
    Q_EMIT StatusNotifierItemRegistered(service);
}

QDBusMessage SniWatcher::call(const QString &item, const QString &path, const QString &interface,
                              const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(item, path, interface, method);
    message.setArguments(arguments);
    return m_bus.call(message);
}

void SniWatcher::activate(const QString &item)
{
    call(item, u"/StatusNotifierItem"_s, itemInterface(), u"Activate"_s, {0, 0});
}

QVariant SniWatcher::property(const QString &item, const QString &name)
{
    const QDBusMessage reply = call(item, u"/StatusNotifierItem"_s, u"org.freedesktop.DBus.Properties"_s,
                                    u"Get"_s, {itemInterface(), name});
    return qvariant_cast<QDBusVariant>(reply.arguments().value(0)).variant();
}

QList<QSize> SniWatcher::iconSizes(const QString &item)
{
    QList<QSize> sizes;
    const auto argument = qvariant_cast<QDBusArgument>(property(item, u"IconPixmap"_s)); // a(iiay)
    argument.beginArray();
    while (!argument.atEnd()) {
        int width = 0;
        int height = 0;
        QByteArray bytes;
        argument.beginStructure();
        argument >> width >> height >> bytes;
        argument.endStructure();
        sizes << QSize(width, height);
    }
    argument.endArray();
    return sizes;
}

QString SniWatcher::toolTip(const QString &item)
{
    const auto argument = qvariant_cast<QDBusArgument>(property(item, u"ToolTip"_s)); // (sa(iiay)ss)
    QString icon;
    QString title;
    argument.beginStructure();
    argument >> icon;
    argument.beginArray();
    while (!argument.atEnd()) {
        int width = 0;
        int height = 0;
        QByteArray bytes;
        argument.beginStructure();
        argument >> width >> height >> bytes;
        argument.endStructure();
    }
    argument.endArray();
    argument >> title;
    argument.endStructure();
    return title;
}

QList<SniWatcher::Entry> SniWatcher::menu(const QString &item)
{
    const QString path = qvariant_cast<QDBusObjectPath>(property(item, u"Menu"_s)).path();
    const QDBusMessage reply = call(item, path, menuInterface(), u"GetLayout"_s, {0, -1, QStringList()});
    QList<Entry> entries;
    if (reply.type() != QDBusMessage::ReplyMessage)
        return entries;
    const auto root = qvariant_cast<QDBusArgument>(reply.arguments().value(1));
    int id = 0;
    QVariantMap properties;
    root.beginStructure();
    root >> id >> properties;
    root.beginArray();
    while (!root.atEnd()) {
        QDBusVariant child;
        root >> child;
        entries << entryFrom(qvariant_cast<QDBusArgument>(child.variant()));
    }
    root.endArray();
    root.endStructure();
    return entries;
}

void SniWatcher::click(const QString &item, const QString &label)
{
    const QString path = qvariant_cast<QDBusObjectPath>(property(item, u"Menu"_s)).path();
    for (const Entry &entry : menu(item)) {
        if (entry.label == label)
            call(item, path, menuInterface(), u"Event"_s,
                 {entry.id, u"clicked"_s, QVariant::fromValue(QDBusVariant(QString())), 0U});
    }
}

} // namespace longhaul
