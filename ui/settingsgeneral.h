// SPDX-License-Identifier: MIT
#pragma once

#include "settingspage.h"

class QLineEdit;

namespace longhaul {

// Where files go, and how hard to try. Controls: folderEdit, folderButton, downloadsAtOnceSpin,
// conflictCombo, retriesSpin, timeoutSpin.
class GeneralSettingsPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit GeneralSettingsPage(QWidget *parent = nullptr);

    QString problem() const override;

private:
    QWidget *makeFolder();
    void chooseFolder();
    QString folder() const; // absolute, as typed but for "~"; else empty

    QLineEdit *m_folder;
};

} // namespace longhaul
