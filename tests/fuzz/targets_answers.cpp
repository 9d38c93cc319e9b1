// SPDX-License-Identifier: MIT
// What a program can do to the list of downloads over the control socket. Nothing is ever fetched.
#include "fuzz.h"
#include "targets.h"

#include "app/controlanswers.h"
#include "app/controlframe.h"
#include "ui/preferences.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QThreadPool>

namespace longhaul::fuzz {

using namespace Qt::StringLiterals;

namespace {

class NoNetwork : public NetworkPolicy
{
public:
    bool isOnline() const override { return false; }
    bool isLocal(const QUrl &) const override { return false; }
};

class World
{
public:
    World()
        : m_store(m_dir.filePath(u"state"_s), m_threads)
        , m_preferences(m_dir.filePath(u"settings.json"_s), m_threads)
        , m_manager(m_store, m_network, m_threads, Settings())
        , m_answers(m_manager, m_preferences)
    {
        if (m_store.open() != ResumeStore::OpenResult::Opened)
            qFatal("%s", qPrintable(m_store.errorString()));
        Settings settings;
        settings.folder = m_dir.filePath(u"files"_s);
        m_manager.apply(settings);
        QObject::connect(&m_preferences, &Preferences::settingsChanged, &m_manager, &DownloadManager::apply);
    }

    void ask(const QJsonObject &request)
    {
        const QJsonArray told = answerTo(request);
        REQUIRE(m_manager.settings().rateLimit >= 0 && m_manager.settings().rateLimit <= kMostRate);
        if (request.value("command"_L1) == "list"_L1 && request.value("version"_L1) == 1 && !told.isEmpty()) {
            const qsizetype named = request.value("urls"_L1).toArray().size();
            REQUIRE(named > 0 ? told.size() <= named : told.size() == qsizetype(m_manager.tasks().size()));
        }
        for (const auto &task : m_manager.tasks()) {
            REQUIRE(!addressProblem(task->url()));
            REQUIRE(m_manager.find(task->url()) == task.get());
            REQUIRE(task->state() == TaskState::Queued || task->state() == TaskState::Paused);
        }
    }

    // As it was in the beginning.
    void clear()
    {
        QList<DownloadTask *> all;
        for (const auto &task : m_manager.tasks())
            all.append(task.get());
        m_manager.remove(all, true);
        REQUIRE(m_manager.tasks().empty() && m_store.count() == 0);
        QCoreApplication::processEvents();
    }

private:
    // All "downloads" of an answer, which has an end and fits into frames.
    QJsonArray answerTo(const QJsonObject &request)
    {
        QJsonArray told;
        const ControlReply reply = m_answers.answer(request);
        for (qsizetype frames = 0;; ++frames) {
            REQUIRE(frames <= qsizetype(m_manager.tasks().size()) + kMostUrls);
            const QJsonObject frame = reply();
            REQUIRE(encodeFrame(frame).has_value());
            REQUIRE(frame.value("ok"_L1).isBool());
            REQUIRE(frame.value("ok"_L1).toBool() == frame.value("error"_L1).isUndefined());
            const QJsonArray downloads = frame.value("downloads"_L1).toArray();
            for (const auto &download : downloads)
                told.append(download);
            if (!frame.value("more"_L1).toBool())
                return told;
        }
    }

    QTemporaryDir m_dir;
    QThreadPool m_threads;
    ResumeStore m_store;
    NoNetwork m_network;
    Preferences m_preferences;
    DownloadManager m_manager;
    ControlAnswers m_answers;
};

} // namespace

void answers(const QByteArray &bytes)
{
    static World world;
    for (const QByteArray &line : bytes.split('\n')) {
        if (const auto json = QJsonDocument::fromJson(line); json.isObject())
            world.ask(json.object());
    }
    world.clear();
}

} // namespace longhaul::fuzz
