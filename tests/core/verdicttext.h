// SPDX-License-Identifier: MIT
#pragma once

#include "core/httpresponse.h"

// Verdicts as text, for tables of rows and for failures that can be read.
namespace longhaul::verdicttext {

inline QString number(const std::optional<qint64> &value)
{
    return value ? QString::number(*value) : QStringLiteral("?");
}

// "take 5-10/10 yes ranged": the range, what validators say, then what else is true of it.
inline QString textOf(const Accepted &accepted)
{
    constexpr const char *kSame[] = {"yes", "unknown", "no"};
    QString text = QStringLiteral("take %1-%2/%3 %4")
                       .arg(accepted.begin)
                       .arg(number(accepted.end), number(accepted.total),
                            QString::fromLatin1(kSame[int(accepted.same)]));
    if (accepted.partial)
        text += QStringLiteral(" partial");
    if (accepted.ranges)
        text += QStringLiteral(" ranges");
    if (accepted.encoded)
        text += QStringLiteral(" encoded");
    if (accepted.shrunk)
        text += QStringLiteral(" shrunk");
    return text;
}

inline QString textOf(AskAgain how)
{
    switch (how) {
    case AskAgain::TheSame: return QStringLiteral("again the same");
    case AskAgain::WithoutIfRange: return QStringLiteral("again without If-Range");
    case AskAgain::Unranged: return QStringLiteral("again unranged");
    }
    return {};
}

inline QString textOf(const AlreadyComplete &complete)
{
    return QStringLiteral("complete %1").arg(complete.total);
}

// "error 3003 HTTP 503 after 5"
inline QString textOf(const Error &error)
{
    QString text = QStringLiteral("error %1 HTTP %2").arg(int(error.code)).arg(error.httpStatus);
    if (error.retryAfter)
        text += QStringLiteral(" after %1").arg(error.retryAfter->count());
    return text;
}

inline QString textOf(const Verdict &verdict)
{
    return std::visit([](const auto &value) { return textOf(value); }, verdict);
}

} // namespace longhaul::verdicttext
