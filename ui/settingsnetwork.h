// SPDX-License-Identifier: MIT
#pragma once

#include "settingspage.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace longhaul {

// Connections, speed, metered networks, the proxy. Controls: connectionsPerHostSpin, limitedCheck,
// rateLimitSpin, rateUnitCombo, allowMeteredCheck, proxyKindCombo, proxyHostEdit, proxyPortSpin,
// proxyUserEdit, proxyPasswordEdit.
class NetworkSettingsPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit NetworkSettingsPage(QWidget *parent = nullptr);

    QString problem() const override;

private:
    void addTransfers(QFormLayout *form);
    QWidget *makeRateLimit();
    void showRate(qint64 rate);
    qint64 rate() const; // bytes per second, > 0
    void addProxy(QFormLayout *form);
    bool needsProxyAddress() const;
    void updateEnabled();

    QCheckBox *m_limited;
    QSpinBox *m_rate;
    QComboBox *m_unit;
    qint64 m_givenRate = 0; // what showRate() was given, and what it could show of it
    qint64 m_shownRate = 0;
    QComboBox *m_proxyKind;
    QLineEdit *m_proxyHost;
    QSpinBox *m_proxyPort;
    QLineEdit *m_proxyUser;
    QLineEdit *m_proxyPassword;
};

} // namespace longhaul
