// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLineEdit;

namespace longhaul {

// A line for a folder, with a button that opens a dialog to choose one. Looks at the text alone: whether the
// folder is there is found out when something is written. objectNames "folderEdit", "folderButton",
// "folderDialog".
class FolderField : public QWidget
{
    Q_OBJECT

public:
    // `folder` is shown at first; empty: the user's folder for downloads.
    explicit FolderField(const QString &folder, QWidget *parent = nullptr);

    void setFolder(const QString &folder); // likewise
    QString folder() const;                // absolute, "~" resolved; empty when what is typed is no such path
    QString problem() const;               // why, as a sentence; empty when all is well

Q_SIGNALS:
    void changed();

private:
    void choose();

    QLineEdit *m_edit;
};

} // namespace longhaul
