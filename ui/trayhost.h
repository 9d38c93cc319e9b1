// SPDX-License-Identifier: MIT
#pragma once

#include "xembedtray.h"

#include <QObject>

#include <memory>

class QDBusServiceWatcher;

namespace longhaul {

// Whether the desktop shows tray icons just now, found out without QSystemTrayIcon: Qt 6.4 decides at the
// first question, for the life of the process, between StatusNotifierItem (D-Bus) and XEmbed (X11), and a
// host that comes later by the other way is never seen. So the first host that appears decides; after that
// only one of the same kind counts. No polling: D-Bus and the X server tell.
class TrayHost : public QObject
{
    Q_OBJECT

public:
    explicit TrayHost(QObject *parent = nullptr);
    ~TrayHost() override;

    bool isThere() const { return m_isThere; }

Q_SIGNALS:
    // From the event loop, also the first time.
    void changed();

private Q_SLOTS:
    void askWatcher();

private:
    enum class Kind { Undecided, StatusNotifier, XEmbed };

    void watchDBus();
    void onAnswer(bool hostIsThere);
    void watchX11();
    void set(Kind kind, bool isThere);

    std::unique_ptr<QDBusServiceWatcher> m_names; // tells of the watcher's comings and goings
    std::unique_ptr<XembedTray> m_xembed;         // once D-Bus has said no
    Kind m_kind = Kind::Undecided;
    bool m_isThere = false;
    bool m_asking = false;
    bool m_askAgain = false;
};

} // namespace longhaul
