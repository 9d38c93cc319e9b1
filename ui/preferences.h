// SPDX-License-Identifier: MIT
#pragma once

#include "core/settings.h"
#include "core/settingsfile.h"

#include <QJsonObject>
#include <QObject>

namespace longhaul {

// The user's settings and what windows remember of themselves, kept in one file. Reading happens once, in the
// constructor; writing on an I/O thread. One thread; made by the composition root, handed to all who need it.
class Preferences : public QObject
{
    Q_OBJECT

public:
    Preferences(const QString &path, QThreadPool &ioThreads, QObject *parent = nullptr);

    const Settings &settings() const { return m_settings; }
    // Emits settingsChanged() when they differ, and writes them.
    void setSettings(const Settings &settings);

    // What the window `name` remembers: columns, sizes, filters. Empty at first.
    QJsonObject remembered(const QString &name) const;
    void remember(const QString &name, const QJsonObject &state);

    // Why they could not be written, as a sentence; empty while that has not happened.
    QString problem() const { return m_problem; }

Q_SIGNALS:
    void settingsChanged(const longhaul::Settings &settings);
    void notWritten(const QString &problem); // once

private:
    void write();
    void tellNotWritten(const QString &sentence);

    JsonFile m_file;
    Settings m_settings;
    QJsonObject m_windows;
    QString m_problem;
    QJsonObject m_unknown; // members of a newer version, kept
};

} // namespace longhaul
