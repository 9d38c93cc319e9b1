// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

namespace longhaul {

class Preferences;

// All of Settings, on pages: General, Network, Desktop. objectName "settingsDialog"; shown with open(). OK
// and Apply hand the values to Preferences::setSettings().
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(Preferences &preferences, QWidget *parent = nullptr);
};

} // namespace longhaul
