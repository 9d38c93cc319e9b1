// SPDX-License-Identifier: MIT
#include "speedgraph.h"

#include "shades.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace longhaul {

namespace {

constexpr int kMostLines = 4;
constexpr int kLongestBreath = 3; // seconds without a sample that are no pause: a tick may come late

// The unit that a rate is told in: 1024, 1024^2 ...
qint64 unitOf(qint64 rate)
{
    qint64 unit = 1024;
    while (rate / unit >= 1024)
        unit *= 1024;
    return unit;
}

QColor gridColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.15);
}

QColor labelColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.75);
}

qint64 spanOf(const QList<SpeedSample> &samples)
{
    return samples.isEmpty() ? 0 : samples.last().second - samples.first().second;
}

} // namespace

RateAxis rateAxis(qint64 peak)
{
    peak = std::clamp<qint64>(peak, 1, qint64(1) << 60);
    qint64 unit = unitOf(peak);
    if ((peak - 1) / unit >= 800) // the next step would be 500: 1000 and 1500 of a unit are not round
        unit *= 1024;
    for (qint64 tens = 1;; tens *= 10) {
        // 512 of the unit below stand for a half.
        for (const qint64 step : {tens == 1 ? unit / 2 : 0, tens * unit, 2 * tens * unit, 5 * tens * unit}) {
            if (step > 0 && (peak - 1) / step < kMostLines)
                return {step, int((peak - 1) / step) + 1};
        }
    }
}

QString axisLabel(qint64 rate)
{
    const bool whole = rate < 1024 || rate % unitOf(rate) == 0;
    return SpeedGraph::tr("%1/s").arg(QLocale().formattedDataSize(rate, whole ? 0 : 1));
}

int secondsShown(const QList<SpeedSample> &samples)
{
    const qint64 span = spanOf(samples);
    return span < 60 ? 60 : span < 120 ? 120 : kSpeedSeconds;
}

QList<QList<SpeedSample>> curvesOf(const QList<SpeedSample> &samples)
{
    QList<QList<SpeedSample>> curves;
    for (const SpeedSample &sample : samples) {
        if (curves.isEmpty() || sample.second - curves.last().last().second > kLongestBreath)
            curves.append(QList<SpeedSample>());
        curves.last().append(sample);
    }
    return curves;
}

qint64 averageRate(const QList<SpeedSample> &samples)
{
    double sum = 0;
    for (const SpeedSample &sample : samples)
        sum += double(sample.rate);
    return samples.isEmpty() ? 0 : qint64(sum / double(samples.size()));
}

qint64 peakRate(const QList<SpeedSample> &samples)
{
    qint64 peak = 0;
    for (const SpeedSample &sample : samples)
        peak = std::max(peak, sample.rate);
    return peak;
}

SpeedGraph::SpeedGraph(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("speedGraph"));
    setAccessibleName(tr("Speed of the last minutes"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void SpeedGraph::setSamples(const QList<SpeedSample> &samples)
{
    if (m_samples == samples)
        return;
    m_samples = samples;
    update();
}

QSize SpeedGraph::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 8};
}

QSize SpeedGraph::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 4};
}

SpeedGraph::Frame SpeedGraph::frame() const
{
    const RateAxis axis = rateAxis(peakRate(m_samples));
    int labels = 0;
    for (int line = 1; line <= axis.lines; ++line)
        labels = std::max(labels, fontMetrics().horizontalAdvance(axisLabel(axis.step * line)));
    const int line = fontMetrics().height();
    const QRect plot(labels + line / 2, line / 2, width() - labels - line, height() - line * 2);
    return {QRectF(QStyle::visualRect(layoutDirection(), rect(), plot)), axis, secondsShown(m_samples)};
}

double SpeedGraph::xOf(const Frame &frame, double secondsAgo) const
{
    const double part = secondsAgo / frame.seconds;
    return layoutDirection() == Qt::RightToLeft ? frame.plot.left() + part * frame.plot.width()
                                                : frame.plot.right() - part * frame.plot.width();
}

