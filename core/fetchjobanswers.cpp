// SPDX-License-Identifier: MIT
// What a FetchJob does with the answers it gets.
#include "fetchjob.h"

#include "settling.h"
#include "words.h"

#include <utility>

namespace longhaul {

namespace {

// Host and port of who answers.
QString serverOf(const QUrl &url) { return shownUrl(url.authority(QUrl::FullyEncoded).section(u'@', -1)); }

// What an answer is to be compared with: one that continues, with the bytes it continues.
RangeSet toCompare(const RangeSet &received, const Accepted &accepted)
{
    for (const ByteRange &range : received.ranges()) {
        if (accepted.partial && range.begin <= accepted.begin && accepted.begin < range.end)
            return {range};
    }
    return received;
}

} // namespace

void FetchJob::onAnswered(const Verdict &verdict)
{
    if (const auto *accepted = std::get_if<Accepted>(&verdict))
        describe(*accepted);
    switch (m_plan.judge(verdict, m_data)) {
    case FetchPlan::Use::Append:
        if (!m_part)
            createPart();
        else if (m_plan.isStrict()) // what comes before it was proved
            agree(entityOfProof(), [this] { append(); });
        else
            append();
        break;
    case FetchPlan::Use::Prove: m_exchange->sendTo(*m_part, BodySink::Mode::Prove, {}); break;
    case FetchPlan::Use::Overlay: compareWith(BodySink::Mode::Overlay); break;
    case FetchPlan::Use::Check: compareWith(BodySink::Mode::Check); break;
    case FetchPlan::Use::AskAgain: ask(); break;
    case FetchPlan::Use::Complete: onComplete(); break;
    case FetchPlan::Use::Fail: end(std::get<Error>(verdict)); break;
    case FetchPlan::Use::Other: end(Error{ErrorCode::OtherFile, 0, {}, {}}); break;
    }
}

// Who serves the file, once a run.
void FetchJob::describe(const Accepted &accepted)
{
    if (std::exchange(m_described, true))
        return;
    const QString server = serverOf(m_exchange->finalUrl());
    const QString size = accepted.total ? sizeInWords(*accepted.total) : tr("an unknown size");
    Q_EMIT detailed(accepted.ranges ? tr("%1 sends the file (%2) and can send parts of it.").arg(server, size)
                                    : tr("%1 sends the file (%2).").arg(server, size));
}

void FetchJob::compareWith(BodySink::Mode mode)
{
    const Accepted &accepted = m_exchange->accepted();
    if (accepted.begin == 0)
        Q_EMIT noted(tr("The server sends the whole file: comparing it with what is on disk."));
    if (mode == BodySink::Mode::Overlay) // it writes in the gaps
        unstamp();
    m_exchange->sendTo(*m_part, mode, toCompare(m_data.received, accepted));
}

void FetchJob::append()
{
    const Accepted &accepted = m_exchange->accepted();
    const bool continues = accepted.partial && !m_data.received.isEmpty();
    const Entity before = m_data.entity;
    adopt(continues ? entityOfPart(accepted, m_exchange->finalUrl(), m_data.entity)
                    : entityOf(accepted, m_exchange->finalUrl()),
          m_data.received);
    whenSafe([this, begin = accepted.begin, isNews = m_data.entity != before] {
        writeOn();
        if (isNews) // a new part's is recorded
            Q_EMIT dataChanged();
        if (m_map.isComplete()) // an empty file
            end({});
        else
            sendOn([this] { sendToPart(); }, begin);
    });
}

// Where breaking it off costs nothing but a try, for the next one needs no proof of what is there, a drip is
// not put up with.
void FetchJob::sendToPart()
{
    if (m_settings.retries > 0 && m_plan.trustsRanges() && Segments::areSafe(m_data.entity))
        m_exchange->refuseDrip();
    m_exchange->sendTo(*m_part, BodySink::Mode::Append, {});
}

// The answer has shown that the rest of it may be written: from `begin` on.
void FetchJob::appendOn(qint64 begin)
{
    whenSafe([this, begin] {
        writeOn();
        sendOn([this] { m_exchange->appendFromHere(); }, begin);
    });
}

// `send` lets the present answer append; that may be the end of it at once.
void FetchJob::sendOn(const std::function<void()> &send, qint64 begin)
{
    const Exchange *const present = m_exchange.get();
    send();
    if (!m_over && m_exchange.get() == present) // an old one lives until the event loop
        beginSegments(begin);
}

// The present answer appends from `begin` on: others may help it.
void FetchJob::beginSegments(qint64 begin)
{
    if (m_wish.broke || !m_plan.trustsRanges() || !m_exchange->accepted().sized
        || !Segments::areSafe(m_data.entity))
        return;
    const qint64 total = *m_data.entity.total;
    const RangeSet missing = m_data.received.gaps({begin, total});
    if (missing.isEmpty() || missing.ranges().first().begin != begin)
        return;
    if (missing.size() < 2 * SegmentMap::kLeastPiece) // nobody could help
        return;
    const qint64 end = std::min(missing.ranges().first().end, m_exchange->accepted().end.value_or(total));
    m_segments = std::make_unique<Segments>(requestFor({}), m_data.entity, m_tools, m_map, *m_part, this);
    connect(m_segments.get(), &Segments::stored, this, &FetchJob::onStored);
    connect(m_segments.get(), &Segments::detailed, this, &FetchJob::detailed);
    connect(m_segments.get(), &Segments::ended, this, &FetchJob::onSegmentsEnded);
    m_segments->setMost(m_connections);
    m_segments->start(*m_exchange, {begin, end});
}

void FetchJob::onLeadSettled()
{
    const std::optional<Error> error = m_exchange->error();
    retireExchange();
    m_segments->leadEnded(error);
}

void FetchJob::onSegmentsEnded()
{
    const std::optional<Error> error = m_segments->error();
    retireSegments();
    adopt(m_data.entity, m_data.received); // nobody works on anything now
    Q_EMIT dataChanged();
    if (m_stopping) {
        endStopped();
    } else if (error && error->code != ErrorCode::BodyTooShort && !m_map.isComplete()) {
        end(error);
    } else {
        finishOrAsk();
    }
}

// The server says that nothing is missing.
void FetchJob::onComplete()
{
    Entity entity = m_plan.isStrict() ? entityOfProof() : m_data.entity;
    entity.total = m_plan.knownSize();
    if (m_plan.isStrict()) {
        agree(entity, [this] { finishOrAsk(); });
        return;
    }
    adopt(entity, m_data.received);
    finishOrAsk();
}

// The present answer is of a file of which all that is on disk was proved to be a part.
Entity FetchJob::entityOfProof() const
{
    Entity entity = entityOfPart(m_exchange->accepted(), m_exchange->finalUrl(), m_data.entity);
    entity.validators = m_exchange->accepted().validators;
    if (entity.validators.isEmpty())
        entity.validators = m_proven;
    return entity;
}

// The candidate leads to the same file.
void FetchJob::agree(const Entity &entity, std::function<void()> then)
{
    if (m_stopping) { // too late: it is forgotten
        endStopped();
        return;
    }
    m_plan.agreed();
    if (m_data.partDoubted)
        unstamp();
    if (!m_data.foreignPath.isEmpty()) {
        adopt(entity, m_data.received);
        takeOver(then);
        return;
    }
    Q_EMIT noted(m_data.received.isEmpty()
                     ? tr("Continuing from the new address.")
                     : tr("The new address leads to the same file: continuing from it."));
    readdress(&m_data, std::exchange(m_wish.candidate, {}));
    adopt(entity, m_data.received);
    mustRecordThen(Durability::Synced, std::move(then));
}

void FetchJob::onStored(ByteRange range)
{
    const qint64 before = m_data.received.size();
    m_map.markReceived(range);
    m_data.received = m_map.received();
    m_stored += m_data.received.size() - before; // some ranges are fetched twice
    m_data.endSeen = false;
    m_data.twice = false;
    m_plan.progressed();
    m_dirty = true;
}

void FetchJob::onEqual(ByteRange range)
{
    m_plan.proved(range);
    if (m_plan.isRepair()) {
        m_data.doubtful = m_plan.toProve();
        m_dirty = true;
    }
}

// A repair: the second fetch has another byte there. Which of the two is right the digest will tell; the
// second one alone is known whole.
void FetchJob::fetchAgain(qint64 offset)
{
    const ByteRange piece = m_plan.distrust(offset, m_data.received.end());
    const QString sentence =
        tr("Byte %1 differs in the second copy: fetching the bytes around it again.").arg(offset);
    if (std::exchange(m_doubted, true))
        Q_EMIT detailed(sentence);
    else
        Q_EMIT noted(sentence);
    RangeSet received = m_data.received;
    received.remove(piece);
    m_data.doubtful = m_plan.toProve();
    m_data.twice = false;
    adopt(m_data.entity, received);
    Q_EMIT dataChanged();
    if (offset == m_exchange->accepted().begin) // it may be all of it: nothing is equal yet
        m_exchange->cut();
}

void FetchJob::onDiffers(qint64 offset)
{
    const Accepted &accepted = m_exchange->accepted();
    if (m_plan.isStrict()) {
        end(Error{ErrorCode::OtherFile, 0, {}, {}});
        return;
    }
    if (m_plan.isRepair() && m_exchange->mode() == BodySink::Mode::Prove) {
        fetchAgain(offset);
        return;
    }
    if (m_exchange->mode() == BodySink::Mode::Prove || accepted.begin > 0) {
        Q_EMIT noted(tr("The bytes on disk are not those of the file on the server."));
        m_plan.distrustRanges();
        m_exchange->cut();
        return;
    }
    if (offset == 0 && accepted.mediaType.isEmpty() && FetchPlan::expectsBinary(m_data)
        && FetchPlan::isPage(m_exchange->held())) {
        end(Error{ErrorCode::WebPage, 0, {}, {}});
        return;
    }
    Q_EMIT noted(
        tr("The file on the server is another one from byte %1 on: fetching it from there.").arg(offset));
    m_plan.endRepair();
    m_data.doubtful.clear();
    m_data.twice = false;
    adopt(entityOf(accepted, m_exchange->finalUrl()), RangeSet({0, offset}));
    mustRecordThen(Durability::Synced, [this, offset] { appendOn(offset); });
}

void FetchJob::onCaughtUp()
{
    const Accepted &accepted = m_exchange->accepted();
    const ByteRange copy{0, m_exchange->position()};
    const bool continues = accepted.partial;
    m_plan.progressed();
    (continues ? m_overlapEnd : m_copyEnd) = copy.end;
    if (m_plan.isStrict()) {
        Entity entity = entityOfCopy(accepted, m_exchange->finalUrl(), m_data.entity);
        if (entity.mediaType.isEmpty())
            entity.mediaType = m_data.entity.mediaType;
        // Gaps were passed over: they are asked for.
        const bool goesOn = continues || m_data.received == RangeSet(copy);
        agree(continues ? entityOfProof() : entity, [this, goesOn, copy] {
            if (goesOn)
                appendOn(copy.end);
            else
                ask();
        });
        return;
    }
    if (continues) {
        adopt(entityOfPart(accepted, m_exchange->finalUrl(), m_data.entity), m_data.received);
    } else {
        m_plan.endRepair();
        m_data.doubtful.clear();
        adopt(entityOfCopy(accepted, m_exchange->finalUrl(), m_data.entity), RangeSet(copy));
    }
    Q_EMIT dataChanged();
    appendOn(copy.end);
}

// The transfer is over and the disk has done all it was given: what next?
void FetchJob::onSettled()
{
    if (m_over || m_onRecorded || m_onMoved)
        return;
    if (m_segments) {
        onLeadSettled();
        return;
    }
    if (m_stopping) {
        endStopped();
        return;
    }
    const Ended ended{m_exchange->mode(),
                      m_exchange->wasAnswered(),
                      m_exchange->accepted(),
                      m_exchange->finalUrl(),
                      m_exchange->error(),
                      m_exchange->position(),
                      m_exchange->fetched(),
                      m_exchange->isEndUnmarked(),
                      m_copyEnd,
                      m_overlapEnd};
    const RangeSet before = m_data.received;
    const std::optional<Error> error = settle(ended, m_plan, m_data);
    m_forgot = m_forgot || m_data.received != before;
    if (ended.mode == BodySink::Mode::Prove)
        m_proven = ended.accepted.validators;
    adopt(m_data.entity, m_data.received);
    if (m_data.partDoubted)
        unstamp();
    if (!error && (m_plan.owesProof() || !m_map.isComplete())) // else it ends, which tells it
        Q_EMIT dataChanged();
    if (error)
        end(error);
    else if (m_plan.isStrict() && ended.mode == BodySink::Mode::Prove && m_plan.hasAllProof()
             && m_map.isComplete())
        agree(entityOfProof(), [this] { finishOrAsk(); });
    else
        finishOrAsk();
}

} // namespace longhaul
