// SPDX-License-Identifier: MIT
#include "messagebar.h"

#include "leading.h"
#include "windowmenus.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QTimerEvent>
#include <QToolButton>

namespace longhaul {

namespace {

constexpr int kShown = 12'000; // ms

}

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_button(new QToolButton)
{
    setObjectName(QStringLiteral("messageBar"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    alignLeading(*m_text);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_button->setObjectName(QStringLiteral("messageButton"));
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("messageCloseButton"));
    close->setAccessibleName(tr("Close this message"));
    close->setToolTip(close->accessibleName());
    close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QToolButton::triggered, this, &QWidget::hide);

    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(close);
    hide();
}

void MessageBar::show(const QString &sentence, QAction *action)
{
    m_text->setText(sentence);
    m_button->setVisible(action != nullptr);
    if (QAction *before = m_button->defaultAction())
        m_button->removeAction(before);
    if (action) {
        action->setIconText(buttonText(action->text()));
        m_button->setDefaultAction(action);
    }
    setVisible(true);
    m_timer.start(kShown, this);
}

void MessageBar::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    hide();
}

} // namespace longhaul
