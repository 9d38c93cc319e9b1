// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadtask.h"

#include <QString>

#include <span>

namespace longhaul {

enum class Column {
    Name,
    Size,
    Progress,
    Status,
    Speed,
    TimeLeft,
    Added, // shown at first
    Downloaded,
    Host,
    Folder,
    Completed,
    Resumable,
    Connections, // hidden at first
};

// What a column is: one entry in one table. `text` is what is shown, `compare` how two tasks are ordered (<
// 0, 0, > 0), on values rather than on texts.
struct ColumnEntry {
    Column column;
    const char *key;   // how it is remembered; never changes
    const char *title; // to be translated in context "longhaul::Columns"
    bool shownAtFirst;
    bool isLive; // may change with progressChanged(), not only with stateChanged()
    int width;   // at first, in average characters
    Qt::Alignment alignment;
    QString (*text)(const DownloadTask &task);
    int (*compare)(const DownloadTask &a, const DownloadTask &b);
};

std::span<const ColumnEntry> columns(); // index = int(Column)
const ColumnEntry &entryOf(Column column);
QString titleOf(Column column);

// "Waiting: The server is busy (HTTP 503). Next try in 12 s.", "Paused", "Waiting for an unmetered network",
// "Finished": what the task does and why, in plain words.
QString statusInWords(const DownloadTask &task);
// From 0 to 1; nothing while the size is unknown.
std::optional<double> fractionOf(const DownloadTask &task);

} // namespace longhaul
