// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"
#include "core/resumestore.h"
#include "tests/support/handlers.h"
#include "ui/preferences.h"

#include <QTemporaryDir>

namespace longhaul {

// A manager with nothing in its list, and preferences, in a folder of their own; as the composition root
// makes them.
class DesktopFixture
{
public:
    // In `place`, else in a temporary folder.
    explicit DesktopFixture(const QString &place = {})
        : folder(place.isEmpty() ? dir.path() : place)
        , preferences(folder + QStringLiteral("/settings.json"), ioThreads)
        , store(folder + QStringLiteral("/state"), ioThreads)
        , opened(store.open() == ResumeStore::OpenResult::Opened)
        , manager(store, network, ioThreads, startSettings())
    {
        QObject::connect(&preferences, &Preferences::settingsChanged, &manager, &DownloadManager::apply);
    }

    Settings startSettings()
    {
        Settings settings = preferences.settings();
        settings.folder = folder + QStringLiteral("/files");
        preferences.setSettings(settings);
        return settings;
    }

    // Changes one of the settings, as the dialog does.
    template <typename T, typename V>
    void set(T Settings::*field, const V &value)
    {
        Settings settings = preferences.settings();
        settings.*field = value;
        preferences.setSettings(settings);
    }

    QTemporaryDir dir;
    QString folder;
    QThreadPool ioThreads;
    NetworkPolicy network;
    Preferences preferences;
    ResumeStore store;
    bool opened;
    DownloadManager manager;
};

// A server whose files stop half-way, until it is released.
inline test::Handler stallingHandler(qint64 size, qint64 stallAfter)
{
    return test::stalling(test::Content::random(size), stallAfter);
}

} // namespace longhaul
