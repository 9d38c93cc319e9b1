// SPDX-License-Identifier: MIT
#pragma once

#include <QBasicTimer>
#include <QFrame>

class QAction;
class QLabel;
class QToolButton;

namespace longhaul {

// One sentence above the status bar, with a button for what can be done about it; goes away by itself after a
// while, or when it is closed. Never takes the focus. objectName "messageBar".
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    // Replaces what is shown. `action` may be null; it must outlive the bar.
    void show(const QString &sentence, QAction *action = nullptr);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QLabel *m_text;
    QToolButton *m_button;
    QBasicTimer m_timer; // only while shown
};

} // namespace longhaul
