// SPDX-License-Identifier: MIT
// ResumeData to and from the store's JSON.
#include "resumedata.h"

#include "httpheaders.h"
#include "isotime.h"
#include "jsontext.h"
#include "plainurl.h"
#include "platformfile.h"
#include "redirect.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

// Every top-level name that this version writes, and the two that belong to the store's lines.
constexpr std::array<QByteArrayView, 29> kKnownNames{
    "added",   "bootId", "completed", "date",     "digest",  "doubtful",     "durable",   "earlierUrls",
    "encoded", "error",  "etag",      "finalUrl", "foreign", "lastModified", "mediaType", "options",
    "part",    "place",  "ranges",    "received", "removed", "stamp",        "state",     "sum",
    "target",  "total",  "twice",     "unseen",   "url",
};

// More than any run leaves; the rest of a hostile record is fetched again.
constexpr qsizetype kMostRanges = 10'000;

constexpr qsizetype kLongestStamp = 100;
constexpr qsizetype kUsualSize = 1000; // bytes of a record

// Header fields may hold any byte above 0x7f; one code point for each byte keeps them exactly.
QString textOf(const QByteArray &bytes) { return QString::fromLatin1(bytes); }

// Nothing that is no header field value (RFC 9110 5.5): a line break in it would forge another field.
QByteArray fieldValue(const JsonView &value)
{
    const auto isGood = [](char16_t c) { return c == u'\t' || (c >= 0x20 && c <= 0xff && c != 0x7f); };
    const auto plain = value.plainUtf8();
    const bool isAscii =
        plain && std::all_of(plain->begin(), plain->end(), [](char c) { return uchar(c) < 0x80; });
    if (isAscii) // as most are
        return std::all_of(plain->begin(), plain->end(), isGood) ? *plain : QByteArray();
    const QString text = value.toString();
    const bool good = std::all_of(text.begin(), text.end(), [&](QChar c) { return isGood(c.unicode()); });
    return good ? text.toLatin1() : QByteArray();
}

QString absolutePath(const JsonView &value)
{
    const QString path = value.toString();
    return platformfile::isAbsolutePath(path) ? path : QString();
}

// One that may be a file's: "/" and "/folder/.." are not.
QString filePath(const JsonView &value)
{
    const QString path = absolutePath(value);
    const QStringView name = QStringView(path).sliced(path.lastIndexOf(u'/') + 1);
    return name.isEmpty() || name == "."_L1 || name == ".."_L1 ? QString() : path;
}

QString plainName(const JsonView &value)
{
    const QString name = value.toString();
    const bool bad = name.contains(u'/') || name.contains(QChar::Null) || name == "."_L1 || name == ".."_L1;
    return bad ? QString() : name;
}

QString urlText(const QUrl &url) { return url.toString(QUrl::FullyEncoded); }

QUrl urlFrom(const JsonView &value)
{
    const QString text = value.toString();
    if (!text.isValidUtf16()) // QUrl keeps half a pair of surrogates, but writes another character
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool isAddress = url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty();
    return isAddress ? asWritten(url) : QUrl();
}

// Most addresses need not be taken apart.
UrlText urlTextFrom(const JsonView &value, bool isKey)
{
    if (const auto text = value.plainUtf8(); text && isPlainUrl(*text))
        return UrlText(*text);
    return isKey ? normalized(urlFrom(value)) : urlFrom(value);
}

QByteArray rangesJson(const RangeSet &set)
{
    QByteArray json;
    for (const ByteRange &range : set.ranges())
        json += (json.isEmpty() ? "[[" : ",[") + QByteArray::number(range.begin) + ','
                + QByteArray::number(range.end) + ']';
    return json + ']';
}

void putRanges(JsonObjectText *object, QByteArrayView name, const RangeSet &set)
{
    if (!set.isEmpty())
        object->put(name, rangesJson(set));
}

