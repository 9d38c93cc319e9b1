// SPDX-License-Identifier: MIT
#include "piecesmap.h"

#include "shades.h"

#include "core/words.h"

#include <QEvent>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace longhaul {

namespace {

constexpr int kMostCells = 6000;

// `extent` bytes in `cells` stretches; the first ones have one byte more where it does not come out even.
struct Cut {
    qint64 extent;
    int cells; // 1..extent

    qint64 base() const { return extent / cells; }
    qint64 longer() const { return extent % cells; }
    qint64 beginOf(int index) const { return index * base() + std::min<qint64>(index, longer()); }
    int indexOf(qint64 byte) const
    {
        const qint64 inLonger = longer() * (base() + 1);
        return int(byte < inLonger ? byte / (base() + 1) : longer() + (byte - inLonger) / base());
    }
};

// visit(index, bytes) for each cell that `range` has bytes in.
template <typename Visit>
void forEachCell(const Cut &cut, ByteRange range, const Visit &visit)
{
    range = intersected(range, {0, cut.extent});
    if (range.isEmpty())
        return;
    qint64 at = range.begin;
    for (int index = cut.indexOf(at); at < range.end; ++index) {
        const qint64 end = std::min(range.end, cut.beginOf(index + 1));
        visit(index, end - at);
        at = end;
    }
}

// How many bytes of each cell are in `set`.
QList<qint64> bytesOf(const Cut &cut, const RangeSet &set)
{
    QList<qint64> bytes(cut.cells, 0);
    for (const ByteRange &range : set.ranges())
        forEachCell(cut, range, [&bytes](int index, qint64 count) { bytes[index] += count; });
    return bytes;
}

double shareOf(qint64 bytes, qint64 all)
{
    // A quotient of large numbers may be rounded up to 1.
    return bytes == all ? 1 : std::min(double(bytes) / double(all), std::nextafter(1.0, 0.0));
}

} // namespace

qint64 extentOf(const Pieces &pieces)
{
    if (pieces.total)
        return std::max<qint64>(0, *pieces.total);
    qint64 extent = pieces.received.end();
    for (const ByteRange &range : pieces.inFlight)
        extent = std::max(extent, range.begin);
    return extent;
}

QList<PieceCell> cellsOf(const Pieces &pieces, int cells)
{
    const qint64 extent = extentOf(pieces);
    if (extent == 0 || cells <= 0)
        return {};
    const Cut cut{extent, int(std::min<qint64>(cells, extent))};
    QList<PieceCell> result(cut.cells);
    const QList<qint64> received = bytesOf(cut, pieces.received);
    const QList<qint64> durable = bytesOf(cut, pieces.durable);
    for (int i = 0; i < cut.cells; ++i) {
        const qint64 all = cut.beginOf(i + 1) - cut.beginOf(i);
        result[i].received = shareOf(received.at(i), all);
        result[i].durable = shareOf(std::min(durable.at(i), received.at(i)), all);
    }
    for (const ByteRange &range : pieces.inFlight) {
        if (range.isEmpty() || range.begin < 0)
            continue;
        forEachCell(cut, range, [&result](int index, qint64) { result[index].inFlight = true; });
        if (range.begin < extent)
            result[cut.indexOf(range.begin)].arriving = true;
        else if (!pieces.total) // it grows just behind what is drawn
            result.last().arriving = true;
    }
    return result;
}

ByteRange stretchOf(qint64 extent, int cells, int index)
{
    const Cut cut{extent, cells};
    return {cut.beginOf(index), cut.beginOf(index + 1)};
}

QColor colorOf(const PieceCell &cell, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor highlight = palette.color(QPalette::Highlight);
    const QColor ground =
        cell.inFlight ? mixed(base, highlight, 0.4) : mixed(base, palette.color(QPalette::Text), 0.2);
    // The last step is left out of what is not all there, so that a hole shows.
    const double received = cell.received < 1 ? cell.received * 0.8 : 1;
    return mixed(mixed(ground, mixed(base, highlight, 0.72), received), highlight, cell.durable * received);
}

