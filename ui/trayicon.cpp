// SPDX-License-Identifier: MIT
#include "trayicon.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QStyle>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

// Panels are dark or light whatever the palette says: the edge shows on the dark ones, the rest of the bar on
// the light ones.
constexpr QRgb kEdge = qRgb(0xf4, 0xf6, 0xf8);
constexpr QRgb kRest = qRgb(0x1c, 0x24, 0x2c);
constexpr QRgb kDone = qRgb(0x4c, 0xd9, 0x64);

// On whole pixels: at 16 px every blurred edge is a lost one.
void paintBar(QPainter &painter, const QRect &place, int edge, int percent)
{
    const QRect bar = place.adjusted(edge, edge, -edge, -edge);
    // The first and the last pixel are kept for what is really begun, and really done.
    int filled = bar.width() * percent / 100;
    if (percent > 0 && percent < 100)
        filled = std::clamp(filled, 1, bar.width() - 1);
    painter.fillRect(place, QColor(kEdge));
    painter.fillRect(bar, QColor(kRest));
    painter.fillRect(QRect(bar.topLeft(), QSize(filled, bar.height())), QColor(kDone));
}

// The picture, smaller, above the bar: covered by it, it would not be known again.
void paintWithBar(QPainter &painter, const QIcon &base, int size, int percent)
{
    const int edge = std::max(1, size / 24);
    const int height = std::max(2, size / 8) + 2 * edge;
    const int rest = size - height;
    base.paint(&painter, QRect((size - rest) / 2, 0, rest, rest));
    paintBar(painter, QRect(0, rest, size, height), edge, percent);
}

// Paints on demand, for exactly the size that is asked for: trays of 20 px are no rarity, and a bar that is
// scaled is a smear.
class TrayIconEngine : public QIconEngine
{
public:
    TrayIconEngine(QIcon base, std::optional<int> percent)
        : m_base(std::move(base))
        , m_percent(percent)
    {}

    QPixmap pixmap(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        const int side = std::min(size.width(), size.height());
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        if (m_percent)
            paintWithBar(painter, m_base, side, *m_percent);
        else
            m_base.paint(&painter, pixmap.rect());
        return pixmap;
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal scale = painter->device()->devicePixelRatio();
        QPixmap picture = pixmap((QSizeF(rect.size()) * scale).toSize(), mode, state);
        picture.setDevicePixelRatio(scale);
        const QSize size = picture.deviceIndependentSize().toSize();
        painter->drawPixmap(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, size, rect), picture);
    }

    // What panels ask for over D-Bus.
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override
    {
        QList<QSize> sizes;
        for (const int size : {16, 22, 24, 32, 44, 48, 64})
            sizes << QSize(size, size);
        return sizes;
    }

    QIconEngine *clone() const override { return new TrayIconEngine(m_base, m_percent); }

private:
    QIcon m_base;
    std::optional<int> m_percent;
};

} // namespace

QIcon trayIcon(const QIcon &base, std::optional<int> percent)
{
    if (percent)
        percent = std::clamp(*percent, 0, 100);
    return QIcon(new TrayIconEngine(base, percent));
}

} // namespace longhaul
