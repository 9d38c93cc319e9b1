// SPDX-License-Identifier: MIT
#include "sleepinhibitor.h"

#include "dbuscall.h"
#include "preferences.h"

#include <QDBusMessage>
#include <QDBusUnixFileDescriptor>

#include <algorithm>

namespace longhaul {

namespace {

constexpr uint kSuspend = 4; // org.gnome.SessionManager.Inhibit: "inhibit suspending the session or computer"

} // namespace

// How one service is asked, and told that it is over.
class SleepInhibitor::Way
{
public:
    Way() = default;
    Q_DISABLE_COPY_MOVE(Way)
    virtual ~Way() = default;
    virtual Bus bus() const = 0;
    virtual QDBusMessage request(const QString &reason) const = 0;
    // False when the reply grants nothing.
    virtual bool keep(const QDBusMessage &reply) = 0;
    virtual void release() = 0;
};

class SleepInhibitor::GnomeWay : public Way
{
public:
    Bus bus() const override { return Bus::Session; }
    QDBusMessage request(const QString &reason) const override
    {
        return call(QStringLiteral("Inhibit")) << QStringLiteral("longhaul") << 0U << reason << kSuspend;
    }
    bool keep(const QDBusMessage &reply) override
    {
        m_cookie = reply.arguments().value(0).toUInt();
        return reply.signature() == QLatin1String("u");
    }
    void release() override
    {
        connectionTo(Bus::Session).send(call(QStringLiteral("Uninhibit")) << m_cookie);
    }

private:
    static QDBusMessage call(const QString &method)
    {
        const QString name = QStringLiteral("org.gnome.SessionManager");
        return QDBusMessage::createMethodCall(name, QStringLiteral("/org/gnome/SessionManager"), name,
                                              method);
    }

    uint m_cookie = 0;
};

class SleepInhibitor::LoginWay : public Way
{
public:
    Bus bus() const override { return Bus::System; }
    QDBusMessage request(const QString &reason) const override
    {
        QDBusMessage call = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
            QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
        return call << QStringLiteral("sleep") << QStringLiteral("Longhaul") << reason
                    << QStringLiteral("block");
    }
    // It holds for as long as the descriptor is open.
    bool keep(const QDBusMessage &reply) override
    {
        m_lock = qvariant_cast<QDBusUnixFileDescriptor>(reply.arguments().value(0));
        return m_lock.isValid();
    }
    void release() override { m_lock = QDBusUnixFileDescriptor(); }

private:
    QDBusUnixFileDescriptor m_lock;
};

class SleepInhibitor::PowerWay : public Way
{
public:
    Bus bus() const override { return Bus::Session; }
    QDBusMessage request(const QString &reason) const override
    {
        return call(QStringLiteral("Inhibit")) << QStringLiteral("Longhaul") << reason;
    }
    bool keep(const QDBusMessage &reply) override
    {
        m_cookie = reply.arguments().value(0).toUInt();
        return reply.signature() == QLatin1String("u");
    }
    void release() override
    {
        connectionTo(Bus::Session).send(call(QStringLiteral("UnInhibit")) << m_cookie);
    }

private:
    static QDBusMessage call(const QString &method)
    {
        return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.PowerManagement"),
                                              QStringLiteral("/org/freedesktop/PowerManagement/Inhibit"),
                                              QStringLiteral("org.freedesktop.PowerManagement.Inhibit"),
                                              method);
    }

    uint m_cookie = 0;
};

SleepInhibitor::SleepInhibitor(DownloadManager &manager, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_preferences(preferences)
{
    m_ways.push_back(std::make_unique<GnomeWay>());
    m_ways.push_back(std::make_unique<LoginWay>());
    m_ways.push_back(std::make_unique<PowerWay>());
    connect(&m_manager, &DownloadManager::totalsChanged, this, &SleepInhibitor::updateSoon);
    connect(&m_preferences, &Preferences::settingsChanged, this, &SleepInhibitor::updateSoon);
    updateSoon();
}

SleepInhibitor::~SleepInhibitor()
{
    if (m_held)
        m_held->release();
}

// Once for all changes of this turn of the event loop, so that one task following another is no change.
void SleepInhibitor::updateSoon()
{
    if (!std::exchange(m_updating, true))
        QMetaObject::invokeMethod(this, &SleepInhibitor::update, Qt::QueuedConnection);
}

void SleepInhibitor::update()
{
    m_updating = false;
    const auto isBusy = [](const auto &task) {
        return task->state() == TaskState::Running || task->state() == TaskState::Verifying;
    };
    const auto &tasks = m_manager.tasks();
    const bool wanted =
        m_preferences.settings().inhibitSleep && std::any_of(tasks.begin(), tasks.end(), isBusy);
    if (wanted == std::exchange(m_wanted, wanted))
        return;
    if (!wanted && m_held)
        std::exchange(m_held, nullptr)->release();
    if (wanted && m_asking)
        m_again = true;
    else if (wanted)
        ask(0);
}

void SleepInhibitor::ask(size_t which)
{
    if (which == m_ways.size() && std::exchange(m_again, false))
        which = 0;
    m_asking = which < m_ways.size();
    if (!m_asking)
        return; // nobody grants it: until the next download begins
    const Way &way = *m_ways[which];
    callBus(way.bus(), way.request(tr("Files are being downloaded")), this,
            [this, which](const QDBusMessage &reply) { onReply(which, reply); });
}

void SleepInhibitor::onReply(size_t which, const QDBusMessage &reply)
{
    Way &way = *m_ways[which];
    const bool granted = reply.type() == QDBusMessage::ReplyMessage && way.keep(reply);
    if (!granted && m_wanted) {
        ask(which + 1);
        return;
    }
    m_asking = m_again = false;
    if (granted && m_wanted)
        m_held = &way;
    else if (granted)
        way.release(); // it was no longer wanted when the answer came
}

} // namespace longhaul
