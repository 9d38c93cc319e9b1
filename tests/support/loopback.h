// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

// What small servers on loopback share: blocking sockets and a thread for each connection. Linux; no Qt, as
// they are to cost next to nothing beside the programs that are measured against them.
namespace longhaul::test {

// A file descriptor that is closed with its owner.
class Descriptor
{
public:
    explicit Descriptor(int fd = -1)
        : m_fd(fd)
    {}
    Descriptor(Descriptor &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Descriptor();

    int get() const { return m_fd; }
    bool isValid() const { return m_fd >= 0; }

private:
    int m_fd;
};

// A listening socket on `address` ("127.0.0.1"), at a port that was free; invalid when there is none.
Descriptor listenOn(const std::string &address);
uint16_t portOf(const Descriptor &listener);
// Invalid when nobody listens there.
Descriptor connectTo(const std::string &address, uint16_t port);

// All of it, or false: the other side is gone. `more` follows at once.
bool sendAll(const Descriptor &socket, const char *data, size_t size, bool more = false);

// Says the port on standard output, alone on a line, then runs `serve` on a thread of its own for each
// connection, with its number from 1. Never returns; the process ends with the one that started it.
[[noreturn]] void serveForEver(const Descriptor &listener,
                               const std::function<void(Descriptor socket, uint64_t number)> &serve);

} // namespace longhaul::test
