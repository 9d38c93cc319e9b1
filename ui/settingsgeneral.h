// SPDX-License-Identifier: MIT
#pragma once

#include "settingspage.h"

namespace longhaul {

class FolderField;

// Where files go, and how hard to try. Controls: folderEdit, folderButton, downloadsAtOnceSpin,
// conflictCombo, retriesSpin, timeoutSpin.
class GeneralSettingsPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit GeneralSettingsPage(QWidget *parent = nullptr);

    QString problem() const override;

private:
    FolderField *m_folder;
};

} // namespace longhaul
