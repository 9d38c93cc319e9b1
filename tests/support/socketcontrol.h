// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

// The few calls on a TCP socket that Qt has no word for. `socket` is QAbstractSocket::socketDescriptor().
namespace longhaul::test {

// Sends FIN; what the peer sends can still be read. Sends no TLS close_notify.
void shutdownSending(qintptr socket);
// Sends RST where the system can do so on an open socket, else when the socket is closed.
void resetConnection(qintptr socket);
// Bytes that the peer's kernel has not taken yet; 0 where the system does not tell.
qint64 unacknowledgedBytes(qintptr socket);

} // namespace longhaul::test
