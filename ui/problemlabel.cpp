// SPDX-License-Identifier: MIT
#include "problemlabel.h"

#include "leading.h"

#include <QLayout>

namespace longhaul {

ProblemLabel::ProblemLabel(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(QLatin1String("problemLabel"));
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    alignLeading(*this);
    hide();
}

bool ProblemLabel::setProblem(const QString &sentence)
{
    if (text() == sentence)
        return false;
    setText(sentence);
    setVisible(!sentence.isEmpty());
    return true;
}

void fitHeight(QWidget *dialog)
{
    QLayout *layout = dialog->layout();
    if (!layout)
        return;
    layout->activate();
    const int height = layout->hasHeightForWidth() ? layout->totalHeightForWidth(dialog->width())
                                                   : layout->totalSizeHint().height();
    dialog->resize(dialog->width(), height);
}

} // namespace longhaul
