// SPDX-License-Identifier: MIT
// What the user chose, and what somebody typed.
#include "fuzz.h"
#include "targets.h"

#include "core/httpheaders.h"
#include "core/jsontext.h"
#include "core/platformfile.h"
#include "core/settingsfile.h"
#include "core/userinput.h"
#include "core/words.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace longhaul::fuzz {

namespace {

// Qt says what is right.
void requireEqual(const JsonView &view, const QJsonValue &value)
{
    REQUIRE_EQUAL(view.toValue(), value);
    REQUIRE(view.isString() == value.isString() && view.isBool() == value.isBool());
    REQUIRE_EQUAL(view.toString(), value.toString());
    if (const auto plain = view.plainUtf8())
        REQUIRE_EQUAL(*plain, value.toString().toUtf8());
    REQUIRE_EQUAL(view.toBool(), value.toBool());
    REQUIRE_EQUAL(view.toInteger(7), value.toInteger(7));
    const auto views = view.toArray();
    const QJsonArray values = value.toArray();
    REQUIRE(views.size() == values.size());
    for (qsizetype i = 0; i < views.size(); ++i)
        requireEqual(views[i], values[i]);
    QJsonObject left = value.toObject();
    for (const auto &[name, member] : view.toObject()) {
        REQUIRE(left.contains(name.toString()));
        requireEqual(member, left.take(name.toString()));
    }
    REQUIRE(left.isEmpty());
}

// What is no JSON is looked at within its bounds.
void lookAt(const JsonView &view, int depth = 0)
{
    view.plainUtf8();
    view.toString();
    view.toInteger();
    view.toBool();
    if (depth == 4)
        return;
    for (const JsonView &element : view.toArray())
        lookAt(element, depth + 1);
    for (const auto &[name, member] : view.toObject()) {
        REQUIRE(name.isString());
        lookAt(member, depth + 1);
    }
}

} // namespace

void json(const QByteArray &bytes)
{
    if (bytes.startsWith('{')) {
        lookAt(JsonView(bytes));
        REQUIRE(endOfJson(bytes, 0) <= bytes.size());
    }
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    const QByteArray compact = compactJson(bytes);
    REQUIRE_EQUAL(compact, document.isObject() ? document.toJson(QJsonDocument::Compact) : QByteArray());
    if (!compact.isEmpty())
        requireEqual(JsonView(compact), QJsonDocument::fromJson(compact).object());
    const QString text = QString::fromUtf8(bytes);
    QByteArray string;
    appendJsonString(&string, text);
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    REQUIRE_EQUAL('[' + string + ']', array);
}

void settings(const QByteArray &bytes)
{
    const Settings read = settingsFromJson(QJsonDocument::fromJson(bytes).object());
    REQUIRE(read.folder.isEmpty() || platformfile::isAbsolutePath(read.folder));
    REQUIRE(read.downloadsAtOnce >= 1 && read.downloadsAtOnce <= kMostDownloadsAtOnce);
    REQUIRE(read.connectionsPerTask >= 1 && read.connectionsPerTask <= kMostConnectionsPerTask);
    REQUIRE(read.connectionsPerHost >= 1 && read.connectionsPerHost <= kMostConnectionsPerHost);
    REQUIRE(read.rateLimit >= 0 && read.retries >= 0);
    REQUIRE(read.timeout >= std::chrono::seconds(1) && read.timeout <= std::chrono::days(1));
    REQUIRE(!read.language.contains(u'/') && !read.language.contains(u'.'));
    REQUIRE(!read.proxy.host.contains(u'/') && !read.proxy.host.contains(u'@'));
    // As it goes to the disk and comes from it.
    const QByteArray written = QJsonDocument(toJson(read)).toJson();
    REQUIRE(settingsFromJson(QJsonDocument::fromJson(written).object()) == read);
}

void userinput(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    const auto parsed = parseUrl(text);
    if (const auto *url = std::get_if<QUrl>(&parsed)) {
        REQUIRE(!addressProblem(*url));
        REQUIRE_EQUAL(normalized(*url), *url);
        REQUIRE_EQUAL(storeKey(QUrl::fromEncoded(storeKey(*url), QUrl::StrictMode)), storeKey(*url));
        REQUIRE(QUrl(shownUrl(*url)).password().isEmpty());
    } else {
        REQUIRE(!message(std::get<Error>(parsed)).isEmpty());
    }
    if (const auto header = parseHeader(text)) {
        const auto &[name, value] = *header;
        REQUIRE(isToken(name) && !value.contains('\n') && !value.contains('\r') && !value.contains('\0'));
        REQUIRE(parseHeader(QString::fromUtf8(name + ": " + value)) == header);
    }
    if (const auto digest = parseChecksum(text))
        REQUIRE(parseChecksum(digest->toString()) == digest);
    if (const auto rate = parseRate(text)) {
        REQUIRE(*rate >= 1);
        REQUIRE(parseRate(QString::number(*rate)) == rate);
    }
    REQUIRE(!isFileName(text) || !text.contains(u'/'));
    REQUIRE_EQUAL(plainLine(plainLine(text)), plainLine(text));
    REQUIRE(plainLine(text).size() <= 200);
    const QString shown = shownUrl(text);
    REQUIRE(std::all_of(shown.begin(), shown.end(), [](QChar c) { return c.isPrint(); }));
}

} // namespace longhaul::fuzz