QString piecesInWords(const Pieces &pieces)
{
    const qint64 received = pieces.received.size();
    const int count = int(pieces.received.ranges().size());
    QString words;
    if (pieces.total == 0)
        words = PiecesMap::tr("The file is empty.");
    else if (received == 0)
        words = pieces.total ? PiecesMap::tr("Nothing of %1 received yet.").arg(sizeInWords(*pieces.total))
                             : PiecesMap::tr("Nothing received yet.");
    else if (!pieces.total)
        words =
            PiecesMap::tr("%1 received in %n piece(s). The size of the file is not known.", nullptr, count)
                .arg(sizeInWords(received));
    else if (received >= *pieces.total)
        words = PiecesMap::tr("All of %1 received.").arg(sizeInWords(*pieces.total));
    else
        words = PiecesMap::tr("%1 of %2 received in %n piece(s).", nullptr, count)
                    .arg(sizeInWords(received), sizeInWords(*pieces.total));
    if (pieces.inFlight.isEmpty())
        return words;
    return PiecesMap::tr("%1 %2", "two sentences")
        .arg(words, PiecesMap::tr("%n piece(s) in flight.", nullptr, int(pieces.inFlight.size())));
}

PiecesMap::PiecesMap(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("piecesMap"));
    setAccessibleName(tr("Map of the pieces"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PiecesMap::setPieces(const Pieces &pieces)
{
    if (m_pieces == pieces)
        return;
    m_pieces = pieces;
    setAccessibleDescription(piecesInWords(m_pieces));
    cut();
}

QSize PiecesMap::sizeHint() const { return {side() * 48, side() * 8}; }
QSize PiecesMap::minimumSizeHint() const { return {side() * 12, side() * 2}; }

int PiecesMap::side() const { return std::max(6, fontMetrics().height() * 3 / 4); }

// As many cells of about the right size as fill the widget.
void PiecesMap::cut()
{
    int size = side();
    while ((width() / size) * (height() / size) > kMostCells)
        ++size;
    m_columns = std::max(1, width() / size);
    m_rows = std::max(1, height() / size);
    m_cells = cellsOf(m_pieces, m_columns * m_rows);
    // A file of a few bytes.
    m_columns = int(std::clamp<qsizetype>(m_cells.size(), 1, m_columns));
    update();
}

// In whole pixels: the widget is filled to its edges, and neighbours never overlap.
QRect PiecesMap::rectOf(int index) const
{
    const int column = index % m_columns;
    const int row = index / m_columns;
    const int left = width() * column / m_columns;
    const int top = height() * row / m_rows;
    const QRect rect(left, top, width() * (column + 1) / m_columns - left - 1,
                     height() * (row + 1) / m_rows - top - 1);
    return QStyle::visualRect(layoutDirection(), this->rect(), rect);
}

void PiecesMap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int i = 0; i < m_cells.size(); ++i) {
        const QRect rect = rectOf(i);
        painter.fillRect(rect, colorOf(m_cells.at(i), palette()));
        if (m_cells.at(i).arriving) {
            painter.setPen(palette().color(QPalette::Text));
            painter.drawRect(rect.adjusted(0, 0, -1, -1));
        }
    }
}

void PiecesMap::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    cut();
}

void PiecesMap::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
        cut();
    }
}

bool PiecesMap::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (int i = 0; i < m_cells.size(); ++i) {
        if (!rectOf(i).contains(help->pos()))
            continue;
        const ByteRange stretch = stretchOf(extentOf(m_pieces), int(m_cells.size()), i);
        QToolTip::showText(help->globalPos(),
                           tr("From %1 to %2: %3 % received")
                               .arg(sizeInWords(stretch.begin), sizeInWords(stretch.end),
                                    QLocale().toString(int(m_cells.at(i).received * 100))),
                           this, rectOf(i));
        return true;
    }
    QToolTip::hideText();
    event->ignore();
    return true;
}

} // namespace longhaul
