// SPDX-License-Identifier: MIT
// Which application object a command needs, and its event loop. Only the window needs a display.
#include "application.h"
#include "clientcommands.h"
#include "controlclient.h"
#include "getcommand.h"
#include "output.h"
#include "platform.h"
#include "storecommands.h"

#include "core/threadpriority.h"

#include "ui/goingfirst.h"
#include "ui/icons.h"
#include "ui/legible.h"
#include "ui/preferences.h"
#include "ui/translations.h"

#include <QApplication>
#include <QMessageBox>
#include <QThreadPool>

#include <cstdlib>

using namespace longhaul;

namespace {

constexpr int kIoThreads = 16; // they wait for disks, not for processors
constexpr int kTries = 2;      // to hand over to one that does not answer

template <typename... T>
struct Cases : T... {
    using T::operator()...;
};
template <typename... T>
Cases(T...) -> Cases<T...>;

int say(const Leave &leave)
{
    if (leave.exitCode == kExitComplete)
        print(leave.text);
    else
        printError(leave.text);
    print(leave.json);
    return leave.exitCode;
}

int runGet(const GetCommand &command, QThreadPool &ioThreads)
{
    preferThroughput(); // before there are other threads
    Interruption interruption;
    ResumeStore store(command.stateDir, ioThreads);
    const ResumeStore::OpenResult opened = store.open();
    if (opened != ResumeStore::OpenResult::Opened)
        return failAll(command, whyNotOpen(store, opened, command.stateDir));
    tellNotices(store);
    SystemNetworkPolicy network;
    int exitCode = kExitFailed;
    {
        ControlServer server(refuseWhileGetting);
        server.listen(command.stateDir);
        DownloadManager manager(store, network, ioThreads, command.settings);
        GetCommandRun run(command, manager);
        QObject::connect(&interruption, &Interruption::requested, &run, &GetCommandRun::interrupt);
        QObject::connect(&run, &GetCommandRun::finished, QCoreApplication::instance(),
                         &QCoreApplication::exit, Qt::QueuedConnection);
        QMetaObject::invokeMethod(&run, &GetCommandRun::start, Qt::QueuedConnection);
        exitCode = QCoreApplication::exec();
        if (exitCode == kExitInterrupted) {
            // Within the second: what is recorded is right, and part files on a slow disk are not waited for.
            server.close();
            store.close(true);
            std::_Exit(exitCode);
        }
    }
    store.close();
    return exitCode;
}

// Who has no terminal sees it in a box.
int failWithoutWindow(const WindowCommand &command, const QString &sentence)
{
    fail(sentence);
    const QString platform = QGuiApplication::platformName();
    if (!command.background && platform != QLatin1String("offscreen")
        && platform != QLatin1String("minimal")) {
        QMessageBox box(QMessageBox::Critical, QStringLiteral("Longhaul"), sentence);
        box.setTextFormat(Qt::PlainText);
        QObject::connect(&box, &QDialog::finished, qApp, &QCoreApplication::quit);
        box.show();
        QApplication::exec();
    }
    return kExitFailed;
}

// Nothing once the store is open; else another Longhaul has it and took over, or it cannot be had.
std::optional<int> takeStore(const WindowCommand &command, ResumeStore &store)
{
    using enum ResumeStore::OpenResult;
    ControlClient client(command.stateDir);
    auto opened = findOwner(store, client);
    for (int tries = 0; !opened && tries < kTries; ++tries) {
        if (const auto exitCode = handOver(command, client))
            return exitCode;
        opened = findOwner(store, client); // that one ended before it could answer
    }
    if (opened == Opened)
        return {};
    return failWithoutWindow(command, whyNotOpen(store, opened.value_or(LockedByOther), command.stateDir));
}

int runWindow(const WindowCommand &command, QApplication &app, QThreadPool &ioThreads)
{
    QThreadPool listThreads; // these do not give way: at the end everything waits for them
    Preferences preferences(command.settingsFile, listThreads);
    installTranslations(app, preferences.settings().language);
    ResumeStore store(command.stateDir, listThreads);
    if (const auto exitCode = takeStore(command, store))
        return *exitCode;
    tellNotices(store);
    {
        Application application(command, preferences, store, ioThreads);
        QMetaObject::invokeMethod(&application, &Application::start, Qt::QueuedConnection);
        QApplication::exec();
        if (application.hangs()) {
            store.close(true);
            std::_Exit(kExitComplete);
        }
    }
    store.close();
    return kExitComplete;
}

// Nothing when the command is for a window and no other Longhaul has taken it.
std::optional<int> runWithoutWindow(const Command &command, QThreadPool &ioThreads)
{
    const auto here = [&](const auto &one) -> std::optional<int> { return run(one, ioThreads); };
    return std::visit(
        Cases{here, [](const Leave &leave) -> std::optional<int> { return say(leave); },
              [&](const GetCommand &get) -> std::optional<int> { return runGet(get, ioThreads); },
              [](const WindowCommand &window) {
                  ControlClient client(window.stateDir);
                  return handOver(window, client);
              }},
        command);
}

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("longhaul"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LONGHAUL_VERSION));
}

} // namespace

int main(int argc, char *argv[])
{
    QThreadPool ioThreads;
    ioThreads.setMaxThreadCount(kIoThreads);
    platform::reuseMemory();
    platform::allowManyFiles();
    nameProgram();
    Command command;
    {
        QCoreApplication app(argc, argv);
        installTranslations(app, {});
        command = parseCommandLine(QCoreApplication::arguments());
        if (const auto exitCode = runWithoutWindow(command, ioThreads))
            return *exitCode;
        if (!platform::hasDisplay())
            return fail(QCoreApplication::translate(
                "longhaul::Main", "There is no display for the window: 'longhaul get' fetches without one."));
    }
    QApplication app(argc, argv);
    letWindowGoFirst(ioThreads);
    QGuiApplication::setDesktopFileName(QStringLiteral("longhaul"));
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QGuiApplication::setWindowIcon(applicationIcon());
    keepPlaceholdersLegible(app);
    return runWindow(std::get<WindowCommand>(command), app, ioThreads);
}
