// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace longhaul {

// The frames of one answer: called for each in turn, while the one before has "more": true.
using ControlReply = std::function<QJsonObject()>;
using ControlAnswer = std::function<ControlReply(const QJsonObject &request)>;

// One client of the control socket: reads a frame, answers it, reads the next. Holds at most one frame that
// is not answered; an answer is made as fast as the client takes it. A client that is silent for `patience`
// is let go. Owned by the server.
class ControlConnection : public QObject
{
    Q_OBJECT

public:
    // `socket` is connected, and becomes this object's own. `answer` must outlive it.
    ControlConnection(QLocalSocket *socket, const ControlAnswer &answer, std::chrono::milliseconds patience,
                      QObject *parent);

    // The last thing said: no request is read any more.
    void refuse(const QString &sentence);

Q_SIGNALS:
    void gone(); // once; the object may be deleted later

private:
    void work();
    bool answerNext();
    void write(const QJsonObject &object);

    QLocalSocket *m_socket;
    const ControlAnswer &m_answer;
    ControlReply m_reply; // the answer under way
    QTimer m_patience;
    bool m_refused = false;
};

} // namespace longhaul
