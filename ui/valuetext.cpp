// SPDX-License-Identifier: MIT
#include "valuetext.h"

#include <QTextDocument>
#include <QWheelEvent>

namespace longhaul {

namespace {

constexpr int kFewCharacters = 16;
constexpr int kManyCharacters = 48;

} // namespace

ValueText::ValueText(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setAcceptDrops(false);
    viewport()->setAcceptDrops(false); // what is dropped here is for the window
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(0);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    align();
}

// At the leading side of the window, in whatever direction the text itself runs.
void ValueText::align()
{
    QTextOption option = document()->defaultTextOption();
    option.setAlignment(Qt::AlignAbsolute
                        | (layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft));
    document()->setDefaultTextOption(option);
}

void ValueText::setValue(const QString &text)
{
    QString shown = text;
    shown.removeIf([](QChar c) {
        return c != u'\n' && !c.isSurrogate()
               && (!c.isPrint() || c == QChar::LineSeparator || c == QChar::ParagraphSeparator);
    });
    if (shown == toPlainText())
        return;
    setPlainText(shown);
    updateGeometry();
}

QSize ValueText::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * kManyCharacters;
    return {width, heightForWidth(width)};
}

QSize ValueText::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * kFewCharacters, fontMetrics().height()};
}

int ValueText::heightForWidth(int width) const
{
    // The document on show is laid out for the present width.
    QTextDocument measured;
    measured.setDocumentMargin(0);
    measured.setDefaultFont(font());
    measured.setDefaultTextOption(document()->defaultTextOption());
    measured.setPlainText(toPlainText());
    measured.setTextWidth(width);
    return qCeil(measured.size().height());
}

void ValueText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    else if (event->type() == QEvent::LayoutDirectionChange)
        align();
}

void ValueText::wheelEvent(QWheelEvent *event) { event->ignore(); } // the page scrolls

} // namespace longhaul
