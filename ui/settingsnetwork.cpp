// SPDX-License-Identifier: MIT
#include "settingsnetwork.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QUrl>

#include <algorithm>

namespace longhaul {

namespace {

constexpr int kMostConnections = 6; // the bound of settingsFromJson()
constexpr int kMostOfUnit = 9'999'999;
constexpr qint64 kFirstRate = 1 << 20; // suggested where there was no limit before

} // namespace

NetworkSettingsPage::NetworkSettingsPage(QWidget *parent)
    : SettingsPage(parent)
    , m_limited(new QCheckBox(tr("&Limit the total speed to")))
    , m_rate(new QSpinBox)
    , m_unit(new QComboBox)
    , m_proxyKind(new QComboBox)
    , m_proxyHost(new QLineEdit)
    , m_proxyPort(new QSpinBox)
    , m_proxyUser(new QLineEdit)
    , m_proxyPassword(new QLineEdit)
{
    auto *form = new QFormLayout(this);
    addTransfers(form);
    addProxy(form);
    connect(m_limited, &QCheckBox::toggled, this, &NetworkSettingsPage::updateEnabled);
    connect(m_proxyKind, &QComboBox::currentIndexChanged, this, &NetworkSettingsPage::updateEnabled);
    updateEnabled();
}

void NetworkSettingsPage::addTransfers(QFormLayout *form)
{
    auto *connections = new QSpinBox;
    connections->setRange(1, kMostConnections);
    connections->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    bind(
        connections, &QSpinBox::valueChanged,
        [=](const Settings &s) { connections->setValue(s.connectionsPerHost); },
        [=](Settings &s) { s.connectionsPerHost = connections->value(); });
    addRow(form, tr("Connections to one s&erver:"), connections, "connectionsPerHostSpin");

    form->addRow(makeRateLimit());

    auto *metered = new QCheckBox(tr("Download on &metered networks too, such as mobile data"));
    bind(
        metered, &QCheckBox::toggled, [=](const Settings &s) { metered->setChecked(s.allowMetered); },
        [=](Settings &s) { s.allowMetered = metered->isChecked(); });
    addRow(form, metered, "allowMeteredCheck");
}

QWidget *NetworkSettingsPage::makeRateLimit()
{
    m_limited->setObjectName(QLatin1String("limitedCheck"));
    m_limited->setAccessibleName(tr("Limit the total speed"));
    m_rate->setObjectName(QLatin1String("rateLimitSpin"));
    m_rate->setAccessibleName(tr("Total speed at most"));
    m_rate->setRange(1, kMostOfUnit);
    m_unit->setObjectName(QLatin1String("rateUnitCombo"));
    m_unit->setAccessibleName(tr("Unit of the total speed"));
    m_unit->addItem(tr("KiB/s"), qint64(1) << 10);
    m_unit->addItem(tr("MiB/s"), qint64(1) << 20);
    m_unit->addItem(tr("GiB/s"), qint64(1) << 30);

    const size_t field = bind(
        m_limited, &QCheckBox::toggled,
        [this](const Settings &s) {
            m_limited->setChecked(s.effectiveRateLimit() > 0);
            showRate(s.rateLimit);
        },
        [this](Settings &s) {
            s.limited = m_limited->isChecked();
            s.rateLimit = rate();
        });
    alsoTouches(m_rate, &QSpinBox::valueChanged, field);
    alsoTouches(m_unit, &QComboBox::currentIndexChanged, field);

    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_limited);
    layout->addWidget(m_rate);
    layout->addWidget(m_unit);
    layout->addStretch();
    return row;
}

// In the largest unit that shows it exactly, or as exactly as a unit can.
void NetworkSettingsPage::showRate(qint64 rate)
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

qint64 NetworkSettingsPage::rate() const
{
    const qint64 shown = m_unit->currentData().toLongLong() * m_rate->value();
    // Not rounded by being looked at.
    return shown == m_shownRate && m_givenRate > 0 ? m_givenRate : shown;
}

void NetworkSettingsPage::addProxy(QFormLayout *form)
{
    m_proxyKind->addItem(tr("As the desktop says"), int(ProxyKind::System));
    m_proxyKind->addItem(tr("None"), int(ProxyKind::None));
    m_proxyKind->addItem(tr("HTTP"), int(ProxyKind::Http));
    m_proxyKind->addItem(tr("SOCKS5"), int(ProxyKind::Socks5));
    bind(
        m_proxyKind, &QComboBox::currentIndexChanged,
        [this](const Settings &s) { choose(m_proxyKind, int(s.proxy.kind)); },
        [this](Settings &s) { s.proxy.kind = ProxyKind(m_proxyKind->currentData().toInt()); });
    addRow(form, tr("&Proxy:"), m_proxyKind, "proxyKindCombo");

    bind(
        m_proxyHost, &QLineEdit::textChanged,
        [this](const Settings &s) { m_proxyHost->setText(s.proxy.host); },
        [this](Settings &s) { s.proxy.host = m_proxyHost->text().trimmed(); });
    addRow(form, tr("Proxy &host:"), m_proxyHost, "proxyHostEdit");

    m_proxyPort->setRange(0, 65'535);
    m_proxyPort->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_proxyPort->setSpecialValueText(tr("not given"));
    bind(
        m_proxyPort, &QSpinBox::valueChanged,
        [this](const Settings &s) { m_proxyPort->setValue(s.proxy.port); },
        [this](Settings &s) { s.proxy.port = quint16(m_proxyPort->value()); });
    addRow(form, tr("Proxy por&t:"), m_proxyPort, "proxyPortSpin");

    m_proxyUser->setPlaceholderText(tr("where the proxy asks for one"));
    bind(
        m_proxyUser, &QLineEdit::textChanged,
        [this](const Settings &s) { m_proxyUser->setText(s.proxy.user); },
        [this](Settings &s) { s.proxy.user = m_proxyUser->text(); });
    addRow(form, tr("Proxy &user:"), m_proxyUser, "proxyUserEdit");

    m_proxyPassword->setEchoMode(QLineEdit::Password);
    m_proxyPassword->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                                         | Qt::ImhNoAutoUppercase);
    bind(
        m_proxyPassword, &QLineEdit::textChanged,
        [this](const Settings &s) { m_proxyPassword->setText(s.proxy.password); },
        [this](Settings &s) { s.proxy.password = m_proxyPassword->text(); });
    addRow(form, tr("Proxy pass&word:"), m_proxyPassword, "proxyPasswordEdit");
}

bool NetworkSettingsPage::needsProxyAddress() const
{
    switch (ProxyKind(m_proxyKind->currentData().toInt())) {
    case ProxyKind::System:
    case ProxyKind::None: return false;
    case ProxyKind::Http:
    case ProxyKind::Socks5: return true;
    }
    return false;
}

void NetworkSettingsPage::updateEnabled()
{
    m_rate->setEnabled(m_limited->isChecked());
    m_unit->setEnabled(m_limited->isChecked());
    for (QWidget *control :
         std::initializer_list<QWidget *>{m_proxyHost, m_proxyPort, m_proxyUser, m_proxyPassword})
        control->setEnabled(needsProxyAddress());
}

QString NetworkSettingsPage::problem() const
{
    if (!needsProxyAddress())
        return {};
    QUrl url;
    url.setHost(m_proxyHost->text().trimmed());
    if (url.host().isEmpty())
        return tr("Give the name or the address of the proxy, such as proxy.example.org.");
    if (m_proxyPort->value() == 0)
        return tr("Give the port of the proxy, such as 8080.");
    return {};
}

} // namespace longhaul
