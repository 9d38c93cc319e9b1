// SPDX-License-Identifier: MIT
#include "folderfield.h"

#include "core/platformfile.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>

namespace longhaul {

using namespace Qt::StringLiterals;

FolderField::FolderField(const QString &folder, QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
{
    m_edit->setObjectName("folderEdit"_L1);
    m_edit->setAccessibleName(tr("Folder"));
    setFolder(folder);
    connect(m_edit, &QLineEdit::textChanged, this, &FolderField::changed);

    auto *button = new QPushButton(tr("C&hoose…"), this);
    button->setObjectName("folderButton"_L1);
    button->setAccessibleName(tr("Choose the folder"));
    button->setAutoDefault(false); // Return in a line means the dialog's own button
    connect(button, &QPushButton::clicked, this, &FolderField::choose);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    setFocusProxy(m_edit);
    setFocusPolicy(m_edit->focusPolicy()); // else a label's key would not lead here
}

void FolderField::setFolder(const QString &folder)
{
    m_edit->setText(QDir::toNativeSeparators(
        folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation) : folder));
}

QString FolderField::folder() const
{
    QString path = QDir::fromNativeSeparators(m_edit->text().trimmed());
    if (path == "~"_L1 || path.startsWith("~/"_L1))
        path.replace(0, 1, QDir::homePath());
    return platformfile::isAbsolutePath(path) ? QDir::cleanPath(path) : QString();
}

QString FolderField::problem() const
{
    if (!folder().isEmpty())
        return {};
    return tr("Give the whole path of a folder, such as %1.")
        .arg(QDir::toNativeSeparators(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)));
}

void FolderField::choose()
{
    auto *dialog = new QFileDialog(this, tr("Folder for Downloads"), folder());
    dialog->setObjectName("folderDialog"_L1);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_edit,
            [this](const QString &path) { m_edit->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

} // namespace longhaul
