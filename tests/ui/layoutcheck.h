// SPDX-License-Identifier: MIT
#pragma once

#include "ui/translations.h"
#include "ui/valuetext.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QTabBar>
#include <QTest>
#include <QTranslator>

// How windows look to those who read another language, another way, or with larger letters.
namespace longhaul::test {

// All that is made while it lives looks so.
class Look
{
public:
    explicit Look(Qt::LayoutDirection direction, const QString &language = {}, qreal scale = 1.5)
        : m_font(QApplication::font())
        , m_locale(QLocale())
    {
        QFont scaled = m_font;
        scaled.setPointSizeF(m_font.pointSizeF() * scale);
        QApplication::setFont(scaled);
        QApplication::setLayoutDirection(direction);
        if (!language.isEmpty())
            installTranslations(*qApp, language);
    }
    ~Look()
    {
        qDeleteAll(qApp->findChildren<QTranslator *>());
        QLocale::setDefault(m_locale);
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QApplication::setFont(m_font);
    }
    Q_DISABLE_COPY_MOVE(Look)

private:
    const QFont m_font;
    const QLocale m_locale;
};

inline bool hasChinese() { return QFile::exists(QStringLiteral(":/translations/longhaul_zh_CN.qm")); }

// Columns "language" and "direction".
inline void rowsOfLooks()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    for (const auto &[name, direction] :
         {std::pair("", Qt::LeftToRight), std::pair(", right to left", Qt::RightToLeft)}) {
        QTest::addRow("English%s", name) << QStringLiteral("en") << direction;
        QTest::addRow("Chinese%s", name) << QStringLiteral("zh_CN") << direction;
    }
}

// For messages of tests.
inline QString nameOf(const QWidget *widget)
{
    QString name = QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName();
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        name += QStringLiteral(" “%1”").arg(label->text());
    else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        name += QStringLiteral(" “%1”").arg(button->text());
    return name;
}

// The room that a widget needs for its text; no width where it may break or scroll it, nothing where it has
// none.
inline QSize roomFor(const QWidget *widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->wordWrap())
        return {1, label->heightForWidth(label->width())};
    if (const auto *value = qobject_cast<const ValueText *>(widget))
        return {1, value->heightForWidth(value->viewport()->width())};
    if (qobject_cast<const QLineEdit *>(widget->parentWidget()) // Qt's own pictures in it
        || qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()))
        return {};
    if (qobject_cast<const QLineEdit *>(widget))
        return {1, widget->sizeHint().height()};
    if (const auto *list = qobject_cast<const QListView *>(widget))
        return list->minimumSizeHint();
    if (qobject_cast<const QLabel *>(widget) || qobject_cast<const QAbstractButton *>(widget)
        || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
        || qobject_cast<const QTabBar *>(widget))
        return widget->sizeHint();
    return {};
}

// Whether a column's title is cut.
inline bool isCut(const QHeaderView *header)
{
    for (int column = 0; column < header->count(); ++column) {
        if (!header->isSectionHidden(column) && header->sectionSize(column) < header->sectionSizeHint(column))
            return true;
    }
    return false;
}

// What is seen and has less room than its text needs.
inline QString cutIn(const QWidget *window)
{
    QStringList cut;
    const QList<QWidget *> widgets = window->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || widget->window() != window)
            continue;
        const auto *header = qobject_cast<const QHeaderView *>(widget);
        const QSize room = roomFor(widget);
        if ((header && isCut(header)) || widget->width() < room.width() || widget->height() < room.height())
            cut << nameOf(widget);
    }
    return cut.join(QLatin1String("; "));
}

// What is seen and lies, in part, outside of its parent or over another child of that. What scrolls may be
// larger than what it is seen through. One pixel is granted: Qt's splitters from right to left are off by it.
inline QString misplacedIn(const QWidget *window)
{
    QStringList misplaced;
    const QList<QWidget *> widgets = window->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const QWidget *parent = widget->parentWidget();
        if (!widget->isVisible() || widget->window() != window)
            continue;
        const QRect place = widget->geometry().adjusted(1, 1, -1, -1);
        const auto *area = qobject_cast<const QAbstractScrollArea *>(parent->parentWidget());
        if (!parent->rect().contains(place) && !(area && area->viewport() == parent))
            misplaced << nameOf(widget) + QLatin1String(" outside of ") + nameOf(parent);
        const QList<QWidget *> siblings =
            parent->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        for (const QWidget *sibling : siblings) {
            if (sibling < widget && sibling->isVisible() && !sibling->isWindow()
                && sibling->geometry().intersects(place))
                misplaced << nameOf(widget) + QLatin1String(" over ") + nameOf(sibling);
        }
    }
    return misplaced.join(QLatin1String("; "));
}

} // namespace longhaul::test
