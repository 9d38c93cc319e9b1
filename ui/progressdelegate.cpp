// SPDX-License-Identifier: MIT
#include "progressdelegate.h"

#include "icons.h"
#include "taskmodel.h"
#include "textdelegate.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

DownloadTask *taskOf(const QModelIndex &index)
{
    return qobject_cast<DownloadTask *>(index.data(TaskModel::TaskRole).value<QObject *>());
}

// All lengths follow the font.
int gapOf(const QFontMetrics &font) { return std::max(2, font.height() / 4); }
int barHeightOf(const QFontMetrics &font) { return std::max(4, font.height() * 2 / 5); }
int buttonSideOf(const QFontMetrics &font) { return font.height() * 3 / 2; }

QRect buttonRectIn(const QStyleOptionViewItem &option)
{
    const int side = std::min(buttonSideOf(option.fontMetrics), option.rect.height());
    const QRect rect(option.rect.right() + 1 - gapOf(option.fontMetrics) / 2 - side,
                     option.rect.top() + (option.rect.height() - side) / 2, side, side);
    return QStyle::visualRect(option.direction, option.rect, rect);
}

// Beside the button, whether the row has one or not: the bars of all rows end at the same place.
QRect barRectIn(const QStyleOptionViewItem &option)
{
    const int gap = gapOf(option.fontMetrics);
    const QRect rect = option.rect.adjusted(2 * gap, 0, -buttonSideOf(option.fontMetrics) - 2 * gap, 0);
    return QStyle::visualRect(option.direction, option.rect, rect);
}

// On the highlight of a selected row no colour can be counted on but that of its text.
QColor barColour(const QStyleOptionViewItem &option, TaskState state)
{
    if (option.state & QStyle::State_Selected)
        return textColour(option);
    const bool dark = option.palette.color(QPalette::Base).lightness() < 128;
    switch (state) {
    case TaskState::Running:
    case TaskState::Verifying: return option.palette.color(QPalette::Active, QPalette::Highlight);
    case TaskState::Queued:
    case TaskState::Waiting: return dark ? QColor(0xe0a440) : QColor(0xd08a10);
    case TaskState::Paused: break;
    case TaskState::Completed: return dark ? QColor(0x58b07c) : QColor(0x3a9a62);
    case TaskState::Failed: return dark ? QColor(0xe0706a) : QColor(0xcc4a42);
    }
    QColor grey = textColour(option);
    grey.setAlphaF(0.45F);
    return grey;
}

QColor faint(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

QString iconNameOf(RowAction action)
{
    switch (action) {
    case RowAction::None: return {};
    case RowAction::Pause: return QStringLiteral("pause");
    case RowAction::Resume: return QStringLiteral("resume");
    case RowAction::Retry: return QStringLiteral("retry");
    }
    return {};
}

QString tipOf(RowAction action)
{
    switch (action) {
    case RowAction::None: return {};
    case RowAction::Pause: return ProgressDelegate::tr("Pause");
    case RowAction::Resume: return ProgressDelegate::tr("Resume");
    case RowAction::Retry: return ProgressDelegate::tr("Try again");
    }
    return {};
}

} // namespace

RowAction rowActionOf(TaskState state)
{
    switch (state) {
    case TaskState::Queued:
    case TaskState::Running:
    case TaskState::Waiting:
    case TaskState::Verifying: return RowAction::Pause;
    case TaskState::Paused: return RowAction::Resume;
    case TaskState::Failed: return RowAction::Retry;
    case TaskState::Completed: return RowAction::None;
    }
    return RowAction::None;
}

ProgressDelegate::ProgressDelegate(QAbstractItemView &view)
    : QStyledItemDelegate(&view)
    , m_view(view)
    , m_viewport(view.viewport())
{
    view.viewport()->setMouseTracking(true);
    view.viewport()->installEventFilter(this);
}

void ProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    styleOf(cell)->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    const DownloadTask *task = taskOf(index);
    if (!task)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(cell.rect, Qt::IntersectClip);
    paintBar(painter, cell, barRectIn(cell), *task);
    paintButton(painter, cell, buttonRectIn(cell), index, rowActionOf(task->state()));
    painter->restore();
}

