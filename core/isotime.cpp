// SPDX-License-Identifier: MIT
#include "isotime.h"

#include <array>

namespace longhaul {

namespace {

// A digit for each 0, and everything else as it stands there.
constexpr QLatin1String kForm("0000-00-00T00:00:00.000Z");

struct Field {
    qsizetype at;
    int digits;
};
constexpr std::array kFields{Field{0, 4},  Field{5, 2},  Field{8, 2}, Field{11, 2},
                             Field{14, 2}, Field{17, 2}, Field{20, 3}};
using Numbers = std::array<int, kFields.size()>; // year, month, day, hours, minutes, seconds, milliseconds

bool hasForm(const QString &text)
{
    if (text.size() != kForm.size())
        return false;
    for (qsizetype i = 0; i < kForm.size(); ++i) {
        const bool isDigit = text[i] >= u'0' && text[i] <= u'9';
        if (kForm[i] == u'0' ? !isDigit : text[i] != kForm[i])
            return false;
    }
    return true;
}

} // namespace

QString isoTime(const QDateTime &time)
{
    const QDateTime utc = time.toUTC();
    const QDate date = utc.date();
    const QTime clock = utc.time();
    if (!utc.isValid() || date.year() < 0 || date.year() > 9999)
        return utc.toString(Qt::ISODateWithMs);
    const Numbers numbers{date.year(),    date.month(),   date.day(),  clock.hour(),
                          clock.minute(), clock.second(), clock.msec()};
    QString text = kForm;
    for (size_t i = 0; i < kFields.size(); ++i) {
        int rest = numbers[i];
        for (qsizetype at = kFields[i].at + kFields[i].digits - 1; at >= kFields[i].at; --at) {
            text[at] = QChar(u'0' + rest % 10);
            rest /= 10;
        }
    }
    return text;
}

QDateTime timeFromIso(const QString &text)
{
    if (hasForm(text)) {
        Numbers numbers{};
        for (size_t i = 0; i < kFields.size(); ++i) {
            for (qsizetype at = kFields[i].at; at < kFields[i].at + kFields[i].digits; ++at)
                numbers[i] = numbers[i] * 10 + (text[at].unicode() - u'0');
        }
        const auto [year, month, day, hours, minutes, seconds, milliseconds] = numbers;
        const QDate date(year, month, day);
        const QTime clock(hours, minutes, seconds, milliseconds);
        if (date.isValid() && clock.isValid())
            return QDateTime(date, clock, Qt::UTC);
    }
    return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

} // namespace longhaul
