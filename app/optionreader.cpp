// SPDX-License-Identifier: MIT
#include "optionreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <cmath>
#include <limits>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::CommandLine)
};

// What `get` and `add` share: how a file is fetched, and where to.
void addTaskOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("checksum"),
         Text::tr("What the file must have: sha-256, sha-512, sha-1 or md5 (one URL)."),
         QStringLiteral("ALGO:HEX")},
        {QStringLiteral("header"), Text::tr("Header to send, such as 'Cookie: a=b'; repeatable."),
         QStringLiteral("N: V")},
        {QStringLiteral("on-conflict"),
         Text::tr("When the name is taken: rename (default), overwrite or skip."), QStringLiteral("WHAT")},
        {{QStringLiteral("x"), QStringLiteral("connections")},
         Text::tr("Connections for each file, 1 to 16 (default: 4)."),
         QStringLiteral("N")},
    });
}

// What `get` and `add` share beyond that.
void addUrlOptions(QCommandLineParser &parser)
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
    });
    addTaskOptions(parser);
}

// What `add` and `adopt` share.
void addLineOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("limit-rate"), Text::tr("Bytes per second for each of them; K, M, G."),
         QStringLiteral("RATE")},
        {QStringLiteral("priority"), Text::tr("Which go first: low, normal (default) or high."),
         QStringLiteral("WHICH")},
        jsonOption(),
    });
}

} // namespace

void addGetOptions(QCommandLineParser &parser)
{
    addUrlOptions(parser);
    parser.addOptions({
        {QStringLiteral("limit-rate"), Text::tr("Bytes per second for all together; K, M, G."),
         QStringLiteral("RATE")},
        {QStringLiteral("max-downloads"), Text::tr("Downloads side by side, 1 to 100 (default: 3)."),
         QStringLiteral("N")},
        {QStringLiteral("retries"),
         Text::tr("Tries in a row without progress before giving up (default: 5)."), QStringLiteral("N")},
        {QStringLiteral("timeout"),
         Text::tr("How long to wait for an answer or for the next byte (default: 30)."),
         QStringLiteral("SECONDS")},
        {QStringLiteral("json"), Text::tr("Print one JSON object per line: state, progress, report.")},
        {{QStringLiteral("q"), QStringLiteral("quiet")}, Text::tr("Print errors only.")},
        repairOption(),
    });
}

void addAddOptions(QCommandLineParser &parser)
{
    addUrlOptions(parser);
    addLineOptions(parser);
}

void addAdoptOptions(QCommandLineParser &parser)
{
    parser.addPositionalArgument(QStringLiteral("FILE"), Text::tr("What is there of it."));
    parser.addPositionalArgument(QStringLiteral("URL"), Text::tr("Where it comes from: http or https."));
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      Text::tr("Name of the file when it is whole (default: as it was meant to be called)."),
                      QStringLiteral("NAME")});
    addTaskOptions(parser);
    addLineOptions(parser);
}

QCommandLineOption repairOption()
{
    return {QStringLiteral("repair"),
            Text::tr("Compare what failed by its checksum with a second fetch, and replace what differs.")};
}

QCommandLineOption stateDirOption()
{
    return {QStringLiteral("state-dir"), Text::tr("Folder in which the list of downloads is kept."),
            QStringLiteral("DIR")};
}

QCommandLineOption jsonOption()
{
    return {QStringLiteral("json"), Text::tr("Print one JSON object per line.")};
}

QString OptionReader::read(GetCommand &command) const
{
    QString problem = limits(command.settings);
    if (problem.isEmpty())
        problem = task(command.options, command.urls.size());
    if (problem.isEmpty())
        problem = place(command.options, command.urls.size());
    // Asked for by name: the bound for one server must not be in the way.
    if (isSet("connections") || isSet("max-downloads")) {
        const int each = command.options.connections.value_or(1);
        command.settings.connectionsPerHost =
            std::clamp(each * command.settings.downloadsAtOnce, command.settings.connectionsPerHost,
                       kMostConnectionsPerHost);
    }
    if (command.options.folder.isEmpty())
        command.options.folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    command.settings.folder = command.options.folder;
    command.placeGiven = isSet("dir") || isSet("output");
    command.stateDir = stateDir();
    command.json = isSet("json");
    command.quiet = isSet("quiet");
    command.repair = isSet("repair");
    return problem;
}

QString OptionReader::read(AddCommand &command) const
{
    command.stateDir = stateDir();
    command.stateDirGiven = isStateDirGiven();
    command.json = isSet("json");
    QString problem = line(command.options);
    if (problem.isEmpty())
        problem = task(command.options, command.urls.size());
    return problem.isEmpty() ? place(command.options, command.urls.size()) : problem;
}

QString OptionReader::read(AdoptCommand &command) const
{
    command.stateDir = stateDir();
    command.stateDirGiven = isStateDirGiven();
    command.json = isSet("json");
    if (isSet("output") && !isFileName(value("output")))
        return bad("output", Text::tr("the name of a file: it stays in its folder"));
    command.options.name = value("output");
    const QString problem = line(command.options);
    return problem.isEmpty() ? task(command.options, 1) : problem;
}

