// SPDX-License-Identifier: MIT
#include "fetchjob.h"

#include "filename.h"

#include <QTimerEvent>

#include <algorithm>

namespace longhaul {

namespace {

constexpr int kCheckpoint = 1000;    // ms between records of what was received
constexpr int kCheckpointsASync = 5; // every so many-th is made durable
constexpr qint64 kBuffer = 8 << 20;  // bytes unread in a reply: smaller ones cost processor time (measured)

const Error kInterrupted{ErrorCode::Interrupted, 0, {}, {}};

} // namespace

FetchJob::FetchJob(ResumeData data, const Settings &settings, FetchTools tools, QObject *parent)
    : QObject(parent)
    , m_data(std::move(data))
    , m_settings(settings)
    , m_tools(tools)
{
    const QString boot = currentBootId();
    m_data.received = m_data.targetPath.isEmpty() ? RangeSet() : m_data.trusted(boot);
    m_data.bootId = boot;
    adopt(m_data.entity, m_data.received);
    connect(&m_tools.limiter, &RateLimiter::replenished, this, &FetchJob::pump);
}

FetchJob::~FetchJob() { dropTransfer(); }

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
    RangeSet durable;
    for (const ByteRange &range : m_data.durable.ranges()) {
        const RangeSet both = m_data.received.intersected(range);
        for (const ByteRange &kept : both.ranges())
            durable.add(kept);
    }
    m_data.durable = durable;
}

void FetchJob::makePart()
{
    m_part = std::make_unique<PartFile>(m_tools.ioThreads, this);
    connect(m_part.get(), &PartFile::opened, this, &FetchJob::onOpened);
    connect(m_part.get(), &PartFile::missing, this, &FetchJob::onMissing);
    connect(m_part.get(), &PartFile::failed, this, [this](const Error &error) { end(error); });
    connect(m_part.get(), &PartFile::synced, this, [this] {
        m_data.durable = m_syncing;
        Q_EMIT dataChanged();
        if (m_stopping)
            end(kInterrupted);
    });
}

void FetchJob::onOpened(const QString &targetPath, const QString &partPath, const RangeSet &holds)
{
    m_data.targetPath = targetPath;
    if (m_data.partPath != partPath) { // a new one
        m_data.partPath = partPath;
        m_awaitsRecord = true;
        Q_EMIT mustRecord(Durability::Written);
        return;
    }
    if (holds != m_data.received) {
        Q_EMIT noted(tr("The part file is shorter than recorded: what is missing is fetched again."));
        adopt(m_data.entity, holds);
    }
    m_plan.start(m_data.entity, m_data.received);
    if (m_stopping)
        end(kInterrupted);
    else
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
    m_data.entity = entityOf(m_accepted, m_transfer->finalUrl());
    const QString name = !m_data.options.name.isEmpty()
        ? m_data.options.name
        : chooseName(m_accepted.disposition, m_data.entity.finalUrl, m_data.url, m_accepted.mediaType);
    const QString folder = m_data.options.folder.isEmpty() ? m_settings.folder : m_data.options.folder;
    makePart();
    m_part->create(folder, name, m_data.options.conflict.value_or(m_settings.conflict));
}

