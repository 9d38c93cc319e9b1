// SPDX-License-Identifier: MIT
#include "droptarget.h"

#include "linkreader.h"

#include <QDropEvent>
#include <QPainter>
#include <QWidget>

namespace longhaul {

namespace {

// A frame in the highlight colour with what a drop would do.
class Highlight : public QWidget
{
public:
    explicit Highlight(QWidget *parent)
        : QWidget(parent)
    {
        setObjectName(QStringLiteral("dropHighlight"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QColor tint = palette().color(QPalette::Highlight);
        const int margin = fontMetrics().height() / 2;
        const QRect frame = rect().adjusted(margin, margin, -margin, -margin);
        painter.setPen(QPen(tint, margin / 4.0, Qt::DashLine));
        tint.setAlphaF(0.15F);
        painter.setBrush(tint);
        painter.drawRoundedRect(frame, margin, margin);

        QFont large = font();
        large.setPointSizeF(large.pointSizeF() * 1.4);
        large.setBold(true);
        painter.setFont(large);
        const QString text = DropTarget::tr("Drop to download");
        QRect label = painter.fontMetrics().boundingRect(frame, Qt::AlignCenter, text);
        label.adjust(-2 * margin, -margin, 2 * margin, margin);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Highlight));
        painter.drawRoundedRect(label, margin, margin);
        painter.setPen(palette().color(QPalette::HighlightedText));
        painter.drawText(label, Qt::AlignCenter, text);
    }
};

} // namespace

DropTarget::DropTarget(QWidget *window)
    : QObject(window)
    , m_window(window)
    , m_highlight(new Highlight(window))
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

void DropTarget::highlight(bool on)
{
    if (on) {
        m_highlight->setGeometry(m_window->rect());
        m_highlight->raise();
    }
    m_highlight->setVisible(on);
}

bool DropTarget::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter: {
        const auto *enter = static_cast<QDragEnterEvent *>(event);
        // Asked once: each question may be a trip to another program.
        m_isWelcome = !enter->source() && LinkReader::mayHoldLinks(*enter->mimeData());
        break;
    }
    case QEvent::DragMove:
    case QEvent::Drop: break;
    case QEvent::DragLeave: highlight(false); return false;
    default: return QObject::eventFilter(watched, event);
    }
    auto *drop = static_cast<QDropEvent *>(event);
    if (!m_isWelcome) {
        event->ignore();
        return true;
    }
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    highlight(event->type() != QEvent::Drop);
    if (event->type() == QEvent::Drop)
        Q_EMIT dropped(*drop->mimeData(), drop->position().toPoint());
    return true;
}

} // namespace longhaul
