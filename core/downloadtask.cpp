// SPDX-License-Identifier: MIT
#include "downloadtask.h"

#include <QFile>
#include <QHostAddress>
#include <QRandomGenerator>

#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr auto kTick = 250ms;

// An object that may be emitting just now: silent from here on, deleted when that is over.
template <typename T>
void retire(std::unique_ptr<T> &object)
{
    if (object) {
        object->disconnect();
        object.release()->deleteLater();
    }
}

} // namespace

DownloadTask::DownloadTask(ResumeData data, const Settings &settings, FetchTools tools,
                           NetworkPolicy &network, QObject *parent)
    : QObject(parent)
    , m_data(std::move(data))
    , m_settings(settings)
    , m_tools(tools)
    , m_network(network)
{
    using enum TaskState;
    // A process that died cannot have left it running: it goes on where it was.
    if (m_data.state == Running || m_data.state == Waiting || m_data.state == Verifying)
        m_data.state = Queued;
    if (m_data.state == Failed)
        m_reason = m_data.error;
}

DownloadTask::~DownloadTask() = default;

TaskProgress DownloadTask::progress() const
{
    TaskProgress progress;
    progress.onDisk = m_data.received.size();
    progress.total = m_data.entity.total;
    if (std::holds_alternative<Running>(m_stage)) {
        progress.rate = m_meter.rate();
        if (progress.total)
            progress.timeLeft = m_meter.timeLeft(*progress.total - progress.onDisk);
    }
    return progress;
}

std::chrono::milliseconds DownloadTask::untilRetry() const
{
    const auto *waiting = std::get_if<Waiting>(&m_stage);
    return waiting && waiting->timer ? std::chrono::milliseconds(waiting->timer->remainingTime()) : 0ms;
}

TaskReport DownloadTask::report() const
{
    TaskReport report;
    report.url = m_data.url;
    report.finalUrl = m_data.entity.finalUrl;
    report.error = state() == TaskState::Failed ? m_reason : std::nullopt;
    report.filePath = state() == TaskState::Completed ? m_data.targetPath : QString();
    const auto *running = std::get_if<Running>(&m_stage);
    report.bytes = m_fetched + (running ? running->job->fetched() : 0);
    report.size = m_data.received.size();
    report.bytesReused = std::max<qint64>(0, report.size - m_stored - (running ? running->job->stored() : 0));
    report.duration = std::chrono::milliseconds(m_clock.isValid() ? m_clock.elapsed() : m_duration);
    report.retries = m_retries;
    report.resumable = resumableInWords(m_data);
    return report;
}

Hold DownloadTask::hold() const
{
    const QString host = m_data.url.host();
    const bool local = host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
    return holdOf(m_network.isOnline(), m_network.isMetered(), local,
                  m_data.options.allowMetered.value_or(m_settings.allowMetered));
}

QList<ByteRange> DownloadTask::inFlight() const
{
    const auto *running = std::get_if<Running>(&m_stage);
    return running ? running->job->inFlight() : QList<ByteRange>();
}

void DownloadTask::setUnseen(bool unseen)
{
    if (std::exchange(m_data.unseen, unseen) != unseen)
        record(Durability::Written);
}

void DownloadTask::changeState(TaskState to)
{
    Q_ASSERT(isLegalChange(m_data.state, to));
    leaveStage();
    m_data.state = to;
    if (isAtRest(to) && m_clock.isValid()) {
        m_duration = m_clock.elapsed();
        m_clock.invalidate();
    }
    Q_EMIT stateChanged(to);
}

void DownloadTask::leaveStage()
{
    if (auto *running = std::get_if<Running>(&m_stage)) {
        retire(running->job);
        retire(running->tick);
    } else if (auto *waiting = std::get_if<Waiting>(&m_stage)) {
        retire(waiting->timer);
    } else if (auto *verifying = std::get_if<Verifying>(&m_stage)) {
        retire(verifying->part);
    }
    m_network.disconnect(this);
    m_onRecorded = nullptr;
    m_stage = Idle();
}

void DownloadTask::record(Durability durability, std::function<void()> then)
{
    m_onRecorded = std::move(then);
    Q_EMIT resumeDataChanged(durability);
}

void DownloadTask::recorded()
{
    if (const auto then = std::exchange(m_onRecorded, nullptr))
        then();
}

