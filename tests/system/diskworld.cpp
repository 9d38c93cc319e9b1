// SPDX-License-Identifier: MIT
#include "diskworld.h"

#include <QEventLoop>
#include <QTimer>

namespace longhaul::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30'000; // ms
constexpr int kLook = 2;          // ms

} // namespace

bool runUntil(const std::function<bool()> &done, int milliseconds)
{
    QEventLoop loop;
    QTimer look;
    int left = milliseconds / kLook;
    look.callOnTimeout(&loop, [&] {
        if (done())
            loop.exit(0);
        else if (--left <= 0)
            loop.exit(1);
    });
    look.start(kLook);
    return done() || loop.exec() == 0;
}

DiskWorld::DiskWorld(const QString &root)
    : m_root(root)
{
    m_settings.folder = files();
    m_settings.timeout = std::chrono::seconds(10);
    m_settings.downloadsAtOnce = 100;
    m_settings.connectionsPerHost = 32;
}

bool DiskWorld::begin()
{
    m_store = std::make_unique<ResumeStore>(storeFolder(), m_threads);
    if (m_store->open() != ResumeStore::OpenResult::Opened) {
        m_said.append(m_store->errorString());
        m_store.reset();
        return false;
    }
    m_said.append(m_store->notices());
    QObject::connect(m_store.get(), &ResumeStore::writeFailed, m_store.get(),
                     [this](const QString &reason) { m_said.append(reason); });
    m_manager = std::make_unique<DownloadManager>(*m_store, m_network, m_threads, m_settings);
    QObject::connect(m_manager.get(), &DownloadManager::failed, m_manager.get(),
                     [this](const TaskReport &report) { m_said.append(message(*report.error)); });
    m_manager->restore();
    return true;
}

void DiskWorld::end()
{
    m_manager.reset();
    if (m_store)
        m_store->close();
    m_store.reset();
    m_threads.waitForDone();
}

bool DiskWorld::runToRest(int tries)
{
    return runUntil(
        [&] {
            if (!m_manager->isAtRest())
                return false;
            bool rests = true;
            bool failed = false;
            for (const auto &task : m_manager->tasks()) {
                const bool again = task->state() == TaskState::Failed && tries > 0;
                failed = failed || again;
                if (again || task->state() == TaskState::Paused) {
                    task->resume();
                    rests = false;
                }
            }
            tries -= failed ? 1 : 0;
            return rests;
        },
        kPatience);
}

} // namespace longhaul::test
