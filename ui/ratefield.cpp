// SPDX-License-Identifier: MIT
#include "ratefield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostOfUnit = 9'999'999;
constexpr qint64 kFirstRate = 1 << 20; // suggested where there was no limit before

} // namespace

RateField::RateField(const QString &rateName, const QString &unitName, QWidget *parent)
    : QWidget(parent)
    , m_rate(new QSpinBox)
    , m_unit(new QComboBox)
{
    m_rate->setObjectName("rateLimitSpin"_L1);
    m_rate->setAccessibleName(rateName);
    m_rate->setRange(1, kMostOfUnit);
    m_unit->setObjectName("rateUnitCombo"_L1);
    m_unit->setAccessibleName(unitName);
    m_unit->addItem(tr("KiB/s"), qint64(1) << 10);
    m_unit->addItem(tr("MiB/s"), qint64(1) << 20);
    m_unit->addItem(tr("GiB/s"), qint64(1) << 30);
    connect(m_rate, &QSpinBox::valueChanged, this, &RateField::changed);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &RateField::changed);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_rate);
    layout->addWidget(m_unit);
    setRate(0);
}

// In the largest unit that shows it exactly, or as exactly as a unit can.
void RateField::setRate(qint64 rate)
{
    const qint64 shown = rate > 0 ? rate : kFirstRate;
    int index = 0;
    for (int larger = 1; larger < m_unit->count(); ++larger) {
        const qint64 unit = m_unit->itemData(larger).toLongLong();
        const qint64 before = m_unit->itemData(index).toLongLong();
        if (shown % unit == 0 || shown / before > kMostOfUnit)
            index = larger;
    }
    const qint64 unit = m_unit->itemData(index).toLongLong();
    m_unit->setCurrentIndex(index);
    const qint64 rounded = shown / unit + (shown % unit >= (unit + 1) / 2 ? 1 : 0);
    m_rate->setValue(int(std::min<qint64>(rounded, m_rate->maximum())));
    m_givenRate = rate;
    m_shownRate = unit * m_rate->value();
}

qint64 RateField::rate() const
{
    const qint64 shown = m_unit->currentData().toLongLong() * m_rate->value();
    // Not rounded by being looked at.
    return shown == m_shownRate && m_givenRate > 0 ? m_givenRate : shown;
}

} // namespace longhaul
