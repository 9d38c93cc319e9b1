// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"
#include "core/settings.h"

#include <QStringList>

#include <variant>

namespace longhaul {

struct GetCommand {
    QList<QUrl> urls; // valid, normalised, each once
    TaskOptions options;
    Settings settings;
    QString stateDir;
    bool placeGiven = false; // --dir or --output
    bool json = false;
    bool quiet = false;
};

struct ListCommand {
    QString stateDir;
    bool json = false;
};

struct RemoveCommand {
    QList<QUrl> urls;
    QString stateDir;
    bool withPart = false;
};

// Nothing to do but to say `text` (with its newline) and go.
struct Leave {
    int exitCode = 0; // 0: to standard output; else to standard error
    QString text;
    QString json; // what --json wants on standard output as well; may be empty
};

using Command = std::variant<GetCommand, ListCommand, RemoveCommand, Leave>;

constexpr int kExitComplete = 0;
constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;
constexpr int kExitInterrupted = 130;

// `arguments` as QCoreApplication::arguments() has them, the program first. Touches no file.
Command parseCommandLine(const QStringList &arguments);

// "1500", "500K", "1.5M", "2G" (1024 each, optional B) -> bytes per second, at least 1; nothing when
// malformed.
std::optional<qint64> parseRate(const QString &text);

} // namespace longhaul
