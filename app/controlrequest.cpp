// SPDX-License-Identifier: MIT
#include "controlrequest.h"

#include "core/platformfile.h"
#include "core/userinput.h"

#include "core/words.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QJsonArray>

#include <cmath>
#include <utility>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Control)
};

using Command = ControlRequest::Command;
constexpr int kVersion = 1;

QString nameOf(Command command)
{
    switch (command) {
    case Command::Hello: return QStringLiteral("hello");
    case Command::Show: return QStringLiteral("show");
    case Command::Add: return QStringLiteral("add");
    case Command::List: return QStringLiteral("list");
    case Command::Pause: return QStringLiteral("pause");
    case Command::Resume: return QStringLiteral("resume");
    case Command::Remove: return QStringLiteral("remove");
    case Command::Limit: return QStringLiteral("limit");
    case Command::Readdress: return QStringLiteral("readdress");
    case Command::Adopt: return QStringLiteral("adopt");
    }
    return {};
}

std::optional<Command> commandOf(const QString &name)
{
    using enum ControlRequest::Command;
    for (const Command command : {Hello, Show, Add, List, Pause, Resume, Remove, Limit, Readdress, Adopt}) {
        if (nameOf(command) == name)
            return command;
    }
    return {};
}

// Reads members; of those that are wrong the first is told.
class Reader
{
public:
    explicit Reader(const QJsonObject &object)
        : m_object(object)
    {}

    const QString &problem() const { return m_problem; }

    // Nothing also when it is missing, which is no problem.
    std::optional<QString> text(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (value.isUndefined())
            return {};
        if (!value.isString() || value.toString().contains(QChar(0)))
            return bad<QString>(key);
        return value.toString();
    }

    std::optional<bool> flag(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (value.isUndefined())
            return {};
        return value.isBool() ? value.toBool() : bad<bool>(key);
    }

    std::optional<qint64> number(const char *key, qint64 most)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (value.isUndefined())
            return {};
        const double real = value.toDouble(-1);
        if (!(real >= 0 && real <= double(most)) || real != std::floor(real))
            return bad<qint64>(key);
        return value.toInteger();
    }

    QStringList texts(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        QStringList list;
        const QJsonArray array = value.toArray();
        for (const auto &one : array) {
            if (one.isString() && !one.toString().contains(QChar(0)))
                list.append(one.toString());
        }
        if ((!value.isUndefined() && !value.isArray()) || list.size() != array.size())
            bad<QString>(key);
        return list;
    }

    template <typename T>
    std::optional<T> bad(const char *key)
    {
        tell(Text::tr("The request is malformed: \"%1\" cannot be used.").arg(QString::fromLatin1(key)));
        return {};
    }

    void tell(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = problem;
    }

private:
    const QJsonObject &m_object;
    QString m_problem;
};

void readUrls(Reader &reader, ControlRequest &request)
{
    const QStringList texts = reader.texts("urls");
    if (texts.size() > kMostUrls) {
        reader.tell(Text::tr("The request has more than %1 addresses.").arg(kMostUrls));
        return;
    }
    QHash<QUrl, bool> seen;
    for (const QString &text : texts) {
        const auto parsed = parseUrl(text);
        if (const auto *error = std::get_if<Error>(&parsed)) {
            reader.tell(QStringLiteral("%1: %2").arg(shownUrl(text).left(200), message(*error)));
            return;
        }
        if (const QUrl url = std::get<QUrl>(parsed); !std::exchange(seen[url], true))
            request.urls.append(url);
    }
    if (texts.isEmpty() && (request.command == Command::Add || request.command == Command::Remove))
        reader.bad<QString>("urls");
    if ((request.command == Command::Readdress && texts.size() != 2)
        || (request.command == Command::Adopt && texts.size() != 1))
        reader.bad<QString>("urls");
}

void readPlace(Reader &reader, ControlRequest &request)
{
    TaskOptions &options = request.options;
    if (const auto folder = reader.text("folder")) {
        if (!platformfile::isAbsolutePath(*folder))
            reader.bad<QString>("folder");
        options.folder = QDir::cleanPath(*folder);
    }
    if (const auto name = reader.text("name")) {
        if (!isFileName(*name) || request.urls.size() > 1)
            reader.bad<QString>("name");
        options.name = *name;
    }
}

