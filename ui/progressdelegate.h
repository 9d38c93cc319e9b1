// SPDX-License-Identifier: MIT
#pragma once

#include "core/taskstate.h"

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

class QAbstractItemView;

namespace longhaul {

class DownloadTask;

// What the button of a task's row does, and Space.
enum class RowAction { None, Pause, Resume, Retry };
RowAction rowActionOf(TaskState state);

// Column::Progress: a bar in the colour of the state, the per cent beside it, and the row's button. Set for
// that column of `view`, which it belongs to and whose mouse it listens to: a press on the button is the
// button's alone, the selection stays as it is.
class ProgressDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ProgressDelegate(QAbstractItemView &view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

    // Where the button of this row is, in the viewport; empty when it has none or is out of sight.
    QRect buttonRect(const QModelIndex &index) const;

Q_SIGNALS:
    void clicked(longhaul::DownloadTask *task);

private:
    void paintBar(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
                  const DownloadTask &task) const;
    void paintButton(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect,
                     const QModelIndex &index, RowAction action) const;
    QModelIndex buttonAt(QPoint position) const;
    void setHovered(const QModelIndex &index);
    bool press(QPoint position);
    bool release(QPoint position);

    QAbstractItemView &m_view;
    const QObject *m_viewport; // asked for no more when the view dies, which still sends events
    QPersistentModelIndex m_hovered;
    QPersistentModelIndex m_pressed; // what the mouse was pressed on, until it is released
};

} // namespace longhaul
