// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"
#include "core/resumestore.h"

#include <QTemporaryDir>
#include <QThreadPool>

#include <utility>

namespace longhaul::test {

// A network that is what the test says.
class FakeNetwork : public NetworkPolicy
{
public:
    bool isOnline() const override { return m_online; }
    bool isMetered() const override { return m_metered; }
    void set(bool online, bool metered)
    {
        m_online = online;
        m_metered = metered;
        Q_EMIT changed();
    }

private:
    bool m_online = true;
    bool m_metered = false;
};

// A manager over a store in a folder of its own, which goes with it. Tasks at rest (Paused, Completed,
// Failed) come from records and need no network; those in any other state are added with the URL of a
// ScriptedServer, and run.
class TaskFixture
{
public:
    TaskFixture()
        : m_settings(settingsIn(m_folder.path()))
        , m_store(m_folder.filePath(QStringLiteral("state")), m_threads)
        , m_isOpen(m_store.open() == ResumeStore::OpenResult::Opened)
        , m_manager(m_store, m_network, m_threads, m_settings)
    {}
    ~TaskFixture() { m_store.disconnect(); }
    Q_DISABLE_COPY_MOVE(TaskFixture)

    bool isOpen() const { return m_isOpen; }
    QString folder() const { return m_folder.path(); }
    Settings &settings() { return m_settings; } // counts after manager().apply()
    // What is added or resumed waits for its turn, which does not come.
    void letNoneStart()
    {
        m_settings.downloadsAtOnce = 0;
        m_manager.apply(m_settings);
    }
    ResumeStore &store() { return m_store; }
    FakeNetwork &network() { return m_network; }
    QThreadPool &threads() { return m_threads; }
    DownloadManager &manager() { return m_manager; }

    // The record of a task at rest: "NAME" from http://h.example/NAME, `received` bytes of `total` there.
    ResumeData record(const QString &name, TaskState state, qint64 received,
                      std::optional<qint64> total) const
    {
        ResumeData data;
        data.url = QUrl(QStringLiteral("http://h.example/") + name);
        data.state = state;
        data.added = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
        data.targetPath = m_folder.filePath(name);
        data.entity.finalUrl = data.url;
        data.entity.total = total;
        data.entity.ranges = true;
        if (state == TaskState::Completed)
            data.completed = data.added.addSecs(60);
        else
            data.partPath = data.targetPath + QStringLiteral(".part");
        if (state == TaskState::Failed)
            data.error = Error{ErrorCode::NotFound, 404, {}, {}};
        data.bootId = currentBootId();
        data.received.add({0, received});
        data.durable = data.received;
        return data;
    }
    // In the list at once.
    DownloadTask *put(ResumeData data) { return m_manager.putBack(std::move(data)); }

private:
    static Settings settingsIn(const QString &folder)
    {
        Settings settings;
        settings.folder = folder;
        return settings;
    }

    QTemporaryDir m_folder;
    QThreadPool m_threads;
    Settings m_settings;
    FakeNetwork m_network;
    ResumeStore m_store;
    bool m_isOpen;
    DownloadManager m_manager;
};

} // namespace longhaul::test
