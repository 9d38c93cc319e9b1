// SPDX-License-Identifier: MIT
#include "fetchplan.h"

#include "filename.h"
#include "proof.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr int kMostAsks = 12;
constexpr int kMostSizeAsks = 4;
constexpr qint64 kLeastOverlap = 1 << 10;

// Where to begin so that an answer shows by its first bytes that it continues what is on disk.
qint64 overlapBegin(const RangeSet &received, qint64 end, qint64 overlap)
{
    for (const ByteRange &range : received.ranges()) {
        if (range.end == end)
            return std::max(range.begin, end - overlap);
    }
    return end;
}

} // namespace

bool FetchPlan::expectsBinary(const ResumeData &data)
{
    const QByteArray &type = data.entity.mediaType;
    if (!type.isEmpty())
        return type != "text/html" && type != "application/xhtml+xml";
    return namesABinary(data.options.name.isEmpty() ? nameFromUrl(data.url) : data.options.name);
}

bool FetchPlan::isPage(const QByteArray &begin)
{
    const QByteArray text = begin.left(512).trimmed().toLower();
    return text.startsWith("<!doctype html") || text.startsWith("<html");
}

void FetchPlan::start(const Entity &entity, const RangeSet &received, bool lastTry, bool endSeen)
{
    m_lastTry = lastTry;
    m_sizeOpen = endSeen;
    if (!received.isEmpty() && entity.validators.forIfRange().isEmpty())
        m_proof = Proof::Needed;
}

void FetchPlan::startStrict(const RangeSet &received, bool lastTry)
{
    m_lastTry = lastTry;
    m_strict = !received.isEmpty();
    m_proof = m_strict ? Proof::Needed : Proof::NotNeeded;
}

void FetchPlan::agreed()
{
    m_strict = false;
    m_doubt = false;
    m_proof = Proof::Done;
}

void FetchPlan::doubt()
{
    m_doubt = true;
    m_sizeOpen = false; // what is behind the bytes on disk comes behind the bytes
    m_proof = Proof::Needed;
}

void FetchPlan::proofDone()
{
    m_doubt = m_doubt && m_strict; // not before agreed()
    m_proof = Proof::Done;
}

void FetchPlan::startRepair(const RangeSet &doubtful)
{
    m_repair = true;
    m_sizeOpen = false;
    m_toProve = doubtful;
    m_proof = Proof::Needed;
}

void FetchPlan::endRepair()
{
    m_doubt = false;
    if (std::exchange(m_repair, false))
        m_toProve.clear();
}

ByteRange FetchPlan::distrust(qint64 offset, qint64 total)
{
    const qint64 begin = offset - offset % kLeastDoubt;
    const ByteRange piece{begin, std::min(begin + m_piece, total)};
    m_toProve.remove(piece);
    m_asks = 0;
    m_piece *= 2;
    return piece;
}

std::optional<RangeRequest> FetchPlan::next(const ResumeData &data)
{
    if (++m_asks > kMostAsks)
        return {};
    RangeRequest request;
    request.hasBytes = !data.received.isEmpty();
    request.secondTry = m_secondTry;
    request.dies = linkDies(data);
    request.expectsBinary = expectsBinary(data);
    if (request.hasBytes) {
        request.total = data.entity.total;
        if (!m_strict)
            request.validators = data.entity.validators;
    }
    m_purpose = m_sizeOpen ? Purpose::Size : Purpose::Bytes;
    if (!request.hasBytes || m_unranged || data.entity.encoded)
        return request;
    if (m_purpose == Purpose::Bytes && m_lastTry && !m_alive) {
        m_purpose = Purpose::Alive;
        return request;
    }
    request.ranged = true;
    if (m_purpose == Purpose::Bytes && m_proof == Proof::Needed) {
        if (m_toProve.isEmpty())
            m_toProve = overlapToProve(data.received, QRandomGenerator::global()->generate());
        m_purpose = Purpose::Proof;
        request.range = m_toProve.ranges().first();
        request.received = -1;
        return request;
    }
    request.range = missingRange(data);
    const bool contiguous = data.received.contains({0, request.range.begin});
    request.received = contiguous ? request.range.begin : -1;
    if (m_purpose == Purpose::Bytes && m_proof == Proof::Done)
        request.range.begin = overlapBegin(data.received, request.range.begin, m_overlap);
    else if (m_purpose == Purpose::Bytes && !m_withoutIfRange)
        request.ifRange = !request.validators.forIfRange().isEmpty();
    return request;
}

// The first gap; open where it reaches the end, so that a server that knows better can say so.
ByteRange FetchPlan::missingRange(const ResumeData &data) const
{
    const RangeSet missing = data.received.gaps({0, data.entity.total.value_or(ByteRange::kOpenEnd)});
    ByteRange range =
        missing.isEmpty() ? ByteRange{data.received.end(), ByteRange::kOpenEnd} : missing.ranges().first();
    if (range.end == data.entity.total)
        range.end = ByteRange::kOpenEnd;
    return range;
}

// What is said of the file that cannot be true of the one on disk.
bool FetchPlan::isOther(const Verdict &verdict, const ResumeData &data) const
{
    if (const auto *error = std::get_if<Error>(&verdict))
        return error->code == ErrorCode::WebPage;
    const auto *accepted = std::get_if<Accepted>(&verdict);
    if (!accepted)
        return false;
    const bool otherSize = accepted->total
                           && (data.entity.total ? *accepted->total != *data.entity.total
                                                 : *accepted->total < data.received.end());
    return otherSize || accepted->encoded;
}

