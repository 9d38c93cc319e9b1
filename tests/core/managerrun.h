// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"
#include "tests/support/content.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QTemporaryDir>
#include <QThreadPool>

#include <algorithm>
#include <memory>

// A manager with all it needs, on a folder of its own, and downloads begun to be gone on with.
namespace longhaul::test {

// A network that is what the test says, and before which no server is local.
class FakeNetwork : public NetworkPolicy
{
public:
    bool isOnline() const override { return m_online; }
    bool isMetered() const override { return m_metered; }
    bool isLocal(const QUrl &) const override { return false; }

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

class ManagerRun
{
public:
    ManagerRun()
    {
        m_settings.folder = m_temp.filePath(QStringLiteral("files"));
        m_settings.timeout = std::chrono::seconds(5);
        m_settings.retries = 2;
        begin();
    }

    // As a process that is killed, and starts again: of the store there is what its files held at this
    // moment. The journal goes first: an old one does no harm on a newer snapshot.
    void kill()
    {
        QHash<QString, QByteArray> held;
        QStringList names = QDir(storeFolder()).entryList({QStringLiteral("downloads*")}, QDir::Files);
        std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) {
            return a.contains(QStringLiteral("journal")) > b.contains(QStringLiteral("journal"));
        });
        for (const QString &name : std::as_const(names))
            held.insert(name, bytesOf(storeFolder() + u'/' + name));
        end();
        for (const QString &name : QDir(storeFolder()).entryList(QDir::Files))
            QFile::remove(storeFolder() + u'/' + name);
        for (auto it = held.cbegin(); it != held.cend(); ++it) {
            QFile file(storeFolder() + u'/' + it.key());
            if (!file.open(QIODevice::WriteOnly) || file.write(*it) != it->size())
                qFatal("cannot write a test's store");
        }
        begin();
        m_manager->restore();
    }
    // As a process that ends and starts again.
    void restart()
    {
        end();
        begin();
        m_manager->restore();
    }
    void end()
    {
        m_manager.reset();
        m_store.reset();
    }

    DownloadManager &manager() { return *m_manager; }
    ResumeStore &store() { return *m_store; }
    Settings &settings() { return m_settings; } // of the next begin()
    QString folder() const { return m_temp.filePath(QStringLiteral("files")); }
    QString storeFolder() const { return m_temp.filePath(QStringLiteral("store")); }

    // A paused task of `url` with the first `bytes` of `content` on disk, as the record of it says.
    ResumeData begun(const QUrl &url, const Content &content, qint64 bytes, const Validators &validators = {})
    {
        ResumeData data;
        data.url = normalized(url);
        data.state = TaskState::Paused;
        QDir().mkpath(m_settings.folder);
        data.targetPath = m_settings.folder + QStringLiteral("/a.bin");
        data.partPath = data.targetPath + QStringLiteral(".part");
        QFile part(data.partPath);
        if (!part.open(QIODevice::WriteOnly) || part.write(content.read(0, bytes)) != bytes)
            qFatal("cannot write a test's file");
        data.received = data.durable = RangeSet({0, bytes});
        data.bootId = currentBootId();
        data.entity = {data.url, content.size(), validators, "application/octet-stream", true, false};
        data.added = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
        return data;
    }
    static QByteArray bytesOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    FakeNetwork network;

private:
    void begin()
    {
        m_store = std::make_unique<ResumeStore>(storeFolder(), m_threads);
        if (m_store->open() != ResumeStore::OpenResult::Opened)
            qFatal("cannot open a test's store");
        m_manager = std::make_unique<DownloadManager>(*m_store, network, m_threads, m_settings);
    }

    QTemporaryDir m_temp;
    QThreadPool m_threads;
    Settings m_settings;
    std::unique_ptr<ResumeStore> m_store;
    std::unique_ptr<DownloadManager> m_manager;
};

} // namespace longhaul::test
