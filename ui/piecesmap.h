// SPDX-License-Identifier: MIT
#pragma once

#include "core/byterange.h"

#include <QWidget>

#include <optional>

namespace longhaul {

// Which bytes of a file are where.
struct Pieces {
    RangeSet received;
    RangeSet durable;            // of the received ones, those that were synced
    QList<ByteRange> inFlight;   // from the next byte to arrive on; may be open at the end
    std::optional<qint64> total; // bytes; nothing while unknown
    bool operator==(const Pieces &) const = default;
};

// An even stretch of the file.
struct PieceCell {
    double received = 0;   // of its bytes: 0 to 1; 1 only when all of them are
    double durable = 0;    // likewise
    bool inFlight = false; // some of it lies before a transfer
    bool arriving = false; // the next byte of a transfer falls into it
    bool operator==(const PieceCell &) const = default;
};

// How much of the file there is to draw, in bytes: its size, else up to where anything is known of it.
qint64 extentOf(const Pieces &pieces);

// The file cut into `cells` even stretches, fewer when it has fewer bytes; none when there is nothing to
// draw. Pure; takes time in proportion to ranges + cells.
QList<PieceCell> cellsOf(const Pieces &pieces, int cells);

// The bytes of the cell `index` of `cells` that `extent` was cut into.
ByteRange stretchOf(qint64 extent, int cells, int index);

// How a cell looks.
QColor colorOf(const PieceCell &cell, const QPalette &palette);

// "1.2 GiB of 3.7 GiB received in 3 pieces. 4 pieces in flight."
QString piecesInWords(const Pieces &pieces);

// The map: cells in rows, the file's first byte at the top of the leading side. Paints when it is given
// other pieces, never by itself.
class PiecesMap : public QWidget
{
    Q_OBJECT

public:
    explicit PiecesMap(QWidget *parent = nullptr);

    void setPieces(const Pieces &pieces);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void cut();
    int side() const;
    QRect rectOf(int index) const;

    Pieces m_pieces;
    QList<PieceCell> m_cells; // m_pieces for the present size
    int m_columns = 1;
    int m_rows = 1;
};

} // namespace longhaul
