// SPDX-License-Identifier: MIT
#include "fetchjob.h"

#include "filename.h"

#include <QTimerEvent>

#include <utility>

namespace longhaul {

namespace {

constexpr qint64 kWrittenAtOnce = 256 << 10; // bytes: a full disk tells as soon by itself
constexpr int kCheckpoint = 500;             // ms between records of what was received
constexpr int kCheckpointsASync = 10;        // every so many-th is made durable

// What moves bytes, and may be emitting just now: silent from here on, deleted when that is over.
template <typename T>
void retire(std::unique_ptr<T> &mover, qint64 *fetched)
{
    if (!mover)
        return;
    *fetched += mover->fetched();
    mover->disconnect();
    mover->silence();
    mover.release()->deleteLater();
}

} // namespace

FetchJob::FetchJob(ResumeData data, const Settings &settings, FetchTools tools, Wish wish, QObject *parent)
    : QObject(parent)
    , m_data(std::move(data))
    , m_settings(settings)
    , m_tools(tools)
    , m_wish(std::move(wish))
    , m_address(m_wish.candidate.isEmpty() ? QUrl(m_data.url) : m_wish.candidate)
    , m_connections(m_data.options.connections.value_or(settings.connectionsPerTask))
{
    m_tools.connections.enter(m_address);
    const QString boot = currentBootId();
    const bool isNothingSure = m_data.targetPath.isEmpty() || !m_data.foreignPath.isEmpty();
    m_data.received = isNothingSure ? RangeSet() : m_data.trusted(boot);
    m_data.partDoubted = false; // as far as this run knows
    m_data.bootId = boot;
    m_forgot = m_data.received.isEmpty() && !m_data.partPath.isEmpty(); // starting over
    adopt(m_data.entity, m_data.received);
}

FetchJob::~FetchJob()
{
    if (m_survey)
        *m_survey = true;
    retireSegments(); // or what this run leaves to others would be theirs
    m_tools.connections.leave(m_address);
}

qint64 FetchJob::fetched() const
{
    return m_fetched + (m_exchange ? m_exchange->fetched() : 0) + (m_segments ? m_segments->fetched() : 0);
}

QList<ByteRange> FetchJob::inFlight() const
{
    if (m_segments)
        return m_segments->inFlight();
    if (!m_exchange || !m_exchange->isSent() || m_exchange->mode() != BodySink::Mode::Append)
        return {};
    const qint64 next = m_data.received.end();
    return {{next, m_data.entity.total.value_or(ByteRange::kOpenEnd)}};
}

void FetchJob::start()
{
    if (m_stopping) {
        endStopped();
    } else if (!m_data.foreignPath.isEmpty()) {
        survey();
    } else if (m_data.targetPath.isEmpty()) {
        begin();
    } else {
        makePart();
        m_part->openExisting(m_data.partPath, m_data.targetPath, m_data.received);
    }
}

// From now on the part on disk holds `received` of `entity`, and nothing else of worth.
void FetchJob::adopt(const Entity &entity, const RangeSet &received)
{
    const RangeSet before = m_data.received;
    m_data.entity = entity;
    m_map.restart(received, entity.total);
    m_data.received = m_map.received();
    m_forgot = m_forgot || before.intersected(m_data.received) != before
               || m_data.durable.intersected(m_data.received) != m_data.durable;
    m_data.durable = m_data.durable.intersected(m_data.received);
    m_data.doubtful = m_data.doubtful.intersected(m_data.received);
    for (RangeSet &range : m_syncing) // what is written there from now on is not among it
        range = range.intersected(m_data.received);
}

void FetchJob::makePart()
{
    m_syncing.clear();
    m_part = std::make_unique<PartFile>(m_tools.ioThreads, this);
    connect(m_part.get(), &PartFile::opened, this, &FetchJob::onOpened);
    connect(m_part.get(), &PartFile::missing, this, &FetchJob::onMissing);
    connect(m_part.get(), &PartFile::failed, this, &FetchJob::onPartFailed);
    connect(m_part.get(), &PartFile::moved, this, &FetchJob::onMoved);
    connect(m_part.get(), &PartFile::nameTaken, this, [this] { std::exchange(m_onTaken, nullptr)(); });
    connect(m_part.get(), &PartFile::synced, this, [this] {
        m_data.durable = m_syncing.takeFirst();
        Q_EMIT dataChanged();
    });
    connect(m_part.get(), &PartFile::rested, this, [this](const QByteArray &stamp) {
        m_data.durable = m_data.received;
        leaveAs(stamp);
        if (m_stopping) // perhaps nobody waits for more than that this run ends
            Q_EMIT dataChanged();
        end(m_last);
    });
}

void FetchJob::onOpened(const QString &targetPath, const QString &partPath, const RangeSet &holds,
                        const QByteArray &stamp)
{
    if (!m_data.foreignPath.isEmpty()) {
        adopt(m_data.entity, holds);
        begin();
        return;
    }
    m_data.targetPath = targetPath;
    if (m_data.partPath != partPath) { // a new one
        m_data.partPath = partPath;
        m_data.partStamp.clear();
        mustRecordThen(Durability::Written, [this] { append(); });
        return;
    }
    if (holds != m_data.received) {
        Q_EMIT noted(tr("The part file is shorter than recorded: what is missing is fetched again."));
        adopt(m_data.entity, holds);
    }
    const bool isOther =
        !m_data.received.isEmpty() && !m_data.partStamp.isEmpty() && stamp != m_data.partStamp;
    // A digest that will be checked proves more than the server could, and needs no network.
    const bool isProvedNext = m_map.isComplete() && m_data.doubtful.isEmpty() && wantedDigest(m_data);
    if (isOther && !isProvedNext)
        doubtPart(stamp);
    begin();
}

void FetchJob::onMissing(std::optional<qint64> targetSize)
{
    m_part.release()->deleteLater(); // it is emitting
    if (!m_data.foreignPath.isEmpty()) {
        end(Error{ErrorCode::NotAdoptable, 0, {}, {}});
        return;
    }
    // Before it gets its name all of it is durable, and its stamp forgotten: until then, what is there is
    // another file.
    const bool isOnItsWay = m_data.durable == m_data.received && m_data.partStamp.isEmpty();
    const bool mayBeNamed = m_data.partPath.isEmpty() || isOnItsWay;
    if (mayBeNamed && m_map.isComplete() && targetSize == m_data.entity.total) {
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
    begin();
}

// What is on disk is known now.
void FetchJob::begin()
{
    if (m_wish.candidate.isEmpty() && m_data.foreignPath.isEmpty()) {
        m_plan.start(m_data.entity, m_data.received, m_wish.lastTry, m_data.endSeen);
        if (m_data.partDoubted)
            m_plan.doubt();
        if (!m_data.doubtful.isEmpty()) {
            m_plan.startRepair(m_data.doubtful);
            m_checkpoint.start(kCheckpoint, this); // what was compared need not be again
        }
        finishOrAsk();
    } else if (m_data.received.isEmpty()) {
        agree({}, [this] { ask(); }); // nothing is there that it could contradict
    } else {
        m_plan.startStrict(m_data.received, m_wish.lastTry);
        if (m_data.partDoubted)
            m_plan.doubt();
        ask();
    }
}

void FetchJob::createPart()
{
    const Accepted &accepted = m_exchange->accepted();
    m_data.entity = entityOf(accepted, m_exchange->finalUrl());
    const QString name =
        !m_data.options.name.isEmpty()
            ? m_data.options.name
            : chooseName(accepted.disposition, m_exchange->finalUrl(), m_address, accepted.mediaType);
    const QString folder = m_data.options.folder.isEmpty() ? m_settings.folder : m_data.options.folder;
    makePart();
    m_part->create(folder, name, m_data.options.conflict.value_or(m_settings.conflict), m_wish.othersParts());
}

void FetchJob::ask()
{
    retireExchange();
    m_overlapEnd = -1;
    if (m_over)
        return;
    if (m_stopping) {
        endStopped();
        return;
    }
    const auto asked = m_plan.next(m_data);
    if (!asked) {
        end(Error{ErrorCode::KeepsChanging, 0, {}, {}});
        return;
    }
    m_exchange = std::make_unique<Exchange>(requestFor(*asked), m_tools, this);
    connect(m_exchange.get(), &Exchange::answered, this, &FetchJob::onAnswered);
    connect(m_exchange.get(), &Exchange::stored, this, &FetchJob::onStored);
    connect(m_exchange.get(), &Exchange::equal, this, &FetchJob::onEqual);
    connect(m_exchange.get(), &Exchange::differs, this, &FetchJob::onDiffers);
    connect(m_exchange.get(), &Exchange::caughtUp, this, &FetchJob::onCaughtUp);
    connect(m_exchange.get(), &Exchange::settled, this, &FetchJob::onSettled);
    m_exchange->start();
}

Transfer::Request FetchJob::requestFor(const RangeRequest &asked) const
{
    Transfer::Request request;
    request.url = m_address;
    request.headers = headersFor(m_data, request.url);
    request.asked = asked;
    request.timeout = m_settings.timeout;
    return request;
}

void FetchJob::setConnections(int most)
{
    m_connections = most;
    if (m_segments)
        m_segments->setMost(most);
}

// From here on the part file grows.
void FetchJob::writeOn()
{
    unstamp();
    if (m_data.entity.total.value_or(0) > kWrittenAtOnce)
        m_part->reserve(*m_data.entity.total);
    m_checkpoint.start(kCheckpoint, this);
}

// What is on the disk of the record tells of no byte that is going to be overwritten.
void FetchJob::whenSafe(std::function<void()> then)
{
    if (m_forgot)
        mustRecordThen(Durability::Synced, std::move(then));
    else
        then();
}

void FetchJob::mustRecordThen(Durability durability, std::function<void()> then)
{
    m_onRecorded = std::move(then);
    const bool forgot = std::exchange(m_forgot, false);
    Q_EMIT mustRecord(forgot ? Durability::Synced : durability);
}

void FetchJob::proceed()
{
    const auto then = std::exchange(m_onRecorded, nullptr);
    if (!then || m_over || m_resting)
        return;
    if (m_stopping)
        endStopped();
    else
        then();
}

void FetchJob::finishOrAsk()
{
    if (m_map.isComplete() && !m_plan.owesProof())
        end({});
    else
        ask();
}

void FetchJob::stop()
{
    if (m_over || std::exchange(m_stopping, true))
        return;
    if (m_survey)
        *m_survey = true;
    // Opened, moved, or failed, comes.
    const bool isMade = m_data.partPath.isEmpty() && m_data.foreignPath.isEmpty();
    const bool diskAnswers = m_part && (isMade || (!m_exchange && !m_segments));
    if (m_survey || m_onMoved || m_onRecorded || diskAnswers) // start(), the disk or proceed() looks at it
        return;
    if (m_segments)
        m_segments->drain();
    if (m_exchange)
        m_exchange->drain();
}

void FetchJob::sync()
{
    m_syncing.append(m_data.received);
    m_part->sync();
}

void FetchJob::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_checkpoint.timerId() || !std::exchange(m_dirty, false))
        return;
    Q_EMIT dataChanged();
    if (++m_checkpoints % kCheckpointsASync == 0 && !m_stopping)
        sync();
}

void FetchJob::retireExchange() { retire(m_exchange, &m_fetched); }

void FetchJob::retireSegments() { retire(m_segments, &m_fetched); }

std::unique_ptr<PartFile> FetchJob::takePart()
{
    if (m_part) {
        m_part->endReserving();
        m_part->disconnect();
    }
    return std::move(m_part);
}

} // namespace longhaul
