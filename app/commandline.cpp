// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "optionreader.h"
#include "output.h"

#include <QCoreApplication>
#include <QDir>
#include <QSet>

#include <algorithm>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::CommandLine)
};

QString overview()
{
    return Text::tr("Usage: longhaul [--background] [URL...]\n"
                    "       longhaul COMMAND [options]\n"
                    "\n"
                    "Downloads that are never lost and never wrong: stop one in any way, at any moment,\n"
                    "and it goes on from its byte. Without a command: opens the window, and adds the URLs.\n"
                    "\n"
                    "Commands for the Longhaul that is running:\n"
                    "  add URL...          download them; starts Longhaul in the background if need be\n"
                    "  adopt FILE URL      continue a file that another program has left unfinished\n"
                    "  list                show all downloads\n"
                    "  pause [URL...]      stop these, or all\n"
                    "  resume [URL...]     continue these, or all\n"
                    "  remove URL...       forget downloads\n"
                    "  readdress OLD NEW   go on from another address, if it leads to the same file\n"
                    "  limit [RATE|off]    set the speed limit of all together, or tell it\n"
                    "\n"
                    "Without a window:\n"
                    "  get URL...          fetch files, or continue them, and end when they are there\n"
                    "\n"
                    "  longhaul COMMAND --help   the options of a command\n"
                    "  longhaul --version        the version\n");
}

Leave usageError(const QString &sentence)
{
    return {kExitUsage, Text::tr("longhaul: %1 See 'longhaul --help'.\n").arg(sentence), {}};
}

// The URLs in `all`, perhaps none; a Leave when one cannot be used.
std::variant<QList<QUrl>, Leave> urlsIn(const QStringList &all, const QCommandLineParser &parser)
{
    QList<QUrl> urls;
    QSet<QUrl> seen;
    QString text;
    QString json;
    for (const QString &given : all) {
        const auto parsed = parseUrl(given);
        if (const auto *error = std::get_if<Error>(&parsed)) {
            text += QStringLiteral("longhaul: %1: %2 %3\n")
                        .arg(shownUrl(given), message(*error), advice(error->code));
            json += invalidUrlAsJson(given, *error) + QLatin1Char('\n');
        } else if (const QUrl url = std::get<QUrl>(parsed); !seen.contains(url)) {
            seen.insert(url);
            urls.append(url);
        }
    }
    if (!text.isEmpty()) {
        const bool asJson = parser.optionNames().contains(QStringLiteral("json")); // not all commands have it
        return Leave{kExitUsage, text, asJson ? json : QString()};
    }
    return urls;
}

std::variant<QList<QUrl>, Leave> anyUrlsOf(const QCommandLineParser &parser)
{
    return urlsIn(parser.positionalArguments(), parser);
}

std::variant<QList<QUrl>, Leave> urlsOf(const QCommandLineParser &parser)
{
    auto urls = anyUrlsOf(parser);
    if (const auto *list = std::get_if<QList<QUrl>>(&urls); list && list->isEmpty())
        return usageError(Text::tr("No URL is given."));
    return urls;
}

// Parses `arguments`; a Leave for help and for what is malformed.
std::optional<Leave> process(QCommandLineParser &parser, const QStringList &arguments)
{
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, Text::tr("Show this help."));
    parser.addOptions({stateDirOption(), help});
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(help)) {
        QString text = parser.helpText(); // names the program alone, not the command
        const QString program = QCoreApplication::arguments().value(0);
        if (const qsizetype at = text.indexOf(program); at >= 0)
            text.replace(at, program.size(), arguments.constFirst());
        return Leave{kExitComplete, text, {}};
    }
    return {};
}