void FetchJob::ask()
{
    dropTransfer();
    if (m_over)
        return;
    if (m_stopping) {
        end(kInterrupted);
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
    m_network = m_tools.connections.lend(m_data.url);
    m_transfer = std::make_unique<Transfer>(*m_network, std::move(request), this);
    connect(m_transfer.get(), &Transfer::answered, this, &FetchJob::onAnswered);
    connect(m_transfer.get(), &Transfer::readyRead, this, &FetchJob::pump);
    connect(m_transfer.get(), &Transfer::ended, this, [this](const std::optional<Error> &error) {
        m_transferOver = true;
        m_transferError = error;
        settle();
    });
    m_transfer->start();
}

void FetchJob::onAnswered(const Verdict &verdict)
{
    if (const auto *accepted = std::get_if<Accepted>(&verdict))
        m_accepted = *accepted;
    switch (m_plan.judge(verdict, m_data)) {
    case FetchPlan::Use::Append:
        if (m_part)
            append();
        else
            createPart();
        break;
    case FetchPlan::Use::Prove: useFor(BodySink::Mode::Prove); break;
    case FetchPlan::Use::Overlay:
        Q_EMIT noted(tr("The server sends the whole file: comparing it with what is on disk."));
        useFor(BodySink::Mode::Overlay);
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
    Entity entity = entityOf(m_accepted, m_transfer->finalUrl());
    if (m_accepted.partial && !m_data.received.isEmpty()) {
        // What was known of the file stays; the answer may add its size.
        entity = m_data.entity;
        entity.finalUrl = m_transfer->finalUrl();
        entity.ranges = true;
        if (m_accepted.total)
            entity.total = m_accepted.total;
    }
    adopt(entity, m_data.received);
    if (entity.total)
        m_part->reserve(*entity.total);
    useFor(BodySink::Mode::Append);
    Q_EMIT dataChanged();
    settle(); // an empty file is complete at once
}

void FetchJob::useFor(BodySink::Mode mode)
{
    m_sink = std::make_unique<BodySink>(*m_part, mode, m_accepted.begin, m_data.received, this);
    connect(m_sink.get(), &BodySink::stored, this, &FetchJob::onStored);
    connect(m_sink.get(), &BodySink::differs, this, &FetchJob::onDiffers);
    connect(m_sink.get(), &BodySink::caughtUp, this, &FetchJob::onCaughtUp);
    connect(m_sink.get(), &BodySink::equal, this, [this](ByteRange range) {
        m_plan.proved(range);
        pump();
        settle();
    });
    connect(m_sink.get(), &BodySink::stepped, this, [this] {
        pump();
        settle();
    });
    m_checkpoint.start(kCheckpoint, this);
    pump();
}

// Moves bytes from the network to the disk as far as both, and the limit, allow.
void FetchJob::pump()
{
    while (m_transfer && m_sink && !m_awaitsRecord && !m_over) {
        const qint64 room = m_sink->room();
        const qint64 wanted = std::min(m_transfer->bytesAvailable(), room);
        const qint64 allowed = wanted <= 0 || m_stopping ? wanted : m_tools.limiter.take(wanted);
        m_transfer->setWanted(room > 0 && (wanted <= 0 || allowed > 0)); // else silence is our own
        if (allowed <= 0)
            return;
        const QByteArray bytes = m_transfer->read(allowed);
        if (bytes.isEmpty())
            return;
        m_fetched += bytes.size();
        m_sink->take(bytes);
    }
}

void FetchJob::onStored(ByteRange range)
{
    m_map.markReceived(range);
    m_data.received = m_map.received();
    m_stored += range.size();
    m_plan.progressed();
    m_dirty = true;
    pump();
    settle();
}

void FetchJob::onDiffers(qint64 offset, const QByteArray &rest)
{
    if (m_sink->mode() == BodySink::Mode::Prove) {
        m_plan.distrustRanges();
        m_transferOver = true; // the rest of it is of no use
        m_transfer->abort();
        settle();
        return;
    }
    Q_EMIT noted(tr("The file on the server is another one from byte %1 on: fetching it from there.").arg(offset));
    adopt(entityOf(m_accepted, m_transfer->finalUrl()), RangeSet({0, offset}));
    m_rest = rest;
    m_awaitsRecord = true;
    Q_EMIT mustRecord(Durability::Synced);
}

void FetchJob::onCaughtUp()
{
    adopt(entityOfCopy(m_accepted, m_transfer->finalUrl(), m_data.entity), RangeSet({0, m_sink->position()}));
    m_sink->becomeAppend();
    if (m_data.entity.total)
        m_part->reserve(*m_data.entity.total);
    m_plan.progressed();
    Q_EMIT dataChanged();
    pump();
    settle();
}

void FetchJob::proceed()
{
    if (!m_awaitsRecord || m_over)
        return;
    m_awaitsRecord = false;
    if (!m_sink) {
        append();
        return;
    }
    if (m_data.entity.total)
        m_part->reserve(*m_data.entity.total);
    m_sink->becomeAppend();
    if (!m_rest.isEmpty())
        m_sink->take(std::exchange(m_rest, {}));
    pump();
    settle();
}

// When the transfer is over and the disk has done all it was given: what next?
void FetchJob::settle()
{
    if (m_over || m_awaitsRecord)
        return;
    if (m_stopping) {
        drainAndStop();
        return;
    }
    if (!m_transferOver || (m_sink && !m_sink->isIdle()))
        return;
    if (!m_sink) {
        const bool creating = m_part && m_data.partPath.isEmpty(); // append() is on its way
        if (!creating)
            end(m_transferError.value_or(Error{ErrorCode::ConnectionLost, 0, {}, {}}));
        return;
    }
    switch (m_sink->mode()) {
    case BodySink::Mode::Append: settleAppend(); break;
    case BodySink::Mode::Prove: settleProof(); break;
    case BodySink::Mode::Overlay: settleOverlay(); break;
    }
}

void FetchJob::settleAppend()
{
    const bool tooLong = m_transferError && m_transferError->code == ErrorCode::BodyTooLong;
    if (!m_accepted.total && m_data.entity.total && m_data.received.end() > *m_data.entity.total) {
        m_data.entity.total.reset(); // a whole copy that is longer than the version before
        m_map.setTotal({});
    }
    if (!m_transferError && !m_data.entity.total) {
        const bool unmarked = m_transfer->isEndUnmarked();
        if (unmarked && m_data.received.isEmpty()) {
            end(Error{ErrorCode::EmptyAnswer, 0, {}, {}});
            return;
        }
        if (unmarked && !m_data.entity.encoded && m_plan.wantsSize()) {
            ask();
            return;
        }
        m_data.entity.total = m_data.received.end();
        m_map.setTotal(m_data.entity.total);
    }
    if (tooLong && m_accepted.partial) {
        m_plan.distrustRanges(); // its offsets cannot be trusted: compare all of it
        ask();
    } else if (m_map.isComplete() && !tooLong) {
        end({});
    } else if (m_transferError) {
        end(m_transferError);
    } else if (m_accepted.partial) {
        ask(); // an honest answer to a part of what was asked
    } else {
        end(Error{ErrorCode::BodyTooShort, 0, {}, {}});
    }
}

void FetchJob::settleProof()
{
    if (m_transferError) {
        end(m_transferError);
        return;
    }
    if (m_plan.hasAllProof()) {
        m_plan.proofDone();
        m_data.entity.validators = m_accepted.validators;
    }
    finishOrAsk();
}

// The new copy ended before it had passed what is on disk, and all of it was equal.
void FetchJob::settleOverlay()
{
    const qint64 position = m_sink->position();
    const bool isAnother = m_accepted.same == SameEntity::No || m_accepted.encoded;
    const bool whole = !m_transferError && (m_accepted.total ? *m_accepted.total == position : isAnother);
    if (whole || (isAnother && m_accepted.ranges && position > 0)) {
        // A shorter file that is whole; or one to go on with from here, or a frail line would never pass.
        Entity entity = entityOf(m_accepted, m_transfer->finalUrl());
        if (whole)
            entity.total = position;
        adopt(entity, RangeSet({0, position}));
        Q_EMIT dataChanged();
    }
    if (whole)
        end({});
    else
        end(m_transferError.value_or(Error{ErrorCode::BodyTooShort, 0, {}, {}}));
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
    if (m_over || m_stopping)
        return;
    m_stopping = true;
    if (m_part && m_data.partPath.isEmpty())
        return; // onOpened comes, or failed
    if (m_part && !m_sink && !m_transfer)
        return; // likewise
    settle();
}

void FetchJob::drainAndStop()
{
    const bool appending = m_sink && m_sink->mode() == BodySink::Mode::Append;
    if (appending) {
        pump(); // what has arrived is kept
        if (!m_sink->isIdle() || (!m_transferOver && m_transfer->bytesAvailable() > 0))
            return; // when the disk has room again
    }
    dropTransfer();
    if (!appending || m_data.durable == m_data.received) {
        end(kInterrupted);
        return;
    }
    m_syncing = m_data.received;
    Q_EMIT dataChanged();
    m_part->sync();
}

void FetchJob::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_checkpoint.timerId() || !m_dirty)
        return;
    m_dirty = false;
    Q_EMIT dataChanged();
    if (++m_checkpoints % kCheckpointsASync == 0 && !m_stopping) {
        m_syncing = m_data.received;
        m_part->sync();
    }
}

void FetchJob::dropTransfer()
{
    // Either may be emitting just now.
    if (m_sink) {
        m_sink->disconnect();
        m_part->disconnect(m_sink.get());
        m_sink.release()->deleteLater();
    }
    m_transferOver = false;
    m_transferError.reset();
    if (!m_transfer)
        return;
    m_transfer->disconnect();
    m_transfer->abort();
    m_transfer.release()->deleteLater();
    m_tools.connections.giveBack(std::exchange(m_network, nullptr));
}

std::unique_ptr<PartFile> FetchJob::takePart()
{
    if (m_part)
        m_part->disconnect();
    return std::move(m_part);
}

void FetchJob::end(const std::optional<Error> &error)
{
    if (m_over)
        return;
    m_over = true;
    m_checkpoint.stop();
    const std::optional<Error> reason = error; // may live in what is dropped now
    dropTransfer();
    Q_EMIT ended(reason);
}

} // namespace longhaul
