// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"

#include <QObject>

class QComboBox;
class QFormLayout;

namespace longhaul {

class RateField;

// What a download may ask of the line and of the queue, as rows of a form: the same for a new one and for
// those that are in the list. Where several differ, a field says so and leaves them as they are until the
// user chooses. objectNames "connectionsCombo", "limitCombo", "rateLimitSpin", "rateUnitCombo",
// "priorityCombo", "meteredCombo".
class TaskFields : public QObject
{
    Q_OBJECT

public:
    // At the end of `form`; owned by the form's widget. `of`: one at least.
    TaskFields(const Settings &settings, const QList<TaskOptions> &of, QFormLayout *form);

    // Writes what the user has changed, and nothing else.
    void take(TaskOptions *options) const;
    QList<QWidget *> rows() const { return m_rows; } // what stands in the form, one for each row

private:
    struct Choice {
        QComboBox *combo;
        int shown; // the index at first
    };

    static Choice makeChoice(const QString &spoken, const char *name,
                             const QList<std::pair<QString, int>> &entries, const QList<int> &values);
    void addRow(const QString &label, QWidget *shown);
    void addConnections(const Settings &settings, const QList<TaskOptions> &of);
    void addLimit(const QList<TaskOptions> &of);
    void addPriority(const QList<TaskOptions> &of);
    void addMetered(const Settings &settings, const QList<TaskOptions> &of);
    static bool isChanged(const Choice &choice);

    QFormLayout *m_form;
    QList<QWidget *> m_rows;
    Choice m_connections{};
    Choice m_limit{};
    RateField *m_rate;
    qint64 m_rateShown = 0;
    Choice m_priority{};
    Choice m_metered{};
};

} // namespace longhaul
