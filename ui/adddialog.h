// SPDX-License-Identifier: MIT
#pragma once

#include "newdownload.h"

#include "core/linkfile.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace longhaul {

class AddressField;
class ChecksumField;
class FolderField;
class HeadersField;
class Preferences;
class ProblemLabel;
class TaskFields;

// One download: address, folder, name, checksum, headers, and TaskFields. Where several addresses are pasted,
// each becomes a download with the same options. Begins with the address on the clipboard, if that holds
// exactly one. Shown with open(); deletes itself when it is closed.
// objectNames: "addDialog"; "foreignLabel", "addressEdit", "folderEdit", "nameEdit", "moreButton",
// "checksumEdit", "headersEdit", those of TaskFields, "manyLabel", "problemLabel", "downloadButton",
// "cancelButton".
class AddDialog : public QDialog
{
    Q_OBJECT

public:
    AddDialog(const Preferences &preferences, QWidget *parent = nullptr);
    void setLink(const Link &link); // its address instead
    // What another program has left of it is to be continued, in its folder: one address alone is asked for.
    void setForeign(const QString &path);

Q_SIGNALS:
    // When accepted; at least one.
    void wanted(const QList<longhaul::NewDownload> &downloads);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addBasicRows();
    void addMoreRows(const Settings &settings);
    void addButtons();
    void showMore(bool shown);
    void refresh();
    void finish();
    QString problem() const;
    TaskOptions options() const;
    bool isMany() const { return m_urls.size() > 1; }

    QFormLayout *m_form;
    QLabel *m_foreignLabel;
    QString m_foreign; // see setForeign()
    AddressField *m_address;
    QLabel *m_many;
    FolderField *m_folder;
    QLineEdit *m_name;
    QToolButton *m_more;
    ChecksumField *m_checksum;
    HeadersField *m_headers;
    TaskFields *m_fields = nullptr;
    ProblemLabel *m_problem;
    QPushButton *m_download = nullptr;
    QList<QUrl> m_urls; // what m_address holds
};

} // namespace longhaul
