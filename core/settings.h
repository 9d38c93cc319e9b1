// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

namespace longhaul {

// What happens when the name of the finished file is taken.
enum class ConflictPolicy {
    Rename,    // "name (2).ext"
    Overwrite, // the finished file replaces the old one, in one step, only when it is whole
    Skip,      // the old file stays and the task fails with TargetExists
};

// The user's choices as one value. Every field has a working default.
struct Settings {
    QString folder;                            // where files go; absolute
    int downloadsAtOnce = 3;                   // tasks in Running, >= 1
    int connectionsPerHost = 6;                // transfers to one host, 1..6 (Qt 6.4 opens no more)
    qint64 rateLimit = 0;                      // bytes per second for all tasks together; 0 = none
    int retries = 5;                           // tries in a row without progress before a task fails, >= 0
    std::chrono::milliseconds timeout{30'000}; // for the head of an answer, and for a silent body
    ConflictPolicy conflict = ConflictPolicy::Rename;

    bool operator==(const Settings &) const = default;
};

// "Longhaul/VERSION": what a server sees.
QByteArray userAgent();

} // namespace longhaul
