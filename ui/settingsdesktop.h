// SPDX-License-Identifier: MIT
#pragma once

#include "settingspage.h"

class QFormLayout;

namespace longhaul {

// How Longhaul lives on the desktop. Controls: backgroundCheck, autostartCheck, notificationsCheck,
// inhibitSleepCheck, languageCombo.
class DesktopSettingsPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit DesktopSettingsPage(QWidget *parent = nullptr);

private:
    void addCheck(QFormLayout *form, const QString &text, const char *name, bool Settings::*field);
    void addLanguage(QFormLayout *form);
};

} // namespace longhaul
