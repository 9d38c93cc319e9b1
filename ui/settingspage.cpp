// SPDX-License-Identifier: MIT
#include "settingspage.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QScopedValueRollback>

#include <algorithm>

namespace longhaul {

namespace {

// A label as a screen reader says it: without its mnemonic, be it "&Proxy" or "代理(&P)", and colon.
QString spoken(QString label)
{
    const qsizetype bracket = label.indexOf(QLatin1String("(&"));
    if (bracket >= 0 && label.indexOf(QLatin1Char(')'), bracket) == bracket + 3)
        label.remove(bracket, 4);
    label.remove(QLatin1Char('&'));
    if (label.endsWith(QLatin1Char(':')) || label.endsWith(QChar(0xFF1A)))
        label.chop(1);
    return label;
}

} // namespace

void SettingsPage::showSettings(const Settings &settings)
{
    const QScopedValueRollback showing(m_showing, true);
    for (const Field &field : m_fields) {
        if (!field.touched)
            field.show(settings);
    }
}

void SettingsPage::take(Settings &settings) const
{
    for (const Field &field : m_fields) {
        if (field.touched)
            field.take(settings);
    }
}

bool SettingsPage::isTouched() const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [](const Field &field) { return field.touched; });
}

void SettingsPage::forgetTouches()
{
    for (Field &field : m_fields)
        field.touched = false;
}

void SettingsPage::touch(size_t field)
{
    if (m_showing)
        return;
    m_fields[field].touched = true;
    Q_EMIT edited();
}

void SettingsPage::choose(QComboBox *combo, const QVariant &data)
{
    combo->setCurrentIndex(std::max(0, combo->findData(data)));
}

void SettingsPage::addRow(QFormLayout *form, const QString &label, QWidget *control, const char *name)
{
    control->setObjectName(QLatin1String(name));
    control->setAccessibleName(spoken(label));
    auto *text = new QLabel(label);
    text->setTextFormat(Qt::PlainText);
    text->setBuddy(control);
    form->addRow(text, control);
}

void SettingsPage::addRow(QFormLayout *form, QWidget *control, const char *name)
{
    control->setObjectName(QLatin1String(name));
    control->setAccessibleName(spoken(control->property("text").toString()));
    form->addRow(control);
}

} // namespace longhaul
