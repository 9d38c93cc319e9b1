// SPDX-License-Identifier: MIT
#include "trayicon.h"

#include <QPainter>
#include <QPixmap>

#include <algorithm>

namespace longhaul {

namespace {

// Pixels: what panels use, and the double of it for dense screens.
constexpr int kSizes[] = {16, 22, 24, 32, 44, 48, 64};

// Panels are dark or light whatever the palette says: the bar brings its own ground.
constexpr QRgb kGround = qRgb(0x1c, 0x24, 0x2c);
constexpr QRgb kDone = qRgb(0x4c, 0xd9, 0x64);
constexpr QRgb kRest = qRgb(0xf4, 0xf6, 0xf8);

// On whole pixels: at 16 px every blurred edge is a lost one.
void paintBar(QPainter &painter, int size, int percent)
{
    const int edge = std::max(1, size / 24);
    const int height = std::max(3, size / 7) + 2 * edge;
    const QRect ground(0, size - height, size, height);
    const QRect bar = ground.adjusted(edge, edge, -edge, -edge);
    // The first and the last pixel are kept for what is really begun, and really done.
    int filled = bar.width() * percent / 100;
    if (percent > 0 && percent < 100)
        filled = std::clamp(filled, 1, bar.width() - 1);
    painter.fillRect(ground, QColor(kGround));
    painter.fillRect(bar, QColor(kRest));
    painter.fillRect(QRect(bar.topLeft(), QSize(filled, bar.height())), QColor(kDone));
}

} // namespace

QIcon trayIcon(const QIcon &base, std::optional<int> percent)
{
    QIcon icon;
    for (const int size : kSizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        base.paint(&painter, pixmap.rect());
        if (percent)
            paintBar(painter, size, std::clamp(*percent, 0, 100));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace longhaul
