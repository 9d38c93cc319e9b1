// SPDX-License-Identifier: MIT
#include "settingsnetwork.h"

#include "ratefield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QUrl>

namespace longhaul {

namespace {

// The bounds of settingsFromJson().

} // namespace

NetworkSettingsPage::NetworkSettingsPage(QWidget *parent)
    : SettingsPage(parent)
    , m_limited(new QCheckBox(tr("&Limit the total speed to")))
    , m_rate(new RateField(tr("Total speed at most"), tr("Unit of the total speed")))
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
    const auto addSpin = [&](const QString &label, const char *name, int most, int Settings::*field) {
        auto *spin = new QSpinBox;
        spin->setRange(1, most);
        spin->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        bind(
            spin, &QSpinBox::valueChanged, [=](const Settings &s) { spin->setValue(s.*field); },
            [=](Settings &s) { s.*field = spin->value(); });
        addRow(form, label, spin, name);
    };
    addSpin(tr("Connections for one &download:"), "connectionsPerTaskSpin", kMostConnectionsPerTask,
            &Settings::connectionsPerTask);
    addSpin(tr("Connections to one s&erver:"), "connectionsPerHostSpin", kMostConnectionsPerHost,
            &Settings::connectionsPerHost);

    form->addRow(makeRateLimit());

    auto *metered = new QCheckBox(tr("Download on &metered networks too, such as mobile data"));
    bind(
        metered, &QCheckBox::toggled, [=](const Settings &s) { metered->setChecked(s.allowMetered); },
        [=](Settings &s) { s.allowMetered = metered->isChecked(); });
    addRow(form, metered, "allowMeteredCheck");

    auto *checksums = new QCheckBox(tr("Look &for checksums beside a file (NAME.sha256, SHA256SUMS)"));
    bind(
        checksums, &QCheckBox::toggled, [=](const Settings &s) { checksums->setChecked(s.findChecksums); },
        [=](Settings &s) { s.findChecksums = checksums->isChecked(); });
    addRow(form, checksums, "findChecksumsCheck");
}

QWidget *NetworkSettingsPage::makeRateLimit()
{
    m_limited->setObjectName(QLatin1String("limitedCheck"));
    m_limited->setAccessibleName(tr("Limit the total speed"));
    const size_t field = bind(
        m_limited, &QCheckBox::toggled,
        [this](const Settings &s) {
            m_limited->setChecked(s.effectiveRateLimit() > 0);
            m_rate->setRate(s.rateLimit);
        },
        [this](Settings &s) {
            s.limited = m_limited->isChecked();
            s.rateLimit = m_rate->rate();
        });
    alsoTouches(m_rate, &RateField::changed, field);

    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_limited);
    layout->addWidget(m_rate);
    layout->addStretch();
    return row;
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
        [this](Settings &s) { s.proxy.host = proxyHost(m_proxyHost->text()); });
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
    for (QWidget *control :
         std::initializer_list<QWidget *>{m_proxyHost, m_proxyPort, m_proxyUser, m_proxyPassword})
        control->setEnabled(needsProxyAddress());
}

QString NetworkSettingsPage::problem() const
{
    if (!needsProxyAddress())
        return {};
    QUrl url;
    url.setHost(proxyHost(m_proxyHost->text()));
    if (url.host().isEmpty())
        return tr("Give the name or the address of the proxy, such as proxy.example.org.");
    if (m_proxyPort->value() == 0)
        return tr("Give the port of the proxy, such as 8080.");
    return {};
}

} // namespace longhaul
