// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPoint>

class QMimeData;
class QWidget;

namespace longhaul {

// Takes drops anywhere in a window and highlights it while something hovers that may hold links. Whatever is
// offered is copied, never moved.
class DropTarget : public QObject
{
    Q_OBJECT

public:
    explicit DropTarget(QWidget *window); // owned by it

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    // Valid until the slot returns. `at`: in the window.
    void dropped(const QMimeData &data, const QPoint &at);

private:
    void highlight(bool on);

    QWidget *m_window;
    bool m_isWelcome = false; // what hovers may hold links
    QWidget *m_highlight;     // a child of the window, above everything
};

} // namespace longhaul
