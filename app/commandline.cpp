// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "output.h"

#include "core/userinput.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::CommandLine)
};

QString overview()
{
    return Text::tr("Usage: longhaul COMMAND [options]\n"
                    "\n"
                    "Downloads that are never lost and never wrong: stop one in any way, at any moment,\n"
                    "and the same command continues it from its byte.\n"
                    "\n"
                    "Commands:\n"
                    "  get URL...      fetch files, or continue them\n"
                    "  list            show what is known of all downloads\n"
                    "  remove URL...   forget downloads\n"
                    "\n"
                    "  longhaul COMMAND --help   the options of a command\n"
                    "  longhaul --version        the version\n");
}

Leave usageError(const QString &sentence)
{
    return {kExitUsage, Text::tr("longhaul: %1 See 'longhaul --help'.\n").arg(sentence), {}};
}

QString defaultStateDir() { return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation); }

QCommandLineOption stateDirOption()
{
    return {QStringLiteral("state-dir"), Text::tr("Folder in which the list of downloads is kept."),
            QStringLiteral("DIR")};
}

QString stateDirOf(const QCommandLineParser &parser)
{
    const QString given = parser.value(QStringLiteral("state-dir"));
    return given.isEmpty() ? defaultStateDir() : QDir::current().absoluteFilePath(given);
}

// Each option's value into `command`; the sentence when one is malformed.
class GetReader
{
public:
    GetReader(const QCommandLineParser &parser, GetCommand &command)
        : m_parser(parser)
        , m_command(command)
    {}

    QString read()
    {
        for (const auto step : {&GetReader::limits, &GetReader::headers, &GetReader::conflict,
                                &GetReader::checksum, &GetReader::place}) {
            const QString problem = (this->*step)();
            if (!problem.isEmpty())
                return problem;
        }
        m_command.stateDir = stateDirOf(m_parser);
        m_command.json = m_parser.isSet(QStringLiteral("json"));
        m_command.quiet = m_parser.isSet(QStringLiteral("quiet"));
        return {};
    }

private:
    QString value(const char *name) const { return m_parser.value(QString::fromLatin1(name)); }
    bool isSet(const char *name) const { return m_parser.isSet(QString::fromLatin1(name)); }
    QString bad(const char *name, const QString &wanted) const
    {
        return Text::tr("--%1 takes %2, not '%3'.").arg(QString::fromLatin1(name), wanted, value(name));
    }

