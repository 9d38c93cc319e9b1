// SPDX-License-Identifier: MIT
#include "socketcontrol.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif
#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif

namespace longhaul::test {

namespace {

#ifdef Q_OS_WIN
using Handle = SOCKET;
constexpr int kSending = SD_SEND;
#else
using Handle = int;
constexpr int kSending = SHUT_WR;
#endif

} // namespace

void shutdownSending(qintptr socket) { ::shutdown(Handle(socket), kSending); }

void resetConnection(qintptr socket)
{
    struct linger atOnce = {};
    atOnce.l_onoff = 1;
    ::setsockopt(Handle(socket), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&atOnce),
                 sizeof atOnce);
#ifdef Q_OS_LINUX
    // Dissolving the association resets it (connect(2)): no close_notify of TLS can slip out before.
    struct sockaddr nobody = {};
    nobody.sa_family = AF_UNSPEC;
    ::connect(Handle(socket), &nobody, sizeof nobody);
#endif
}

qint64 unacknowledgedBytes(qintptr socket)
{
#ifdef Q_OS_LINUX
    int pending = 0;
    return ::ioctl(Handle(socket), SIOCOUTQ, &pending) == 0 ? pending : 0;
#else
    Q_UNUSED(socket)
    return 0;
#endif
}

} // namespace longhaul::test
