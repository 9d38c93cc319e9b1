// SPDX-License-Identifier: MIT
#include "piecespage.h"

#include "leading.h"

#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace longhaul {

namespace {

struct Entry {
    PieceCell cell;
    const char *text; // in context "longhaul::PiecesPage"
};

constexpr Entry kEntries[] = {
    {{1, 1, false, false}, QT_TRANSLATE_NOOP("longhaul::PiecesPage", "Safe on the disk")},
    {{1, 0, false, false}, QT_TRANSLATE_NOOP("longhaul::PiecesPage", "Received")},
    {{0, 0, true, false}, QT_TRANSLATE_NOOP("longhaul::PiecesPage", "In flight")},
    {{0, 0, false, false}, QT_TRANSLATE_NOOP("longhaul::PiecesPage", "Missing")},
};

// What the colours mean: entries side by side, in as many lines as the width asks for.
class Legend : public QWidget
{
public:
    Legend()
    {
        setObjectName(QStringLiteral("piecesLegend"));
        setAccessibleName(PiecesPage::tr("What the colors mean"));
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }

    QSize sizeHint() const override { return layOut(QWIDGETSIZE_MAX, nullptr); }
    QSize minimumSizeHint() const override { return layOut(0, nullptr); }
    int heightForWidth(int width) const override { return layOut(width, nullptr).height(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        layOut(width(), &painter);
    }

private:
    // The size that the entries take when lines are at most `limit` wide; drawn where there is a painter.
    QSize layOut(int limit, QPainter *painter) const
    {
        const int line = fontMetrics().height();
        const int swatch = line * 3 / 4;
        QPoint at;
        int widest = 0;
        for (const Entry &entry : kEntries) {
            const QString text = PiecesPage::tr(entry.text);
            const int textWidth = fontMetrics().horizontalAdvance(text);
            if (at.x() > 0 && at.x() + swatch + line / 2 + textWidth > limit)
                at = {0, at.y() + line + line / 4};
            if (painter)
                draw(*painter, entry, text, {at, QSize(swatch + line / 2 + textWidth, line)}, swatch);
            widest = std::max(widest, at.x() + swatch + line / 2 + textWidth);
            at.rx() += swatch + line / 2 + textWidth + line * 3 / 2;
        }
        return {widest, at.y() + line};
    }

    void draw(QPainter &painter, const Entry &entry, const QString &text, const QRect &place,
              int swatch) const
    {
        const auto visual = [this](const QRect &r) {
            return style()->visualRect(layoutDirection(), rect(), r);
        };
        const QRect square(place.left(), place.top() + (place.height() - swatch) / 2, swatch, swatch);
        painter.fillRect(visual(square), colorOf(entry.cell, palette()));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(
            visual(place.adjusted(place.width() - fontMetrics().horizontalAdvance(text), 0, 0, 0)),
            Qt::AlignVCenter | Qt::TextDontClip, text);
    }
};

} // namespace

Pieces piecesOf(const DownloadTask &task)
{
    const ResumeData &data = task.resumeData();
    Pieces pieces{data.received, data.durable, task.inFlight(), data.entity.total};
    if (data.state == TaskState::Completed && pieces.total) // whatever the record still says of its ranges
        pieces.received = pieces.durable = RangeSet({0, *pieces.total});
    return pieces;
}

PiecesPage::PiecesPage(QWidget *parent)
    : DetailsPage(parent)
{
    setObjectName(QStringLiteral("piecesPage"));
}

QWidget *PiecesPage::makeContent()
{
    auto *body = new QWidget;
    body->setObjectName(QStringLiteral("piecesBody"));
    auto *column = new QVBoxLayout(body);
    m_sentence = new QLabel;
    m_sentence->setObjectName(QStringLiteral("piecesSentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    alignLeading(*m_sentence);
    m_map = new PiecesMap;
    column->addWidget(m_sentence);
    column->addWidget(m_map, 1);
    column->addWidget(new Legend);
    return body;
}

void PiecesPage::fill(const DownloadTask &task)
{
    const Pieces pieces = piecesOf(task);
    m_sentence->setText(piecesInWords(pieces));
    m_map->setPieces(pieces);
}

} // namespace longhaul
