// SPDX-License-Identifier: MIT
#include "settingsgeneral.h"

#include "folderfield.h"

#include <QComboBox>
#include <QFormLayout>
#include <QSpinBox>

namespace longhaul {

namespace {

// The bounds of settingsFromJson().
constexpr int kMostRetries = 1000;
constexpr int kMostSeconds = 86'400;

QSpinBox *makeSpin(int least, int most)
{
    auto *spin = new QSpinBox;
    spin->setRange(least, most);
    spin->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return spin;
}

} // namespace

GeneralSettingsPage::GeneralSettingsPage(QWidget *parent)
    : SettingsPage(parent)
    , m_folder(new FolderField({}))
{
    auto *form = new QFormLayout(this);
    m_folder->setMinimumWidth(m_folder->fontMetrics().averageCharWidth() * 48);
    bind(
        m_folder, &FolderField::changed, [this](const Settings &s) { m_folder->setFolder(s.folder); },
        [this](Settings &s) { s.folder = m_folder->folder(); });
    addRow(form, tr("&Folder for downloads:"), m_folder, "folderField");

    auto *conflict = new QComboBox;
    conflict->addItem(tr("Give the new file another name"), int(ConflictPolicy::Rename));
    conflict->addItem(tr("Replace the old file"), int(ConflictPolicy::Overwrite));
    conflict->addItem(tr("Keep the old file and do not download"), int(ConflictPolicy::Skip));
    bind(
        conflict, &QComboBox::currentIndexChanged,
        [=](const Settings &s) { choose(conflict, int(s.conflict)); },
        [=](Settings &s) { s.conflict = ConflictPolicy(conflict->currentData().toInt()); });
    addRow(form, tr("&When a file of that name exists:"), conflict, "conflictCombo");

    auto *atOnce = makeSpin(1, kMostDownloadsAtOnce);
    bind(
        atOnce, &QSpinBox::valueChanged, [=](const Settings &s) { atOnce->setValue(s.downloadsAtOnce); },
        [=](Settings &s) { s.downloadsAtOnce = atOnce->value(); });
    addRow(form, tr("&Downloads at once:"), atOnce, "downloadsAtOnceSpin");

    auto *retries = makeSpin(0, kMostRetries);
    retries->setToolTip(tr("How often to try again without any progress before a download fails."));
    bind(
        retries, &QSpinBox::valueChanged, [=](const Settings &s) { retries->setValue(s.retries); },
        [=](Settings &s) { s.retries = retries->value(); });
    addRow(form, tr("Re&tries before giving up:"), retries, "retriesSpin");

    auto *timeout = makeSpin(1, kMostSeconds);
    timeout->setSuffix(tr(" s", "seconds"));
    timeout->setToolTip(tr("How long to wait for an answer or for the next byte."));
    bind(
        timeout, &QSpinBox::valueChanged,
        [=](const Settings &s) {
            timeout->setValue(int(std::chrono::ceil<std::chrono::seconds>(s.timeout).count()));
        },
        [=](Settings &s) { s.timeout = std::chrono::seconds(timeout->value()); });
    addRow(form, tr("Time to wait for a &server:"), timeout, "timeoutSpin");
}

QString GeneralSettingsPage::problem() const { return m_folder->problem(); }

} // namespace longhaul
