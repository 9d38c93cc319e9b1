// SPDX-License-Identifier: MIT
#include "statusline.h"

#include "leading.h"

#include "core/words.h"

#include <QAction>
#include <QLabel>
#include <QToolButton>

namespace longhaul {

StatusLine::StatusLine(QAction *limit, QWidget *parent)
    : QStatusBar(parent)
    , m_rate(new QLabel)
    , m_counts(new QLabel)
    , m_space(new QLabel)
{
    setObjectName(QStringLiteral("statusLine"));
    m_rate->setObjectName(QStringLiteral("totalRate"));
    m_counts->setObjectName(QStringLiteral("totalCounts"));
    m_space->setObjectName(QStringLiteral("freeSpace"));
    const int margin = fontMetrics().averageCharWidth();
    for (QLabel *label : {m_rate, m_counts, m_space}) {
        label->setTextFormat(Qt::PlainText);
        alignLeading(*label);
        label->setContentsMargins(margin, 0, margin, 0);
    }
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("limitButton"));
    button->setDefaultAction(limit);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    addWidget(m_rate);
    addWidget(m_counts, 1);
    addPermanentWidget(button);
    addPermanentWidget(m_space);
    setCounts({});
}

void StatusLine::setCounts(const GroupCounts &counts)
{
    const auto of = [&](TaskGroup group) { return counts.tasks[size_t(group)]; };
    const int active = of(TaskGroup::Active);
    m_rate->setText(active > 0 ? rateInWords(counts.rate) : tr("Idle"));
    m_counts->setText(tr("%L1 of %Ln download(s) active", nullptr, of(TaskGroup::All)).arg(active));
}

void StatusLine::setFreeSpace(qint64 bytes) { m_space->setText(tr("%1 free").arg(sizeInWords(bytes))); }

} // namespace longhaul
