// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"

#include <QJsonObject>

#include <optional>
#include <variant>

namespace longhaul {

// What one process may ask of the one that has the list of downloads. On the wire:
//
//   {"version": 1, "command": "add", "urls": ["https://..."], "folder": "/...", "name": "...",
//    "headers": ["Name: value"], "checksum": "sha-256:...", "onConflict": "rename", "allowMetered": true,
//    "connections": 4, "rateLimit": 500000, "priority": "high"}
//
// and for an answer {"ok": true, ...} or {"ok": false, "error": "One sentence."}; where an answer has "more":
// true, another frame of it follows. Members that a command does not know are ignored.
struct ControlRequest {
    enum class Command {
        Hello,  // nothing: whether somebody is there
        Show,   // the window, in front, and in it the first of "urls"; "activationToken": the desktop's for
                // that
        Add,    // "urls" and all options; what is there at rest is resumed -> "downloads", with "known",
                // and perhaps a "note"
        List,   // -> "downloads": objects as of `list --json`; with "urls" those of them that are there
        Pause,  // "urls", without any all -> "downloads"; "unknown": which of "urls" are not there, by index
        Resume, // likewise; "repair": those that failed by their checksum are compared with a second fetch
        Remove, // "urls", "withPart" -> "unknown" likewise
        Limit,  // "rate": bytes per second, 0 for none; without it nothing changes -> "rate" now in force
        Readdress, // "urls": a download and its new address -> "downloads": it; as long as it has
                   // "candidate" nobody knows where that leads
        Adopt,     // "file", an absolute path: is continued as the one of "urls", with all options but
               // "folder" -> "downloads": it; as long as it has "adopting" it is not known to belong to it
    };
    Command command = Command::Hello;
    QList<QUrl> urls;
    TaskOptions options;
    bool withPart = false;
    std::optional<qint64> rate;
    QString activationToken;
    QString file = {};
    bool repair = false;
};

constexpr qsizetype kMostUrls = 1000;         // in one request: more go into several
constexpr qint64 kMostRate = qint64(1) << 50; // as in the settings

QJsonObject toJson(const ControlRequest &request);
// The request, or what is wrong with it as a sentence. Hostile input: addresses, headers, names and all else
// are read as those of the command line are, and folders must be absolute. Pure.
std::variant<ControlRequest, QString> controlRequestFromJson(const QJsonObject &object);

QJsonObject controlError(const QString &sentence);

} // namespace longhaul
