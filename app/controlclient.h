// SPDX-License-Identifier: MIT
#pragma once

#include "controlrequest.h"

#include "core/resumestore.h"

#include <QLocalSocket>

#include <functional>

namespace longhaul {

// Asks the process that has the list of downloads in a folder. Blocks, and needs no event loop: for commands.
class ControlClient
{
public:
    explicit ControlClient(QString stateDir);

    // Whether somebody of our user is there. Connected already: true.
    bool connect();

    struct Outcome {
        enum class Kind {
            Done,
            Refused, // `error` says why
            Lost,    // nobody, or no answer: it ended, or hangs
        };
        Kind kind = Kind::Done;
        QString error; // unless Done; a sentence
    };
    // Sends one request; each frame of the answer goes to `onFrame`. After Lost it is not connected.
    Outcome ask(const ControlRequest &request,
                const std::function<void(const QJsonObject &frame)> &onFrame = {});
    // The same for a request with any number of addresses: several requests where it must be. `onFrame` is
    // told where the addresses of the frame's request begin.
    Outcome askInParts(ControlRequest request,
                       const std::function<void(const QJsonObject &frame, qsizetype first)> &onFrame = {});

private:
    std::optional<QJsonObject> readFrame();
    Outcome lost();

    const QString m_stateDir;
    QLocalSocket m_socket;
};

// Opens the store, or reaches the process that has it: nothing when `client` is connected to that. One that
// has just begun, or is about to end, has the lock and no socket: waits for one or the other, some seconds at
// most; LockedByOther when neither came.
std::optional<ResumeStore::OpenResult> findOwner(ResumeStore &store, ControlClient &client);

} // namespace longhaul
