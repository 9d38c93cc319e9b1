// SPDX-License-Identifier: MIT
#include "detailspage.h"

#include <QLabel>

namespace longhaul {

namespace {

// A sentence in the middle of a page of any size.
class PageText : public QLabel
{
public:
    explicit PageText(const QString &text)
        : QLabel(text)
    {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
        setAlignment(Qt::AlignCenter);
    }

    // It gets the page's height whatever its width. Else each look at its size breaks it into lines.
    bool hasHeightForWidth() const override { return false; }
};

} // namespace

DetailsPage::DetailsPage(QWidget *parent)
    : QStackedWidget(parent)
{
    auto *empty = new PageText(tr("Select a download to see more about it."));
    empty->setObjectName(QStringLiteral("emptyDetails"));
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
        Q_EMIT made(m_content);
    }
    fill(*task);
    setCurrentWidget(m_content);
}

} // namespace longhaul
