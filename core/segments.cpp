// SPDX-License-Identifier: MIT
#include "segments.h"

#include <algorithm>
#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr int kTick = 100; // ms
constexpr auto kFirstWait = 100ms;
constexpr int kMostDoublings = 6;     // of kFirstWait
constexpr int kTroublesToBelieve = 3; // a refusal of what had worked before may pass

// It says something of the server, not of the line or of this file alone.
bool isRefusal(const Error &error)
{
    using enum ErrorCode;
    const int status = error.httpStatus;
    return status == 403 || status == 429 || status == 503 || error.code == ConnectionLost
           || error.code == ConnectionRefused;
}

} // namespace

bool Segments::areSafe(const Entity &entity)
{
    return entity.total && entity.ranges && !entity.encoded && !entity.validators.forIfRange().isEmpty()
           && compare(entity.validators, entity.validators) == SameEntity::Yes;
}

Segments::Segments(Transfer::Request request, const Entity &entity, FetchTools tools, SegmentMap &map,
                   PartFile &part, QObject *parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_entity(entity)
    , m_tools(tools)
    , m_map(map)
    , m_part(part)
{
    m_clock.start();
    const auto takeShare = [this] { m_share = m_tools.connections.share(m_request.url); };
    takeShare();
    connect(&m_tools.connections, &ConnectionPool::sharesChanged, this, [this, takeShare] {
        takeShare();
        fill();
    });
}

Segments::~Segments() { silence(); }

void Segments::silence()
{
    m_over = true;
    m_tick.stop();
    for (const auto &segment : m_segments)
        letGo(*segment);
    m_segments.clear();
}

void Segments::start(Exchange &lead, ByteRange range)
{
    m_refusesDrip = lead.refusesDrip();
    auto segment = std::make_unique<Segment>();
    segment->exchange = &lead;
    segment->claim = m_map.claimRange(range).id;
    segment->since = now();
    segment->metered = range.begin;
    segment->delivers = true;
    connect(&lead, &Exchange::stored, this,
            [this, s = segment.get()](ByteRange stored) { onStored(s, stored); });
    m_segments.push_back(std::move(segment));
    m_tick.start(kTick, this);
}

void Segments::leadEnded(const std::optional<Error> &error)
{
    const auto lead =
        std::find_if(m_segments.begin(), m_segments.end(), [](const auto &s) { return !s->own; });
    if (lead == m_segments.end())
        return;
    settle(lead->get(), error);
}

void Segments::setMost(int connections)
{
    m_most = std::max(1, connections);
    fill();
}

void Segments::drain()
{
    m_draining = true;
    for (size_t i = m_segments.size(); i-- > 0;) { // each may be gone when this returns
        if (i < m_segments.size() && m_segments[i]->own)
            m_segments[i]->own->drain();
    }
    endIfOver();
}

qint64 Segments::fetched() const
{
    qint64 bytes = m_fetched;
    for (const auto &segment : m_segments)
        bytes += segment->own ? segment->own->fetched() : 0;
    return bytes;
}

QList<ByteRange> Segments::inFlight() const
{
    QList<ByteRange> ranges;
    for (const auto &segment : m_segments) {
        if (segment->exchange->isSent())
            ranges.append({segment->exchange->position(), m_map.endOf(segment->claim)});
    }
    return ranges;
}

int Segments::most() const { return std::min(m_most, m_share); }

void Segments::open(const SegmentMap::Claim &claim)
{
    Transfer::Request request = m_request;
    request.asked = {};
    request.asked.range = claim.range;
    request.asked.ranged = true;
    request.asked.hasBytes = true;
    request.asked.total = m_entity.total;
    request.asked.validators = m_entity.validators;
    request.asked.received = -1;
    auto segment = std::make_unique<Segment>();
    segment->own = std::make_unique<Exchange>(std::move(request), m_tools, this);
    segment->exchange = segment->own.get();
    segment->claim = claim.id;
    segment->bytesBefore = m_bytes;
    Segment *s = segment.get();
    connect(s->exchange, &Exchange::answered, this, [this, s](const Verdict &v) { onAnswered(s, v); });
    connect(s->exchange, &Exchange::stored, this, [this, s](ByteRange range) {
        Q_EMIT stored(range);
        if (!m_over)
            onStored(s, range);
    });
    connect(s->exchange, &Exchange::settled, this, [this, s] { onSettled(s); });
    m_segments.push_back(std::move(segment));
    s->exchange->start();
}

void Segments::onAnswered(Segment *segment, const Verdict &verdict)
{
    const auto *accepted = std::get_if<Accepted>(&verdict);
    const qint64 begin = m_map.nextOf(segment->claim);
    const bool fits = accepted && accepted->partial && accepted->sized && accepted->same == SameEntity::Yes
                      && accepted->begin == begin
                      && accepted->total.value_or(*m_entity.total) == m_entity.total && !accepted->encoded;
    if (!fits) {
        if (accepted && !accepted->partial)
            m_tools.connections.setWithoutRanges(m_request.url);
        const auto *error = std::get_if<Error>(&verdict);
        onRefused(segment, error ? std::optional(*error) : std::nullopt);
        return;
    }
    segment->since = now();
    segment->metered = begin;
    segment->delivers = true;
    segment->exchange->setEnd(m_map.endOf(segment->claim));
    if (m_refusesDrip)
        segment->exchange->refuseDrip();
    segment->exchange->sendTo(m_part, BodySink::Mode::Append, {}); // it may have settled, and be gone
    review();
}

void Segments::onStored(Segment *segment, ByteRange range)
{
    m_bytes += range.size();
    if (std::exchange(segment->stored, segment->stored + range.size()) == 0)
        m_proven = std::max(m_proven, int(std::count_if(m_segments.begin(), m_segments.end(),
                                                        [](const auto &s) { return s->stored > 0; })));
    m_error.reset();
    if (segment->since >= m_troubleAt) // this one has come since
        m_troubles = 0;
    if (m_doubled)
        dropOvertaken();
    review();
}

void Segments::onSettled(Segment *segment)
{
    const std::optional<Error> error = segment->exchange->error();
    const bool answered = segment->exchange->isSent();
    if (error && !answered && !m_draining) {
        onRefused(segment, error);
        return;
    }
    settle(segment, error);
}

// It is over, the lead or another: who goes on?
void Segments::settle(Segment *segment, const std::optional<Error> &error)
{
    retire(segment);
    if (error)
        wait(error);
    fill();
    endIfOver();
}

// It was answered by something that is of no use here, or not at all.
void Segments::onRefused(Segment *segment, const std::optional<Error> &error)
{
    const bool othersGoOn = m_bytes > segment->bytesBefore; // else it may be the line
    retire(segment);
    const int working = delivering();
    wait(error);
    if (working > 0 && (working >= m_proven || m_troubles >= kTroublesToBelieve)) {
        m_growth.stopAt(working);
        m_proven = working;
        m_troubles = 0;
        if (error && othersGoOn && isRefusal(*error))
            m_tools.connections.limitHost(m_request.url, m_tools.connections.lent(m_request.url));
        Q_EMIT detailed(tr("The server gives no more than %n connection(s).", nullptr, working));
    }
    endIfOver();
}

// Something did not go well: some time passes before the next one is opened.
void Segments::wait(const std::optional<Error> &error)
{
    Time pause = kFirstWait * (1 << std::min(++m_troubles, kMostDoublings));
    if (error) {
        m_error = error;
        pause = std::max<Time>(pause, error->retryAfter.value_or(0s));
    }
    m_troubleAt = now();
    m_notBefore = m_troubleAt + pause;
}

// It has settled, or is silenced here.
void Segments::retire(Segment *segment)
{
    const auto at = std::find_if(m_segments.begin(), m_segments.end(),
                                 [segment](const auto &s) { return s.get() == segment; });
    if (const auto time = (now() - segment->since).count(); segment->delivers && time > 0)
        m_lastRate = segment->stored * 1000 / time;
    takePosition(*segment);
    m_map.release(segment->claim);
    m_fetched += segment->own ? segment->own->fetched() : 0;
    letGo(*segment);
    m_segments.erase(at);
    setEnds(); // some may have their tail back
}

// Nothing more is heard of it. It may be emitting.
void Segments::letGo(Segment &segment)
{
    segment.exchange->disconnect(this);
    if (segment.own) {
        segment.own->silence();
        segment.own.release()->deleteLater();
    }
}

void Segments::fill()
{
    if (m_draining || m_over || !m_tick.isActive()) // before start()
        return;
    giveUpSome();
    if (now() < m_notBefore)
        return;
    while (running() < std::min(m_growth.wanted(), most())) {
        takePositions();
        auto claim = m_map.claim(SegmentMap::kLeastPiece, usualRate());
        if (!claim) {
            claim = m_map.claimAgain(usualRate());
            m_doubled = m_doubled || claim;
        }
        if (!claim)
            return;
        setEnds();
        open(*claim);
    }
}

// Not from within a signal of its own. It settles then, and who listens hears of it.
void Segments::cut(Segment *segment)
{
    if (!std::exchange(segment->leaving, true))
        QMetaObject::invokeMethod(segment->exchange, &Exchange::cut, Qt::QueuedConnection);
}

void Segments::endIfOver()
{
    if (m_segments.empty() && !std::exchange(m_over, true)) {
        m_tick.stop();
        Q_EMIT ended();
    }
}

} // namespace longhaul
