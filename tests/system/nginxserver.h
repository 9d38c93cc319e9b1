// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QString>
#include <QUrl>

namespace longhaul {

// A line of the server's log, written when a request has ended, however it ended.
struct LogLine {
    int status = 0;
    qint64 bodyBytes = 0; // sent, whether or not they were received
    QByteArray range;     // the Range field of the request; "-" without one
    QByteArray request;   // "GET /files/x HTTP/1.1"

    qint64 begin() const; // of the range; 0 without one
};

// A real nginx on loopback, started by its test with tests/system/nginx.conf.in, as one process. What it
// serves is under /files/, the same slower under /slow/ and /crawl/; /forbidden/ refuses. Dies with its
// owner.
class NginxServer
{
public:
    static constexpr qint64 slowRate = 100 * 1024 * 1024; // bytes per second of /slow/

    // Serves what is in `files`, keeps its log and its own files in `folder`.
    NginxServer(const QString &folder, const QString &files);
    ~NginxServer(); // kill()s
    Q_DISABLE_COPY_MOVE(NginxServer)

    // True when it answers. The first start chooses a free port, later ones use the same. Blocks.
    bool start();
    void kill();                         // SIGKILL: no goodbye, no log line
    QString errorString() const;         // why start() failed
    QUrl url(const QString &path) const; // of "/files/x"

    QList<LogLine> log() const;
    void clearLog();
    // Bodies' bytes of all lines of the log.
    qint64 bytesServed() const;
    // Waits until no request is under way, that is, until the log is whole.
    bool waitUntilIdle(int milliseconds = 5000) const;

private:
    bool startOnPort(quint16 port);
    int activeConnections() const; // -1 when there is no answer
    bool writeConfig(quint16 port) const;
    QString path(const QString &name) const { return m_folder + u'/' + name; }

    QString m_folder;
    QString m_files;
    quint16 m_port = 0; // 0: not started yet
    QProcess m_process;
};

} // namespace longhaul
