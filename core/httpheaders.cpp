// SPDX-License-Identifier: MIT
#include "httpheaders.h"

#include <QTimeZone>

#include <algorithm>

namespace longhaul {

namespace {

constexpr qint64 kLongestRetry = 10LL * 365 * 24 * 3600; // seconds; beyond it a number means "never"

// 1*DIGIT without overflow; nothing otherwise.
std::optional<qint64> parseDigits(QByteArrayView text)
{
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return {};
    bool ok = false;
    const qint64 number = text.toByteArray().toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

int monthFromName(const QByteArray &name)
{
    static constexpr const char *kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                              "jul", "aug", "sep", "oct", "nov", "dec"};
    const QByteArray lower = name.toLower();
    for (int i = 0; i < 12; ++i) {
        if (lower == kMonths[i])
            return i + 1;
    }
    return 0;
}

// The words of a date, split at spaces, commas, hyphens and colons.
QList<QByteArray> dateWords(const QByteArray &value)
{
    QByteArray flat = value;
    for (char &c : flat) {
        if (c == ',' || c == '-' || c == ':' || c == '\t')
            c = ' ';
    }
    QList<QByteArray> words;
    for (const QByteArray &word : flat.split(' ')) {
        if (!word.isEmpty())
            words.append(word);
    }
    return words;
}

// RFC 9110 5.6.7: a two-digit year more than 50 years ahead means the century before.
int fullYear(int year, qsizetype digits)
{
    if (digits != 2)
        return year;
    const int now = QDateTime::currentDateTimeUtc().date().year();
    const int candidate = now / 100 * 100 + year;
    return candidate > now + 50 ? candidate - 100 : candidate;
}

} // namespace

QByteArray valueOf(const QList<std::pair<QByteArray, QByteArray>> &fields, const char *name)
{
    QByteArray joined;
    for (const auto &[key, value] : fields) {
        if (qstricmp(key.constData(), name) == 0)
            joined += joined.isEmpty() ? value : ", " + value;
    }
    return joined;
}

bool listsToken(const QByteArray &values, const char *token)
{
    const QList<QByteArray> members = values.toLower().split(',');
    return std::any_of(members.begin(), members.end(),
                       [token](const QByteArray &member) { return member.trimmed() == token; });
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

std::optional<ContentRange> parseContentRange(const QByteArray &value)
{
    const QByteArray text = value.trimmed();
    if (text.size() < 6 || text.left(5).toLower() != "bytes" || (text.at(5) != ' ' && text.at(5) != '\t'))
        return {};
    const QByteArray rest = text.mid(6).trimmed();
    const qsizetype dash = rest.indexOf('-');
    const qsizetype slash = rest.indexOf('/');
    if (dash < 0 || slash < dash)
        return {};
    const auto first = parseDigits(QByteArrayView(rest).first(dash));
    const auto last = parseDigits(QByteArrayView(rest).sliced(dash + 1, slash - dash - 1));
    if (!first || !last || *last < *first || *last >= ByteRange::kOpenEnd - 1)
        return {};
    const ByteRange range{*first, *last + 1};
    const QByteArrayView size = QByteArrayView(rest).sliced(slash + 1);
    if (size == "*")
        return ContentRange{range, {}};
    const auto total = parseDigits(size);
    if (!total || range.end > *total)
        return {};
    return ContentRange{range, total};
}

std::optional<qint64> parseUnsatisfiedTotal(const QByteArray &value)
{
    const QByteArray text = value.trimmed();
    if (text.left(6).toLower() != "bytes ")
        return {};
    const QByteArray rest = text.mid(6).trimmed();
    return rest.startsWith("*/") ? parseDigits(QByteArrayView(rest).sliced(2)) : std::nullopt;
}

std::optional<qint64> parseContentLength(const QByteArray &value)
{
    std::optional<qint64> length;
    for (const QByteArray &member : value.split(',')) {
        const auto number = parseDigits(member.trimmed());
        if (!number || (length && *length != *number))
            return {};
        length = number;
    }
    return length;
}

QDateTime parseHttpDate(const QByteArray &value)
{
    const QList<QByteArray> words = dateWords(value);
    // "Sun 06 Nov 1994 08 49 37 GMT", "Sunday 06 Nov 94 08 49 37 GMT" or "Sun Nov 6 08 49 37 1994".
    const bool asctime = words.size() == 7 && monthFromName(words[1]) > 0;
    if (!asctime && (words.size() != 8 || words[7] != "GMT")) // another zone would be another time
        return {};
    const QByteArray &month = words[asctime ? 1 : 2];
    const QByteArray &day = words[asctime ? 2 : 1];
    const QByteArray &year = words[asctime ? 6 : 3];
    const qsizetype clock = asctime ? 3 : 4;
    QList<int> numbers;
    for (const QByteArray &word : {day, year, words[clock], words[clock + 1], words[clock + 2]}) {
        const auto number = parseDigits(word);
        if (!number || *number > 9999)
            return {};
        numbers.append(int(*number));
    }
    const QDate date(fullYear(numbers[1], year.size()), monthFromName(month), numbers[0]);
    const QTime time(numbers[2], numbers[3], std::min(numbers[4], 59)); // 60 is a leap second
    if (!date.isValid() || !time.isValid() || numbers[4] > 60)
        return {};
    return QDateTime(date, time, QTimeZone::utc());
}

std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    const QByteArray text = value.trimmed();
    if (!text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::chrono::seconds(std::min(parseDigits(text).value_or(kLongestRetry), kLongestRetry));
    const QDateTime date = parseHttpDate(text);
    if (!date.isValid())
        return {};
    return std::chrono::seconds(std::clamp(now.secsTo(date), qint64(0), kLongestRetry));
}

} // namespace longhaul
