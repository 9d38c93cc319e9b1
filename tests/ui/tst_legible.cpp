// SPDX-License-Identifier: MIT
// Placeholder texts can be read in dark and light palettes, and good ones are left alone.
#include "ui/legible.h"

#include <QApplication>
#include <QLineEdit>
#include <QPalette>
#include <QTest>

using namespace longhaul;

namespace {

QPalette paletteOf(const QColor &text, const QColor &base, const QColor &placeholder)
{
    QPalette palette;
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::PlaceholderText, placeholder);
    return palette;
}

QColor half(QColor colour)
{
    colour.setAlpha(128);
    return colour;
}

const QColor kDark(27, 30, 32);
const QColor kLight(252, 252, 252);

} // namespace

class TestLegible : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsPalettes()
    {
        // As Qt's theme for KDE gives it at the start.
        QGuiApplication::setPalette(paletteOf(kLight, kDark, half(Qt::black)));
        QLineEdit line;
        line.show();
        keepPlaceholdersLegible(*qGuiApp);
        QTRY_COMPARE(QGuiApplication::palette().color(QPalette::PlaceholderText), half(kLight));
        QTRY_COMPARE(line.palette().color(QPalette::PlaceholderText),
                     half(kLight)); // what is there already, too

        // Changes: to light, to dark with a wrong one, to a desktop that says something sensible.
        QGuiApplication::setPalette(paletteOf(kDark, kLight, half(kLight)));
        QTRY_COMPARE(QGuiApplication::palette().color(QPalette::PlaceholderText), half(kDark));
        QGuiApplication::setPalette(paletteOf(kLight, kDark, half(kDark)));
        QTRY_COMPARE(line.palette().color(QPalette::PlaceholderText), half(kLight));
        const QColor green(60, 160, 60);
        QGuiApplication::setPalette(paletteOf(kLight, kDark, green));
        QTRY_COMPARE(line.palette().color(QPalette::PlaceholderText), green);

        // Nothing can be done about this one, and nothing is tried for ever.
        QGuiApplication::setPalette(paletteOf(kDark, kDark, half(kDark)));
        QTRY_COMPARE(line.palette().color(QPalette::PlaceholderText), half(kDark));
    }
};

QTEST_MAIN(TestLegible)
#include "tst_legible.moc"
