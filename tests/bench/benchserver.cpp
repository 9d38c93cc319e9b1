// SPDX-License-Identifier: MIT
// The server that scripts/bench loads its clients with: it serves the files of one folder on loopback and
// costs far less than they do (sendfile, a thread that mostly sleeps for each connection). Says its port on
// standard output; ends with the process that started it.
#include "servedfile.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <getopt.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace longhaul::test;

namespace {

using Clock = std::chrono::steady_clock;

const char *const kUsage =
    "benchserver [options] FOLDER: serves the files of FOLDER on loopback\n"
    "  --address A    listen there (127.0.0.1)\n"
    "  --rate N       bytes per second of each connection; 0: as fast as they go (the default)\n"
    "  --slow-every N every N-th connection gets a twentieth of that\n"
    "  --slow-part N  a sixteenth of each file, from 0: answers that begin in it get a twentieth each\n"
    "  --at-once N    requests that are served at once; others are answered 503\n";

constexpr int64_t kSlowness = 20;
constexpr int64_t kParts = 16;
constexpr auto kSlice = std::chrono::milliseconds(5);
constexpr auto kMostSaved = std::chrono::milliseconds(100); // what a line makes up for after a pause
constexpr size_t kLargestHead = 16 * 1024;
constexpr size_t kLargestPiece = 1 << 20; // one sendfile()

struct Options {
    std::string address = "127.0.0.1";
    int64_t rate = 0;
    uint64_t slowEvery = 0;
    int64_t slowPart = -1;
    int64_t atOnce = 0;
};

// Bytes that may go now: as many as the time since the last call is worth, exact in the long run.
class Pace
{
public:
    explicit Pace(int64_t rate)
        : m_rate(rate)
        , m_paidUntil(Clock::now())
    {}

    // How many of `wanted` may be sent; waits until there is a slice's worth.
    int64_t take(int64_t wanted)
    {
        if (m_rate == 0)
            return wanted;
        std::this_thread::sleep_until(m_paidUntil + kSlice);
        m_paidUntil = std::max(m_paidUntil, Clock::now() - kMostSaved);
        const auto since = std::chrono::duration<double>(Clock::now() - m_paidUntil);
        const auto bytes = std::min(wanted, std::max<int64_t>(1, int64_t(since.count() * double(m_rate))));
        m_paidUntil += std::chrono::nanoseconds(int64_t(double(bytes) / double(m_rate) * 1e9));
        return bytes;
    }

private:
    const int64_t m_rate;
    Clock::time_point m_paidUntil;
};

// All requests come from loopback: they are one client to us.
std::atomic<int64_t> servedNow = 0;

class Turn
{
public:
    explicit Turn(int64_t most)
        : m_granted(++servedNow <= most || most == 0)
    {}
    ~Turn() { --servedNow; }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;
    bool isGranted() const { return m_granted; }

private:
    const bool m_granted;
};

// Reads up to the empty line; what lies behind it stays in `buffer`. Empty when the client is gone.
std::string readHead(const Descriptor &socket, std::string &buffer)
{
    for (;;) {
        if (const size_t end = buffer.find("\r\n\r\n"); end != std::string::npos) {
            std::string head = buffer.substr(0, end + 2);
            buffer.erase(0, end + 4);
            return head;
        }
        char piece[4096];
        const ssize_t count = ::recv(socket.get(), piece, sizeof piece, 0);
        if (count <= 0 || buffer.size() > kLargestHead)
            return {};
        buffer.append(piece, size_t(count));
    }
}

bool sendText(const Descriptor &socket, const std::string &text, bool more = false)
{
    return sendAll(socket, text.data(), text.size(), more);
}

bool sendSpan(const Descriptor &socket, const ServedFile &file, Span span, Pace &pace)
{
    off_t at = span.begin;
    while (at < span.end) {
        int64_t allowed = pace.take(span.end - at);
        while (allowed > 0) {
            const size_t piece = std::min(size_t(allowed), kLargestPiece);
            const ssize_t sent = ::sendfile(socket.get(), file.file.get(), &at, piece);
            if (sent <= 0)
                return false;
            allowed -= sent;
        }
    }
    return true;
}

class Server
{
public:
    Server(const Options &options, int folder)
        : m_options(options)
        , m_folder(folder)
    {}

    void serve(const Descriptor &socket, uint64_t number)
    {
        std::string buffer;
        for (;;) {
            const std::string head = readHead(socket, buffer);
            const auto asked = parseRequest(head);
            if (!asked || !answer(socket, *asked, number) || !asked->keepAlive)
                return;
        }
    }

private:
    // False when the connection is of no more use.
    bool answer(const Descriptor &socket, const Asked &asked, uint64_t number)
    {
        const Turn turn(m_options.atOnce);
        if (!turn.isGranted())
            return refuse(socket, "503 Service Unavailable");
        const auto file = openServed(m_folder, asked.target);
        if (!file)
            return refuse(socket, "404 Not Found");
        if (asked.method != "GET" && asked.method != "HEAD")
            return refuse(socket, "405 Method Not Allowed") && false; // a body may follow
        const Choice choice = chooseSpan(asked, *file);
        const bool hasBody = asked.method == "GET" && choice.span.begin < choice.span.end;
        return sendText(socket, headOf(choice, *file, asked.keepAlive), hasBody)
               && (!hasBody || sendBody(socket, *file, choice.span, number));
    }

    bool sendBody(const Descriptor &socket, const ServedFile &file, Span span, uint64_t number)
    {
        const bool isSlowLine = m_options.slowEvery > 0 && number % m_options.slowEvery == 0;
        const bool isSlowPart =
            m_options.slowPart >= 0 && span.begin * kParts / file.size == m_options.slowPart;
        Pace pace(isSlowLine || isSlowPart ? m_options.rate / kSlowness : m_options.rate);
        return sendSpan(socket, file, span, pace);
    }

    static bool refuse(const Descriptor &socket, const std::string &status)
    {
        return sendText(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
    }

    const Options m_options;
    const int m_folder;
};

// False when they are none.
bool read(int argc, char *argv[], Options &options)
{
    static const option known[] = {
        {"address", required_argument, nullptr, 'a'},    {"rate", required_argument, nullptr, 'r'},
        {"slow-every", required_argument, nullptr, 'e'}, {"slow-part", required_argument, nullptr, 'p'},
        {"at-once", required_argument, nullptr, 'o'},    {nullptr, 0, nullptr, 0}};
    for (int found = 0; (found = ::getopt_long(argc, argv, "", known, nullptr)) != -1;) {
        switch (found) {
        case 'a': options.address = optarg; break;
        case 'r': options.rate = std::atoll(optarg); break;
        case 'e': options.slowEvery = std::strtoull(optarg, nullptr, 10); break;
        case 'p': options.slowPart = std::atoll(optarg); break;
        case 'o': options.atOnce = std::atoll(optarg); break;
        default: return false;
        }
    }
    return optind + 1 == argc;
}

} // namespace

int main(int argc, char *argv[])
{
    Options options;
    if (!read(argc, argv, options)) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    const int folder = ::open(argv[optind], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const Descriptor listener = listenOn(options.address);
    if (folder < 0 || !listener.isValid()) {
        std::perror("benchserver");
        return 1;
    }
    Server server(options, folder);
    serveForEver(listener, [&](const Descriptor &socket, uint64_t number) { server.serve(socket, number); });
}
