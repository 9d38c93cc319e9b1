// SPDX-License-Identifier: MIT
#include "settingsdialog.h"

#include "leading.h"
#include "preferences.h"
#include "settingsdesktop.h"
#include "settingsgeneral.h"
#include "settingsnetwork.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace longhaul {

SettingsDialog::SettingsDialog(Preferences &preferences, QWidget *parent)
    : QDialog(parent)
    , m_preferences(preferences)
    , m_tabs(new QTabWidget)
    , m_problem(new QLabel)
    , m_buttons(
          new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::Apply))
{
    setObjectName(QLatin1String("settingsDialog"));
    setWindowTitle(tr("Settings"));

    m_tabs->setObjectName(QLatin1String("settingsTabs"));
    m_tabs->setAccessibleName(tr("Pages of settings"));
    m_problem->setObjectName(QLatin1String("problemLabel"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    alignLeading(*m_problem);
    m_buttons->setObjectName(QLatin1String("settingsButtons"));

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);

    addPage(new GeneralSettingsPage, tr("&General"), "generalPage");
    addPage(new NetworkSettingsPage, tr("&Network"), "networkPage");
    addPage(new DesktopSettingsPage, tr("Des&ktop"), "desktopPage");

    connect(m_buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    connect(m_buttons->button(QDialogButtonBox::Apply), &QPushButton::clicked, this, &SettingsDialog::apply);
    connect(&preferences, &Preferences::settingsChanged, this, [this](const Settings &settings) {
        for (SettingsPage *page : std::as_const(m_pages))
            page->showSettings(settings);
        showProblem();
    });
    showProblem();
}

void SettingsDialog::addPage(SettingsPage *page, const QString &title, const char *name)
{
    page->setObjectName(QLatin1String(name));
    page->showSettings(m_preferences.settings());
    m_tabs->addTab(page, title);
    m_pages.append(page);
    connect(page, &SettingsPage::edited, this, &SettingsDialog::showProblem);
}

void SettingsDialog::showPage(Page page) { m_tabs->setCurrentIndex(int(page)); }

void SettingsDialog::accept()
{
    if (!problem().isEmpty())
        return;
    apply();
    QDialog::accept();
}

void SettingsDialog::apply()
{
    Settings settings = m_preferences.settings();
    for (SettingsPage *page : std::as_const(m_pages)) {
        page->take(settings);
        page->forgetTouches();
    }
    m_preferences.setSettings(settings);
    for (SettingsPage *page : std::as_const(m_pages))
        page->showSettings(settings);
    showProblem();
}

QString SettingsDialog::problem() const
{
    for (const SettingsPage *page : m_pages) {
        const QString problem = page->problem();
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

void SettingsDialog::showProblem()
{
    const QString sentence = problem();
    const bool touched = std::any_of(m_pages.cbegin(), m_pages.cend(),
                                     [](const SettingsPage *page) { return page->isTouched(); });
    m_problem->setText(sentence);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(sentence.isEmpty());
    m_buttons->button(QDialogButtonBox::Apply)->setEnabled(sentence.isEmpty() && touched);
}

} // namespace longhaul
