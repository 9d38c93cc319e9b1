// SPDX-License-Identifier: MIT
// delayproxy PORT MILLISECONDS: hands connections on to PORT on loopback, and whatever a client says only
// that much later: a server that is far away, on a line that is not slow. Answers are handed back at once,
// and connections live as long as both sides keep them. Says its own port on standard output.
#include "loopback.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

using namespace longhaul::test;

namespace {

constexpr size_t kPiece = 256 * 1024;

// Until one of them is gone.
void hand(const Descriptor &from, const Descriptor &to, std::chrono::milliseconds delay)
{
    std::array<char, kPiece>
        piece; // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    for (;;) {
        pollfd waiting{.fd = from.get(), .events = POLLIN, .revents = 0};
        if (::poll(&waiting, 1, -1) < 0)
            break;
        // What comes meanwhile belongs to the same request.
        if (delay.count() > 0)
            std::this_thread::sleep_for(delay);
        const ssize_t count = ::recv(from.get(), piece.data(), piece.size(), 0);
        if (count <= 0 || !sendAll(to, piece.data(), size_t(count)))
            break;
    }
    ::shutdown(from.get(), SHUT_RDWR);
    ::shutdown(to.get(), SHUT_RDWR);
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3) {
        std::fputs("delayproxy PORT MILLISECONDS\n", stderr);
        return 2;
    }
    const auto port = uint16_t(std::atoi(argv[1]));
    const std::chrono::milliseconds delay(std::atoi(argv[2]));
    const Descriptor listener = listenOn("127.0.0.1");
    if (!listener.isValid()) {
        std::perror("delayproxy");
        return 1;
    }
    serveForEver(listener, [=](const Descriptor &client, uint64_t) {
        const Descriptor server = connectTo("127.0.0.1", port);
        if (!server.isValid())
            return;
        std::thread back([&] { hand(server, client, {}); });
        hand(client, server, delay);
        back.join();
    });
}
