// SPDX-License-Identifier: MIT
#include "xembedtray.h"

#ifdef LONGHAUL_XCB

#include <QGuiApplication>

#include <cstdlib>
#include <memory>
#include <utility>
#include <xcb/xcb.h>

namespace longhaul {

namespace {

struct Free {
    void operator()(void *memory) const { std::free(memory); }
};
template <typename T>
using Reply = std::unique_ptr<T, Free>;

xcb_connection_t *connection()
{
    auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    return x11 ? x11->connection() : nullptr;
}

xcb_window_t ownerOf(xcb_connection_t *x, xcb_atom_t selection)
{
    const Reply<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(x, xcb_get_selection_owner(x, selection), nullptr));
    return reply ? reply->owner : xcb_window_t(XCB_NONE);
}

xcb_atom_t atomOf(xcb_connection_t *x, xcb_intern_atom_cookie_t cookie)
{
    const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(x, cookie, nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

xcb_intern_atom_cookie_t askForAtom(xcb_connection_t *x, const QByteArray &name)
{
    return xcb_intern_atom(x, false, quint16(name.size()), name.constData());
}

} // namespace

XembedTray::XembedTray(QObject *parent)
    : QObject(parent)
{
    xcb_connection_t *x = connection();
    if (!x)
        return;
    const auto manager = askForAtom(x, QByteArrayLiteral("MANAGER"));
    const auto selection = askForAtom(x, QByteArrayLiteral("_NET_SYSTEM_TRAY_S0"));
    m_manager = atomOf(x, manager);
    m_selection = atomOf(x, selection);
    qGuiApp->installNativeEventFilter(this); // first, so that none comes unseen
    findOwner();
}

XembedTray::~XembedTray()
{
    if (qGuiApp)
        qGuiApp->removeNativeEventFilter(this);
}

void XembedTray::findOwner()
{
    xcb_connection_t *x = connection();
    xcb_window_t owner = ownerOf(x, m_selection);
    for (bool settled = false; owner != XCB_NONE && !settled;) {
        // The same that Qt itself selects on this window. It may be gone before that, and then no event
        // comes: so the owner is asked for once more.
        const uint32_t events = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
        xcb_change_window_attributes(x, owner, XCB_CW_EVENT_MASK, &events);
        settled = owner == std::exchange(owner, ownerOf(x, m_selection));
    }
    setOwner(owner);
}

void XembedTray::setOwner(quint32 window)
{
    if (window != std::exchange(m_owner, window))
        QMetaObject::invokeMethod(this, &XembedTray::changed, Qt::QueuedConnection);
}

bool XembedTray::nativeEventFilter(const QByteArray &, void *message, qintptr *)
{
    const auto *event = static_cast<const xcb_generic_event_t *>(message);
    const int type = event->response_type & 0x7f; // the highest bit: sent by a program
    if (type == XCB_CLIENT_MESSAGE) {
        const auto *told = reinterpret_cast<const xcb_client_message_event_t *>(event);
        if (told->type == m_manager && told->data.data32[1] == m_selection)
            findOwner();
    } else if (type == XCB_DESTROY_NOTIFY && m_owner != 0) {
        const auto *gone = reinterpret_cast<const xcb_destroy_notify_event_t *>(event);
        if (gone->window == m_owner)
            findOwner(); // another may have taken its place
    }
    return false;
}

} // namespace longhaul

#else

namespace longhaul {

XembedTray::XembedTray(QObject *parent)
    : QObject(parent)
{}

XembedTray::~XembedTray() = default;

bool XembedTray::nativeEventFilter(const QByteArray &, void *, qintptr *) { return false; }

} // namespace longhaul

#endif
