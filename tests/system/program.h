// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QProcess>
#include <QStringList>

namespace longhaul {

// One run of the longhaul program as a process of its own, in a home of its own. What it writes is read as it
// comes, while the event loop runs; each line of its output must be a JSON object where --json was asked for.
class Program : public QObject
{
    Q_OBJECT

public:
    explicit Program(const QString &home, QObject *parent = nullptr);
    ~Program() override; // kills it

    // Before start(): no file may grow beyond `bytes` (RLIMIT_FSIZE).
    void limitFileSize(qint64 bytes);
    // Before start(): no display of any kind is there.
    void hideDisplay();
    bool start(const QStringList &arguments);
    void sendSignal(int number);
    // Waits for a progress line of more than `bytes` on disk; false when the run ended before.
    bool waitForBytes(qint64 bytes, int milliseconds = 60'000);
    bool waitForState(const QString &state, int milliseconds = 60'000);
    // False when it did not end within that time; `elapsed` has how long it took.
    bool waitForEnd(int milliseconds = 180'000);
    qint64 elapsed() const { return m_elapsed; } // milliseconds, of the last waitForEnd()

    qint64 pid() const { return m_process.processId(); }
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    bool hasCrashed() const { return m_process.exitStatus() == QProcess::CrashExit; }
    int exitCode() const { return hasCrashed() ? -1 : m_process.exitCode(); }
    QByteArray errorText() const { return m_errorText; }
    // How the run ended and all it said, for the message of a test that fails.
    QByteArray account() const;

    QList<QJsonObject> linesOf(const QString &type) const;
    QJsonObject report() const;                                   // empty unless there is exactly one
    qint64 bytes() const { return m_bytes; }                      // of the last progress line
    QList<QByteArray> strayLines() const { return m_strayLines; } // output that is no JSON object

private:
    void readOutput();

    QProcess m_process;
    QByteArray m_rest; // of the output: a line that is not whole yet
    QByteArray m_errorText;
    QList<QJsonObject> m_lines;
    QList<QByteArray> m_strayLines;
    qint64 m_bytes = 0;
    qint64 m_elapsed = 0;
};

} // namespace longhaul
