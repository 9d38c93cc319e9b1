// SPDX-License-Identifier: MIT
#include "settling.h"

namespace longhaul {

namespace {

Error errorOf(ErrorCode code) { return {code, 0, {}, {}}; }

std::optional<Error> settleUnanswered(const Error &error, FetchPlan &plan, ResumeData &data)
{
    if (plan.purpose() == FetchPlan::Purpose::Size && plan.believesEnd(error)) {
        data.entity.total = data.received.end();
        return {};
    }
    return plan.wantsWholeInstead() ? std::nullopt : std::optional(error);
}

std::optional<Error> settleAppend(const Ended &ended, FetchPlan &plan, ResumeData &data)
{
    const std::optional<Error> &error = ended.error;
    const Accepted &accepted = ended.accepted;
    const qint64 end = data.received.end();
    std::optional<qint64> &total = data.entity.total;
    if (error && !ended.answered)
        return settleUnanswered(*error, plan, data);
    if (!error && !accepted.partial && !accepted.total && !ended.unmarked)
        total = end; // a whole copy with a proper end, whatever was known before
    if (!accepted.total && total && end > *total)
        total.reset(); // a whole copy that is longer than the version before
    if (!error && !total) {
        if (ended.unmarked && data.received.isEmpty())
            return errorOf(ErrorCode::EmptyAnswer);
        const bool twice = ended.copyEnd == end; // two copies that end alike are believed
        if (ended.unmarked && !twice && plan.wantsSize()) {
            data.endSeen = true;
            return {};
        }
        total = end;
    }
    const bool tooLong = error && error->code == ErrorCode::BodyTooLong;
    if (tooLong && accepted.partial) {
        plan.distrustRanges(); // its offsets cannot be trusted: compare all of it
        return {};
    }
    if (!tooLong && total && data.received.contains({0, *total}))
        return {};
    if (error && ended.overlapEnd == end && plan.shortenOverlap())
        return {}; // it broke before it brought a new byte: compare fewer old ones
    if (error && !(error->code == ErrorCode::BodyTooShort && ended.fetched > 0))
        return error;
    if (accepted.partial)
        return {}; // a part of what was asked: the server gives it in pieces
    return errorOf(ErrorCode::BodyTooShort);
}

std::optional<Error> settleProof(const Ended &ended, FetchPlan &plan, ResumeData &data)
{
    // A line that breaks often still proves some bytes each time.
    if (ended.error && ended.position == ended.accepted.begin)
        return ended.error;
    if (plan.hasAllProof()) {
        plan.proofDone();
        if (!plan.isStrict())
            data.entity.validators = ended.accepted.validators;
    }
    return {};
}

// The answer that was to continue what is on disk ended within the bytes with which it was to prove itself.
std::optional<Error> settleOverlap(const Ended &ended, FetchPlan &plan)
{
    return ended.error && plan.shortenOverlap() ? std::nullopt : ended.error;
}

// The new copy ended before it had passed what is on disk, and all of it was equal.
std::optional<Error> settleCopy(const Ended &ended, FetchPlan &plan, ResumeData &data)
{
    const Accepted &accepted = ended.accepted;
    const bool some = ended.position > 0;
    const bool whole = !ended.error && some && !accepted.shrunk
                       && (accepted.total ? *accepted.total == ended.position : !ended.unmarked);
    if (plan.isStrict()) // it is shorter than what is there
        return whole ? errorOf(ErrorCode::OtherFile) : ended.error.value_or(errorOf(ErrorCode::BodyTooShort));
    const bool isAnother = (accepted.same == SameEntity::No && !accepted.shrunk) || accepted.encoded;
    if (whole || (isAnother && accepted.ranges && some)) {
        // A shorter file that is whole; or one to go on with from here, or a frail line would never pass.
        data.entity = entityOf(accepted, ended.finalUrl);
        if (whole)
            data.entity.total = ended.position;
        data.received = RangeSet({0, ended.position});
        plan.endRepair();
        data.doubtful.clear();
        data.twice = false;
    }
    if (whole)
        return {};
    return ended.error.value_or(errorOf(ErrorCode::BodyTooShort));
}

} // namespace

std::optional<Error> settle(const Ended &ended, FetchPlan &plan, ResumeData &data)
{
    switch (ended.mode) {
    case BodySink::Mode::Append: return settleAppend(ended, plan, data);
    case BodySink::Mode::Prove: return settleProof(ended, plan, data);
    case BodySink::Mode::Overlay:
    case BodySink::Mode::Check: {
        const bool overlap = ended.accepted.begin > 0 || (ended.accepted.partial && ended.error);
        return overlap ? settleOverlap(ended, plan) : settleCopy(ended, plan, data);
    }
    }
    return {};
}

} // namespace longhaul
