// SPDX-License-Identifier: MIT
#pragma once

#include "core/settings.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QFormLayout;

namespace longhaul {

// One page of the settings dialog. Each control is bound to its field of Settings; what the user does not
// touch is never written, so that nothing is rounded or overtaken by a value that the dialog did not see. UI
// thread.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    // Shows these in the controls that the user has not touched.
    void showSettings(const Settings &settings);
    // Writes the controls that the user has touched.
    void take(Settings &settings) const;
    bool isTouched() const;
    // As if the user had touched none.
    void forgetTouches();

    // Why the page cannot be taken, as one sentence; else empty.
    virtual QString problem() const { return {}; }

Q_SIGNALS:
    void edited(); // by the user; after each change of a control

protected:
    using Show = std::function<void(const Settings &)>;
    using Take = std::function<void(Settings &)>;

    // A control and its field. Returns its number, for more controls of the same field.
    template <typename Control, typename Changed>
    size_t bind(Control *control, Changed changed, Show show, Take take)
    {
        m_fields.push_back({std::move(show), std::move(take)});
        alsoTouches(control, changed, m_fields.size() - 1);
        return m_fields.size() - 1;
    }
    template <typename Control, typename Changed>
    void alsoTouches(Control *control, Changed changed, size_t field)
    {
        connect(control, changed, this, [this, field] { touch(field); });
    }

    // Chooses the entry with this data; the first when there is none.
    static void choose(QComboBox *combo, const QVariant &data);

    // A row of the form: names the control for tests ("conflictCombo") and for screen readers, and ties the
    // label's mnemonic to it.
    static void addRow(QFormLayout *form, const QString &label, QWidget *control, const char *name);
    // A control that brings its text with it.
    static void addRow(QFormLayout *form, QWidget *control, const char *name);

private:
    struct Field {
        Show show;
        Take take;
        bool touched = false;
    };

    void touch(size_t field);

    std::vector<Field> m_fields;
    bool m_showing = false; // the controls change because of showSettings()
};

} // namespace longhaul
