// SPDX-License-Identifier: MIT
// The composition root: makes everything and hands references down.
#include "commandline.h"
#include "getcommand.h"
#include "interruption.h"
#include "output.h"
#include "storecommands.h"

#include <QCoreApplication>
#include <QNetworkProxyFactory>
#include <QThreadPool>

#include <cstdlib>

using namespace longhaul;

namespace {

constexpr int kIoThreads = 16; // they wait for disks, not for processors

// True when the store is open; else it has said why not.
bool openStore(ResumeStore &store, const QString &folder)
{
    const ResumeStore::OpenResult result = store.open();
    if (result == ResumeStore::OpenResult::LockedByOther) {
        printError(
            QCoreApplication::translate("longhaul::Main",
                                        "longhaul: Another Longhaul is using %1: wait for it to end, or give "
                                        "another folder with --state-dir.\n")
                .arg(folder));
    } else if (result == ResumeStore::OpenResult::NotWritable) {
        printError(QStringLiteral("longhaul: %1 %2\n")
                       .arg(message({ErrorCode::StoreNotWritable, 0, store.errorString(), {}}),
                            advice(ErrorCode::StoreNotWritable)));
    }
    const QStringList notices = store.notices();
    for (const QString &notice : notices)
        printError(QStringLiteral("longhaul: %1\n").arg(notice));
    return result == ResumeStore::OpenResult::Opened;
}

int runGet(const GetCommand &command, QThreadPool &ioThreads)
{
    Interruption interruption;
    ResumeStore store(command.stateDir, ioThreads);
    if (!openStore(store, command.stateDir)) {
        for (const QUrl &url : command.urls) {
            TaskReport report;
            report.url = url;
            if (command.json)
                print(reportAsJson(report, Error{ErrorCode::StoreNotWritable, 0, {}, {}})
                      + QLatin1Char('\n'));
        }
        return kExitFailed;
    }
    SystemNetworkPolicy network;
    int exitCode = kExitFailed;
    {
        DownloadManager manager(store, network, ioThreads, command.settings);
        GetCommandRun run(command, manager);
        QObject::connect(&interruption, &Interruption::requested, &run, &GetCommandRun::interrupt);
        QObject::connect(&run, &GetCommandRun::finished, qApp, &QCoreApplication::exit, Qt::QueuedConnection);
        QMetaObject::invokeMethod(&run, &GetCommandRun::start, Qt::QueuedConnection);
        exitCode = QCoreApplication::exec();
        if (exitCode == kExitInterrupted) {
            // Within the second: what is recorded is right, and part files on a slow disk are not waited for.
            store.close(true);
            std::_Exit(exitCode);
        }
    }
    store.close();
    return exitCode;
}

int run(const Command &command, QThreadPool &ioThreads)
{
    if (const auto *leave = std::get_if<Leave>(&command)) {
        if (leave->exitCode == kExitComplete)
            print(leave->text);
        else
            printError(leave->text);
        print(leave->json);
        return leave->exitCode;
    }
    if (const auto *get = std::get_if<GetCommand>(&command))
        return runGet(*get, ioThreads);

    const auto *list = std::get_if<ListCommand>(&command);
    const auto *remove = std::get_if<RemoveCommand>(&command);
    const QString folder = list ? list->stateDir : remove->stateDir;
    ResumeStore store(folder, ioThreads);
    if (!openStore(store, folder))
        return kExitFailed;
    return list ? runList(*list, store) : runRemove(*remove, store);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("longhaul"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LONGHAUL_VERSION));
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    QThreadPool ioThreads;
    ioThreads.setMaxThreadCount(kIoThreads);
    return run(parseCommandLine(QCoreApplication::arguments()), ioThreads);
}