void SpeedGraph::paintEvent(QPaintEvent *)
{
    if (m_samples.isEmpty())
        return;
    const Frame where = frame();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LayoutDirectionAuto); // each label by its own letters
    painter.fillRect(where.plot, palette().base());
    paintGrid(painter, where);
    paintTime(painter, where);
    painter.setRenderHint(QPainter::Antialiasing);
    const QList<QList<SpeedSample>> curves = curvesOf(m_samples);
    for (const QList<SpeedSample> &curve : curves)
        paintCurve(painter, where, curve);
    paintAverage(painter, where);
}

void SpeedGraph::paintGrid(QPainter &painter, const Frame &frame) const
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int line = fontMetrics().height();
    const int gap = line / 4;
    for (int i = 0; i <= frame.axis.lines; ++i) {
        const double y = frame.plot.bottom() - frame.plot.height() * i / frame.axis.lines;
        painter.setPen(gridColor(palette()));
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y));
        if (i == 0)
            continue;
        const QRectF label = mirrored ? QRectF(frame.plot.right() + gap, y - line / 2.0, width(), line)
                                      : QRectF(0, y - line / 2.0, frame.plot.left() - gap, line);
        const int side = Qt::AlignAbsolute | (mirrored ? Qt::AlignLeft : Qt::AlignRight);
        painter.setPen(labelColor(palette()));
        painter.drawText(label, side | Qt::AlignVCenter | Qt::TextSingleLine, axisLabel(frame.axis.step * i));
    }
}

void SpeedGraph::paintTime(QPainter &painter, const Frame &frame) const
{
    const int ticks = frame.seconds == kSpeedSeconds ? 5 : 4; // a minute, or 15 or 30 seconds, apart
    const int line = fontMetrics().height();
    const double apart = frame.plot.width() / ticks;
    for (int i = 0; i <= ticks; ++i) {
        const int ago = frame.seconds / ticks * i;
        const double x = xOf(frame, ago);
        painter.setPen(gridColor(palette()));
        painter.drawLine(QPointF(x, frame.plot.top()), QPointF(x, frame.plot.bottom()));
        const QString label = ago % 60 == 0 ? tr("-%1 min", "minutes ago").arg(QLocale().toString(ago / 60))
                                            : tr("-%1 s", "seconds ago").arg(QLocale().toString(ago));
        const int every = fontMetrics().horizontalAdvance(label) + line < apart ? 1 : 2;
        if (i == 0 || i == ticks || i % every != 0)
            continue; // no room
        painter.setPen(labelColor(palette()));
        painter.drawText(QRectF(x - apart, frame.plot.bottom() + line / 4.0, apart * 2, line),
                         Qt::AlignCenter, label);
    }
}

void SpeedGraph::paintCurve(QPainter &painter, const Frame &frame, const QList<SpeedSample> &curve) const
{
    const qint64 now = m_samples.last().second;
    const auto point = [&](const SpeedSample &sample) {
        return QPointF(xOf(frame, double(now - sample.second)),
                       frame.plot.bottom()
                           - frame.plot.height() * double(sample.rate) / double(frame.axis.top()));
    };
    QPolygonF line;
    for (const SpeedSample &sample : curve)
        line.append(point(sample));
    if (line.size() == 1) // a second has a width
        line.append({xOf(frame, double(now - curve.first().second) + 1), line.first().y()});
    QPolygonF area = line;
    area.prepend({line.first().x(), frame.plot.bottom()});
    area.append({line.last().x(), frame.plot.bottom()});

    QColor fill = palette().color(QPalette::Highlight);
    painter.setPen(QPen(fill, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    fill.setAlphaF(0.25F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(area);
}

void SpeedGraph::paintAverage(QPainter &painter, const Frame &frame) const
{
    const double y =
        frame.plot.bottom() - frame.plot.height() * double(averageRate(m_samples)) / double(frame.axis.top());
    painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DashLine));
    painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y));
}

void SpeedGraph::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace longhaul
