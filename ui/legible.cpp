// SPDX-License-Identifier: MIT
#include "legible.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace longhaul {

namespace {

constexpr qreal kLeastContrast = 2.0; // below it a text looks like dirt; WCAG asks more of texts that matter

// WCAG 2.2, "relative luminance".
qreal luminance(const QColor &colour)
{
    const auto linear = [](qreal part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

// WCAG 2.2, "contrast ratio", of a colour that may be translucent.
qreal contrast(const QColor &text, const QColor &base)
{
    const auto mixed = [&](qreal above, qreal below) {
        return std::clamp(above * text.alphaF() + below * (1 - text.alphaF()), 0.0, 1.0);
    };
    const QColor seen =
        QColor::fromRgbF(float(mixed(text.redF(), base.redF())), float(mixed(text.greenF(), base.greenF())),
                         float(mixed(text.blueF(), base.blueF())));
    const qreal a = luminance(seen);
    const qreal b = luminance(base);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

void mend()
{
    const QPalette palette = QGuiApplication::palette();
    const QColor placeholder = palette.color(QPalette::PlaceholderText);
    if (contrast(placeholder, palette.color(QPalette::Base)) >= kLeastContrast)
        return;
    QColor half = palette.color(QPalette::Text);
    half.setAlpha(128); // what QPalette itself takes where nobody says anything
    if (half == placeholder)
        return;
    QPalette ours = palette; // it says nothing else that was not said before: the rest stays the desktop's
    ours.setColor(QPalette::PlaceholderText, half);
    QGuiApplication::setPalette(ours);
}

class PaletteWatch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange && watched == parent())
            mend();
        return false;
    }
};

} // namespace

void keepPlaceholdersLegible(QGuiApplication &app)
{
    mend();
    app.installEventFilter(new PaletteWatch(&app));
}

} // namespace longhaul

#include "legible.moc"
