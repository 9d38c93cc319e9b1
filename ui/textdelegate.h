// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace longhaul {

// A cell of text, with an icon before it or none, cut as `elide` says where it does not fit. What Qt's own
// style (Fusion) would paint of a line of Latin text is painted here to the pixel, in half the time: a list
// paints some hundred cells in one go, whenever its rows move. All else is left to the style. Texts are
// centred in their height; icons stand at the left, or at the right where that is the direction.
class TextDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TextDelegate(Qt::TextElideMode elide, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const Qt::TextElideMode m_elide;
};

// For delegates that paint by themselves: the style of a cell, and the colour of its text, selected or not.
QStyle *styleOf(const QStyleOptionViewItem &cell);
QColor textColour(const QStyleOptionViewItem &cell);

} // namespace longhaul