RangeSet rangesFromJson(const JsonView &value, std::optional<qint64> total)
{
    QList<ByteRange> found;
    for (const JsonView &member : value.toArray()) {
        const auto pair = member.toArray();
        const ByteRange range =
            pair.size() == 2 ? ByteRange{pair[0].toInteger(-1), pair[1].toInteger(-1)} : ByteRange{-1, -1};
        if (range.begin >= 0)
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

QByteArray jsonString(QStringView text)
{
    QByteArray json;
    appendJsonString(&json, text);
    return json;
}

QByteArray pairJson(const QString &first, const QString &second)
{
    return '[' + jsonString(first) + ',' + jsonString(second) + ']';
}

QByteArray arrayJson(const QByteArrayList &values) { return '[' + values.join(',') + ']'; }

QByteArray optionsJson(const TaskOptions &options)
{
    JsonObjectText object;
    if (options.allowMetered)
        object.put("allowMetered", *options.allowMetered ? "true" : "false");
    if (options.digest)
        object.putText("checksum", options.digest->toString());
    if (options.conflict)
        object.putText("conflict", conflictName(*options.conflict));
    if (options.connections)
        object.putNumber("connections", *options.connections);
    object.putText("folder", options.folder);
    QByteArrayList headers;
    for (const auto &[name, value] : options.headers)
        headers.append(pairJson(textOf(name), textOf(value)));
    if (!headers.isEmpty())
        object.put("headers", arrayJson(headers));
    object.putText("name", options.name);
    if (options.priority != Priority::Normal)
        object.putNumber("priority", int(options.priority));
    if (options.rateLimit > 0)
        object.putNumber("rateLimit", options.rateLimit);
    return object.isEmpty() ? QByteArray() : object.text();
}

// 0 for what is none.
int intFrom(const JsonView &value)
{
    const qint64 number = value.toInteger();
    return number == int(number) ? int(number) : 0;
}

TaskOptions optionsFromJson(const JsonObjectView &object)
{
    TaskOptions options;
    options.folder = absolutePath(object.value("folder"));
    options.name = plainName(object.value("name"));
    for (const JsonView &member : object.value("headers").toArray()) {
        const auto pair = member.toArray();
        if (pair.size() != 2 || !pair[1].isString())
            continue;
        const QByteArray name = fieldValue(pair[0]);
        const QByteArray value = fieldValue(pair[1]);
        const bool whole = value.size() == pair[1].toString().size();
        if (whole && isToken(name))
            options.headers.append({name, value});
    }
    options.digest = ExpectedDigest::parse(object.value("checksum").toString());
    options.conflict = conflictFromName(object.value("conflict").toString());
    if (const JsonView metered = object.value("allowMetered"); metered.isBool())
        options.allowMetered = metered.toBool();
    if (const int connections = intFrom(object.value("connections")); connections >= 1)
        options.connections = std::min(connections, kMostConnectionsPerTask);
    options.rateLimit = std::max<qint64>(0, object.value("rateLimit").toInteger());
    options.priority = Priority(std::clamp(intFrom(object.value("priority")), -1, 1));
    return options;
}

QByteArray errorJson(const Error &error)
{
    JsonObjectText object;
    object.putNumber("code", int(error.code));
    object.putText("detail", error.detail);
    if (error.httpStatus != 0)
        object.putNumber("httpStatus", error.httpStatus);
    return object.text();
}

std::optional<Error> errorFromJson(const JsonObjectView &object)
{
    const auto code = errorCodeFromNumber(intFrom(object.value("code")));
    if (!code)
        return {};
    const int status = intFrom(object.value("httpStatus"));
    return Error{*code, status >= 100 && status <= 999 ? status : 0, object.value("detail").toString(), {}};
}

Entity entityFromJson(const JsonObjectView &object)
{
    Entity entity;
    entity.finalUrl = urlTextFrom(object.value("finalUrl"), false);
    if (const qint64 total = object.value("total").toInteger(-1); total >= 0)
        entity.total = total;
    entity.validators = {fieldValue(object.value("etag")), fieldValue(object.value("lastModified")),
                         fieldValue(object.value("date"))};
    entity.mediaType = fieldValue(object.value("mediaType"));
    entity.ranges = object.value("ranges").toBool();
    entity.encoded = object.value("encoded").toBool();
    const auto digest = object.value("digest").toArray();
    const auto source = digest.size() > 1 ? digestSourceFromName(digest[0].toString()) : std::nullopt;
    const auto value = digest.size() > 1 ? ExpectedDigest::parse(digest[1].toString()) : std::nullopt;
    if (source && value)
        entity.digest = FoundDigest{*value, *source};
    return entity;
}

void readBytesOnDisk(ResumeData *data, const JsonObjectView &object)
{
    data->targetPath = filePath(object.value("target"));
    data->partPath = filePath(object.value("part"));
    if (data->partPath == data->targetPath)
        data->partPath.clear(); // discarding the part must never remove a finished file
    if (!data->options.folder.isEmpty() && !data->options.name.isEmpty()) // else it could get no name
        data->foreignPath = filePath(object.value("foreign"));
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
        data->partStamp = fieldValue(object.value("stamp")).left(kLongestStamp);
    data->received = rangesFromJson(object.value("received"), data->entity.total);
    // Not limited to `received`: each counts by itself, on its own boot.
    data->durable = rangesFromJson(object.value("durable"), data->entity.total);
    if (!atEnd && mayBeFinished && !data->received.contains({0, *data->entity.total})) {
        data->received.clear();
        data->durable.clear();
    }
    if (data->durable == data->received)
        data->durable = data->received; // one memory for both
    data->doubtful = rangesFromJson(object.value("doubtful"), data->entity.total);
    data->twice = object.value("twice").toBool();
}

// Of this version, to the byte as QJsonDocument writes it.
QByteArray knownJson(const ResumeData &data)
{
    const Entity &entity = data.entity;
    JsonObjectText object(kUsualSize);
    object.putText("added", isoTime(data.added));
    object.putText("bootId", data.bootId);
    object.putText("completed", isoTime(data.completed));
    object.putLatin1("date", entity.validators.date);
    if (entity.digest)
        object.put("digest",
                   pairJson(digestSourceName(entity.digest->source), entity.digest->digest.toString()));
    putRanges(&object, "doubtful", data.doubtful);
    putRanges(&object, "durable", data.durable);
    QByteArrayList earlier;
    for (const QUrl &url : data.earlierUrls)
        earlier.append(jsonString(urlText(url)));
    if (!earlier.isEmpty())
        object.put("earlierUrls", arrayJson(earlier));
    object.putTrue("encoded", entity.encoded);
    if (data.error)
        object.put("error", errorJson(*data.error));
    object.putLatin1("etag", entity.validators.etag);
    object.putLatin1("finalUrl", entity.finalUrl.text());
    object.putText("foreign", data.foreignPath);
    object.putLatin1("lastModified", entity.validators.lastModified);
    object.putLatin1("mediaType", entity.mediaType);
    if (const QByteArray options = optionsJson(data.options); !options.isEmpty())
        object.put("options", options);
    object.putText("part", data.partPath);
    if (data.place != 0)
        object.putNumber("place", data.place);
    object.putTrue("ranges", entity.ranges);
    putRanges(&object, "received", data.received);
    object.putLatin1("stamp", data.partStamp);
    object.putText("state", stateName(data.state));
    object.putText("target", data.targetPath);
    if (entity.total)
        object.putNumber("total", *entity.total);
    object.putTrue("twice", data.twice);
    object.putTrue("unseen", data.unseen);
    object.putLatin1("url", data.url.text());
    return object.text();
}

} // namespace

QByteArray toJson(const ResumeData &data)
{
    const QByteArray known = knownJson(data);
    if (data.unknown.isEmpty())
        return known;
    QJsonObject all = data.unknown;
    for (const QByteArrayView name : kKnownNames)
        all.remove(QLatin1String(name));
    const QJsonObject ours = QJsonDocument::fromJson(known).object();
    for (auto it = ours.begin(); it != ours.end(); ++it)
        all.insert(it.key(), it.value());
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

std::optional<ResumeData> resumeDataFromJson(const QByteArray &json)
{
    const QByteArray text = compactJson(json);
    const JsonObjectView object = JsonView(text).toObject();
    ResumeData data;
    data.url = urlTextFrom(object.value("url"), true);
    if (data.url.isEmpty())
        return {};
    for (const JsonView &member : object.value("earlierUrls").toArray()) {
        if (const QUrl url = urlFrom(member); !url.isEmpty())
            data.earlierUrls.append(url);
    }
    data.entity = entityFromJson(object);
    data.options = optionsFromJson(object.value("options").toObject());
    // Nothing starts by itself from a state that is not understood.
    data.state = stateFromName(object.value("state").toString()).value_or(TaskState::Paused);
    readBytesOnDisk(&data, object);
    data.bootId = object.value("bootId").toString();
    data.error = errorFromJson(object.value("error").toObject());
    if (data.state == TaskState::Failed && !data.error)
        data.error = Error{ErrorCode::Interrupted, 0, {}, {}};
    data.added = timeFromIso(object.value("added").toString());
    data.completed = timeFromIso(object.value("completed").toString());
    data.unseen = object.value("unseen").toBool();
    data.place = object.value("place").toInteger();
    for (const JsonMember &member : object) {
        if (std::find(kKnownNames.begin(), kKnownNames.end(), member.name.written()) == kKnownNames.end())
            data.unknown.insert(member.name.toString(), member.value.toValue());
    }
    return data;
}

} // namespace longhaul
