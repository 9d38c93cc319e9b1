// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace longhaul {

class AddressField;
class ProblemLabel;

// Another address for a task that failed or is paused. Begins with `suggested`, else with the address on the
// clipboard. Shown with open(); deletes itself when it is closed.
// objectNames: "addressDialog"; "taskNameEdit", "oldAddressEdit", "addressEdit", "problemLabel",
// "useButton", "cancelButton".
class AddressDialog : public QDialog
{
    Q_OBJECT

public:
    AddressDialog(const ResumeData &task, const QUrl &suggested, QWidget *parent = nullptr);

Q_SIGNALS:
    void wanted(const QUrl &url); // when accepted: normalised, another one than the task's

private:
    QLineEdit *makeShown(const char *name, const QString &text);
    void refresh();
    QString problem() const;
    void finish();

    QUrl m_old;
    AddressField *m_address;
    ProblemLabel *m_problem;
    QPushButton *m_use;
};

} // namespace longhaul
