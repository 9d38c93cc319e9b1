// SPDX-License-Identifier: MIT
#include "searchfield.h"

#include <QToolButton>

namespace longhaul {

SearchField::SearchField(const QString &placeholder, const QString &spoken, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(spoken);
    setClearButtonEnabled(true);
    // The button is Qt's own, and nameless.
    if (auto *clear = findChild<QToolButton *>())
        clear->setAccessibleName(tr("Clear"));
}

} // namespace longhaul
