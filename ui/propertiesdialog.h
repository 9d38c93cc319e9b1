// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadtask.h"

#include <QDialog>
#include <QPointer>

#include <vector>

class QFormLayout;
class QPushButton;

namespace longhaul {

class ChecksumField;
class HeadersField;
class ProblemLabel;
class TaskFields;

// What can still be changed of tasks in the list: TaskFields, for one or several; of one that is not finished
// also its checksum and its headers, while it does not run. Header values are secrets and are not shown: a
// line that is typed replaces the header of that name, or takes it away where it has no value. Writes what
// the user has changed when it is accepted; closes by itself when the last of the tasks is gone. Shown with
// open(); deletes itself when it is closed.
// objectNames: "propertiesDialog"; "tasksLabel", those of TaskFields, "checksumEdit", "headersEdit",
// "problemLabel", "okButton", "cancelButton".
class PropertiesDialog : public QDialog
{
    Q_OBJECT

public:
    // `tasks`: one at least.
    PropertiesDialog(const Settings &settings, const QList<DownloadTask *> &tasks, QWidget *parent = nullptr);

    void accept() override;

private:
    void addRowsOfOne(DownloadTask *task);
    void addButtons();
    void refresh();
    bool isOneTouched() const; // its checksum or headers
    QString problem() const;

    const std::vector<QPointer<DownloadTask>> m_tasks;
    QFormLayout *m_form;
    TaskFields *m_fields;
    ChecksumField *m_checksum = nullptr; // both null but for one that is not finished
    HeadersField *m_headers = nullptr;
    QString m_checksumShown;
    ProblemLabel *m_problem;
    QPushButton *m_ok = nullptr;
};

} // namespace longhaul
