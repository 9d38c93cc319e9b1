// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QTabWidget;

namespace longhaul {

class Preferences;
class SettingsPage;

// All of Settings, on pages: General, Network, Desktop. objectName "settingsDialog"; shown with open(). OK
// and Apply hand the values to Preferences::setSettings(): those alone that the user has touched, so that
// what changes elsewhere meanwhile stays. While something cannot be used as it is, "problemLabel" says why in
// a sentence, and OK and Apply are off.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(Preferences &preferences, QWidget *parent = nullptr);

    enum class Page { General, Network, Desktop };
    void showPage(Page page); // General is shown at first

    void accept() override;

private:
    void addPage(SettingsPage *page, const QString &title, const char *name);
    void apply();
    QString problem() const; // of the first page that has one
    void showProblem();

    Preferences &m_preferences;
    QTabWidget *m_tabs;
    QLabel *m_problem;
    QDialogButtonBox *m_buttons;
    QList<SettingsPage *> m_pages; // of the tabs
};

} // namespace longhaul
