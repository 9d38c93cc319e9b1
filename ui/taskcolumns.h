// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadtask.h"

#include <QString>

#include <optional>
#include <span>

namespace longhaul {

// In the order they have at first. Those that are live (see below) lie together, so that a tick of progress
// paints no other anew.
enum class Column {
    Name,
    Size,
    Progress,
    Status,
    Speed,
    TimeLeft,
    Downloaded,
    Connections,
    Resumable,
    Added,
    Host,
    Folder,
    Completed,
    Priority,
    QueuePosition,
};

// What a column is: one entry in one table. `text` is what is shown, `compare` how two tasks are ordered (<
// 0, 0, > 0), on values rather than on texts; null where the text is all there is: those columns are ordered
// by it, as the user's language does (TaskFilter).
struct ColumnEntry {
    Column column;
    const char *key;   // how it is remembered; never changes
    const char *title; // to be translated in context "longhaul::Columns"
    bool shownAtFirst;
    bool isLive;       // may change with progressChanged(), not only with stateChanged()
    bool largestFirst; // how the first click on its header sorts
    int width;         // at first, in digits; kAsDate: what a date needs in the user's language
    Qt::Alignment alignment;
    QString (*text)(const DownloadTask &task); // null where the model alone knows (TaskModel::textOf)
    int (*compare)(const DownloadTask &a, const DownloadTask &b);
};

constexpr int kAsDate = 0;

std::span<const ColumnEntry> columns(); // index = int(Column)
const ColumnEntry &entryOf(Column column);
QString titleOf(Column column);

// "Next try in 12 s. The server is busy (HTTP 503).", "Paused", "Waiting for an unmetered network",
// "Finished": what the task does and why, in plain words.
QString statusInWords(const DownloadTask &task);
// From 0 to 1; nothing while the size is unknown.
std::optional<double> fractionOf(const DownloadTask &task);
QString priorityInWords(Priority priority);
// In the user's time zone and language, short; empty when invalid.
QString dateInWords(const QDateTime &time);
// "42 %", rounded down: 100 only when all is there. The bytes ("1.2 MiB") while the size is unknown; empty
// when there are none.
QString progressInWords(const DownloadTask &task);

} // namespace longhaul
