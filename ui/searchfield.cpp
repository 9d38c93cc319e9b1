// SPDX-License-Identifier: MIT
#include "searchfield.h"

#include <QAction>

namespace longhaul {

SearchField::SearchField(const QString &placeholder, const QString &spoken, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(spoken);
    setClearButtonEnabled(true);
    // The button is Qt's own, and nameless.
    if (auto *clear = findChild<QAction *>(QStringLiteral("_q_qlineeditclearaction")))
        clear->setText(tr("Clear"));
}

} // namespace longhaul
