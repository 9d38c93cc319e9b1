// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QTcpSocket>
#include <QTimer>

namespace longhaul::test {

// What is known of one connection, open or not.
struct ConnectionInfo {
    int requests = 0;
    qint64 bodyBytes = 0; // handed to the socket
    bool open = true;
    bool answering = false; // an answer is under way
};

// What the server's thread and the test's thread share.
struct ServerLog {
    QRecursiveMutex handlerMutex; // held while the handler runs
    Handler handler;

    QMutex mutex; // for all below
    QList<Request> requests;
    QList<qint64> bodyBytes; // by request
    QList<ConnectionInfo> connections;
    int malformed = 0;     // heads that were no request
    int holding = 0;       // connections that stand at a Hold
    int mostOpen = 0;      // at any one time
    bool holdsOff = false; // released for good
};

// Reads requests from one socket and runs the answers, one at a time. Lives in the server's thread.
class Connection : public QObject
{
    Q_OBJECT

public:
    Connection(QTcpSocket *socket, int number, ServerLog &log, QObject *parent);
    ~Connection() override;

    void release(); // lets it go on if it stands at a Hold
    void drop();    // RST, at once

private:
    // Progress of the step that runs.
    struct Progress {
        qint64 done = 0;
        bool started = false;
        bool timeUp = false;
        bool released = false;
        qint64 unacknowledged = 0;
        QElapsedTimer clock;
    };

    void readInput();
    void nextRequest();
    void answer(const QByteArray &head);
    void runSteps();
    void onTimer();
    void gone();

    // Each says whether its step is done; if not, runSteps() is called again when that may have changed.
    bool perform(const step::Bytes &step);
    bool perform(const step::Body &step);
    bool perform(const step::Wait &step);
    bool perform(const step::Hold &step);
    bool perform(const step::HalfClose &step);
    bool perform(const step::Close &step);
    bool perform(const step::Reset &step);

    qint64 room();
    bool isDrained() const;
    void send(const QByteArray &bytes);
    void setAnswering(bool answering);
    void countBody(qint64 n);
    void leaveHold();

    QTcpSocket *m_socket;
    int m_number;
    ServerLog &m_log;
    QTimer m_timer;
    QByteArray m_input;
    qint64 m_toSkip = 0; // of a request's body
    int m_request = -1;
    bool m_answering = false;
    bool m_finishing = false; // FIN is sent: nothing more is read as a request
    bool m_gone = false;
    bool m_holding = false;
    bool m_inSteps = false;
    qint64 m_turn = 0; // bytes left to send before others get their turn
    QList<Step> m_steps;
    qsizetype m_next = 0;
    Progress m_progress;
};

} // namespace longhaul::test
