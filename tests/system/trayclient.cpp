// SPDX-License-Identifier: MIT
// The tray without the window, as a process of its own, for tst_tray: Qt decides once in the life of a
// process by which way it speaks to trays. Usage: trayclient FOLDER [URL...]; the settings are
// FOLDER/settings.json. It writes what happens as lines to stdout ("there", "gone", "toggle", "show",
// "paste", "quit", "limited 0") and reads commands: "grab FILE" makes a picture of the screen, "timers" tells
// how many of the tray run, "quit" ends it.
#include "tests/ui/desktopfixture.h"
#include "ui/tray.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QPixmap>
#include <QScreen>
#include <QSocketNotifier>
#include <QTextStream>

#include <cstdio>
#include <unistd.h>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    QTextStream out(stdout);
    out << line << Qt::endl;
}

void obey(const QString &command, Tray &tray)
{
    if (command.startsWith(u"grab "_s))
        say(QGuiApplication::primaryScreen()->grabWindow(0).save(command.mid(5)) ? u"grabbed"_s
                                                                                 : u"no picture"_s);
    else if (command == u"timers"_s)
        say(u"timers %1"_s.arg(QAbstractEventDispatcher::instance()->registeredTimers(&tray).size()));
    else if (command == u"quit"_s)
        QCoreApplication::quit();
}

void report(Tray &tray, const Preferences &preferences)
{
    QObject::connect(&tray, &Tray::isThereChanged, qApp, [&tray](bool isThere) {
        say(isThere == tray.isThere() ? (isThere ? u"there"_s : u"gone"_s) : u"contradiction"_s);
    });
    QObject::connect(&tray, &Tray::toggleWanted, qApp, [] { say(u"toggle"_s); });
    QObject::connect(&tray, &Tray::showWanted, qApp, [] { say(u"show"_s); });
    QObject::connect(&tray, &Tray::addFromClipboardWanted, qApp, [] { say(u"paste"_s); });
    QObject::connect(&tray, &Tray::quitWanted, qApp, [] { say(u"quit"_s); });
    QObject::connect(&preferences, &Preferences::settingsChanged, qApp,
                     [](const Settings &settings) { say(u"limited %1"_s.arg(settings.limited)); });
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer clock;
    clock.start();
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const QStringList arguments = QCoreApplication::arguments();
    DesktopFixture place(arguments.value(1));
    if (!place.opened)
        return 1;
    for (const QString &url : arguments.mid(2))
        place.manager.add(QUrl(url));

    const qint64 before = clock.nsecsElapsed();
    Tray tray(place.manager, place.preferences);
    say(u"made in %1 us"_s.arg((clock.nsecsElapsed() - before) / 1000));
    report(tray, place.preferences);

    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return 1;
    QSocketNotifier commands(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&commands, &QSocketNotifier::activated, qApp, [&input, &commands, &tray] {
        const QByteArray line = input.readLine();
        commands.setEnabled(!line.isEmpty()); // the end of the input
        obey(QString::fromUtf8(line).trimmed(), tray);
    });
    return QCoreApplication::exec();
}
