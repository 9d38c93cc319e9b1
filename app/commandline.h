// SPDX-License-Identifier: MIT
#pragma once

#include "core/userinput.h"

#include "core/settings.h"

#include <QStringList>

#include <variant>

namespace longhaul {

// `longhaul [URL...]`: the window, or the one that is open already.
struct WindowCommand {
    QList<QUrl> urls; // valid, normalised, each once; as in all commands
    QString stateDir;
    QString settingsFile; // in stateDir where that was given, else in the configuration folder
    bool stateDirGiven = false;
    bool background = false; // in the tray, without a window
};

struct GetCommand {
    QList<QUrl> urls;
    TaskOptions options;
    Settings settings;
    QString stateDir;
    bool placeGiven = false; // --dir or --output
    bool repair = false;     // what failed by its checksum
    bool json = false;
    bool quiet = false;
};

struct AddCommand {
    QList<QUrl> urls;
    TaskOptions options; // without a folder, unless --dir or --output was given
    QString stateDir;
    bool stateDirGiven = false;
    bool json = false;
};

struct ListCommand {
    QString stateDir;
    bool json = false;
};

struct RemoveCommand {
    QList<QUrl> urls;
    QString stateDir;
    bool withPart = false;
    bool json = false;
};

// `longhaul pause` and `longhaul resume`.
struct PauseCommand {
    bool resume = false;
    QList<QUrl> urls; // none: all
    QString stateDir;
    bool json = false;
    bool repair = false; // resume: what failed by its checksum
};

struct LimitCommand {
    std::optional<qint64> rate; // bytes per second, 0 for none; nothing: only tell
    QString stateDir;
    bool json = false;
};

struct ReaddressCommand {
    QUrl url;
    QUrl newUrl; // another one
    QString stateDir;
    bool json = false;
};

struct AdoptCommand {
    QString file; // absolute
    QUrl url;
    TaskOptions options; // of them the folder does not count
    QString stateDir;
    bool stateDirGiven = false;
    bool json = false;
};

// Nothing to do but to say `text` (with its newline) and go.
struct Leave {
    int exitCode = 0; // 0: to standard output; else to standard error
    QString text;
    QString json; // what --json wants on standard output as well; may be empty
};

using Command = std::variant<WindowCommand, GetCommand, AddCommand, ListCommand, RemoveCommand, PauseCommand,
                             LimitCommand, ReaddressCommand, AdoptCommand, Leave>;

constexpr int kExitComplete = 0;
constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;
constexpr int kExitInterrupted = 130;

// `arguments` as QCoreApplication::arguments() has them, the program first. Touches no file.
Command parseCommandLine(const QStringList &arguments);

} // namespace longhaul
