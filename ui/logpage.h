// SPDX-License-Identifier: MIT
#pragma once

#include "detailspage.h"

#include <QPlainTextEdit>

namespace longhaul {

// Where `now` goes on behind `before`, which may have lost lines at its beginning since: the index in `now`
// of the first new line. 0 when they have nothing in common.
qsizetype firstNewLine(const QList<LogLine> &before, const QList<LogLine> &now);

// Lines of a log, each with its time, to be read and copied. objectName "logText".
class LogText : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit LogText(QWidget *parent = nullptr);

    // Adds what is new. It is scrolled to only when the end was in view; a selection stays.
    void setLines(const QList<LogLine> &lines);

private:
    QList<LogLine> m_lines;
};

// What happened to a task and why.
class LogPage : public DetailsPage
{
    Q_OBJECT

public:
    explicit LogPage(QWidget *parent = nullptr);

private:
    QWidget *makeContent() override;
    void fill(const DownloadTask &task) override;

    LogText *m_text = nullptr;
};

} // namespace longhaul
