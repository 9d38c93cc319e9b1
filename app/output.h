// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadtask.h"
#include "core/words.h"

#include <QJsonObject>
#include <QString>

namespace longhaul {

// What the command line prints. Pure functions from values to text, and two that write it.

// One object of `--json`, without its newline.
QString stateAsJson(const DownloadTask &task);
QString progressAsJson(const DownloadTask &task);
// `error` stands for the report's own where the run did not come to its end.
QString reportAsJson(const TaskReport &report, const std::optional<Error> &error = {});
QString invalidUrlAsJson(const QString &given, const Error &error);
QString recordAsJson(const ResumeData &data);

// What `list --json` tells of a record, and, beyond that, of a task that is alive: rate, secondsLeft, hold,
// retryIn, reason, unseen, late, candidate. Whoever has the queue adds the place in it.
QJsonObject objectOf(const ResumeData &data);
QJsonObject objectOf(const DownloadTask &task);
QString removalAsJson(const QUrl &url);
QString asLine(const QJsonObject &object); // compact, without a newline

// "name  42%  420 MiB of 1000 MiB  12 MiB/s  0:48", at most `width` columns.
QString progressLine(const DownloadTask &task, int width);
// What people call a state, from its stable name; another one is returned as it is.
QString stateInWords(const QString &name);
// One line of `list`, from either.
QString listLine(const QJsonObject &object);
QString recordLine(const ResumeData &data);

// To standard output or standard error, as UTF-8, at once. A closed pipe is nobody's error.
void print(const QString &text);
void printError(const QString &text);

// Columns of the terminal behind standard error; 0 when it is none.
int terminalWidth();

} // namespace longhaul
