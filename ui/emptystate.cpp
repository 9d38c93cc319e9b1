// SPDX-License-Identifier: MIT
#include "emptystate.h"

#include "icons.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace longhaul {

EmptyState::EmptyState(QAction *add, QWidget *parent)
    : QWidget(parent)
    , m_sign(new QLabel)
    , m_title(new QLabel)
    , m_text(new QLabel)
{
    setObjectName(QStringLiteral("emptyState"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    const int size = fontMetrics().height() * 4;
    m_sign->setPixmap(icon(QStringLiteral("download")).pixmap(QSize(size, size), devicePixelRatioF()));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    m_title->setFont(large);
    for (QLabel *label : {m_sign, m_title, m_text})
        label->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);

    auto *button = new QPushButton(add->icon(), add->text());
    button->setObjectName(QStringLiteral("emptyAddButton"));
    connect(button, &QPushButton::clicked, add, &QAction::trigger);
    m_button = button;

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_sign);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(m_button, 0, Qt::AlignCenter);
    layout->addStretch(2);
    inviteDrop();
}

void EmptyState::setTexts(const QString &title, const QString &text, bool withButton)
{
    m_title->setText(title);
    m_text->setText(text);
    m_button->setVisible(withButton);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void EmptyState::inviteDrop()
{
    setTexts(tr("Drop links here"), tr("or press Ctrl+V to add those that you have copied."), true);
}

void EmptyState::sayNothingFound() { setTexts(tr("Nothing here"), tr("No download matches."), false); }

} // namespace longhaul
