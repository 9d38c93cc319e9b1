// SPDX-License-Identifier: MIT
#pragma once

#include "program.h"

#include "core/resumedata.h"
#include "tests/support/scriptedserver.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>

namespace longhaul::test {

// Downloads by the real program, which is killed at random moments and started again, one set of files after
// the other, for as long as there are kills left. After each kill it is seen to that
//   - each entry is in the list, all bytes that it says are on disk are the server's, and none that it said
//     before are forgotten;
//   - at most one second's traffic and 1 MiB per connection were fetched for nothing: what was served less
//     what is recorded, and what is then served again although it was recorded;
// and that each file is right in the end. Emits done() once; failure() is empty when all went well.
class KillLane : public QObject
{
    Q_OBJECT

public:
    // `kills`: how many are left; shared with other lanes. `options`: more of the command line of `get`.
    KillLane(quint64 seed, int &kills, const QStringList &options, QObject *parent = nullptr);
    ~KillLane() override;

    void start();
    const QByteArray &failure() const { return m_failure; }
    qint64 mostLost() const { return m_mostLost; } // bytes, by one kill
    qint64 lost() const { return m_lost; }         // by all kills
    int mostConnections() const { return m_mostConnections; }

Q_SIGNALS:
    void done();

private:
    struct Sample {
        qint64 at; // ms
        qint64 sent;
    };
    // When to kill: so long after the start, or so long after the server has sent this share of it all.
    struct Moment {
        double share = 0;
        int after = 0; // ms
    };

    void beginSet();
    void prepareStore() const;
    void run();
    void look();
    void onKilled();
    void onEnded();
    bool countAgain();
    bool checkRecords();
    void fail(const QByteArray &what);
    Answer answer(const Request &request) const;
    QUrl url(int file) const;
    RangeSet served(int file) const; // in this life of the program
    qint64 lastSecond() const;
    QString path(const QString &name) const { return m_work->filePath(name); }

    const quint64 m_seed;
    int &m_kills;
    const QStringList m_options;
    QRandomGenerator m_random;
    QList<Content> m_files;
    qint64 m_total = 0;
    std::unique_ptr<ScriptedServer> m_server; // of one set
    std::unique_ptr<QTemporaryDir> m_work;
    std::unique_ptr<Program> m_program;
    QSet<QString> m_finished;   // paths, as the last life left it
    QList<RangeSet> m_recorded; // by file, as the last kill left it
    qint64 m_open = 0;          // lost by the last kill, what is served again not yet counted
    qint64 m_allowed = 0;       // for that kill
    qsizetype m_first = 0;      // request of this life of the program
    Moment m_moment;
    std::atomic<bool> m_unpaced = false; // no kill is left
    bool m_killed = false;
    QElapsedTimer m_clock, m_sinceMoment;
    std::deque<Sample> m_samples; // of this life
    QTimer m_look;
    qint64 m_mostLost = 0;
    qint64 m_lost = 0;
    int m_mostConnections = 0;
    std::atomic<bool> m_many = false; // connections to one file: seen once
    QByteArray m_failure;
};

} // namespace longhaul::test
