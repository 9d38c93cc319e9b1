// SPDX-License-Identifier: MIT
#pragma once

#include <QTextEdit>

namespace longhaul {

// Plain text to be read and copied, by mouse or keyboard: wrapped, within long words too (a URL is one), and
// just as high as it needs to be. Lies on QPalette::Base, which it lets through.
class ValueText : public QTextEdit
{
    Q_OBJECT

public:
    explicit ValueText(QWidget *parent = nullptr);

    // Control and bidi characters are left out: it may come from a server. A selection stays unless the text
    // is another one.
    void setValue(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void align();
};

} // namespace longhaul
