// SPDX-License-Identifier: MIT
#pragma once

#include "settingspage.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace longhaul {

class RateField;

// Connections, speed, metered networks, the proxy. Controls: connectionsPerTaskSpin, connectionsPerHostSpin,
// limitedCheck, rateLimitSpin, rateUnitCombo, allowMeteredCheck, proxyKindCombo, proxyHostEdit,
// proxyPortSpin, proxyUserEdit, proxyPasswordEdit.
class NetworkSettingsPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit NetworkSettingsPage(QWidget *parent = nullptr);

    QString problem() const override;

private:
    void addTransfers(QFormLayout *form);
    QWidget *makeRateLimit();
    void addProxy(QFormLayout *form);
    bool needsProxyAddress() const;
    void updateEnabled();

    QCheckBox *m_limited;
    RateField *m_rate;
    QComboBox *m_proxyKind;
    QLineEdit *m_proxyHost;
    QSpinBox *m_proxyPort;
    QLineEdit *m_proxyUser;
    QLineEdit *m_proxyPassword;
};

} // namespace longhaul