Command parseWindow(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Opens the window, and adds what is given."));
    parser.addPositionalArgument(QStringLiteral("URL"), Text::tr("What to download: http or https."),
                                 QStringLiteral("[URL...]"));
    parser.addOption({QStringLiteral("background"), Text::tr("Start without a window.")});
    if (auto leave = process(parser, arguments))
        return leave->exitCode == kExitComplete ? Leave{kExitComplete, overview(), {}} : *leave;
    auto urls = anyUrlsOf(parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    const OptionReader reader(parser);
    return WindowCommand{std::get<QList<QUrl>>(urls), reader.stateDir(), reader.settingsFile(),
                         reader.isStateDirGiven(), reader.isSet("background")};
}

// A command that takes addresses, and options that OptionReader reads into it.
template <typename T>
Command readInto(T command, QCommandLineParser &parser, const QStringList &arguments)
{
    if (auto leave = process(parser, arguments))
        return *leave;
    auto urls = urlsOf(parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    command.urls = std::get<QList<QUrl>>(urls);
    const QString problem = OptionReader(parser).read(command);
    return problem.isEmpty() ? Command(command) : Command(usageError(problem));
}

Command parseGet(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Fetches files, or continues them from where they stopped."));
    addGetOptions(parser);
    GetCommand command;
    command.settings.allowMetered = true; // asked for just now, by name
    return readInto(command, parser, arguments);
}

Command parseAdd(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Has the running Longhaul download them; starts it in the "
                                              "background if need be."));
    addAddOptions(parser);
    return readInto(AddCommand(), parser, arguments);
}

Command parseAdopt(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr(
        "Has the running Longhaul continue a file that another program has left unfinished (a\n"
        ".crdownload, a .part, one with an .aria2 beside it, one that is cut), and waits until it is\n"
        "known whether it belongs to what is at the URL. If not, the file stays as it was."));
    addAdoptOptions(parser);
    if (auto leave = process(parser, arguments))
        return *leave;
    const QStringList words = parser.positionalArguments();
    if (words.size() != 2 || words.first().isEmpty())
        return usageError(Text::tr("'adopt' takes a file and its URL."));
    const auto urls = urlsIn(words.mid(1), parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    AdoptCommand command;
    command.url = std::get<QList<QUrl>>(urls).constFirst();
    command.file = QDir::cleanPath(QDir::current().absoluteFilePath(words.first()));
    const QString problem = OptionReader(parser).read(command);
    return problem.isEmpty() ? Command(command) : Command(usageError(problem));
}

Command parseList(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Shows what is known of all downloads."));
    parser.addOption(jsonOption());
    if (auto leave = process(parser, arguments))
        return *leave;
    if (!parser.positionalArguments().isEmpty())
        return usageError(Text::tr("'list' takes no arguments."));
    const OptionReader reader(parser);
    return ListCommand{reader.stateDir(), reader.isSet("json")};
}

Command parseRemove(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Forgets downloads. Finished files always stay."));
    parser.addPositionalArgument(QStringLiteral("URL"), Text::tr("As it was given at first."),
                                 QStringLiteral("URL..."));
    parser.addOption({QStringLiteral("with-part"), Text::tr("Delete the part files too.")});
    parser.addOption(jsonOption());
    if (auto leave = process(parser, arguments))
        return *leave;
    auto urls = urlsOf(parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    const OptionReader reader(parser);
    return RemoveCommand{std::get<QList<QUrl>>(urls), reader.stateDir(), reader.isSet("with-part"),
                         reader.isSet("json")};
}

Command parsePause(const QStringList &arguments, bool resume)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        resume ? Text::tr("Continues these downloads, or all that are paused.")
               : Text::tr("Stops these downloads, or all, until they are resumed."));
    parser.addPositionalArgument(QStringLiteral("URL"), Text::tr("As it was given at first (default: all)."),
                                 QStringLiteral("[URL...]"));
    parser.addOption(jsonOption());
    if (resume)
        parser.addOption(repairOption());
    if (auto leave = process(parser, arguments))
        return *leave;
    auto urls = anyUrlsOf(parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    const OptionReader reader(parser);
    PauseCommand command{resume, std::get<QList<QUrl>>(urls), reader.stateDir(), reader.isSet("json")};
    command.repair = resume && reader.isSet("repair");
    if (command.repair && command.urls.isEmpty())
        return usageError(Text::tr("--repair goes with the URLs of what is to be repaired."));
    return command;
}

