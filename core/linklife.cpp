// SPDX-License-Identifier: MIT
#include "linklife.h"

#include <QTimeZone>
#include <QUrlQuery>

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostCharacters = 16'384; // of a query: more is no signature
constexpr qint64 kEarliest = 978'307'200;     // 2001, in seconds since 1970
constexpr qint64 kLatest = 4'102'444'800;     // 2100
constexpr int kMostSeconds = 365 * 24 * 3600; // that a signature may be good for

using Items = QList<std::pair<QString, QString>>;

QString valueOf(const Items &items, QLatin1String name)
{
    const auto item = std::find_if(items.begin(), items.end(), [&](const auto &one) {
        return one.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    return item == items.end() ? QString() : item->second;
}

QDateTime at(qint64 seconds)
{
    return seconds >= kEarliest && seconds < kLatest ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)
                                                     : QDateTime();
}

// Digits alone.
std::optional<qint64> number(const QString &text)
{
    const bool digits = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c >= u'0' && c <= u'9';
    });
    bool ok = false;
    const qint64 value = digits ? text.toLongLong(&ok) : 0;
    return ok ? std::optional(value) : std::nullopt;
}

QDateTime secondsSince1970(const QString &text) { return at(number(text).value_or(0)); }

// "20260131T235959Z" and a number of seconds.
QDateTime signedFor(const QString &date, const QString &seconds)
{
    const auto life = number(seconds);
    if (!life)
        return {};
    QDateTime time = QDateTime::fromString(date, u"yyyyMMdd'T'HHmmss'Z'"_s);
    time.setTimeZone(QTimeZone::utc());
    if (!time.isValid() || *life > kMostSeconds)
        return {};
    return at(time.toSecsSinceEpoch() + *life);
}

// With a time, or a day alone, which means its beginning.
QDateTime timeOrDay(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeZone(QTimeZone::utc());
    return time.isValid() ? at(time.toSecsSinceEpoch()) : QDateTime();
}

// "st=1~exp=2~acl=/*~hmac=..."
QDateTime tokenTime(const QString &token)
{
    const QStringList fields = token.split(u'~');
    for (const QString &field : fields) {
        if (field.startsWith("exp="_L1))
            return secondsSince1970(field.mid(4));
    }
    return {};
}

} // namespace

QDateTime linkDies(const QUrl &url)
{
    if (!url.hasQuery() || url.query().size() > kMostCharacters)
        return {};
    const Items items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    const auto value = [&](QLatin1String name) { return valueOf(items, name); };
    QList<QDateTime> times{
        signedFor(value("X-Amz-Date"_L1), value("X-Amz-Expires"_L1)),
        signedFor(value("X-Goog-Date"_L1), value("X-Goog-Expires"_L1)),
        secondsSince1970(value("Expires"_L1)),
        secondsSince1970(value("exp"_L1)),
    };
    if (!value("sig"_L1).isEmpty())
        times.append(timeOrDay(value("se"_L1)));
    for (const QLatin1String name : {"hdnts"_L1, "hdnea"_L1, "hdntl"_L1, "__token__"_L1})
        times.append(tokenTime(value(name)));
    times.removeIf([](const QDateTime &time) { return !time.isValid(); });
    return times.isEmpty() ? QDateTime() : *std::min_element(times.begin(), times.end());
}

} // namespace longhaul