QString OptionReader::stateDir() const
{
    const QString given = value("state-dir");
    return given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                           : QDir::cleanPath(QDir::current().absoluteFilePath(given));
}

QString OptionReader::settingsFile() const
{
    const QString folder =
        isStateDirGiven() ? stateDir() : QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    return folder + QStringLiteral("/settings.json");
}

QString OptionReader::bad(const char *name, const QString &wanted) const
{
    return Text::tr("--%1 takes %2, not '%3'.").arg(QString::fromLatin1(name), wanted, value(name));
}

// `result` stays as it is where nothing was said.
QString OptionReader::number(const char *name, int least, int most, const QString &wanted, int &result) const
{
    if (!isSet(name))
        return {};
    bool ok = false;
    const int number = value(name).toInt(&ok);
    if (!ok || number < least || number > most)
        return bad(name, wanted);
    result = number;
    return {};
}

QString OptionReader::rate(qint64 &bytesPerSecond) const
{
    if (!isSet("limit-rate"))
        return {};
    const auto rate = parseRate(value("limit-rate"));
    if (!rate)
        return bad("limit-rate", Text::tr("bytes per second such as 500K or 1.5M"));
    bytesPerSecond = *rate;
    return {};
}

QString OptionReader::limits(Settings &settings) const
{
    QString problem = rate(settings.rateLimit);
    if (problem.isEmpty())
        problem =
            number("max-downloads", 1, kMostDownloadsAtOnce,
                   Text::tr("a number from 1 to %1").arg(kMostDownloadsAtOnce), settings.downloadsAtOnce);
    if (problem.isEmpty())
        problem = number("retries", 0, std::numeric_limits<int>::max(), Text::tr("a number from 0 on"),
                         settings.retries);
    if (!problem.isEmpty())
        return problem;
    if (isSet("timeout")) {
        bool ok = false;
        const double seconds = value("timeout").toDouble(&ok);
        if (!ok || !(seconds > 0) || seconds > 86'400)
            return bad("timeout", Text::tr("seconds from above 0 to 86400"));
        settings.timeout = std::chrono::milliseconds(qint64(std::ceil(seconds * 1000)));
    }
    return {};
}

// What `add` can say of the line and of the queue.
QString OptionReader::line(TaskOptions &options) const
{
    if (isSet("priority")) {
        const auto priority = priorityFromName(value("priority"));
        if (!priority)
            return bad("priority", Text::tr("low, normal or high"));
        options.priority = *priority;
    }
    return rate(options.rateLimit);
}

QString OptionReader::task(TaskOptions &options, qsizetype urls) const
{
    int connections = 0;
    QString problem = number("connections", 1, kMostConnectionsPerTask,
                             Text::tr("a number from 1 to %1").arg(kMostConnectionsPerTask), connections);
    if (connections > 0)
        options.connections = connections;
    if (problem.isEmpty())
        problem = headers(options);
    if (problem.isEmpty())
        problem = conflict(options);
    if (problem.isEmpty())
        problem = checksum(options, urls);
    return problem;
}

QString OptionReader::headers(TaskOptions &options) const
{
    const QStringList all = m_parser.values(QStringLiteral("header"));
    for (const QString &text : all) {
        const auto header = parseHeader(text);
        if (!header) // not shown: it may hold a secret
            return Text::tr("--header takes 'Name: value' without control characters.");
        options.headers.append(*header);
    }
    return {};
}

QString OptionReader::conflict(TaskOptions &options) const
{
    if (!isSet("on-conflict"))
        return {};
    options.conflict = conflictFromName(value("on-conflict"));
    return options.conflict ? QString() : bad("on-conflict", Text::tr("rename, overwrite or skip"));
}

QString OptionReader::checksum(TaskOptions &options, qsizetype urls) const
{
    if (!isSet("checksum"))
        return {};
    options.digest = ExpectedDigest::parse(value("checksum"));
    if (!options.digest)
        return bad("checksum",
                   Text::tr("sha-256, sha-512, sha-1 or md5, a colon and all hexadecimal digits"));
    return urls > 1 ? Text::tr("--checksum goes with one URL.") : QString();
}

// The folder stays empty where nothing was said of it.
QString OptionReader::place(TaskOptions &options, qsizetype urls) const
{
    QString folder = isSet("dir") ? QDir::current().absoluteFilePath(value("dir")) : QString();
    if (isSet("output")) {
        if (urls > 1)
            return Text::tr("--output goes with one URL.");
        const QString output = value("output");
        // A plain name goes to the default folder only with --dir; alone it means here, as in any shell.
        const QString path = (isSet("dir") ? QDir(folder) : QDir::current()).absoluteFilePath(output);
        const QString name = QFileInfo(path).fileName();
        if (output.isEmpty() || output.contains(QChar(0)) || !isFileName(name))
            return bad("output", Text::tr("the name or path of a file"));
        options.name = name;
        folder = QFileInfo(path).absolutePath();
    }
    options.folder = folder.isEmpty() ? QString() : QDir::cleanPath(folder);
    return {};
}

} // namespace longhaul
