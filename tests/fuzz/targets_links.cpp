// SPDX-License-Identifier: MIT
// Files and texts that somebody drops on the window.
#include "fuzz.h"
#include "targets.h"

#include "core/binaryplist.h"
#include "core/linkfile.h"
#include "core/markup.h"
#include "core/resumedata.h"
#include "core/words.h"

#include <QSet>

namespace longhaul::fuzz {

namespace {

void check(const QList<Link> &links)
{
    REQUIRE(links.size() <= kMostLinks);
    QSet<QUrl> seen;
    for (const Link &link : links) {
        REQUIRE(!addressProblem(link.url));
        REQUIRE_EQUAL(normalized(link.url), link.url);
        REQUIRE_EQUAL(plainLine(link.name), link.name);
        REQUIRE(!seen.contains(link.url));
        seen.insert(link.url);
        REQUIRE(!shownUrl(link.url).contains(u'\n'));
    }
}

} // namespace

void linkfile(const QByteArray &bytes)
{
    const QList<QByteArray> given = lines(bytes, 2);
    check(linksInFile(QString::fromUtf8(given[0]), given[1]));
    const QString text = QString::fromUtf8(given[1]);
    check(linksInText(text));
    check(linksInHtml(text, QUrl(QStringLiteral("http://base.example/folder/page?query"))));
}

void markup(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    MarkupReader reader(text);
    // Each token takes at least a character.
    qsizetype left = text.size();
    for (auto token = reader.next(); token != MarkupReader::Token::Done; token = reader.next()) {
        REQUIRE(left-- > 0);
        if (token == MarkupReader::Token::Text) {
            REQUIRE(!reader.text().isEmpty());
            continue;
        }
        REQUIRE(!reader.name().isEmpty());
        REQUIRE_EQUAL(reader.name().toLower(), reader.name());
        if (token == MarkupReader::Token::Start)
            REQUIRE(reader.attribute(u"href").size() <= text.size());
    }
    REQUIRE(reader.next() == MarkupReader::Token::Done);
    REQUIRE(withoutEntities(text).size() <= text.size());
}

void plist(const QByteArray &bytes)
{
    if (const auto found = stringInBinaryPlist(bytes, QLatin1StringView("URL")))
        REQUIRE(found->size() <= bytes.size());
    // Apart from the first bytes nothing of a file is sure: most finds are deeper.
    const auto found = stringInBinaryPlist("bplist00" + bytes, QLatin1StringView("URL"));
    REQUIRE(!found || found->size() <= bytes.size());
}

} // namespace longhaul::fuzz
