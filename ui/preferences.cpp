// SPDX-License-Identifier: MIT
#include "preferences.h"

#include <utility>

namespace longhaul {

Preferences::Preferences(const QString &path, QThreadPool &ioThreads, QObject *parent)
    : QObject(parent)
    , m_file(path, ioThreads)
    , m_unknown(m_file.read())
{
    m_settings = settingsFromJson(m_unknown.take(QLatin1String("settings")).toObject());
    m_windows = m_unknown.take(QLatin1String("windows")).toObject();
    m_file.onFailure([this, path](const QString &reason) { // not this thread
        const QString sentence = tr("The settings cannot be saved in %1: %2.").arg(path, reason);
        QMetaObject::invokeMethod(
            this, [this, sentence] { tellNotWritten(sentence); }, Qt::QueuedConnection);
    });
}

void Preferences::setSettings(const Settings &settings)
{
    if (m_settings == settings)
        return;
    m_settings = settings;
    write();
    Q_EMIT settingsChanged(m_settings);
}

QJsonObject Preferences::remembered(const QString &name) const { return m_windows.value(name).toObject(); }

void Preferences::remember(const QString &name, const QJsonObject &state)
{
    if (remembered(name) == state)
        return;
    m_windows.insert(name, state);
    write();
}

void Preferences::tellNotWritten(const QString &sentence)
{
    if (!m_problem.isEmpty())
        return;
    m_problem = sentence;
    Q_EMIT notWritten(m_problem);
}

void Preferences::write()
{
    QJsonObject object = m_unknown;
    object.insert(QLatin1String("settings"), toJson(m_settings));
    object.insert(QLatin1String("windows"), m_windows);
    m_file.write(object);
}

} // namespace longhaul
