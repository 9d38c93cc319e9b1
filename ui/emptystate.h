// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QAction;
class QLabel;

namespace longhaul {

// What stands where the list would be: an invitation when there is no download at all, or a plain word when
// the chosen group or the search holds none. objectName "emptyState".
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    // `add` is what its button does.
    explicit EmptyState(QAction *add, QWidget *parent = nullptr);

    void inviteDrop();
    void sayNothingFound();

    // It stretches, so it needs no height of its own for each width; whoever lays it out would ask for that
    // again and again, and each time the text would be broken into lines.
    bool hasHeightForWidth() const override { return false; }

private:
    void setTexts(const QString &title, const QString &text, bool withButton);

    QLabel *m_sign;
    QLabel *m_title;
    QLabel *m_text;
    QWidget *m_button;
};

} // namespace longhaul