    QString limits()
    {
        if (isSet("limit-rate")) {
            const auto rate = parseRate(value("limit-rate"));
            if (!rate)
                return bad("limit-rate", Text::tr("bytes per second such as 500K or 1.5M"));
            m_command.settings.rateLimit = *rate;
        }
        if (isSet("retries")) {
            bool ok = false;
            const int retries = value("retries").toInt(&ok);
            if (!ok || retries < 0)
                return bad("retries", Text::tr("a number from 0 on"));
            m_command.settings.retries = retries;
        }
        if (isSet("timeout")) {
            bool ok = false;
            const double seconds = value("timeout").toDouble(&ok);
            if (!ok || !(seconds > 0) || seconds > 86'400)
                return bad("timeout", Text::tr("seconds from above 0 to 86400"));
            m_command.settings.timeout = std::chrono::milliseconds(qint64(std::ceil(seconds * 1000)));
        }
        return {};
    }

    QString headers()
    {
        const QStringList all = m_parser.values(QStringLiteral("header"));
        for (const QString &text : all) {
            const auto header = parseHeader(text);
            if (!header) // not shown: it may hold a secret
                return Text::tr("--header takes 'Name: value' without control characters.");
            m_command.options.headers.append(*header);
        }
        return {};
    }

    QString conflict()
    {
        if (!isSet("on-conflict"))
            return {};
        const QString text = value("on-conflict");
        if (text == QLatin1String("rename"))
            m_command.options.conflict = ConflictPolicy::Rename;
        else if (text == QLatin1String("overwrite"))
            m_command.options.conflict = ConflictPolicy::Overwrite;
        else if (text == QLatin1String("skip"))
            m_command.options.conflict = ConflictPolicy::Skip;
        else
            return bad("on-conflict", Text::tr("rename, overwrite or skip"));
        return {};
    }

    QString checksum()
    {
        if (!isSet("checksum"))
            return {};
        m_command.options.digest = ExpectedDigest::parse(value("checksum"));
        if (!m_command.options.digest)
            return bad("checksum",
                       Text::tr("sha-256, sha-512, sha-1 or md5, a colon and all hexadecimal digits"));
        return m_command.urls.size() > 1 ? Text::tr("--checksum goes with one URL.") : QString();
    }

    QString place()
    {
        const QString dir =
            isSet("dir") ? value("dir") : QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
        QString folder = QDir::current().absoluteFilePath(dir);
        m_command.placeGiven = isSet("dir") || isSet("output");
        if (isSet("output")) {
            if (m_command.urls.size() > 1)
                return Text::tr("--output goes with one URL.");
            const QString output = value("output");
            // A plain name goes to the default folder only with --dir; alone it means here, as in any shell.
            const QString path = (isSet("dir") ? QDir(folder) : QDir::current()).absoluteFilePath(output);
            const QString name = QFileInfo(path).fileName();
            if (output.isEmpty() || name.isEmpty() || name == QLatin1String(".")
                || name == QLatin1String("..") || output.contains(QChar(0)))
                return bad("output", Text::tr("the name or path of a file"));
            m_command.options.name = name;
            folder = QFileInfo(path).absolutePath();
        }
        m_command.options.folder = QDir::cleanPath(folder);
        m_command.settings.folder = m_command.options.folder;
        return {};
    }

    const QCommandLineParser &m_parser;
    GetCommand &m_command;
};

// Also false where the command has no such option.
bool isSet(const QCommandLineParser &parser, const char *name)
{
    return parser.optionNames().contains(QString::fromLatin1(name));
}

// URLs of the command line; a Leave when one cannot be used.
std::variant<QList<QUrl>, Leave> urlsOf(const QCommandLineParser &parser)
{
    QList<QUrl> urls;
    QString text;
    QString json;
    const QStringList all = parser.positionalArguments();
    for (const QString &given : all) {
        const auto parsed = parseUrl(given);
        if (const auto *error = std::get_if<Error>(&parsed)) {
            text += QStringLiteral("longhaul: %1: %2 %3\n")
                        .arg(shownUrl(given), message(*error), advice(error->code));
            json += invalidUrlAsJson(given, *error) + QLatin1Char('\n');
        } else if (const QUrl url = std::get<QUrl>(parsed); !urls.contains(url)) {
            urls.append(url);
        }
    }
    if (!text.isEmpty())
        return Leave{kExitUsage, text, isSet(parser, "json") ? json : QString()};
    if (urls.isEmpty())
        return usageError(Text::tr("No URL is given."));
    return urls;
}

void addGetOptions(QCommandLineParser &parser)
{
    parser.addPositionalArgument(QStringLiteral("URL"), Text::tr("What to fetch: http or https."),
                                 QStringLiteral("URL..."));
    parser.addOptions({
        {{QStringLiteral("d"), QStringLiteral("dir")},
         Text::tr("Folder (default: the Downloads folder)."),
         QStringLiteral("DIR")},
        {{QStringLiteral("o"), QStringLiteral("output")},
         Text::tr("Name or path of the file (one URL)."),
         QStringLiteral("FILE")},
        {QStringLiteral("limit-rate"), Text::tr("Bytes per second for all together; K, M, G."),
         QStringLiteral("RATE")},
        {QStringLiteral("checksum"),
         Text::tr("What the file must have: sha-256, sha-512, sha-1 or md5 (one URL)."),
         QStringLiteral("ALGO:HEX")},
        {QStringLiteral("header"), Text::tr("Header to send, such as 'Cookie: a=b'; repeatable."),
         QStringLiteral("N: V")},
        {QStringLiteral("retries"),
         Text::tr("Tries in a row without progress before giving up (default: 5)."), QStringLiteral("N")},
        {QStringLiteral("timeout"),
         Text::tr("How long to wait for an answer or for the next byte (default: 30)."),
         QStringLiteral("SECONDS")},
        {QStringLiteral("on-conflict"),
         Text::tr("When the name is taken: rename (default), overwrite or skip."), QStringLiteral("WHAT")},
        {QStringLiteral("json"), Text::tr("Print one JSON object per line: state, progress, report.")},
        {{QStringLiteral("q"), QStringLiteral("quiet")}, Text::tr("Print errors only.")},
    });
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

Command parseGet(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Fetches files, or continues them from where they stopped."));
    addGetOptions(parser);
    if (auto leave = process(parser, arguments))
        return *leave;
    auto urls = urlsOf(parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    GetCommand command;
    command.settings.allowMetered = true; // asked for just now, by name
    command.urls = std::get<QList<QUrl>>(urls);
    const QString problem = GetReader(parser, command).read();
    return problem.isEmpty() ? Command(command) : Command(usageError(problem));
}

Command parseList(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Shows what is known of all downloads."));
    parser.addOption({QStringLiteral("json"), Text::tr("Print one JSON object per line.")});
    if (auto leave = process(parser, arguments))
        return *leave;
    if (!parser.positionalArguments().isEmpty())
        return usageError(Text::tr("'list' takes no arguments."));
    return ListCommand{stateDirOf(parser), parser.isSet(QStringLiteral("json"))};
}

Command parseRemove(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Forgets downloads. Finished files always stay."));
    parser.addPositionalArgument(QStringLiteral("URL"), Text::tr("As given to 'get'."),
                                 QStringLiteral("URL..."));
    parser.addOption({QStringLiteral("with-part"), Text::tr("Delete the part files too.")});
    if (auto leave = process(parser, arguments))
        return *leave;
    auto urls = urlsOf(parser);
    if (const auto *leave = std::get_if<Leave>(&urls))
        return *leave;
    return RemoveCommand{std::get<QList<QUrl>>(urls), stateDirOf(parser),
                         parser.isSet(QStringLiteral("with-part"))};
}

} // namespace

std::optional<qint64> parseRate(const QString &text)
{
    QString number = text.trimmed().toUpper();
    if (number.endsWith(QLatin1Char('B')))
        number.chop(1);
    double unit = 1;
    const qsizetype suffix = number.isEmpty() ? -1 : QStringLiteral("KMG").indexOf(number.back());
    if (suffix >= 0) {
        number.chop(1);
        unit = double(qint64(1) << (10 * (suffix + 1)));
    }
    bool ok = false;
    const double value = number.toDouble(&ok) * unit;
    if (!ok || !(value >= 1) || value > 1e15)
        return {};
    return qint64(value);
}

Command parseCommandLine(const QStringList &arguments)
{
    const QString command = arguments.value(1);
    QStringList rest = arguments;
    if (rest.size() > 1)
        rest.removeAt(1);
    rest[0] = QStringLiteral("longhaul ") + command;
    if (command == QLatin1String("get"))
        return parseGet(rest);
    if (command == QLatin1String("list"))
        return parseList(rest);
    if (command == QLatin1String("remove"))
        return parseRemove(rest);
    if (command == QLatin1String("--help") || command == QLatin1String("-h")
        || command == QLatin1String("help"))
        return Leave{kExitComplete, overview(), {}};
    if (command == QLatin1String("--version") || command == QLatin1String("-v"))
        return Leave{kExitComplete, QStringLiteral("longhaul " LONGHAUL_VERSION "\n"), {}};
    if (command.isEmpty())
        return Leave{kExitUsage, overview(), {}};
    return usageError(Text::tr("'%1' is no command.").arg(shownUrl(command)));
}

} // namespace longhaul
