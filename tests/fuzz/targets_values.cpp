// SPDX-License-Identifier: MIT
// What the user chose, and what somebody typed.
#include "fuzz.h"
#include "targets.h"

#include "core/httpheaders.h"
#include "core/platformfile.h"
#include "core/settingsfile.h"
#include "core/userinput.h"
#include "core/words.h"

#include <QJsonDocument>

namespace longhaul::fuzz {

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
        REQUIRE_EQUAL(storeKey(QUrl(storeKey(*url), QUrl::StrictMode)), storeKey(*url));
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