void DownloadTask::recordFailed(const QString &reason)
{
    if (state() == TaskState::Completed)
        recorded(); // the file is in its place all the same
    else if (m_onRecorded)
        fail(Error{ErrorCode::StoreNotWritable, 0, reason, {}});
}

void DownloadTask::start()
{
    if (!m_clock.isValid()) {
        m_clock.start();
        m_fetched = m_stored = m_tries = m_retries = 0;
        m_highWater = m_data.received.size();
    }
    const bool lastTry = m_tries > 0 && m_reason && m_tries >= mostTries(m_reason->code, m_settings.retries);
    m_reason.reset();
    m_data.error.reset();
    changeState(TaskState::Running);
    m_stopTo.reset();
    m_meter.reset();

    Running running;
    running.job = std::make_unique<FetchJob>(m_data, m_settings, m_tools, lastTry, this);
    running.tick = std::make_unique<QTimer>(this);
    FetchJob *job = running.job.get();
    connect(job, &FetchJob::dataChanged, this, [this, job] {
        takeFrom(*job);
        if (!m_onRecorded)
            record(Durability::Written);
    });
    connect(job, &FetchJob::mustRecord, this, [this, job](Durability durability) {
        takeFrom(*job);
        record(durability, [job] { job->proceed(); });
    });
    connect(job, &FetchJob::noted, this, &DownloadTask::noted);
    connect(job, &FetchJob::ended, this, &DownloadTask::onJobEnded);
    connect(running.tick.get(), &QTimer::timeout, this, &DownloadTask::onTick);
    running.tick->start(kTick);
    m_stage = std::move(running);
    record(Durability::Written);
    job->start();
}

void DownloadTask::takeFrom(const FetchJob &job)
{
    const TaskState state = m_data.state;
    m_data = job.data();
    m_data.state = state;
}

void DownloadTask::onTick()
{
    const auto &job = std::get<Running>(m_stage).job;
    m_meter.add(m_fetched + job->fetched() - std::exchange(m_metered, m_fetched + job->fetched()),
                std::chrono::milliseconds(m_clock.elapsed()));
    takeFrom(*job);
    Q_EMIT progressChanged();
}

void DownloadTask::onJobEnded(const std::optional<Error> &error)
{
    const auto &job = std::get<Running>(m_stage).job;
    takeFrom(*job);
    const qint64 onlyCompared = job->fetched() - job->stored();
    m_fetched += job->fetched();
    m_stored += job->stored();
    m_metered = m_fetched;
    if (m_data.received.size() > m_highWater || (onlyCompared > 0 && onlyCompared > m_bestProof)) {
        m_tries = 0;
        m_highWater = std::max(m_highWater, m_data.received.size());
        m_bestProof = std::max(m_bestProof, onlyCompared);
    }
    if (m_stopTo) {
        changeState(*m_stopTo);
        record(Durability::Written);
    } else if (error) {
        retryOrFail(*error);
    } else {
        verify(job->takePart());
    }
}

void DownloadTask::retryOrFail(const Error &error)
{
    const bool local =
        m_data.url.host() == QLatin1String("localhost") || QHostAddress(m_data.url.host()).isLoopback();
    if (mayBeOffline(error.code) && !local && !m_network.isOnline()) {
        m_reason = error;
        waitForNetwork();
        return;
    }
    ++m_tries;
    const auto decision =
        decideRetry(error, m_tries, m_settings.retries, QRandomGenerator::global()->generateDouble());
    if (const auto *giveUp = std::get_if<GiveUp>(&decision)) {
        fail(giveUp->error);
        return;
    }
    m_reason = error;
    ++m_retries;
    waitFor(std::get<WaitThenRetry>(decision).delay);
}

void DownloadTask::waitFor(std::chrono::milliseconds delay)
{
    Q_EMIT noted(
        tr("%1 Trying again in %2 s.").arg(message(*m_reason)).arg(double(delay.count()) / 1000, 0, 'f', 1));
    changeState(TaskState::Waiting);
    Waiting waiting{std::make_unique<QTimer>(this)};
    waiting.timer->setSingleShot(true);
    connect(waiting.timer.get(), &QTimer::timeout, this, [this] {
        changeState(TaskState::Queued);
        record(Durability::Written);
    });
    waiting.timer->start(delay);
    m_stage = std::move(waiting);
    record(Durability::Written);
}

