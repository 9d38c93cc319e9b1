// SPDX-License-Identifier: MIT
#pragma once

#include "core/fetchplan.h"

// A plan with the record it works on, and the answers it may get.
namespace longhaul::planrun {

inline constexpr qint64 kOpen = ByteRange::kOpenEnd;
inline constexpr qint64 kBytes = 1000; // on disk
inline constexpr qint64 kTotal = 3000;

inline const Validators kStrong{"\"a\"", {}, {}};
inline const Validators kWeak{"W/\"a\"", {}, {}};

inline ResumeData dataWith(const Validators &validators, const RangeSet &received = RangeSet({0, kBytes}),
                           std::optional<qint64> total = kTotal)
{
    ResumeData data;
    data.url = QUrl(QStringLiteral("http://h/a.zip"));
    data.partPath = QStringLiteral("/d/a.zip.part");
    data.received = received;
    data.entity.total = total;
    data.entity.validators = validators;
    data.entity.ranges = true;
    return data;
}

inline ResumeData freshData()
{
    ResumeData data;
    data.url = QUrl(QStringLiteral("http://h/a.zip"));
    return data;
}

inline Accepted part(qint64 begin, SameEntity same, std::optional<qint64> total = kTotal)
{
    Accepted accepted;
    accepted.begin = begin;
    accepted.end = accepted.total = total;
    accepted.partial = accepted.ranges = true;
    accepted.same = same;
    return accepted;
}

inline Accepted whole(std::optional<qint64> total, SameEntity same = SameEntity::Unknown)
{
    Accepted accepted;
    accepted.end = accepted.total = total;
    accepted.same = same;
    return accepted;
}

inline Error error(ErrorCode code, int status) { return {code, status, {}, {}}; }

inline QString textOf(FetchPlan::Use use)
{
    constexpr const char *kNames[] = {"append", "prove",    "overlay", "check",
                                      "again",  "complete", "fail",    "other"};
    return QString::fromLatin1(kNames[int(use)]);
}

// A plan with the record it works on.
struct Run {
    explicit Run(const ResumeData &record, bool lastTry = false)
        : data(record)
    {
        plan.start(data.entity, data.received, lastTry, false);
    }

    // "bytes 1000- if": purpose, range where one is asked for, If-Range, second try; "none" when it gives up.
    QString ask()
    {
        request = plan.next(data);
        if (!request)
            return QStringLiteral("none");
        constexpr const char *kPurposes[] = {"bytes", "proof", "size", "alive"};
        QString text = QString::fromLatin1(kPurposes[int(plan.purpose())]);
        if (request->ranged) {
            const QString end = request->range.end == kOpen ? QString() : QString::number(request->range.end);
            text += QStringLiteral(" %1-%2").arg(request->range.begin).arg(end);
        } else if (request->range != ByteRange{0, kOpen}) {
            text += QStringLiteral(" a range without Range");
        }
        return text + (request->ifRange ? QStringLiteral(" if") : QString())
               + (request->secondTry ? QStringLiteral(" again") : QString());
    }
    QString judge(const Verdict &verdict) { return textOf(plan.judge(verdict, data)); }
    // The server's bytes are equal to those on disk.
    void proveAsked()
    {
        plan.proved(request->range);
        if (plan.hasAllProof())
            plan.proofDone();
    }

    ResumeData data;
    FetchPlan plan;
    std::optional<RangeRequest> request;
};

} // namespace longhaul::planrun
