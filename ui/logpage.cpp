// SPDX-License-Identifier: MIT
#include "logpage.h"

#include <algorithm>

namespace longhaul {

namespace {

bool isSame(const LogLine &a, const LogLine &b) { return a.at == b.at && a.text == b.text; }

// One line, whatever a server put into it.
QString textOf(const LogLine &line)
{
    QString sentence = line.text;
    sentence.removeIf([](QChar c) {
        return !c.isSurrogate()
               && (!c.isPrint() || c == QChar::LineSeparator || c == QChar::ParagraphSeparator);
    });
    return LogText::tr("%1  %2", "time, sentence")
        .arg(line.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), sentence);
}

} // namespace

qsizetype firstNewLine(const QList<LogLine> &before, const QList<LogLine> &now)
{
    for (qsizetype lost = 0; lost < before.size(); ++lost) {
        const qsizetype kept = before.size() - lost;
        if (kept <= now.size() && std::equal(before.begin() + lost, before.end(), now.begin(), isSame))
            return kept;
    }
    return 0;
}

LogText::LogText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("logText"));
    setAccessibleName(tr("Log"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setAcceptDrops(false);
    viewport()->setAcceptDrops(false); // what is dropped here is for the window
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setMaximumBlockCount(int(DownloadTask::kMostLogLines));
    setPlaceholderText(tr("Nothing has happened to it since Longhaul was started."));
}

void LogText::setLines(const QList<LogLine> &lines)
{
    const qsizetype first = firstNewLine(m_lines, lines);
    if (first == 0)
        clear();
    for (qsizetype i = first; i < lines.size(); ++i)
        appendPlainText(textOf(lines.at(i)));
    m_lines = lines;
}

LogPage::LogPage(QWidget *parent)
    : DetailsPage(parent)
{
    setObjectName(QStringLiteral("logPage"));
}

QWidget *LogPage::makeContent()
{
    m_text = new LogText;
    return m_text;
}

void LogPage::fill(const DownloadTask &task) { m_text->setLines(task.log()); }

} // namespace longhaul
