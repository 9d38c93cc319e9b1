// SPDX-License-Identifier: MIT
#include "textdelegate.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace longhaul {

namespace {

// Whether all is known of how the style would paint it. Other scripts may need other fonts, which are higher,
// or go from right to left; where the frame of focus goes the style alone knows.
bool isPlain(const QStyleOptionViewItem &cell)
{
    const auto isLatin = [](QChar c) { return c >= u' ' && c < QChar(0x100); };
    return !(cell.state & QStyle::State_HasFocus) && styleOf(cell)->inherits("QFusionStyle")
           && std::all_of(cell.text.cbegin(), cell.text.cend(), isLatin);
}

void paintIcon(QPainter *painter, const QStyleOptionViewItem &cell, const QRect &rect)
{
    const QIcon::Mode mode = !(cell.state & QStyle::State_Enabled) ? QIcon::Disabled
                             : cell.state & QStyle::State_Selected ? QIcon::Selected
                                                                   : QIcon::Normal;
    const QRect shown = QStyle::visualRect(cell.direction, cell.rect, rect);
    cell.icon.paint(painter,
                    QStyle::alignedRect(cell.direction, cell.decorationAlignment, cell.decorationSize, shown),
                    cell.decorationAlignment, mode);
}

// As exact as the style is, which lets a line begin between two pixels.
void paintText(QPainter *painter, const QStyleOptionViewItem &cell, const QRect &rect)
{
    const QFontMetricsF font(cell.font);
    QString text = cell.text;
    qreal width = font.horizontalAdvance(text);
    if (width > rect.width()) {
        text = font.elidedText(text, cell.textElideMode, rect.width());
        width = font.horizontalAdvance(text);
    }
    const QRect shown = QStyle::visualRect(cell.direction, cell.rect, rect);
    const bool atRight = QStyle::visualAlignment(cell.direction, cell.displayAlignment) & Qt::AlignRight;
    const qreal left = atRight ? shown.left() + shown.width() - width : shown.left();
    const int top = shown.top() + (shown.height() - QFontMetrics(cell.font).height()) / 2;
    painter->setFont(cell.font);
    painter->setPen(textColour(cell));
    painter->setLayoutDirection(cell.direction);
    painter->drawText(QPointF(left, top + font.ascent()), text);
}

} // namespace

TextDelegate::TextDelegate(Qt::TextElideMode elide, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_elide(elide)
{}

void TextDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = m_elide;
}

void TextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    if (!isPlain(cell)) {
        styleOf(cell)->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
        return;
    }
    painter->save();
    styleOf(cell)->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, cell.widget);
    const int margin = styleOf(cell)->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, cell.widget) + 1;
    QRect rest = cell.rect;
    if (cell.features & QStyleOptionViewItem::HasDecoration) {
        const int width = cell.decorationSize.width() + 2 * margin;
        paintIcon(painter, cell, {rest.left(), rest.top(), width, rest.height()});
        rest.setLeft(rest.left() + width);
    }
    rest.adjust(margin, 0, -margin, 0);
    if (!cell.text.isEmpty() && rest.width() > 0)
        paintText(painter, cell, rest);
    painter->restore();
}

QStyle *styleOf(const QStyleOptionViewItem &cell)
{
    return cell.widget ? cell.widget->style() : QApplication::style();
}

QColor textColour(const QStyleOptionViewItem &cell)
{
    const QPalette::ColorGroup group = !(cell.state & QStyle::State_Enabled) ? QPalette::Disabled
                                       : cell.state & QStyle::State_Active   ? QPalette::Active
                                                                             : QPalette::Inactive;
    const bool selected = cell.state & QStyle::State_Selected;
    return cell.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
}

} // namespace longhaul
