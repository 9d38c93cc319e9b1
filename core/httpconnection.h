// SPDX-License-Identifier: MIT
#pragma once

#include "answerreader.h"
#include "dialer.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace longhaul {

class Wire;

// One GET as it goes over a wire.
struct WireRequest {
    Route route;
    QByteArray head;     // complete, with its empty line
    bool ranged = false; // asks for a part of the file, and may be sent twice
};

// One connection to one server, on the network thread: carries one GET after another, and puts each answer
// into its pipe. Of a pipe that is full nothing more is read, so that the server waits.
class HttpConnection : public QObject
{
    Q_OBJECT

public:
    explicit HttpConnection(const Route &route, QObject *parent = nullptr);
    ~HttpConnection() override;

    // Only when nothing is carried.
    void carry(const WireRequest &request, const std::shared_ptr<AnswerPipe> &pipe);
    const Route &route() const { return m_route; }
    // After over(): what was not answered over a connection that had brought answers before, or by something
    // that may belong to nobody: to be sent again over a new one (RFC 9112 9.3.1). The server may have closed
    // it as idle; or have spoken unasked, which shows when it came before the request can have arrived or is
    // no answer, and is to be feared where a whole file comes for a part. Else null.
    const std::shared_ptr<AnswerPipe> &unanswered() const { return m_unanswered; }

Q_SIGNALS:
    // The answer has ended in a way that lets the connection carry another.
    void idle();
    // It is of no more use: to be deleted later.
    void over();

private:
    void adopt(Wire *wire);
    void send();
    void advanceSoon();
    void advance();
    bool isSpoken();
    bool isEarly() const;
    void passOn();
    void readTurn();
    qint64 readOnce(bool surely);
    qint64 readInPlace(qint64 most);
    qint64 readInto(QByteArray *bytes);
    void onSocketError();
    void finishAnswer();
    void breakOff(const AnswerEnd &why);
    void retire();

    const Route m_route;
    Wire *m_wire = nullptr; // a child
    QByteArray m_request;   // until it is sent
    bool m_ranged = false;
    std::shared_ptr<AnswerPipe> m_pipe; // of what is carried
    std::shared_ptr<AnswerPipe> m_unanswered;
    AnswerReader m_reader;
    int m_answers = 0;           // so far
    int m_witness = -1;          // a duplicate of the socket, to see how it ended
    QElapsedTimer m_sinceLittle; // was brought by a look, though much is to come; else invalid
    QTimer m_rest;
    bool m_called = false; // advance() is on its way
    bool m_headGiven = false;
    bool m_closed = false;
    bool m_over = false;
};

} // namespace longhaul
