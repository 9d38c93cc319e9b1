// SPDX-License-Identifier: MIT
#pragma once

#include "detailspage.h"

class QPlainTextEdit;

namespace longhaul {

// What happened to a task and why, a line for each event ("logText"). New lines are scrolled to only when the
// end was in view; a selection stays.
class LogPage : public DetailsPage
{
    Q_OBJECT

public:
    explicit LogPage(QWidget *parent = nullptr);

private:
    QWidget *makeContent() override;
    void fill(const DownloadTask &task) override;

    QPlainTextEdit *m_text = nullptr;
    QList<LogLine> m_shown;
};

// Where `now` goes on behind `before`, which may have lost lines at its beginning since: the index in `now`
// of the first new line. 0 when they have nothing in common.
qsizetype firstNewLine(const QList<LogLine> &before, const QList<LogLine> &now);

} // namespace longhaul
