// SPDX-License-Identifier: MIT
// ResumeData to and from the store's JSON.
#include "resumedata.h"

#include "httpheaders.h"
#include "platformfile.h"
#include "redirect.h"
#include "storeformat.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

// Every top-level name that this version writes, and the two that belong to the store's lines.
constexpr std::array kKnownNames{
    "url"_L1,      "finalUrl"_L1,  "earlierUrls"_L1,  "target"_L1,    "part"_L1,   "total"_L1,
    "etag"_L1,     "date"_L1,      "lastModified"_L1, "mediaType"_L1, "ranges"_L1, "encoded"_L1,
    "received"_L1, "durable"_L1,   "bootId"_L1,       "state"_L1,     "error"_L1,  "options"_L1,
    "added"_L1,    "completed"_L1, "unseen"_L1,       "place"_L1,     "sum"_L1,    "removed"_L1,
    "digest"_L1,   "foreign"_L1,   "doubtful"_L1,     "twice"_L1,     "stamp"_L1,
};

// More than any run leaves; the rest of a hostile record is fetched again.
constexpr qsizetype kMostRanges = 10'000;

constexpr qsizetype kLongestStamp = 100;

// Header fields may hold any byte above 0x7f; one code point for each byte keeps them exactly.
QString textOf(const QByteArray &bytes) { return QString::fromLatin1(bytes); }

// Nothing that is no header field value (RFC 9110 5.5): a line break in it would forge another field.
QByteArray fieldValue(const QJsonValue &value)
{
    const QString text = value.toString();
    const bool good = std::all_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return u == u'\t' || (u >= 0x20 && u <= 0xff && u != 0x7f);
    });
    return good ? text.toLatin1() : QByteArray();
}

QString absolutePath(const QJsonValue &value)
{
    const QString path = value.toString();
    return platformfile::isAbsolutePath(path) ? path : QString();
}

// One that may be a file's: "/" and "/folder/.." are not.
QString filePath(const QJsonValue &value)
{
    const QString path = absolutePath(value);
    const QString name = path.section(u'/', -1);
    return name.isEmpty() || name == "."_L1 || name == ".."_L1 ? QString() : path;
}

QString plainName(const QJsonValue &value)
{
    const QString name = value.toString();
    const bool bad = name.contains(u'/') || name.contains(QChar::Null) || name == "."_L1 || name == ".."_L1;
    return bad ? QString() : name;
}

QString urlText(const QUrl &url) { return url.toString(QUrl::FullyEncoded); }

QUrl urlFrom(const QJsonValue &value)
{
    const QString text = value.toString();
    if (!text.isValidUtf16()) // QUrl keeps half a pair of surrogates, but writes another character
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool isAddress = url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty();
    return isAddress ? asWritten(url) : QUrl();
}

// Most addresses need not be taken apart.
UrlText urlTextFrom(const QJsonValue &value, bool isKey)
{
    const QByteArray text = value.toString().toUtf8();
    if (storeformat::isPlainKey(text))
        return UrlText(text);
    return isKey ? normalized(urlFrom(value)) : urlFrom(value);
}

QJsonArray rangesToJson(const RangeSet &set)
{
    QJsonArray array;
    for (const ByteRange &r : set.ranges())
        array.append(QJsonArray{r.begin, r.end});
    return array;
}