void ProgressDelegate::paintBar(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
                                const DownloadTask &task) const
{
    const QString text = progressInWords(task);
    const QFontMetrics &font = option.fontMetrics;
    // As wide for "1 %" as for "100 %", so that the bars of all rows are as long.
    const QString longest = tr("%1 %", "per cent").arg(m_view.locale().toString(100));
    const int textWidth = std::max(font.horizontalAdvance(longest), font.horizontalAdvance(text));
    const QRect textRect = QStyle::visualRect(
        option.direction, rect, QRect(rect.right() + 1 - textWidth, rect.top(), textWidth, rect.height()));
    painter->setFont(option.font);
    painter->setPen(textColour(option));
    // Where the style puts the text of other columns: drawText() would centre it a pixel off.
    const QRect line = QStyle::alignedRect(option.direction, Qt::AlignRight | Qt::AlignVCenter,
                                           {font.horizontalAdvance(text), font.height()}, textRect);
    painter->drawText(line.left(), line.top() + font.ascent(), text);

    const int height = barHeightOf(font);
    const int width = rect.width() - textWidth - 2 * gapOf(font);
    if (width < height)
        return;
    const qreal radius = height / 2.0;
    const auto place = [&](int from, int length) {
        const QRect bar(rect.left() + from, rect.top() + (rect.height() - height) / 2, length, height);
        return QStyle::visualRect(option.direction, rect, bar);
    };
    painter->setPen(Qt::NoPen);
    painter->setBrush(faint(textColour(option), 0.14F));
    painter->drawRoundedRect(place(0, width), radius, radius);
    const std::optional<double> fraction = fractionOf(task);
    painter->setBrush(barColour(option, task.state()));
    if (!fraction) { // how much of it is there nobody knows: dots instead of a length
        for (int x = 0; x + height <= width && !text.isEmpty(); x += 2 * height)
            painter->drawEllipse(place(x, height));
    } else if (*fraction > 0) {
        painter->drawRoundedRect(place(0, std::max(height, int(width * *fraction))), radius, radius);
    }
}

void ProgressDelegate::paintButton(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
                                   const QModelIndex &index, RowAction action) const
{
    if (action == RowAction::None)
        return;
    if (m_hovered == index || m_pressed == index) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(faint(textColour(option), m_hovered == index && m_pressed == index ? 0.3F : 0.14F));
        painter->drawRoundedRect(rect, rect.height() / 4.0, rect.height() / 4.0);
    }
    const int margin = std::max(2, rect.height() / 5);
    const bool selected = option.state & QStyle::State_Selected;
    icon(iconNameOf(action))
        .paint(painter, rect.adjusted(margin, margin, -margin, -margin), Qt::AlignCenter,
               selected ? QIcon::Selected : QIcon::Normal);
}

QSize ProgressDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const QFontMetrics &font = option.fontMetrics;
    const int side = buttonSideOf(font);
    return {font.height() * 8 + side, side + std::max(2, font.height() / 6)};
}

bool ProgressDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                 const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const DownloadTask *task = taskOf(index);
    if (event->type() == QEvent::ToolTip && task && buttonRect(index).contains(event->pos())) {
        QToolTip::showText(event->globalPos(), tipOf(rowActionOf(task->state())), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

QRect ProgressDelegate::buttonRect(const QModelIndex &index) const
{
    const DownloadTask *task = taskOf(index);
    if (!task || rowActionOf(task->state()) == RowAction::None)
        return {};
    QStyleOptionViewItem option;
    option.initFrom(&m_view);
    option.fontMetrics = m_view.fontMetrics();
    option.direction = m_view.layoutDirection();
    option.rect = m_view.visualRect(index);
    return option.rect.isEmpty() ? QRect() : buttonRectIn(option);
}

QModelIndex ProgressDelegate::buttonAt(QPoint position) const
{
    const QModelIndex index = m_view.indexAt(position);
    const bool isHit =
        index.isValid() && index.column() == int(Column::Progress) && buttonRect(index).contains(position);
    return isHit ? index : QModelIndex();
}

void ProgressDelegate::setHovered(const QModelIndex &index)
{
    if (m_hovered == index)
        return;
    for (const QModelIndex &changed : {QModelIndex(std::exchange(m_hovered, index)), index}) {
        if (changed.isValid())
            m_view.update(changed);
    }
}

bool ProgressDelegate::press(QPoint position)
{
    m_pressed = buttonAt(position);
    if (!m_pressed.isValid())
        return false;
    m_view.update(m_pressed);
    return true;
}

// Rows move while they are sorted by what changes: only the row that was pressed counts.
bool ProgressDelegate::release(QPoint position)
{
    if (!m_pressed.isValid())
        return false;
    const QModelIndex pressed = std::exchange(m_pressed, {});
    m_view.update(pressed);
    if (buttonAt(position) == pressed)
        Q_EMIT clicked(taskOf(pressed));
    return true;
}

bool ProgressDelegate::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_viewport)
        return QStyledItemDelegate::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseMove:
        setHovered(buttonAt(static_cast<QMouseEvent *>(event)->position().toPoint()));
        return m_pressed.isValid(); // else it would begin to select rows
    case QEvent::Leave:
    case QEvent::Wheel: setHovered({}); return false;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        return mouse->button() == Qt::LeftButton && press(mouse->position().toPoint());
    }
    case QEvent::MouseButtonRelease: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        return mouse->button() == Qt::LeftButton && release(mouse->position().toPoint());
    }
    default: return false;
    }
}

} // namespace longhaul
