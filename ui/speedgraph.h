// SPDX-License-Identifier: MIT
#pragma once

#include "speedhistory.h"

#include <QWidget>

namespace longhaul {

// The scale beside the graph: grid lines at step, 2 * step ... lines * step, the last one at or above the
// peak.
struct RateAxis {
    qint64 step; // bytes per second: 1, 2, 5, 10 ... 200 or a half of a binary unit, 512 at least
    int lines;   // 1..4
    qint64 top() const { return step * lines; }
    bool operator==(const RateAxis &) const = default;
};
RateAxis rateAxis(qint64 peak);

// "10 MiB/s", "1.5 MiB/s": a value of the axis.
QString axisLabel(qint64 rate);

// How many seconds the graph shows for these samples: 60, 120 or kSpeedSeconds.
int secondsShown(const QList<SpeedSample> &samples);

// Samples that follow one another without a pause between them, each a curve of its own.
QList<QList<SpeedSample>> curvesOf(const QList<SpeedSample> &samples);

// Over those seconds in which it ran; 0 without any.
qint64 averageRate(const QList<SpeedSample> &samples);
qint64 peakRate(const QList<SpeedSample> &samples);

// The speed of the last minutes as filled curves over a grid, the average as a dashed line; the latest sample
// stands at the trailing edge. Paints when it is given other samples, never by itself.
class SpeedGraph : public QWidget
{
    Q_OBJECT

public:
    explicit SpeedGraph(QWidget *parent = nullptr);

    void setSamples(const QList<SpeedSample> &samples);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Frame { // where things are
        QRectF plot;
        RateAxis axis;
        int seconds;
    };
    Frame frame() const;
    double xOf(const Frame &frame, double secondsAgo) const;
    void paintGrid(QPainter &painter, const Frame &frame) const;
    void paintTime(QPainter &painter, const Frame &frame) const;
    void paintCurve(QPainter &painter, const Frame &frame, const QList<SpeedSample> &curve) const;
    void paintAverage(QPainter &painter, const Frame &frame) const;

    QList<SpeedSample> m_samples;
};

} // namespace longhaul