void readOptions(Reader &reader, ControlRequest &request)
{
    TaskOptions &options = request.options;
    readPlace(reader, request);
    const QStringList headers = reader.texts("headers");
    for (const QString &text : headers) {
        const auto header = parseHeader(text);
        if (!header) { // not shown: it may hold a secret
            reader.bad<QString>("headers");
            return;
        }
        options.headers.append(*header);
    }
    if (const auto checksum = reader.text("checksum")) {
        options.digest = ExpectedDigest::parse(*checksum);
        if (!options.digest || request.urls.size() > 1)
            reader.bad<QString>("checksum");
    }
    if (const auto conflict = reader.text("onConflict")) {
        options.conflict = conflictFromName(*conflict);
        if (!options.conflict)
            reader.bad<QString>("onConflict");
    }
    options.allowMetered = reader.flag("allowMetered");
    if (const auto connections = reader.number("connections", kMostConnectionsPerTask)) {
        if (*connections < 1)
            reader.bad<qint64>("connections");
        options.connections = int(*connections);
    }
    options.rateLimit = reader.number("rateLimit", kMostRate).value_or(0);
    if (const auto priority = reader.text("priority")) {
        if (!priorityFromName(*priority))
            reader.bad<QString>("priority");
        options.priority = priorityFromName(*priority).value_or(Priority::Normal);
    }
}

void writeOptions(const TaskOptions &options, QJsonObject &object)
{
    if (!options.folder.isEmpty())
        object.insert(QLatin1String("folder"), options.folder);
    if (!options.name.isEmpty())
        object.insert(QLatin1String("name"), options.name);
    QJsonArray headers;
    for (const auto &[name, value] : options.headers)
        headers.append(QString::fromUtf8(name + ": " + value));
    if (!headers.isEmpty())
        object.insert(QLatin1String("headers"), headers);
    if (options.digest)
        object.insert(QLatin1String("checksum"), options.digest->toString());
    if (options.conflict)
        object.insert(QLatin1String("onConflict"), conflictName(*options.conflict));
    if (options.allowMetered)
        object.insert(QLatin1String("allowMetered"), *options.allowMetered);
    if (options.connections)
        object.insert(QLatin1String("connections"), *options.connections);
    if (options.rateLimit > 0)
        object.insert(QLatin1String("rateLimit"), options.rateLimit);
    if (options.priority != Priority::Normal)
        object.insert(QLatin1String("priority"), priorityName(options.priority));
}

} // namespace

QJsonObject toJson(const ControlRequest &request)
{
    QJsonObject object{{QLatin1String("version"), kVersion},
                       {QLatin1String("command"), nameOf(request.command)}};
    QJsonArray urls;
    for (const QUrl &url : request.urls)
        urls.append(url.toString(QUrl::FullyEncoded));
    if (!urls.isEmpty())
        object.insert(QLatin1String("urls"), urls);
    writeOptions(request.options, object);
    if (request.withPart)
        object.insert(QLatin1String("withPart"), true);
    if (request.rate)
        object.insert(QLatin1String("rate"), *request.rate);
    if (!request.file.isEmpty())
        object.insert(QLatin1String("file"), request.file);
    if (request.repair)
        object.insert(QLatin1String("repair"), true);
    if (!request.activationToken.isEmpty())
        object.insert(QLatin1String("activationToken"), request.activationToken);
    return object;
}

std::variant<ControlRequest, QString> controlRequestFromJson(const QJsonObject &object)
{
    Reader reader(object);
    if (const auto version = reader.number("version", 1'000'000); version != kVersion)
        return Text::tr("This Longhaul answers requests of version %1 alone.").arg(kVersion);
    const auto name = reader.text("command");
    const auto command = commandOf(name.value_or(QString()));
    if (!command)
        return Text::tr("This Longhaul does not know the command '%1'.")
            .arg(shownUrl(name.value_or(QString()).left(50)));
    ControlRequest request;
    request.command = *command;
    readUrls(reader, request);
    if (request.command == Command::Add || request.command == Command::Adopt)
        readOptions(reader, request);
    if (request.command == Command::Adopt) {
        request.file = reader.text("file").value_or(QString());
        if (!platformfile::isAbsolutePath(request.file))
            reader.bad<QString>("file");
    }
    request.repair = reader.flag("repair").value_or(false);
    request.withPart = reader.flag("withPart").value_or(false);
    request.rate = reader.number("rate", kMostRate);
    request.activationToken = reader.text("activationToken").value_or(QString());
    if (!reader.problem().isEmpty())
        return reader.problem();
    return request;
}

QJsonObject controlError(const QString &sentence)
{
    return {{QLatin1String("ok"), false}, {QLatin1String("error"), sentence}};
}

} // namespace longhaul
