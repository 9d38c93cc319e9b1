// SPDX-License-Identifier: MIT
#include "fetchjob.h"

#include "filename.h"

#include <QTimerEvent>

#include <utility>

namespace longhaul {

namespace {

constexpr int kCheckpoint = 500;      // ms between records of what was received
constexpr int kCheckpointsASync = 10; // every so many-th is made durable
constexpr qint64 kBuffer =
    2 << 20; // bytes unread in a reply: more costs memory, less processor time (measured)

Error interrupted() { return {ErrorCode::Interrupted, 0, {}, {}}; }

bool looksLikePage(const QByteArray &bytes)
{
    const QByteArray begin = bytes.left(512).trimmed().toLower();
    return begin.startsWith("<!doctype html") || begin.startsWith("<html");
}

} // namespace

FetchJob::FetchJob(ResumeData data, const Settings &settings, FetchTools tools, Past past, QObject *parent)
    : QObject(parent)
    , m_data(std::move(data))
    , m_settings(settings)
    , m_tools(tools)
    , m_past(past)
{
    const QString boot = currentBootId();
    m_data.received = m_data.targetPath.isEmpty() ? RangeSet() : m_data.trusted(boot);
    m_data.bootId = boot;
    adopt(m_data.entity, m_data.received);
}

FetchJob::~FetchJob() = default;

qint64 FetchJob::fetched() const { return m_fetched + (m_exchange ? m_exchange->fetched() : 0); }

QList<ByteRange> FetchJob::inFlight() const
{
    if (!m_exchange || !m_exchange->isSent() || m_exchange->mode() != BodySink::Mode::Append)
        return {};
    const qint64 next = m_data.received.end();
    return {{next, m_data.entity.total.value_or(ByteRange::kOpenEnd)}};
}

void FetchJob::start()
{
    if (m_data.targetPath.isEmpty()) {
        ask();
    } else {
        makePart();
        m_part->openExisting(m_data.partPath, m_data.targetPath, m_data.received);
    }
}

// From now on the part on disk holds `received` of `entity`, and nothing else of worth.
void FetchJob::adopt(const Entity &entity, const RangeSet &received)
{
    m_data.entity = entity;
    m_map.restart(received, entity.total);
    m_data.received = m_map.received();
    m_data.durable = m_data.durable.intersected(m_data.received);
}

void FetchJob::makePart()
{
    m_part = std::make_unique<PartFile>(m_tools.ioThreads, this);
    connect(m_part.get(), &PartFile::opened, this, &FetchJob::onOpened);
    connect(m_part.get(), &PartFile::missing, this, &FetchJob::onMissing);
    connect(m_part.get(), &PartFile::failed, this, [this](const Error &error) { end(error); });
    connect(m_part.get(), &PartFile::synced, this, [this] {
        m_data.durable = m_syncing.intersected(m_data.received);
        Q_EMIT dataChanged();
        if (m_stopping && !m_exchange)
            end(interrupted());
    });
}

void FetchJob::onOpened(const QString &targetPath, const QString &partPath, const RangeSet &holds)
{
    m_data.targetPath = targetPath;
    if (m_data.partPath != partPath) { // a new one
        m_data.partPath = partPath;
        mustRecordThen(Durability::Written);
        return;
    }
    if (holds != m_data.received) {
        Q_EMIT noted(tr("The part file is shorter than recorded: what is missing is fetched again."));
        adopt(m_data.entity, holds);
    }
    m_plan.start(m_data.entity, m_data.received, m_past.lastTry, m_data.endSeen);
    finishOrAsk();
}

void FetchJob::onMissing(std::optional<qint64> targetSize)
{
    m_part.release()->deleteLater(); // it is emitting
    if (m_map.isComplete() && targetSize == m_data.entity.total) {
        if (!m_data.partPath.isEmpty())
            Q_EMIT noted(tr("The finished file is already in its place."));
        end({});
        return;
    }
    Q_EMIT noted(m_data.partPath.isEmpty() ? tr("The finished file is gone: fetching it again.")
                                           : tr("The part file is gone: starting over."));
    m_data.partPath.clear();
    m_data.targetPath.clear();
    adopt({}, {});
    ask();
}

void FetchJob::createPart()
{
    const Accepted &accepted = m_exchange->accepted();
    m_data.entity = entityOf(accepted, m_exchange->finalUrl());
    const QString name =
        !m_data.options.name.isEmpty()
            ? m_data.options.name
            : chooseName(accepted.disposition, m_data.entity.finalUrl, m_data.url, accepted.mediaType);
    const QString folder = m_data.options.folder.isEmpty() ? m_settings.folder : m_data.options.folder;
    makePart();
    m_part->create(folder, name, m_data.options.conflict.value_or(m_settings.conflict));
}

void FetchJob::ask()
{
    retireExchange();
    m_overlapEnd = -1;
    if (m_over)
        return;
    if (m_stopping) {
        syncAndStop();
        return;
    }
    const auto asked = m_plan.next(m_data);
    if (!asked) {
        end(Error{ErrorCode::KeepsChanging, 0, {}, {}});
        return;
    }
    Transfer::Request request;
    request.url = m_data.url;
    request.headers = m_data.options.headers;
    request.asked = *asked;
    request.timeout = m_settings.timeout;
    request.bufferSize = m_tools.limiter.bufferSize(kBuffer);
    request.ownSocket = m_past.broke;
    m_exchange = std::make_unique<Exchange>(std::move(request), m_tools, this);
    connect(m_exchange.get(), &Exchange::answered, this, &FetchJob::onAnswered);
    connect(m_exchange.get(), &Exchange::stored, this, &FetchJob::onStored);
    connect(m_exchange.get(), &Exchange::equal, this, [this](ByteRange range) { m_plan.proved(range); });
    connect(m_exchange.get(), &Exchange::differs, this, &FetchJob::onDiffers);
    connect(m_exchange.get(), &Exchange::caughtUp, this, &FetchJob::onCaughtUp);
    connect(m_exchange.get(), &Exchange::settled, this, &FetchJob::onSettled);
    m_exchange->start();
}

void FetchJob::onAnswered(const Verdict &verdict)
{
    switch (m_plan.judge(verdict, m_data)) {
    case FetchPlan::Use::Append:
        if (m_part)
            append();
        else
            createPart();
        break;
    case FetchPlan::Use::Prove: m_exchange->sendTo(*m_part, BodySink::Mode::Prove, {}); break;
    case FetchPlan::Use::Overlay:
        if (m_exchange->accepted().begin == 0)
            Q_EMIT noted(tr("The server sends the whole file: comparing it with what is on disk."));
        m_exchange->sendTo(*m_part, BodySink::Mode::Overlay, m_data.received);
        break;
    case FetchPlan::Use::AskAgain: ask(); break;
    case FetchPlan::Use::Complete:
        m_data.entity.total = m_plan.knownSize();
        m_map.setTotal(m_data.entity.total);
        finishOrAsk();
        break;
    case FetchPlan::Use::Fail: end(std::get<Error>(verdict)); break;
    }
}

void FetchJob::append()
{
    takeEntity();
    reserve();
    m_checkpoint.start(kCheckpoint, this);
    Q_EMIT dataChanged();
    if (m_map.isComplete()) // an empty file
        end({});
    else
        m_exchange->sendTo(*m_part, BodySink::Mode::Append, {});
}

// The present answer continues what is on disk: what it says of the file is added to what was known.
void FetchJob::takeEntity()
{
    const Accepted &accepted = m_exchange->accepted();
    Entity entity = entityOf(accepted, m_exchange->finalUrl());
    if (accepted.partial && !m_data.received.isEmpty()) {
        entity = m_data.entity;
        entity.finalUrl = m_exchange->finalUrl();
        entity.ranges = true;
        if (accepted.total)
            entity.total = accepted.total;
    }
    adopt(entity, m_data.received);
}

void FetchJob::reserve()
{
    if (m_data.entity.total)
        m_part->reserve(*m_data.entity.total);
}

void FetchJob::onStored(ByteRange range)
{
    m_map.markReceived(range);
    m_data.received = m_map.received();
    m_stored += range.size();
    m_data.endSeen = false;
    m_plan.progressed();
    m_dirty = true;
}

void FetchJob::onDiffers(qint64 offset)
{
    const Accepted &accepted = m_exchange->accepted();
    if (m_exchange->mode() == BodySink::Mode::Prove || accepted.begin > 0) {
        Q_EMIT noted(tr("The bytes on disk are not those of the file on the server."));
        m_plan.distrustRanges();
        m_exchange->cut();
        return;
    }
    if (offset == 0 && accepted.mediaType.isEmpty() && FetchPlan::expectsBinary(m_data)
        && looksLikePage(m_exchange->held())) {
        end(Error{ErrorCode::WebPage, 0, {}, {}});
        return;
    }
    Q_EMIT noted(
        tr("The file on the server is another one from byte %1 on: fetching it from there.").arg(offset));
    adopt(entityOf(accepted, m_exchange->finalUrl()), RangeSet({0, offset}));
    mustRecordThen(Durability::Synced);
}

void FetchJob::onCaughtUp()
{
    const Accepted &accepted = m_exchange->accepted();
    if (accepted.partial) {
        takeEntity();
        m_overlapEnd = m_exchange->position();
    } else {
        adopt(entityOfCopy(accepted, m_exchange->finalUrl(), m_data.entity),
              RangeSet({0, m_exchange->position()}));
        m_copyEnd = m_exchange->position();
    }
    m_plan.progressed();
    reserve();
    m_checkpoint.start(kCheckpoint, this);
    Q_EMIT dataChanged();
    m_exchange->appendFromHere();
}

void FetchJob::mustRecordThen(Durability durability)
{
    m_awaitsRecord = true;
    Q_EMIT mustRecord(durability);
}

void FetchJob::proceed()
{
    if (!std::exchange(m_awaitsRecord, false) || m_over)
        return;
    if (m_stopping) {
        retireExchange();
        syncAndStop();
    } else if (!m_exchange->isSent()) {
        append();
    } else {
        reserve();
        m_checkpoint.start(kCheckpoint, this);
        m_exchange->appendFromHere();
    }
}

// The transfer is over and the disk has done all it was given: what next?
void FetchJob::onSettled()
{
    if (m_over || m_awaitsRecord)
        return;
    if (m_stopping) {
        retireExchange();
        syncAndStop();
        return;
    }
    switch (m_exchange->mode()) {
    case BodySink::Mode::Append: settleAppend(); break;
    case BodySink::Mode::Prove: settleProof(); break;
    case BodySink::Mode::Overlay: settleOverlay(); break;
    }
}

void FetchJob::settleAppend()
{
    const std::optional<Error> error = m_exchange->error();
    const Accepted &accepted = m_exchange->accepted();
    const bool tooLong = error && error->code == ErrorCode::BodyTooLong;
    if (error && !m_exchange->wasAnswered()) {
        settleUnanswered(*error);
        return;
    }
    if (!error && !accepted.partial && !accepted.total && !m_exchange->isEndUnmarked()) {
        m_data.entity.total =
            m_data.received.end(); // a whole copy with a proper end, whatever was known before
        m_map.setTotal(m_data.entity.total);
    }
    if (!accepted.total && m_data.entity.total && m_data.received.end() > *m_data.entity.total) {
        m_data.entity.total.reset(); // a whole copy that is longer than the version before
        m_map.setTotal({});
    }
    if (!error && !m_data.entity.total) {
        const bool unmarked = m_exchange->isEndUnmarked();
        if (unmarked && m_data.received.isEmpty()) {
            end(Error{ErrorCode::EmptyAnswer, 0, {}, {}});
            return;
        }
        const bool twice = m_copyEnd == m_data.received.end(); // two copies that end alike are believed
        if (unmarked && !twice && m_plan.wantsSize()) {
            m_data.endSeen = true;
            ask();
            return;
        }
        m_data.entity.total = m_data.received.end();
        m_map.setTotal(m_data.entity.total);
    }
    if (tooLong && accepted.partial) {
        m_plan.distrustRanges(); // its offsets cannot be trusted: compare all of it
        ask();
    } else if (m_map.isComplete() && !tooLong) {
        end({});
    } else if (error && m_overlapEnd == m_data.received.end() && m_plan.shortenOverlap()) {
        ask(); // it broke before it brought a new byte: compare fewer old ones
    } else if (error && !(error->code == ErrorCode::BodyTooShort && m_exchange->fetched() > 0)) {
        end(error);
    } else if (accepted.partial) {
        ask(); // a part of what was asked: the server gives it in pieces
    } else {
        end(Error{ErrorCode::BodyTooShort, 0, {}, {}});
    }
}

void FetchJob::settleUnanswered(const Error &error)
{
    if (m_plan.purpose() == FetchPlan::Purpose::Size && m_plan.believesEnd(error)) {
        m_data.entity.total = m_data.received.end();
        end({});
    } else if (m_plan.wantsWholeInstead()) {
        ask();
    } else {
        end(error);
    }
}

void FetchJob::settleProof()
{
    // A line that breaks often still proves some bytes each time.
    if (m_exchange->error() && m_exchange->position() == m_exchange->accepted().begin) {
        end(m_exchange->error());
        return;
    }
    if (m_plan.hasAllProof()) {
        m_plan.proofDone();
        m_data.entity.validators = m_exchange->accepted().validators;
    }
    finishOrAsk();
}

// The new copy ended before it had passed what is on disk, and all of it was equal.
void FetchJob::settleOverlay()
{
    const std::optional<Error> error = m_exchange->error();
    const Accepted &accepted = m_exchange->accepted();
    if (accepted.begin > 0 || (accepted.partial && error)) { // the overlap differed, or broke
        if (error && !m_plan.shortenOverlap())
            end(error);
        else
            ask();
        return;
    }
    const qint64 position = m_exchange->position();
    const bool isAnother = (accepted.same == SameEntity::No && !accepted.shrunk) || accepted.encoded;
    const bool whole = !error && position > 0 && !accepted.shrunk
                       && (accepted.total ? *accepted.total == position : !m_exchange->isEndUnmarked());
    if (whole || (isAnother && accepted.ranges && position > 0)) {
        // A shorter file that is whole; or one to go on with from here, or a frail line would never pass.
        Entity entity = entityOf(accepted, m_exchange->finalUrl());
        if (whole)
            entity.total = position;
        adopt(entity, RangeSet({0, position}));
        Q_EMIT dataChanged();
    }
    if (whole)
        end({});
    else
        end(error.value_or(Error{ErrorCode::BodyTooShort, 0, {}, {}}));
}

void FetchJob::finishOrAsk()
{
    if (m_map.isComplete())
        end({});
    else
        ask();
}

void FetchJob::stop()
{
    if (m_over || std::exchange(m_stopping, true))
        return;
    const bool diskAnswers = m_part && (m_data.partPath.isEmpty() || !m_exchange); // opened, or failed, comes
    if (m_awaitsRecord || diskAnswers)
        return;
    m_exchange->drain();
}

void FetchJob::syncAndStop()
{
    if (!m_part || m_data.durable == m_data.received) {
        end(interrupted());
        return;
    }
    m_syncing = m_data.received;
    Q_EMIT dataChanged();
    m_part->sync();
}

void FetchJob::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_checkpoint.timerId() || !std::exchange(m_dirty, false))
        return;
    Q_EMIT dataChanged();
    if (++m_checkpoints % kCheckpointsASync == 0 && !m_stopping) {
        m_syncing = m_data.received;
        m_part->sync();
    }
}

// It may be emitting just now.
void FetchJob::retireExchange()
{
    if (!m_exchange)
        return;
    m_fetched += m_exchange->fetched();
    m_exchange->disconnect();
    m_exchange->silence();
    m_exchange.release()->deleteLater();
}

std::unique_ptr<PartFile> FetchJob::takePart()
{
    if (m_part)
        m_part->disconnect();
    return std::move(m_part);
}

void FetchJob::end(const std::optional<Error> &error)
{
    if (std::exchange(m_over, true))
        return;
    m_checkpoint.stop();
    retireExchange(); // deleted later: `error` may live in it
    Q_EMIT ended(error);
}

} // namespace longhaul
