// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "connection.h"
#include "testcertificate.h"

#include <QThread>
#include <QUrl>

#include <memory>

namespace longhaul::test {

struct ServerOptions {
    bool ipv6 = false;       // listens on [::1] as well, on a port of its own
    TlsIdentity tls = {};    // https when it is not null
    int sendBufferBytes = 0; // of the kernel, per connection; 0: the system's choice (up to a few MiB)
    // Asked in the server's thread for each connection that comes: true resets it at once.
    std::function<bool()> refuses = {};
};

// An HTTP/1.1 server on loopback that does, per request, exactly what the test's handler says, and remembers
// what it was asked. It runs in a thread of its own: nothing the test does or waits for holds it up. All
// functions may be called from any thread; the waiting ones run the caller's event loop meanwhile, so that
// clients that live there go on. A request whose body has no Content-Length is not understood. Without a
// handler: 404. At its end all connections are closed and the thread is joined, whatever the clients do.
class ScriptedServer
{
public:
    explicit ScriptedServer(Handler handler = {}, const ServerOptions &options = {});
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer &) = delete;
    ScriptedServer &operator=(const ScriptedServer &) = delete;

    // The first request gets the first answer, and so on; the last one again for all further ones.
    static Handler sequence(const QList<Answer> &answers);
    void setHandler(Handler handler); // returns when the one before does not run any more

    bool isListening(bool ipv6 = false) const { return (ipv6 ? m_port6 : m_port) != 0; }
    quint16 port(bool ipv6 = false) const { return ipv6 ? m_port6 : m_port; }
    // `path` as in a URL: "/a%20b?c=d". Hosts: "127.0.0.1", "localhost", "::1" (with its own port).
    QUrl url(const QString &path = QStringLiteral("/"),
             const QString &host = QStringLiteral("127.0.0.1")) const;

    QList<Request> requests() const;
    int requestCount() const;
    int malformedCount() const;                // heads that were no HTTP request (answered by 400)
    qint64 bodyBytesSent() const;              // handed to sockets, in total
    qint64 bodyBytesSent(int request) const;   // in answer to that request
    QList<ConnectionInfo> connections() const; // by number, the closed ones too
    int openConnections() const;
    int answering() const;           // connections with an answer under way
    int mostOpenConnections() const; // at any one time
    int holding() const;             // connections that stand at a Hold now

    bool waitForRequests(int n, int timeoutMs = 5000) const;        // n in all
    bool waitForHolding(int n, int timeoutMs = 5000) const;         // n at once
    bool waitForOpenConnections(int n, int timeoutMs = 5000) const; // exactly n

    void release();         // what stands at a Hold now goes on
    void releaseForGood();  // and nothing will be held any more
    void dropConnections(); // resets those that are open; new ones may come
    void goOffline();       // resets all connections, refuses new ones
    bool goOnline();        // on the same ports as before

private:
    class Worker;

    void inThread(const std::function<void()> &what) const;

    std::unique_ptr<ServerLog> m_log;
    QThread m_thread;
    Worker *m_worker; // lives in m_thread, and is deleted as that ends
    quint16 m_port = 0;
    quint16 m_port6 = 0;
};

} // namespace longhaul::test
