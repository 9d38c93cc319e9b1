// SPDX-License-Identifier: MIT
#include "logpage.h"

#include <QPlainTextEdit>

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
    return LogPage::tr("%1  %2", "time, sentence")
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

LogPage::LogPage(QWidget *parent)
    : DetailsPage(parent)
{
    setObjectName(QStringLiteral("logPage"));
}

QWidget *LogPage::makeContent()
{
    m_text = new QPlainTextEdit;
    m_text->setObjectName(QStringLiteral("logText"));
    m_text->setAccessibleName(tr("Log"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setAcceptDrops(false);
    m_text->viewport()->setAcceptDrops(false); // what is dropped here is for the window
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setMaximumBlockCount(int(DownloadTask::kMostLogLines));
    m_text->setUndoRedoEnabled(false);
    m_text->setPlaceholderText(tr("Nothing has happened to it since Longhaul was started."));
    return m_text;
}

void LogPage::fill(const DownloadTask &task)
{
    const QList<LogLine> &log = task.log();
    const qsizetype first = firstNewLine(m_shown, log);
    if (first == 0)
        m_text->clear();
    for (qsizetype i = first; i < log.size(); ++i)
        m_text->appendPlainText(textOf(log.at(i)));
    m_shown = log;
}

} // namespace longhaul