FetchPlan::Use FetchPlan::judge(const Verdict &verdict, const ResumeData &data)
{
    if (m_strict && isOther(verdict, data))
        return Use::Other;
    if (m_purpose == Purpose::Size)
        return judgeSize(verdict, data);
    const auto *error = std::get_if<Error>(&verdict);
    if (m_purpose == Purpose::Alive) {
        m_alive = true;
        return error ? Use::Fail : Use::AskAgain; // now with the range
    }
    if (error)
        return error->httpStatus >= 500 && wantsWholeInstead() ? Use::AskAgain : Use::Fail;
    if (const auto *accepted = std::get_if<Accepted>(&verdict))
        return judgeAccepted(*accepted, data);
    if (const auto *complete = std::get_if<AlreadyComplete>(&verdict)) {
        m_knownSize = complete->total;
        if (m_proof == Proof::Done)
            return Use::Complete;
        m_proof = Proof::Needed; // a size says nothing of the bytes
        return Use::AskAgain;
    }
    const AskAgain how = std::get<AskAgain>(verdict);
    m_secondTry = how == AskAgain::TheSame;
    if (how == AskAgain::WithoutIfRange) {
        m_withoutIfRange = true;
        if (m_proof == Proof::NotNeeded)
            m_proof = Proof::Needed;
    }
    if (how == AskAgain::Unranged)
        m_unranged = true;
    return Use::AskAgain;
}

FetchPlan::Use FetchPlan::judgeAccepted(const Accepted &accepted, const ResumeData &data)
{
    m_secondTry = false;
    if (m_purpose == Purpose::Proof && accepted.partial)
        return Use::Prove;
    const bool overlaps = data.received.contains({accepted.begin, accepted.begin + 1});
    if (m_strict && (overlaps || !accepted.partial))
        return Use::Check;
    if (overlaps || (!accepted.partial && !data.received.isEmpty())) // though its beginning be missing
        return Use::Overlay;
    const bool isVouched = accepted.same == SameEntity::Yes && !m_doubt;
    if (!data.received.isEmpty() && !isVouched && m_proof != Proof::Done) {
        m_proof = Proof::Needed;
        return Use::AskAgain;
    }
    return Use::Append;
}

// Asking for what comes behind the end shows whether anything does. Where the server refuses to tell, the end
// of its body is believed.
FetchPlan::Use FetchPlan::judgeSize(const Verdict &verdict, const ResumeData &data)
{
    m_knownSize = data.received.end();
    if (const auto *error = std::get_if<Error>(&verdict))
        return believesEnd(*error) ? Use::Complete : Use::Fail;
    if (const auto *how = std::get_if<AskAgain>(&verdict)) {
        m_secondTry = *how == AskAgain::TheSame;
        m_unranged = m_unranged || *how == AskAgain::Unranged;
        return Use::AskAgain;
    }
    const auto *accepted = std::get_if<Accepted>(&verdict);
    if (!accepted || (!accepted->partial && accepted->total == m_knownSize))
        return Use::Complete;
    m_sizeOpen = false;
    return judgeAccepted(*accepted, data); // there is more, or it is another file, or a copy to compare
}

bool FetchPlan::shortenOverlap()
{
    if (m_overlap <= kLeastOverlap)
        return false;
    m_overlap /= 8;
    return true;
}

bool FetchPlan::wantsWholeInstead()
{
    return m_alive && m_purpose != Purpose::Alive && !std::exchange(m_unranged, true);
}

void FetchPlan::proved(ByteRange range)
{
    m_toProve.remove(range);
    m_piece = kLeastDoubt;
    progressed();
}

bool FetchPlan::wantsSize()
{
    m_sizeOpen = ++m_sizeAsks <= kMostSizeAsks;
    return m_sizeOpen;
}

// A refusal for good tells nothing more; what may pass is waited for, until the last try.
bool FetchPlan::believesEnd(const Error &error) const
{
    using enum ErrorCode;
    return m_lastTry || error.code == AccessDenied || error.code == NotFound || error.code == LinkExpired
           || error.code == UnexpectedStatus || error.code == EmptyAnswer;
}

Entity entityOf(const Accepted &accepted, const QUrl &finalUrl)
{
    return {finalUrl,        accepted.total,   accepted.validators, accepted.mediaType,
            accepted.ranges, accepted.encoded, accepted.digest};
}

Entity entityOfPart(const Accepted &accepted, const QUrl &finalUrl, const Entity &known)
{
    Entity entity = known;
    entity.finalUrl = finalUrl;
    entity.ranges = true;
    if (accepted.total)
        entity.total = accepted.total;
    if (accepted.digest)
        entity.digest = accepted.digest;
    return entity;
}

Entity entityOfCopy(const Accepted &accepted, const QUrl &finalUrl, const Entity &known)
{
    Entity entity = entityOf(accepted, finalUrl);
    if (accepted.shrunk || (!entity.total && accepted.same != SameEntity::No && !entity.encoded))
        entity.total = known.total;
    return entity;
}

} // namespace longhaul
