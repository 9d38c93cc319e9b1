// SPDX-License-Identifier: MIT
// What vouches for bytes, or tells how long they can be had: from servers and from other programs.
#include "fuzz.h"
#include "targets.h"

#include "core/aria2control.h"
#include "core/digestheaders.h"
#include "core/hashlist.h"
#include "core/linklife.h"

namespace longhaul::fuzz {

namespace {

void check(const ExpectedDigest &digest) { REQUIRE(ExpectedDigest::parse(digest.toString()) == digest); }

} // namespace

void aria2(const QByteArray &bytes)
{
    const auto parsed = parseAria2Control(bytes);
    if (const auto *control = std::get_if<Aria2Control>(&parsed)) {
        REQUIRE(control->total > 0);
        REQUIRE(control->holds.isEmpty()
                || RangeSet({0, control->total}).intersected(control->holds) == control->holds);
    } else {
        REQUIRE(!std::get<QString>(parsed).isEmpty());
    }
}

void digest(const QByteArray &bytes)
{
    const QList<QByteArray> given = lines(bytes, 6);
    const DigestFields fields{given[0], given[1], given[2], given[3], given[4], given[5]};
    const auto whole = digestIn(fields, false);
    const auto part = digestIn(fields, true);
    if (whole)
        check(whole->digest);
    if (part) {
        check(part->digest);
        REQUIRE(whole); // of a part no more is known than of the whole
    }
    // What covers the body alone says nothing beside a part.
    REQUIRE(!digestIn({{}, given[1], {}, {}, {}, given[5]}, true));
}

void hashlist(const QByteArray &bytes)
{
    const QList<QByteArray> given = lines(bytes, 2);
    const QString name = QString::fromUtf8(given[0]);
    for (const bool alone : {false, true}) {
        if (const auto found = sha256In(given[1], name, alone)) {
            check(*found);
            REQUIRE(given[1].toLower().contains(found->toString().section(u':', -1).toLatin1()));
        }
    }
}

void linklife(const QByteArray &bytes)
{
    const QDateTime dies = linkDies(QUrl(QString::fromUtf8(bytes), QUrl::StrictMode));
    REQUIRE(!dies.isValid()
            || (dies.timeSpec() == Qt::UTC && dies.date().year() >= 2001 && dies.date().year() <= 2100));
}

} // namespace longhaul::fuzz
