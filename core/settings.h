// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

namespace longhaul {

// What happens when the name of the finished file is taken.
enum class ConflictPolicy {
    Rename,    // "name (2).ext"
    Overwrite, // the finished file replaces the old one, in one step, only when it is whole
    Skip,      // the old file stays and the task fails with TargetExists
};

// The stable name used in files and on the command line: "rename", "overwrite", "skip".
QString conflictName(ConflictPolicy policy);
std::optional<ConflictPolicy> conflictFromName(const QString &name);

// Which of the queued tasks go first.
enum class Priority { Low = -1, Normal = 0, High = 1 };

// The stable name: "low", "normal", "high".
QString priorityName(Priority priority);
std::optional<Priority> priorityFromName(const QString &name);

// The most that the user may choose.
constexpr int kMostConnectionsPerTask = 16;
constexpr int kMostConnectionsPerHost = 32;
constexpr int kMostDownloadsAtOnce = 100;

// How requests leave this machine.
enum class ProxyKind {
    System, // what the desktop or the environment says
    None,
    Http,   // host and port below
    Socks5, // likewise
};

struct Proxy {
    ProxyKind kind = ProxyKind::System;
    QString host;
    quint16 port = 0;
    QString user;     // empty: none is needed
    QString password; // a secret
    bool operator==(const Proxy &) const = default;
};

// The user's choices as one value. Every field has a working default.
struct Settings {
    QString folder;                            // where files go; absolute
    int downloadsAtOnce = 3;                   // tasks in Running, >= 1
    int connectionsPerTask = 4;                // transfers that fetch one file side by side, 1..16
    int connectionsPerHost = 8;                // transfers to one host for all tasks together, 1..32
    qint64 rateLimit = 0;                      // bytes per second for all tasks together; 0 = none
    bool limited = true;                       // whether rateLimit is in force
    int retries = 5;                           // tries in a row without progress before a task fails, >= 0
    std::chrono::milliseconds timeout{30'000}; // for the head of an answer, and for a silent body
    ConflictPolicy conflict = ConflictPolicy::Rename;
    bool allowMetered = false;  // whether tasks that say nothing of it run on a metered network
    bool findChecksums = false; // whether NAME.sha256 and SHA256SUMS are looked for beside a file
    Proxy proxy;

    // The desktop's part.
    bool background = true;    // closing the window leaves downloads running, where it can be reached again
    bool autostart = false;    // at login, without a window
    bool notifications = true; // tell when a download has ended
    bool inhibitSleep = true;  // keep the machine awake while bytes flow
    QString language;          // "en", "zh_CN"; empty: the desktop's. Counts from the next start on

    // What is in force now: bytes per second; 0 = none.
    qint64 effectiveRateLimit() const { return limited ? rateLimit : 0; }

    bool operator==(const Settings &) const = default;
};

// A proxy's host as sockets take it: an IPv6 address that came as "[::1]" without its brackets.
QString proxyHost(const QString &typed);

// "Longhaul/VERSION": what a server sees.
QByteArray userAgent();

} // namespace longhaul
