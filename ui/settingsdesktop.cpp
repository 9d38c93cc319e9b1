// SPDX-License-Identifier: MIT
#include "settingsdesktop.h"

#include "leading.h"
#include "translations.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>

namespace longhaul {

DesktopSettingsPage::DesktopSettingsPage(QWidget *parent)
    : SettingsPage(parent)
{
    auto *form = new QFormLayout(this);
    addCheck(form, tr("Keep downloading when the w&indow is closed"), "backgroundCheck",
             &Settings::background);
    addCheck(form, tr("&Start in the background when I log in"), "autostartCheck", &Settings::autostart);
    addCheck(form, tr("Notify me when &downloads have ended"), "notificationsCheck",
             &Settings::notifications);
    addCheck(form, tr("Keep the computer a&wake while downloading"), "inhibitSleepCheck",
             &Settings::inhibitSleep);
    addLanguage(form);
}

void DesktopSettingsPage::addCheck(QFormLayout *form, const QString &text, const char *name,
                                   bool Settings::*field)
{
    auto *check = new QCheckBox(text);
    bind(
        check, &QCheckBox::toggled, [=](const Settings &s) { check->setChecked(s.*field); },
        [=](Settings &s) { s.*field = check->isChecked(); });
    addRow(form, check, name);
}

void DesktopSettingsPage::addLanguage(QFormLayout *form)
{
    auto *language = new QComboBox;
    language->addItem(tr("As the desktop says"), QString());
    const QList<Language> all = languages();
    for (const Language &one : all)
        language->addItem(one.name, one.code);
    bind(
        language, &QComboBox::currentIndexChanged, [=](const Settings &s) { choose(language, s.language); },
        [=](Settings &s) { s.language = language->currentData().toString(); });
    addRow(form, tr("&Language:"), language, "languageCombo");
    auto *hint = new QLabel(tr("Another language takes effect at the next start."));
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    alignLeading(*hint);
    form->addRow(QString(), hint);
}

} // namespace longhaul
