// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace longhaul {

// A rate: a number and its unit. Shows what it is given as exactly as a unit can, and gives that back
// unrounded until the user changes it. objectNames "rateLimitSpin", "rateUnitCombo".
class RateField : public QWidget
{
    Q_OBJECT

public:
    // What a screen reader calls the two.
    RateField(const QString &rateName, const QString &unitName, QWidget *parent = nullptr);

    void setRate(qint64 rate); // bytes per second; 0: some rate is suggested
    qint64 rate() const;       // > 0

Q_SIGNALS:
    void changed();

private:
    QSpinBox *m_rate;
    QComboBox *m_unit;
    qint64 m_givenRate = 0; // what setRate() was given, and what could be shown of it
    qint64 m_shownRate = 0;
};

} // namespace longhaul
