// SPDX-License-Identifier: MIT
#include "clientcommands.h"

#include "backgroundstart.h"
#include "controlclient.h"
#include "output.h"
#include "storecommands.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::ClientCommands)
};

using Outcome = ControlClient::Outcome;

constexpr int kTries = 2;

int exitCodeOf(const Outcome &outcome)
{
    return outcome.kind == Outcome::Kind::Done ? kExitComplete : fail(outcome.error);
}

void printDownloads(const QJsonObject &frame, bool json)
{
    const QJsonArray downloads = frame.value(QLatin1String("downloads")).toArray();
    QString text;
    for (const auto &download : downloads)
        text += (json ? asLine(download.toObject()) : listLine(download.toObject())) + QLatin1Char('\n');
    print(text);
}

void printAdded(const QJsonObject &frame)
{
    const QJsonArray downloads = frame.value(QLatin1String("downloads")).toArray();
    for (const auto &download : downloads) {
        const QJsonObject object = download.toObject();
        const QString url = object.value(QLatin1String("url")).toString();
        if (object.value(QLatin1String("known")).toBool())
            print(Text::tr("%1: was in the list already (%2)\n")
                      .arg(url, stateInWords(object.value(QLatin1String("state")).toString())));
        else
            print(Text::tr("%1: added\n").arg(url));
        if (const QString note = object.value(QLatin1String("note")).toString(); !note.isEmpty())
            print(note + QLatin1Char('\n'));
    }
}

// Which of the addresses from `first` on were not in the list, told one by one; whether there was any.
bool tellUnknown(const QJsonObject &frame, const QList<QUrl> &urls, qsizetype first)
{
    const QJsonArray unknown = frame.value(QLatin1String("unknown")).toArray();
    for (const auto &index : unknown)
        fail(Text::tr("%1: It is not in the list.").arg(shownUrl(urls.value(first + index.toInteger()))));
    return !unknown.isEmpty();
}

int removeAtOwner(const RemoveCommand &command, ControlClient &client)
{
    ControlRequest request{ControlRequest::Command::Remove, command.urls, {}, command.withPart, {}, {}};
    QList<QUrl> removed = command.urls;
    bool anyUnknown = false;
    const Outcome outcome = client.askInParts(request, [&](const QJsonObject &frame, qsizetype first) {
        anyUnknown = tellUnknown(frame, command.urls, first) || anyUnknown;
        const QJsonArray unknown = frame.value(QLatin1String("unknown")).toArray();
        for (const auto &index : unknown)
            removed.removeOne(command.urls.value(first + index.toInteger()));
    });
    if (outcome.kind != Outcome::Kind::Done)
        return fail(outcome.error);
    for (const QUrl &url : std::as_const(removed)) {
        if (command.json)
            print(removalAsJson(url) + QLatin1Char('\n'));
    }
    return anyUnknown ? kExitFailed : kExitComplete;
}

// Does it with the store itself, or through the process that has it.
int withOwner(const QString &stateDir, QThreadPool &ioThreads, const std::function<int(ResumeStore &)> &ours,
              const std::function<int(ControlClient &)> &theirs)
{
    ControlClient client(stateDir);
    ResumeStore store(stateDir, ioThreads);
    const auto opened = findOwner(store, client);
    if (!opened)
        return theirs(client);
    if (opened != ResumeStore::OpenResult::Opened)
        return fail(whyNotOpen(store, *opened, stateDir));
    tellNotices(store);
    return ours(store);
}

} // namespace

int failForNobody()
{
    return fail(Text::tr("No Longhaul is running: start it with 'longhaul', or 'longhaul --background'."));
}

int run(const AddCommand &command, QThreadPool &)
{
    const ControlRequest request{ControlRequest::Command::Add, command.urls, command.options, false, {}, {}};
    ControlClient client(command.stateDir);
    for (int tries = 1;; ++tries) {
        if (!client.connect()) {
            const QString problem =
                startInBackground(command.stateDirGiven ? command.stateDir : QString(), client);
            if (!problem.isEmpty())
                return fail(problem);
        }
        const Outcome outcome = client.askInParts(request, [&](const QJsonObject &frame, qsizetype) {
            if (command.json)
                printDownloads(frame, true);
            else
                printAdded(frame);
        });
        // Lost: it was about to end. To add what is there already does no harm.
        if (outcome.kind != Outcome::Kind::Lost || tries == kTries)
            return exitCodeOf(outcome);
    }
}

int run(const ListCommand &command, QThreadPool &ioThreads)
{
    return withOwner(
        command.stateDir, ioThreads, [&](ResumeStore &store) { return listStore(command, store); },
        [&](ControlClient &client) {
            return exitCodeOf(
                client.ask({ControlRequest::Command::List, {}, {}, false, {}, {}},
                           [&](const QJsonObject &frame) { printDownloads(frame, command.json); }));
        });
}

int run(const RemoveCommand &command, QThreadPool &ioThreads)
{
    return withOwner(
        command.stateDir, ioThreads, [&](ResumeStore &store) { return removeFromStore(command, store); },
        [&](ControlClient &client) { return removeAtOwner(command, client); });
}

int run(const PauseCommand &command, QThreadPool &)
{
    ControlClient client(command.stateDir);
    if (!client.connect())
        return failForNobody();
    const auto what = command.resume ? ControlRequest::Command::Resume : ControlRequest::Command::Pause;
    bool anyUnknown = false;
    ControlRequest request{what, command.urls, {}, false, {}, {}};
    request.repair = command.repair;
    const Outcome outcome = client.askInParts(request, [&](const QJsonObject &frame, qsizetype first) {
        anyUnknown = tellUnknown(frame, command.urls, first) || anyUnknown;
        if (command.json)
            printDownloads(frame, true);
    });
    return anyUnknown && outcome.kind == Outcome::Kind::Done ? kExitFailed : exitCodeOf(outcome);
}

int run(const LimitCommand &command, QThreadPool &)
{
    ControlClient client(command.stateDir);
    if (!client.connect())
        return failForNobody();
    const ControlRequest request{ControlRequest::Command::Limit, {}, {}, false, command.rate, {}};
    return exitCodeOf(client.ask(request, [&](const QJsonObject &frame) {
        const qint64 rate = frame.value(QLatin1String("rate")).toInteger();
        if (command.json)
            print(asLine({{QLatin1String("limit"), rate > 0 ? QJsonValue(rate) : QJsonValue()}})
                  + QLatin1Char('\n'));
        else if (rate > 0)
            print(Text::tr("The limit is %1.\n").arg(rateInWords(rate)));
        else
            print(Text::tr("There is no limit.\n"));
    }));
}

std::optional<int> handOver(const WindowCommand &command, ControlClient &client)
{
    using enum ControlRequest::Command;
    if (!client.connect())
        return {};
    Outcome outcome;
    if (!command.urls.isEmpty())
        outcome = client.askInParts({Add, command.urls, {}, false, {}, {}});
    if (outcome.kind == Outcome::Kind::Done && command.background && command.urls.isEmpty())
        outcome = client.ask({Hello, {}, {}, false, {}, {}});
    if (outcome.kind == Outcome::Kind::Done && !command.background)
        outcome = client.ask(
            {Show, command.urls.mid(0, 1), {}, false, {}, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")});
    switch (outcome.kind) {
    case Outcome::Kind::Done: return kExitComplete;
    case Outcome::Kind::Refused: return fail(outcome.error);
    case Outcome::Kind::Lost: break;
    }
    return {};
}

} // namespace longhaul