RangeSet rangesFromJson(const QJsonValue &value, std::optional<qint64> total)
{
    QList<ByteRange> found;
    const QJsonArray array = value.toArray();
    for (const auto &member : array) {
        const QJsonArray pair = member.toArray();
        const ByteRange range{pair.at(0).toInteger(-1), pair.at(1).toInteger(-1)};
        if (pair.size() == 2 && range.begin >= 0)
            found.append(intersected(range, {0, total.value_or(ByteRange::kOpenEnd)}));
    }
    // In order, each one is added at the end: no hostile order makes this slow.
    std::sort(found.begin(), found.end(),
              [](const ByteRange &a, const ByteRange &b) { return a.begin < b.begin; });
    RangeSet set;
    for (const ByteRange &range : std::as_const(found)) {
        if (set.ranges().size() < kMostRanges)
            set.add(range);
    }
    return set;
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeFrom(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

void putText(QJsonObject *object, QLatin1String name, const QString &text)
{
    if (!text.isEmpty())
        object->insert(name, text);
}

QJsonObject optionsToJson(const TaskOptions &options)
{
    QJsonObject object;
    putText(&object, "folder"_L1, options.folder);
    putText(&object, "name"_L1, options.name);
    QJsonArray headers;
    for (const auto &[name, value] : options.headers)
        headers.append(QJsonArray{textOf(name), textOf(value)});
    if (!headers.isEmpty())
        object.insert("headers"_L1, headers);
    if (options.digest)
        object.insert("checksum"_L1, options.digest->toString());
    if (options.conflict)
        object.insert("conflict"_L1, conflictName(*options.conflict));
    if (options.allowMetered)
        object.insert("allowMetered"_L1, *options.allowMetered);
    if (options.connections)
        object.insert("connections"_L1, *options.connections);
    if (options.rateLimit > 0)
        object.insert("rateLimit"_L1, options.rateLimit);
    if (options.priority != Priority::Normal)
        object.insert("priority"_L1, int(options.priority));
    return object;
}

TaskOptions optionsFromJson(const QJsonObject &object)
{
    TaskOptions options;
    options.folder = absolutePath(object.value("folder"_L1));
    options.name = plainName(object.value("name"_L1));
    const QJsonArray headers = object.value("headers"_L1).toArray();
    for (const auto &member : headers) {
        const QJsonArray pair = member.toArray();
        const QByteArray name = fieldValue(pair.at(0));
        const QByteArray value = fieldValue(pair.at(1));
        const bool whole = pair.size() == 2 && value.size() == pair.at(1).toString().size();
        if (whole && pair.at(1).isString() && isToken(name))
            options.headers.append({name, value});
    }
    options.digest = ExpectedDigest::parse(object.value("checksum"_L1).toString());
    options.conflict = conflictFromName(object.value("conflict"_L1).toString());
    if (const QJsonValue metered = object.value("allowMetered"_L1); metered.isBool())
        options.allowMetered = metered.toBool();
    if (const int connections = object.value("connections"_L1).toInt(); connections >= 1)
        options.connections = std::min(connections, kMostConnectionsPerTask);
    options.rateLimit = std::max<qint64>(0, object.value("rateLimit"_L1).toInteger());
    options.priority = Priority(std::clamp(object.value("priority"_L1).toInt(), -1, 1));
    return options;
}

QJsonObject errorToJson(const Error &error)
{
    QJsonObject object{{u"code"_s, int(error.code)}};
    if (error.httpStatus != 0)
        object.insert("httpStatus"_L1, error.httpStatus);
    putText(&object, "detail"_L1, error.detail);
    return object;
}

std::optional<Error> errorFromJson(const QJsonObject &object)
{
    const auto code = errorCodeFromNumber(object.value("code"_L1).toInt());
    if (!code)
        return {};
    const int status = object.value("httpStatus"_L1).toInt();
    return Error{
        *code, status >= 100 && status <= 999 ? status : 0, object.value("detail"_L1).toString(), {}};
}

void entityToJson(QJsonObject *object, const Entity &entity)
{
    putText(object, "finalUrl"_L1, QString::fromLatin1(entity.finalUrl.text()));
    if (entity.total)
        object->insert("total"_L1, *entity.total);
    putText(object, "etag"_L1, textOf(entity.validators.etag));
    putText(object, "lastModified"_L1, textOf(entity.validators.lastModified));
    putText(object, "date"_L1, textOf(entity.validators.date));
    putText(object, "mediaType"_L1, textOf(entity.mediaType));
    if (entity.ranges)
        object->insert("ranges"_L1, true);
    if (entity.encoded)
        object->insert("encoded"_L1, true);
    if (entity.digest)
        object->insert("digest"_L1,
                       QJsonArray{digestSourceName(entity.digest->source), entity.digest->digest.toString()});
}

Entity entityFromJson(const QJsonObject &object)
{
    Entity entity;
    entity.finalUrl = urlTextFrom(object.value("finalUrl"_L1), false);
    if (const qint64 total = object.value("total"_L1).toInteger(-1); total >= 0)
        entity.total = total;
    entity.validators = {fieldValue(object.value("etag"_L1)), fieldValue(object.value("lastModified"_L1)),
                         fieldValue(object.value("date"_L1))};
    entity.mediaType = fieldValue(object.value("mediaType"_L1));
    entity.ranges = object.value("ranges"_L1).toBool();
    entity.encoded = object.value("encoded"_L1).toBool();
    const QJsonArray digest = object.value("digest"_L1).toArray();
    const auto source = digestSourceFromName(digest.at(0).toString());
    const auto value = ExpectedDigest::parse(digest.at(1).toString());
    if (source && value)
        entity.digest = FoundDigest{*value, *source};
    return entity;
}

void readBytesOnDisk(ResumeData *data, const QJsonObject &object)
{
    data->targetPath = filePath(object.value("target"_L1));
    data->partPath = filePath(object.value("part"_L1));
    if (data->partPath == data->targetPath)
        data->partPath.clear(); // discarding the part must never remove a finished file
    if (!data->options.folder.isEmpty() && !data->options.name.isEmpty()) // else it could get no name
        data->foreignPath = filePath(object.value("foreign"_L1));
    if (!data->foreignPath.isEmpty()) // nothing of it is proved
        return;
    // Without a part file there is nothing to continue, and the offsets of an encoded one mean nothing; but a
    // finished file that was asked for again has all of its bytes, whatever the state.
    const bool atEnd = data->state == TaskState::Completed || data->state == TaskState::Verifying;
    const bool mayBeFinished =
        data->partPath.isEmpty() && !data->targetPath.isEmpty() && data->entity.total.has_value();
    if (!atEnd && !mayBeFinished && (data->partPath.isEmpty() || data->entity.encoded))
        return;
    if (!data->partPath.isEmpty())
        data->partStamp = fieldValue(object.value("stamp"_L1)).left(kLongestStamp);
    data->received = rangesFromJson(object.value("received"_L1), data->entity.total);
    // Not limited to `received`: each counts by itself, on its own boot.
    data->durable = rangesFromJson(object.value("durable"_L1), data->entity.total);
    if (!atEnd && mayBeFinished && !data->received.contains({0, *data->entity.total})) {
        data->received.clear();
        data->durable.clear();
    }
    if (data->durable == data->received)
        data->durable = data->received; // one memory for both
    data->doubtful = rangesFromJson(object.value("doubtful"_L1), data->entity.total);
    data->twice = object.value("twice"_L1).toBool();
}

} // namespace

QJsonObject toJson(const ResumeData &data)
{
    QJsonObject object = data.unknown;
    for (const QLatin1String name : kKnownNames)
        object.remove(name);
    object.insert("url"_L1, QString::fromLatin1(data.url.text()));
    QJsonArray earlier;
    for (const QUrl &url : data.earlierUrls)
        earlier.append(urlText(url));
    if (!earlier.isEmpty())
        object.insert("earlierUrls"_L1, earlier);
    entityToJson(&object, data.entity);
    putText(&object, "target"_L1, data.targetPath);
    putText(&object, "part"_L1, data.partPath);
    if (!data.received.isEmpty())
        object.insert("received"_L1, rangesToJson(data.received));
    if (!data.durable.isEmpty())
        object.insert("durable"_L1, rangesToJson(data.durable));
    if (!data.doubtful.isEmpty())
        object.insert("doubtful"_L1, rangesToJson(data.doubtful));
    putText(&object, "stamp"_L1, textOf(data.partStamp));
    if (data.twice)
        object.insert("twice"_L1, true);
    putText(&object, "foreign"_L1, data.foreignPath);
    putText(&object, "bootId"_L1, data.bootId);
    object.insert("state"_L1, stateName(data.state));
    if (data.error)
        object.insert("error"_L1, errorToJson(*data.error));
    if (const QJsonObject options = optionsToJson(data.options); !options.isEmpty())
        object.insert("options"_L1, options);
    putText(&object, "added"_L1, timeText(data.added));
    putText(&object, "completed"_L1, timeText(data.completed));
    if (data.unseen)
        object.insert("unseen"_L1, true);
    if (data.place != 0)
        object.insert("place"_L1, data.place);
    return object;
}

std::optional<ResumeData> resumeDataFromJson(const QJsonObject &object)
{
    ResumeData data;
    data.url = urlTextFrom(object.value("url"_L1), true);
    if (data.url.isEmpty())
        return {};
    const QJsonArray earlier = object.value("earlierUrls"_L1).toArray();
    for (const auto &member : earlier) {
        if (const QUrl url = urlFrom(member); !url.isEmpty())
            data.earlierUrls.append(url);
    }
    data.entity = entityFromJson(object);
    data.options = optionsFromJson(object.value("options"_L1).toObject());
    // Nothing starts by itself from a state that is not understood.
    data.state = stateFromName(object.value("state"_L1).toString()).value_or(TaskState::Paused);
    readBytesOnDisk(&data, object);
    data.bootId = object.value("bootId"_L1).toString();
    data.error = errorFromJson(object.value("error"_L1).toObject());
    if (data.state == TaskState::Failed && !data.error)
        data.error = Error{ErrorCode::Interrupted, 0, {}, {}};
    data.added = timeFrom(object.value("added"_L1));
    data.completed = timeFrom(object.value("completed"_L1));
    data.unseen = object.value("unseen"_L1).toBool();
    data.place = object.value("place"_L1).toInteger();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (std::find(kKnownNames.begin(), kKnownNames.end(), it.key()) == kKnownNames.end())
            data.unknown.insert(it.key(), it.value());
    }
    return data;
}

} // namespace longhaul
