// SPDX-License-Identifier: MIT
#include "detailspage.h"

#include <QLabel>

namespace longhaul {

DetailsPage::DetailsPage(QWidget *parent)
    : QStackedWidget(parent)
{
    auto *empty = new QLabel(tr("Select a download to see more about it."));
    empty->setObjectName(QStringLiteral("emptyDetails"));
    empty->setTextFormat(Qt::PlainText);
    empty->setWordWrap(true);
    empty->setAlignment(Qt::AlignCenter);
    addWidget(empty);
}

void DetailsPage::refresh(const DownloadTask *task)
{
    if (!task) {
        setCurrentIndex(0);
        return;
    }
    if (!m_content) {
        m_content = makeContent();
        addWidget(m_content);
    }
    fill(*task);
    setCurrentWidget(m_content);
}

} // namespace longhaul
