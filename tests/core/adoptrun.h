// SPDX-License-Identifier: MIT
#pragma once

#include "managerrun.h"

#include <QFileInfo>
#include <QTest>

// Files that other programs have left, and servers of different kinds to continue them from.
namespace longhaul::adoptrun {

using namespace longhaul::test;
using namespace Qt::StringLiterals;

constexpr qint64 kSize = 3 << 20;
constexpr qint64 kBegun = 2 << 20; // more than is compared whole

enum class Server { WithEtag, WithoutValidators, WithoutRanges, WithoutLength };

inline Handler handlerOf(Server kind, const Content &content)
{
    return [=](const Request &request) {
        switch (kind) {
        case Server::WithEtag: return Answer::honest(request, content, {.etag = "\"e\""});
        case Server::WithoutValidators: return Answer::honest(request, content);
        case Server::WithoutRanges: return Answer::whole(content);
        case Server::WithoutLength: return Answer::whole(content).chunked();
        }
        return Answer();
    };
}

inline void addServers()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("etag") << int(Server::WithEtag);
    QTest::newRow("no validators") << int(Server::WithoutValidators);
    QTest::newRow("no ranges") << int(Server::WithoutRanges);
    QTest::newRow("no length") << int(Server::WithoutLength);
}

// A manager, and a file of that name beside it in a folder of its own.
struct Begun {
    explicit Begun(const QString &name)
    {
        QDir().mkpath(run.folder());
        path = run.folder() + u'/' + name;
    }
    void write(const QByteArray &bytes, const QString &suffix = {}) const
    {
        QFile file(path + suffix);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write a test's file");
    }
    DownloadTask *adopt(const QUrl &url, const TaskOptions &options = {})
    {
        const auto adopted = run.manager().adopt(url, path, options);
        return std::holds_alternative<DownloadTask *>(adopted) ? std::get<DownloadTask *>(adopted) : nullptr;
    }
    // Its record when the program was killed while it got its new name, and the task: paused.
    ResumeData killedOnTheWay(const QUrl &url, const QString &partName)
    {
        ResumeData data;
        data.url = normalized(url);
        data.state = TaskState::Paused;
        data.foreignPath = path;
        data.targetPath = path;
        data.partPath = inFolder(partName);
        data.options.folder = run.folder();
        data.options.name = QFileInfo(path).fileName();
        data.bootId = currentBootId();
        data.added = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
        return data;
    }
    QStringList files() const { return QDir(run.folder()).entryList(QDir::Files, QDir::Name); }
    QString inFolder(const QString &name) const { return run.folder() + u'/' + name; }

    ManagerRun run;
    QString path;
};

} // namespace longhaul::adoptrun
