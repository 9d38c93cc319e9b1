// SPDX-License-Identifier: MIT
// A cell looks as if the style had painted it, to the pixel.
#include "palettes.h"

#include "ui/icons.h"
#include "ui/textdelegate.h"

#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QTest>
#include <QTreeView>

#include <memory>
#include <utility>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

// What Qt's own delegate would paint.
class Plain : public QStyledItemDelegate
{
public:
    explicit Plain(Qt::TextElideMode elide)
        : m_elide(elide)
    {}

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = m_elide;
    }

private:
    const Qt::TextElideMode m_elide;
};

// Paints one cell with it.
class Cell : public QWidget
{
public:
    Cell(const QStyledItemDelegate &delegate, QStyleOptionViewItem option, const QModelIndex &index)
        : m_delegate(delegate)
        , m_option(std::move(option))
        , m_index(index)
    {}

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), palette().base());
        m_delegate.paint(&painter, m_option, m_index);
    }

private:
    const QStyledItemDelegate &m_delegate;
    const QStyleOptionViewItem m_option;
    const QModelIndex m_index;
};

} // namespace

class TestTextDelegate : public QObject
{
    Q_OBJECT

private:
    static constexpr int kWidth = 150;

    QImage picture(const QStyledItemDelegate &delegate, QStyle::State state, Qt::LayoutDirection direction)
    {
        QStyleOptionViewItem option;
        option.initFrom(m_view.get());
        option.state = state;
        option.direction = direction;
        option.font = m_view->font();
        option.widget = m_view.get();
        option.showDecorationSelected = true;
        option.decorationSize = {16, 16};
        option.decorationPosition = QStyleOptionViewItem::Left;
        option.decorationAlignment = Qt::AlignCenter;
        option.rect = QRect(10, 3, kWidth, 25);
        Cell cell(delegate, option, m_model->index(0, 0));
        cell.resize(kWidth + 20, 31); // what is beside the cell is compared, too
        cell.setFont(m_view->font());
        cell.setPalette(m_view->palette());
        return cell.grab().toImage();
    }

    // Whether it is selected, has the focus, can be used, is in the window that is in front.
    void compare(Qt::TextElideMode elide, Qt::LayoutDirection direction)
    {
        const QStyle::State active = QStyle::State_Enabled | QStyle::State_Active;
        const QStyle::State chosen = QStyle::State_Selected;
        const QStyle::State focus = QStyle::State_HasFocus;
        for (const QStyle::State state :
             {active, active | chosen, active | focus, active | chosen | focus,
              QStyle::State_Enabled | chosen, QStyle::State(QStyle::State_None)}) {
            QVERIFY2(
                picture(TextDelegate(elide), state, direction) == picture(Plain(elide), state, direction),
                qPrintable(
                    u"elide %1, direction %2, state %3"_s.arg(elide).arg(direction).arg(int(state), 0, 16)));
        }
    }

    std::unique_ptr<QTreeView> m_view;
    std::unique_ptr<QStandardItemModel> m_model;

private Q_SLOTS:
    void init()
    {
        m_view = std::make_unique<QTreeView>();
        m_model = std::make_unique<QStandardItemModel>(1, 1);
    }

    void asTheStyleDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("hasIcon");
        QTest::addColumn<bool>("isBold");
        QTest::addColumn<Qt::Alignment>("alignment");
        const QString longName = u"a-name-that-is-longer-than-any-cell-1.2.3-amd64.iso"_s;
        const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
        const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
        QTest::newRow("nothing") << QString() << false << false << left;
        QTest::newRow("short") << u"Downloading"_s << false << false << left;
        QTest::newRow("a number") << u"64.0 MiB"_s << false << false << right;
        QTest::newRow("too long") << longName << false << false << left;
        QTest::newRow("too long, at the right") << longName << false << false << right;
        QTest::newRow("with an icon") << u"data.bin"_s << true << false << left;
        QTest::newRow("too long, with an icon, bold") << longName << true << true << left;
        QTest::newRow("icon alone") << QString() << true << false << left;
        QTest::newRow("right to left") << u"\u05E9\u05DC\u05D5\u05DD 12 (abc)"_s << false << false << left;
        QTest::newRow("Chinese") << u"\u6B63\u5728\u4E0B\u8F7D 12"_s << true << false << left;
        QTest::newRow("combining") << u"e"_s + QString(60, QChar(0x301)) << false << false << left;
        QTest::newRow("two lines") << u"a\nb"_s << false << false << left;
    }
    void asTheStyleDoes()
    {
        QFETCH(QString, text);
        QFETCH(bool, hasIcon);
        QFETCH(bool, isBold);
        QFETCH(Qt::Alignment, alignment);
        auto *item = new QStandardItem(text);
        item->setData(int(alignment), Qt::TextAlignmentRole);
        if (hasIcon)
            item->setIcon(fileIcon(u"data.iso"_s));
        if (isBold) {
            QFont font = m_view->font();
            font.setBold(true);
            item->setFont(font);
        }
        m_model->setItem(0, item);

        for (const QPalette &palette : {QPalette(Qt::lightGray), test::darkPalette()}) {
            m_view->setPalette(palette);
            for (const auto elide : {Qt::ElideRight, Qt::ElideMiddle}) {
                for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft})
                    compare(elide, direction);
            }
        }
        QFont large = m_view->font();
        large.setPointSizeF(large.pointSizeF() * 1.5);
        m_view->setFont(large);
        compare(Qt::ElideRight, Qt::LeftToRight);
    }
};

QTEST_MAIN(TestTextDelegate)
#include "tst_textdelegate.moc"
