// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractNativeEventFilter>
#include <QObject>

namespace longhaul {

// Whether a tray of the XEmbed kind is there: an X11 window that owns the selection _NET_SYSTEM_TRAY_S0
// (System Tray Protocol Specification). It is asked once, for its owner; from then on the X server tells of
// comers (a MANAGER message, ICCCM 2.8) and goers (DestroyNotify). Elsewhere than on X11: never.
class XembedTray : public QObject, private QAbstractNativeEventFilter
{
    Q_OBJECT

public:
    explicit XembedTray(QObject *parent = nullptr);
    ~XembedTray() override;

    bool isThere() const { return m_owner != 0; }

Q_SIGNALS:
    // From the event loop: Qt's own tray has seen the event by then.
    void changed();

private:
    bool nativeEventFilter(const QByteArray &eventType, void *message, qintptr *result) override;
    void findOwner();
    void setOwner(quint32 window);

    quint32 m_manager = 0;   // the atom MANAGER
    quint32 m_selection = 0; // the atom _NET_SYSTEM_TRAY_S0
    quint32 m_owner = 0;     // the tray's window
};

} // namespace longhaul
