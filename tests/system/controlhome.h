// SPDX-License-Identifier: MIT
#pragma once

#include "program.h"
#include "programhome.h"
#include "tests/support/handlers.h"

#include <QLocalSocket>
#include <QTest>

#include <csignal>

// Where processes share a list of downloads, and what they are asked there.
namespace longhaul::controlhome {

using namespace Qt::StringLiterals;

constexpr qint64 kSize = 1'500'000; // too small to be cut: no other connection fetches what one stalls at

using test::honest;
// Half the file, and then nothing until it is released.
inline test::Handler stalling(const test::Content &content) { return test::stalling(content, kSize / 2); }

// How a command ended and what it said.
struct Said {
    int exitCode = -1;
    QByteArray error;
    QList<QJsonObject> lines; // of JSON
    QList<QByteArray> texts;  // all others
};

// A home with a list of downloads. Ends whoever has that list when it goes.
class Place : public ProgramHome
{
public:
    Place() = default;
    ~Place()
    {
        if (const qint64 pid = owner(); pid > 0)
            ::kill(pid_t(pid), SIGKILL);
    }
    Q_DISABLE_COPY_MOVE(Place)

    QString state() const { return inHome(m_state); }
    void setState(const QString &name) { m_state = name; }

    QStringList words(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--state-dir"_s, state()};
    }
    QStringList adding(const QUrl &url) const
    {
        return {u"add"_s, u"--json"_s, u"-d"_s, files(), url.toString(QUrl::FullyEncoded)};
    }

    Said run(const QStringList &arguments) const
    {
        Program program(home());
        if (!program.start(words(arguments)) || !program.waitForEnd(60'000))
            return {};
        return {program.exitCode(), program.errorText(), program.linesOf({}), program.strayLines()};
    }

    // As the one that has the list, without a window. False when it does not come to life.
    bool startOwner(Program &program) const
    {
        return program.start(words({u"--background"_s})) && QTest::qWaitFor([this] { return answers(); });
    }

    // What `list` tells of the download; empty when it is not in it.
    QJsonObject listed(const QUrl &url) const
    {
        const QList<QJsonObject> lines = run({u"list"_s, u"--json"_s}).lines;
        for (const QJsonObject &line : lines) {
            if (line["url"_L1].toString() == url.toString(QUrl::FullyEncoded))
                return line;
        }
        return {};
    }
    QString stateOf(const QUrl &url) const { return listed(url)["state"_L1].toString(); }

    // The process that has the list; 0 when none has.
    qint64 owner() const
    {
        QFile lock(state() + u"/lock"_s);
        return lock.open(QIODevice::ReadOnly) ? lock.readLine().trimmed().toLongLong() : 0;
    }
    QByteArray journal() const
    {
        QFile file(state() + u"/downloads.journal"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool answers() const
    {
        QLocalSocket socket;
        socket.connectToServer(state() + u"/control"_s);
        return socket.waitForConnected(1000);
    }

private:
    QString m_state = u"state"_s;
};

} // namespace longhaul::controlhome
