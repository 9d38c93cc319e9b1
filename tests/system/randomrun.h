// SPDX-License-Identifier: MIT
#pragma once

#include "tests/core/managerrun.h"
#include "tests/support/randomserver.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTimer>

#include <set>

namespace longhaul::test {

// Some downloads from a server that misbehaves at random, while at random moments they are paused, resumed,
// started over, removed and put back, limits change, the network goes away, the program is killed. After a
// while the server behaves, and all is resumed until it is done. On the way it is seen to that
//   - a task that says Completed has one version of the server's file, whole;
//   - what a record says is on disk are bytes of one version;
//   - no kill loses an entry.
// Emits done() once; failure() is empty when all went well.
class RandomRun : public QObject
{
    Q_OBJECT

public:
    RandomRun(quint64 seed, QObject *parent = nullptr);

    void start();
    quint64 seed() const { return m_seed; }
    const QByteArray &failure() const { return m_failure; }
    // What happened, for a test that fails.
    QByteArray account() const;
    int kills() const { return m_kills; }

Q_SIGNALS:
    void done();

private:
    enum class Action {
        Pause,
        Resume,
        Rate,
        Connections,
        Options,
        NetworkGone,
        Kill,
        RemoveAndPutBack,
        StartOver,
        Count
    };

    void follow();
    void act();
    void perform(Action action);
    void perform(Action action, DownloadTask *task);
    void loseNetwork();
    void kill();
    void remove(DownloadTask *task);
    void putBack();
    void calm();
    void drive();
    void finish();
    void fail(const QByteArray &what);
    void onChanged(DownloadTask *task);
    void checkRecord(const ResumeData &data, const char *when);
    void checkEntries();
    int fileOf(const QUrl &url) const;
    DownloadTask *task(int file) { return m_run.manager().find(m_server.url(file)); }
    bool chance(double probability) { return m_random.generateDouble() < probability; }
    void note(const QByteArray &line);

    const quint64 m_seed;
    QRandomGenerator m_random;
    RandomServer m_server;
    ManagerRun m_run;
    std::map<int, ResumeData> m_removed; // by file: those that wait to be put back
    quint64 m_changes = 0;               // that the store was asked for in this life of the program
    quint64 m_recorded = 0;              // the last one it has made
    quint64 m_needed = 0;                // the last one that an entry hangs on
    QTimer m_next;
    QElapsedTimer m_clock;
    qint64 m_storm = 0; // ms
    bool m_calm = false;
    bool m_over = false;
    int m_kills = 0;
    QByteArray m_failure;
    QByteArrayList m_notes;
};

} // namespace longhaul::test