void DownloadTask::waitForNetwork()
{
    Q_EMIT noted(tr("Waiting for the network."));
    changeState(TaskState::Waiting);
    m_stage = Waiting{};
    connect(&m_network, &NetworkPolicy::changed, this, [this] {
        if (!m_network.isOnline())
            return;
        changeState(TaskState::Queued);
        record(Durability::Written);
    });
    record(Durability::Written);
}

void DownloadTask::verify(std::unique_ptr<PartFile> part)
{
    const bool inPlace =
        !part; // finished before, or renamed by a process that died before it could record it
    if (inPlace && !m_data.options.digest) {
        changeState(TaskState::Verifying);
        finish(m_data.targetPath);
        return;
    }
    if (inPlace)
        part = std::make_unique<PartFile>(m_tools.ioThreads, this);
    else
        part->setParent(this);
    changeState(TaskState::Verifying);
    PartFile *file = part.get();
    m_stage = Verifying{std::move(part)};
    connect(file, &PartFile::failed, this, &DownloadTask::fail);
    connect(file, &PartFile::verified, this, [this, inPlace] {
        if (inPlace) {
            finish(m_data.targetPath);
            return;
        }
        m_data.durable = m_data.received;
        commit();
    });
    connect(file, &PartFile::targetTaken, this, [this](const QString &next) {
        m_data.targetPath = next;
        commit();
    });
    connect(file, &PartFile::committed, this, &DownloadTask::finish);
    if (inPlace)
        file->openFinished(m_data.targetPath);
    record(Durability::Written);
    file->verify(m_data.entity.total.value_or(0), m_data.options.digest);
}

// That all bytes are safe, and where they are going, is on disk before the name is given.
void DownloadTask::commit()
{
    record(Durability::Synced, [this] {
        std::get<Verifying>(m_stage).part->commit(m_data.targetPath,
                                                  m_data.options.conflict.value_or(m_settings.conflict));
    });
}

void DownloadTask::finish(const QString &path)
{
    m_data.targetPath = path;
    m_data.partPath.clear();
    if (!m_data.completed.isValid())
        m_data.completed = QDateTime::currentDateTimeUtc();
    changeState(TaskState::Completed);
    record(Durability::Written, [this] { Q_EMIT completed(report()); });
}

void DownloadTask::fail(const Error &error)
{
    m_reason = error;
    m_data.error = error;
    if (m_data.received.isEmpty() && !m_data.partPath.isEmpty()) { // an empty part file is of no use
        m_tools.ioThreads.start([part = m_data.partPath] { QFile::remove(part); });
        m_data.partPath.clear();
        m_data.targetPath.clear();
    }
    changeState(TaskState::Failed);
    record(Durability::Written);
    Q_EMIT failed(report());
}

void DownloadTask::pause()
{
    switch (m_data.state) {
    case TaskState::Running:
        m_stopTo = TaskState::Paused;
        std::get<Running>(m_stage).job->stop();
        return;
    case TaskState::Queued:
    case TaskState::Waiting:
    case TaskState::Verifying:
        changeState(TaskState::Paused);
        record(Durability::Written);
        return;
    case TaskState::Paused:
    case TaskState::Completed:
    case TaskState::Failed: return;
    }
}

void DownloadTask::leave()
{
    if (state() != TaskState::Running || m_stopTo)
        return;
    m_stopTo = TaskState::Queued;
    std::get<Running>(m_stage).job->stop();
}

void DownloadTask::resume()
{
    if (!isAtRest(state()))
        return;
    if (m_data.error && m_data.error->code == ErrorCode::ChecksumMismatch) {
        startOver(); // the bytes are whole, and not what is wanted
        return;
    }
    m_data.error.reset();
    m_reason.reset();
    changeState(TaskState::Queued);
    record(Durability::Written);
}

void DownloadTask::startOver()
{
    if (!isAtRest(state()))
        return;
    m_data.received.clear();
    m_data.durable.clear();
    m_data.entity = {};
    m_data.completed = {};
    m_data.error.reset();
    if (m_data.partPath.isEmpty()) // else the part file is written again
        m_data.targetPath.clear();
    resume();
}

void DownloadTask::setOptions(const TaskOptions &options)
{
    const bool otherDigest = options.digest != m_data.options.digest;
    if (otherDigest && m_data.error && m_data.error->code == ErrorCode::ChecksumMismatch)
        m_data.error.reset();
    m_data.options = options;
    record(Durability::Written);
}

} // namespace longhaul
