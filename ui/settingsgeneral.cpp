// SPDX-License-Identifier: MIT
#include "settingsgeneral.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>

namespace longhaul {

namespace {

// The bounds of settingsFromJson().
constexpr int kMostDownloads = 100;
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
    , m_folder(new QLineEdit)
{
    auto *form = new QFormLayout(this);
    addRow(form, tr("&Folder for downloads:"), m_folder, "folderEdit", makeFolder());

    auto *conflict = new QComboBox;
    conflict->addItem(tr("Give the new file another name"), int(ConflictPolicy::Rename));
    conflict->addItem(tr("Replace the old file"), int(ConflictPolicy::Overwrite));
    conflict->addItem(tr("Keep the old file and do not download"), int(ConflictPolicy::Skip));
    bind(
        conflict, &QComboBox::currentIndexChanged,
        [=](const Settings &s) { choose(conflict, int(s.conflict)); },
        [=](Settings &s) { s.conflict = ConflictPolicy(conflict->currentData().toInt()); });
    addRow(form, tr("&When a file of that name exists:"), conflict, "conflictCombo");

    auto *atOnce = makeSpin(1, kMostDownloads);
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

QWidget *GeneralSettingsPage::makeFolder()
{
    m_folder->setMinimumWidth(m_folder->fontMetrics().averageCharWidth() * 36);
    bind(
        m_folder, &QLineEdit::textChanged,
        [this](const Settings &s) {
            const QString path = s.folder.isEmpty()
                                     ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)
                                     : s.folder;
            m_folder->setText(QDir::toNativeSeparators(path));
        },
        [this](Settings &s) { s.folder = folder(); });

    auto *choose = new QPushButton(tr("C&hoose…"));
    choose->setObjectName(QLatin1String("folderButton"));
    choose->setAccessibleName(tr("Choose the folder for downloads"));
    connect(choose, &QPushButton::clicked, this, &GeneralSettingsPage::chooseFolder);

    auto *both = new QWidget;
    auto *layout = new QHBoxLayout(both);
    layout->setContentsMargins({});
    layout->addWidget(m_folder, 1);
    layout->addWidget(choose);
    return both;
}

void GeneralSettingsPage::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder for Downloads"), folder());
    dialog->setObjectName(QLatin1String("folderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_folder,
            [this](const QString &path) { m_folder->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

QString GeneralSettingsPage::folder() const
{
    QString path = QDir::fromNativeSeparators(m_folder->text().trimmed());
    if (path == QLatin1String("~") || path.startsWith(QLatin1String("~/")))
        path.replace(0, 1, QDir::homePath());
    return QDir::isAbsolutePath(path) ? QDir::cleanPath(path) : QString();
}

QString GeneralSettingsPage::problem() const
{
    if (!folder().isEmpty())
        return {};
    return tr("Give the whole path of the folder for downloads, such as %1.")
        .arg(QDir::toNativeSeparators(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)));
}

} // namespace longhaul
