// SPDX-License-Identifier: MIT
#pragma once

#include "newdownload.h"

#include "core/linkfile.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTreeView;

namespace longhaul {

class FolderField;
class LinkListFilter;
class LinkListModel;
class Preferences;
class ProblemLabel;

// Many at once: a checkable list, with one folder for all. "All" and "None" mean what the filter shows; what
// it hides stays as it was. Shown with open(); deletes itself when it is closed.
// objectNames: "linkListDialog"; "filterEdit", "linkList", "allButton", "noneButton", "folderEdit",
// "problemLabel", "downloadButton", "cancelButton".
class LinkListDialog : public QDialog
{
    Q_OBJECT

public:
    LinkListDialog(const Preferences &preferences, const QList<Link> &links, QWidget *parent = nullptr);

Q_SIGNALS:
    // When accepted; at least one, in the order of the links.
    void wanted(const QList<longhaul::NewDownload> &downloads);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // Space on several rows

private:
    void makeList();
    QPushButton *makeCheckButton(const char *name, const QString &text, bool checked);
    void refresh();
    void toggleSelected();
    void finish();

    LinkListModel *m_links;
    LinkListFilter *m_filter;
    QLineEdit *m_search;
    QTreeView *m_list;
    FolderField *m_folder;
    ProblemLabel *m_problem;
    QPushButton *m_download = nullptr;
};

} // namespace longhaul