Command parseLimit(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Sets the speed limit of all downloads together, lifts it, or tells it."));
    parser.addPositionalArgument(QStringLiteral("RATE"), Text::tr("Bytes per second (K, M, G), or 'off'."),
                                 QStringLiteral("[RATE|off]"));
    parser.addOption(jsonOption());
    if (auto leave = process(parser, arguments))
        return *leave;
    const QStringList words = parser.positionalArguments();
    const OptionReader reader(parser);
    LimitCommand command{{}, reader.stateDir(), reader.isSet("json")};
    if (words.size() > 1)
        return usageError(Text::tr("'limit' takes one rate."));
    if (!words.isEmpty()) {
        command.rate =
            words.first() == QLatin1String("off") ? std::optional<qint64>(0) : parseRate(words.first());
        if (!command.rate)
            return usageError(
                Text::tr("'limit' takes bytes per second such as 500K or 1.5M, or 'off', not '%1'.")
                    .arg(shownUrl(words.first())));
    }
    return command;
}

Command parseReaddress(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Has a paused or failed download go on from another address, and waits until it is known "
                 "whether\nthat leads to the same file. If not, all stays as it was."));
    parser.addPositionalArgument(QStringLiteral("OLD"), Text::tr("As it was given at first."));
    parser.addPositionalArgument(QStringLiteral("NEW"), Text::tr("Where the file is now."));
    parser.addOption(jsonOption());
    if (auto leave = process(parser, arguments))
        return *leave;
    auto urls = anyUrlsOf(parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    const auto &list = std::get<QList<QUrl>>(urls);
    if (parser.positionalArguments().size() != 2 || list.size() != 2)
        return usageError(Text::tr("'readdress' takes the old address and another one."));
    const OptionReader reader(parser);
    return ReaddressCommand{list[0], list[1], reader.stateDir(), reader.isSet("json")};
}

bool isHelp(const QString &word)
{
    return word == QLatin1String("--help") || word == QLatin1String("-h") || word == QLatin1String("help");
}

} // namespace

Command parseCommandLine(const QStringList &arguments)
{
    const QString command = arguments.value(1);
    if (isHelp(command))
        return Leave{kExitComplete, overview(), {}};
    if (command == QLatin1String("--version") || command == QLatin1String("-v"))
        return Leave{kExitComplete, QStringLiteral("longhaul " LONGHAUL_VERSION "\n"), {}};
    QStringList rest = arguments;
    if (rest.size() > 1)
        rest.removeAt(1);
    rest[0] = QStringLiteral("longhaul ") + command;
    if (command == QLatin1String("get"))
        return parseGet(rest);
    if (command == QLatin1String("add"))
        return parseAdd(rest);
    if (command == QLatin1String("adopt"))
        return parseAdopt(rest);
    if (command == QLatin1String("list"))
        return parseList(rest);
    if (command == QLatin1String("remove"))
        return parseRemove(rest);
    if (command == QLatin1String("pause") || command == QLatin1String("resume"))
        return parsePause(rest, command == QLatin1String("resume"));
    if (command == QLatin1String("limit"))
        return parseLimit(rest);
    if (command == QLatin1String("readdress"))
        return parseReaddress(rest);
    // No command: what looks like an address or an option is for the window.
    static constexpr QLatin1String marks[] = {QLatin1String(":"), QLatin1String("/"), QLatin1String(".")};
    const bool isAddress = std::any_of(std::begin(marks), std::end(marks),
                                       [&](QLatin1String mark) { return command.contains(mark); });
    if (arguments.size() < 2 || isAddress || command.startsWith(QLatin1Char('-')))
        return parseWindow(arguments);
    return usageError(Text::tr("'%1' is no command.").arg(shownUrl(command)));
}

} // namespace longhaul
