// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QThreadPool>

#include <functional>
#include <memory>

namespace longhaul::test {

// A manager whose store and files are below one folder, as a program is that starts and ends there.
class DiskWorld
{
public:
    explicit DiskWorld(const QString &root);

    // False when the store cannot be opened: said() tells why.
    bool begin();
    void end();

    DownloadManager &manager() { return *m_manager; }
    ResumeStore &store() { return *m_store; }
    QString files() const { return m_root + QStringLiteral("/files"); }
    QString storeFolder() const { return m_root + QStringLiteral("/store"); }
    // All that the user was told of what went wrong: sentences.
    const QStringList &said() const { return m_said; }
    void forgetSaid() { m_said.clear(); }

    // Runs until no task runs any more; what is Paused then is resumed, and what is Failed as often as
    // `tries` says. False when it takes too long.
    bool runToRest(int tries);

private:
    const QString m_root;
    NetworkPolicy m_network;
    QThreadPool m_threads;
    Settings m_settings;
    std::unique_ptr<ResumeStore> m_store;
    std::unique_ptr<DownloadManager> m_manager;
    QStringList m_said;
};

// Lets the event loop run until `done`; false after so many milliseconds. Those in which this process gets no
// processor, or is stopped, do not count.
bool runUntil(const std::function<bool()> &done, int milliseconds);

} // namespace longhaul::test
