// SPDX-License-Identifier: MIT
// The commands that wait until it is known whether bytes on disk belong to what is at an address.
#include "backgroundstart.h"
#include "clientcommands.h"
#include "controlclient.h"
#include "output.h"
#include "storecommands.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QThread>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::ClientCommands)
};

using namespace std::chrono_literals;
using Outcome = ControlClient::Outcome;

constexpr auto kPause = 200ms;    // between questions
constexpr int kPatientPolls = 10; // in which a queue may move on before it is mentioned

QString textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

// One sentence or two of why it failed, or waits; empty when it does neither.
QString problemOf(const QJsonObject &task, QLatin1String key)
{
    const QJsonObject error = task.value(key).toObject();
    return error.isEmpty() ? QString()
                           : textOf(error, "message") + QLatin1Char(' ') + textOf(error, "advice");
}

// The first of `urls` that is in the list, asked for until it has no member `pending` any more; empty when
// none is there. What it waits for is told meanwhile.
std::variant<QJsonObject, Outcome> whenDecided(ControlClient &client, const QList<QUrl> &urls,
                                               QLatin1String pending)
{
    int polls = 0; // while it was queued
    for (QString told;; QThread::msleep(kPause.count())) {
        QJsonObject task;
        const Outcome outcome = client.ask(
            {ControlRequest::Command::List, urls, {}, false, {}, {}}, [&](const QJsonObject &frame) {
                task = frame.value(QLatin1String("downloads")).toArray().at(0).toObject();
            });
        if (outcome.kind != Outcome::Kind::Done)
            return outcome;
        const auto state = stateFromName(textOf(task, "state"));
        if (!task.contains(pending) || state == TaskState::Failed || state == TaskState::Paused)
            return task;
        const bool isInLine = state == TaskState::Queued && task.value(QLatin1String("place")).toInt() > 0;
        const QString problem = isInLine && polls++ >= kPatientPolls
                                    ? Text::tr("It waits for its turn.")
                                    : problemOf(task, QLatin1String("reason"));
        if (!problem.isEmpty() && problem != told)
            fail(problem);
        told = problem;
    }
}

// What became of it: its line where it went well, else why not.
int tellDecision(const QJsonObject &task, bool wentWell, bool json)
{
    if (task.isEmpty())
        return fail(Text::tr("It is not in the list any more."));
    if (json)
        print(asLine(task) + QLatin1Char('\n'));
    else if (wentWell)
        print(listLine(task) + QLatin1Char('\n'));
    if (wentWell)
        return kExitComplete;
    const QString problem = problemOf(task, QLatin1String("error"));
    return fail(QStringLiteral("%1: %2").arg(
        textOf(task, "url"), problem.isEmpty() ? Text::tr("It was paused before that was known.") : problem));
}

} // namespace

int run(const ReaddressCommand &command, QThreadPool &)
{
    ControlClient client(command.stateDir);
    if (!client.connect())
        return failForNobody();
    const Outcome asked =
        client.ask({ControlRequest::Command::Readdress, {command.url, command.newUrl}, {}, false, {}, {}});
    if (asked.kind != Outcome::Kind::Done)
        return fail(QStringLiteral("%1: %2").arg(shownUrl(command.url), asked.error));
    // Under its new address it is only once that leads to the same file.
    const auto decided = whenDecided(client, {command.newUrl, command.url}, QLatin1String("candidate"));
    if (const auto *lost = std::get_if<Outcome>(&decided))
        return fail(lost->error);
    const auto &task = std::get<QJsonObject>(decided);
    return tellDecision(task, textOf(task, "url") == shownUrl(command.newUrl), command.json);
}

int run(const AdoptCommand &command, QThreadPool &)
{
    ControlClient client(command.stateDir);
    if (!client.connect()) {
        const QString problem =
            startInBackground(command.stateDirGiven ? command.stateDir : QString(), client);
        if (!problem.isEmpty())
            return fail(problem);
    }
    ControlRequest request{ControlRequest::Command::Adopt, {command.url}, command.options, false, {}, {}};
    request.file = command.file;
    const Outcome asked = client.ask(request);
    if (asked.kind != Outcome::Kind::Done)
        return fail(QStringLiteral("%1: %2").arg(command.file, asked.error));
    constexpr QLatin1String kPending("adopting");
    const auto decided = whenDecided(client, {command.url}, kPending);
    if (const auto *lost = std::get_if<Outcome>(&decided))
        return fail(lost->error);
    const auto &task = std::get<QJsonObject>(decided);
    return tellDecision(task, !task.contains(kPending), command.json);
}

} // namespace longhaul
