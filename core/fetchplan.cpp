// SPDX-License-Identifier: MIT
#include "fetchplan.h"

#include "filename.h"
#include "proof.h"

#include <QRandomGenerator>

#include <utility>

namespace longhaul {

namespace {

constexpr int kMostAsks = 12;

bool expectsBinary(const ResumeData &data)
{
    const QByteArray &type = data.entity.mediaType;
    if (!type.isEmpty())
        return type != "text/html" && type != "application/xhtml+xml";
    return namesABinary(data.options.name.isEmpty() ? nameFromUrl(data.url) : data.options.name);
}

RangeRequest plain(RangeRequest request)
{
    request.ranged = false;
    return request;
}

} // namespace

void FetchPlan::start(const Entity &entity, const RangeSet &received)
{
    if (!received.isEmpty() && entity.validators.forIfRange().isEmpty())
        m_proof = Proof::Needed;
}

std::optional<RangeRequest> FetchPlan::next(const ResumeData &data)
{
    if (++m_asks > kMostAsks)
        return {};
    RangeRequest request;
    request.hasBytes = !data.received.isEmpty();
    request.secondTry = m_secondTry;
    request.expectsBinary = expectsBinary(data);
    if (request.hasBytes) {
        request.total = data.entity.total;
        request.validators = data.entity.validators;
    }
    request.received = data.received.contains({0, data.received.end()}) ? data.received.end() : -1;
    m_purpose = m_sizeAsked && !data.entity.total ? Purpose::Size : Purpose::Bytes;
    if (!request.hasBytes || m_unranged || data.entity.encoded)
        return request;

    request.ranged = true;
    if (m_proof == Proof::Needed && m_purpose == Purpose::Bytes) {
        if (m_toProve.isEmpty())
            m_toProve = overlapToProve(data.received, QRandomGenerator::global()->generate());
        m_purpose = Purpose::Proof;
        request.received = -1;
        request.range = m_toProve.ranges().first();
        return request;
    }
    const RangeSet missing = data.received.gaps({0, data.entity.total.value_or(ByteRange::kOpenEnd)});
    if (missing.isEmpty()) // all is there, but not yet believed
        return plain(request);
    request.range = missing.ranges().first();
    if (request.range.end == data.entity.total)
        request.range.end = ByteRange::kOpenEnd;
    request.ifRange =
        m_purpose == Purpose::Bytes && !m_withoutIfRange && !request.validators.forIfRange().isEmpty();
    return request;
}

FetchPlan::Use FetchPlan::judge(const Verdict &verdict, const ResumeData &data)
{
    if (m_purpose == Purpose::Size)
        return judgeSize(verdict, data);
    if (const auto *accepted = std::get_if<Accepted>(&verdict))
        return judgeAccepted(*accepted, data);
    if (const auto *complete = std::get_if<AlreadyComplete>(&verdict)) {
        // Without If-Range nobody has said that it is still the same file.
        if (m_withoutIfRange && m_proof == Proof::NotNeeded)
            m_proof = Proof::Needed;
        m_knownSize = complete->total;
        return m_proof == Proof::Needed ? Use::AskAgain : Use::Complete;
    }
    const auto *how = std::get_if<AskAgain>(&verdict);
    if (!how)
        return Use::Fail;
    m_secondTry = *how == AskAgain::TheSame;
    if (*how == AskAgain::WithoutIfRange) {
        m_withoutIfRange = true;
        if (m_proof == Proof::NotNeeded)
            m_proof = Proof::Needed;
    }
    if (*how == AskAgain::Unranged)
        m_unranged = true;
    return Use::AskAgain;
}

FetchPlan::Use FetchPlan::judgeAccepted(const Accepted &accepted, const ResumeData &data)
{
    m_secondTry = false;
    const bool hasBytes = !data.received.isEmpty();
    if (m_purpose == Purpose::Proof && accepted.partial)
        return Use::Prove;
    if (hasBytes && accepted.begin == 0)
        return Use::Overlay;
    if (hasBytes && accepted.same != SameEntity::Yes && m_proof != Proof::Done) {
        m_proof = Proof::Needed;
        return Use::AskAgain;
    }
    return Use::Append;
}

// Asking for what comes behind the end shows whether anything does. Where the server cannot tell, the end
// of its body is believed.
FetchPlan::Use FetchPlan::judgeSize(const Verdict &verdict, const ResumeData &data)
{
    const qint64 size = data.received.end();
    if (const auto *error = std::get_if<Error>(&verdict)) {
        if (error->httpStatus >= 500 || error->httpStatus == 429 || error->httpStatus == 408)
            return Use::Fail; // it may say so later
    }
    const auto *accepted = std::get_if<Accepted>(&verdict);
    if (accepted && (accepted->partial || (accepted->total && *accepted->total != size)))
        return judgeAccepted(*accepted, data); // there is more, or it is another file
    m_knownSize = size;
    return Use::Complete;
}

void FetchPlan::proved(ByteRange range)
{
    m_toProve.remove(range);
    progressed();
}

bool FetchPlan::wantsSize() { return !std::exchange(m_sizeAsked, true); }

Entity entityOf(const Accepted &accepted, const QUrl &finalUrl)
{
    return {finalUrl,           accepted.total,  accepted.validators,
            accepted.mediaType, accepted.ranges, accepted.encoded};
}

Entity entityOfCopy(const Accepted &accepted, const QUrl &finalUrl, const Entity &known)
{
    Entity entity = entityOf(accepted, finalUrl);
    if (!entity.total && accepted.same != SameEntity::No && !entity.encoded)
        entity.total = known.total;
    return entity;
}

} // namespace longhaul
