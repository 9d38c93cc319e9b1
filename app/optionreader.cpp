// SPDX-License-Identifier: MIT
#include "optionreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <cmath>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::CommandLine)
};

} // namespace

void addTaskOptions(QCommandLineParser &parser)
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
        {QStringLiteral("checksum"),
         Text::tr("What the file must have: sha-256, sha-512, sha-1 or md5 (one URL)."),
         QStringLiteral("ALGO:HEX")},
        {QStringLiteral("header"), Text::tr("Header to send, such as 'Cookie: a=b'; repeatable."),
         QStringLiteral("N: V")},
        {QStringLiteral("on-conflict"),
         Text::tr("When the name is taken: rename (default), overwrite or skip."), QStringLiteral("WHAT")},
    });
}

void addGetOptions(QCommandLineParser &parser)
{
    addTaskOptions(parser);
    parser.addOptions({
        {QStringLiteral("limit-rate"), Text::tr("Bytes per second for all together; K, M, G."),
         QStringLiteral("RATE")},
        {QStringLiteral("retries"),
         Text::tr("Tries in a row without progress before giving up (default: 5)."), QStringLiteral("N")},
        {QStringLiteral("timeout"),
         Text::tr("How long to wait for an answer or for the next byte (default: 30)."),
         QStringLiteral("SECONDS")},
        {QStringLiteral("json"), Text::tr("Print one JSON object per line: state, progress, report.")},
        {{QStringLiteral("q"), QStringLiteral("quiet")}, Text::tr("Print errors only.")},
    });
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
    if (command.options.folder.isEmpty())
        command.options.folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    command.settings.folder = command.options.folder;
    command.placeGiven = isSet("dir") || isSet("output");
    command.stateDir = stateDir();
    command.json = isSet("json");
    command.quiet = isSet("quiet");
    return problem;
}

QString OptionReader::read(AddCommand &command) const
{
    command.stateDir = stateDir();
    command.stateDirGiven = isStateDirGiven();
    command.json = isSet("json");
    return task(command.options, command.urls.size());
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

QString OptionReader::limits(Settings &settings) const
{
    if (isSet("limit-rate")) {
        const auto rate = parseRate(value("limit-rate"));
        if (!rate)
            return bad("limit-rate", Text::tr("bytes per second such as 500K or 1.5M"));
        settings.rateLimit = *rate;
    }
    if (isSet("retries")) {
        bool ok = false;
        const int retries = value("retries").toInt(&ok);
        if (!ok || retries < 0)
            return bad("retries", Text::tr("a number from 0 on"));
        settings.retries = retries;
    }
    if (isSet("timeout")) {
        bool ok = false;
        const double seconds = value("timeout").toDouble(&ok);
        if (!ok || !(seconds > 0) || seconds > 86'400)
            return bad("timeout", Text::tr("seconds from above 0 to 86400"));
        settings.timeout = std::chrono::milliseconds(qint64(std::ceil(seconds * 1000)));
    }
    return {};
}

QString OptionReader::task(TaskOptions &options, qsizetype urls) const
{
    QString problem = headers(options);
    if (problem.isEmpty())
        problem = conflict(options);
    if (problem.isEmpty())
        problem = checksum(options, urls);
    return problem.isEmpty() ? place(options, urls) : problem;
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
