// SPDX-License-Identifier: MIT
#include "searchfield.h"

#include <QToolButton>

namespace longhaul {

SearchField::SearchField(const QString &placeholder, const QString &spoken, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(spoken);
    // With the first text: Qt looks for the button's picture through all the icon themes.
    connect(this, &QLineEdit::textChanged, this, &SearchField::makeClearButton, Qt::SingleShotConnection);
}

void SearchField::makeClearButton()
{
    setClearButtonEnabled(true);
    // It is Qt's own, the newest of them, and nameless.
    if (const auto buttons = findChildren<QToolButton *>(); !buttons.isEmpty())
        buttons.constLast()->setAccessibleName(tr("Clear"));
}

} // namespace longhaul
