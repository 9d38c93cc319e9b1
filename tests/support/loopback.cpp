// SPDX-License-Identifier: MIT
#include "loopback.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace longhaul::test {

namespace {

constexpr int kBacklog = 1024;

sockaddr_in socketAddress(const std::string &address, uint16_t port)
{
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(port);
    ::inet_pton(AF_INET, address.c_str(), &result.sin_addr);
    return result;
}

void sendAtOnce(int fd)
{
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

Descriptor::~Descriptor()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Descriptor listenOn(const std::string &address)
{
    Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in where = socketAddress(address, 0);
    if (::bind(listener.get(), reinterpret_cast<const sockaddr *>(&where), sizeof where) != 0
        || ::listen(listener.get(), kBacklog) != 0)
        return Descriptor();
    return listener;
}

uint16_t portOf(const Descriptor &listener)
{
    sockaddr_in where{};
    socklen_t size = sizeof where;
    ::getsockname(listener.get(), reinterpret_cast<sockaddr *>(&where), &size);
    return ntohs(where.sin_port);
}

Descriptor connectTo(const std::string &address, uint16_t port)
{
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in where = socketAddress(address, port);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&where), sizeof where) != 0)
        return Descriptor();
    sendAtOnce(socket.get());
    return socket;
}

bool sendAll(const Descriptor &socket, const char *data, size_t size, bool more)
{
    while (size > 0) {
        const ssize_t sent = ::send(socket.get(), data, size, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
        if (sent <= 0)
            return false;
        data += sent;
        size -= size_t(sent);
    }
    return true;
}

void serveForEver(const Descriptor &listener,
                  const std::function<void(Descriptor socket, uint64_t number)> &serve)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::signal(SIGPIPE, SIG_IGN); // sendfile() has no MSG_NOSIGNAL
    std::printf("%d\n", int(portOf(listener)));
    std::fflush(stdout);
    for (uint64_t number = 1;;) {
        Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!socket.isValid())
            continue; // it was gone before we came to it
        sendAtOnce(socket.get());
        std::thread(serve, std::move(socket), number++).detach();
    }
}

} // namespace longhaul::test
