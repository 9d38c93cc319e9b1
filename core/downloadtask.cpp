// SPDX-License-Identifier: MIT
#include "downloadtask.h"

#include "words.h"

#include <QFile>
#include <QPointer>
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
    if (m_data.state == Queued)
        live().stage = InLine();
}

DownloadTask::~DownloadTask() = default;

DownloadTask::Live &DownloadTask::live()
{
    if (!m_live)
        m_live = std::make_unique<Live>();
    return *m_live;
}

std::optional<Error> DownloadTask::reason() const
{
    if (state() == TaskState::Failed)
        return m_data.error;
    return m_live ? m_live->reason : std::nullopt;
}

TaskProgress DownloadTask::progress() const
{
    TaskProgress progress;
    progress.onDisk = m_data.received.size();
    progress.total = m_data.entity.total;
    if (stage<Running>()) {
        progress.rate = m_live->tally->meter().rate();
        if (progress.total)
            progress.timeLeft = m_live->tally->meter().timeLeft(*progress.total - progress.onDisk);
    }
    return progress;
}

std::chrono::milliseconds DownloadTask::untilRetry() const
{
    const auto *waiting = stage<Waiting>();
    return waiting ? std::chrono::milliseconds(waiting->timer->remainingTime()) : 0ms;
}

TaskReport DownloadTask::report() const
{
    TaskReport report;
    report.url = m_data.url;
    report.finalUrl = m_data.entity.finalUrl;
    report.error = state() == TaskState::Failed ? m_data.error : std::nullopt;
    report.filePath = state() == TaskState::Completed ? m_data.targetPath : QString();
    report.size = m_data.received.size();
    report.bytesReused = report.size;
    if (m_live && m_live->tally) {
        const Tally &tally = *m_live->tally;
        const auto *running = stage<Running>();
        const qint64 stored = tally.stored() + (running ? running->job->stored() : 0);
        report.bytes = tally.fetched() + (running ? running->job->fetched() : 0);
        report.bytesReused = std::max<qint64>(0, report.size - stored);
        report.duration = tally.duration();
        report.retries = tally.retries();
    }
    report.resumable = resumableInWords(m_data);
    return report;
}

Hold DownloadTask::hold() const
{
    return m_network.holdFor(candidate().isEmpty() ? m_data.url : candidate(),
                             m_data.options.allowMetered.value_or(m_settings.allowMetered));
}

QList<ByteRange> DownloadTask::inFlight() const
{
    const auto *running = stage<Running>();
    return running ? running->job->inFlight() : QList<ByteRange>();
}

void DownloadTask::note(const QString &sentence)
{
    QList<LogLine> &lines = live().log;
    if (lines.size() == kMostLogLines)
        lines.removeFirst();
    lines.append({QDateTime::currentDateTimeUtc(), sentence});
    Q_EMIT noted(sentence);
}

void DownloadTask::tell(const QString &sentence)
{
    note(sentence);
    Q_EMIT told(sentence);
}

void DownloadTask::setUnseen(bool unseen)
{
    if (std::exchange(m_data.unseen, unseen) != unseen)
        askToRecord(Durability::Written);
}

// All of the change but its signal.
void DownloadTask::enter(TaskState to, Stage stage, std::function<void()> then)
{
    Q_ASSERT(isLegalChange(m_data.state, to));
    leaveStage();
    m_data.state = to;
    m_live->stage = std::move(stage);
    if (isAtRest(to)) {
        m_live->candidate.clear();
        if (m_live->tally && !m_live->tally->isOver())
            m_live->tally->stopClock();
    }
    record(Durability::Written, std::move(then));
}

void DownloadTask::changeState(TaskState to, Stage stage, std::function<void()> then)
{
    enter(to, std::move(stage), std::move(then));
    tellOfState(to);
}

// Last in each change: a listener may change it again.
void DownloadTask::tellOfState(TaskState state)
{
    if (m_keeper)
        m_keeper->stateChanged(this);
    Q_EMIT stateChanged(state);
}

void DownloadTask::end(const TaskReport &report)
{
    if (m_keeper)
        m_keeper->ended(report);
    if (report.error)
        Q_EMIT failed(report);
    else
        Q_EMIT completed(report);
}

void DownloadTask::setKeeper(TaskKeeper *keeper, quint64 number)
{
    m_keeper = keeper;
    m_number = number;
}

void DownloadTask::leaveStage()
{
    Stage &stage = live().stage;
    if (auto *running = std::get_if<Running>(&stage)) {
        retire(running->job);
        retire(running->tick);
    } else if (auto *waiting = std::get_if<Waiting>(&stage)) {
        retire(waiting->timer);
    } else if (auto *verifying = std::get_if<Verifying>(&stage)) {
        retire(verifying->work);
    }
    m_live->onRecorded = nullptr;
    stage = Idle();
}

void DownloadTask::record(Durability durability, std::function<void()> then)
{
    live().onRecorded = std::move(then);
    askToRecord(durability);
}

// What waits for a record waits for this one: it comes later, and what was before it is as safe as was asked.
void DownloadTask::askToRecord(Durability durability)
{
    if (m_keeper)
        m_keeper->record(this, durability);
    Q_EMIT resumeDataChanged(durability);
}

void DownloadTask::recorded()
{
    if (const auto then = m_live ? std::exchange(m_live->onRecorded, nullptr) : nullptr)
        then();
}

void DownloadTask::recordFailed(const QString &reason)
{
    if (state() == TaskState::Completed)
        recorded(); // the file is in its place all the same
    else if (m_live && m_live->onRecorded)
        fail(Error{ErrorCode::StoreNotWritable, 0, reason, {}});
}

void DownloadTask::start()
{
    const qint64 onDisk = m_data.received.size();
    auto &[stage, reason, onRecorded, candidate, tally, lines] = live();
    if (!tally || tally->isOver())
        tally = std::make_unique<Tally>(onDisk);
    tally->beginRun();
    FetchJob::Wish wish;
    wish.candidate = candidate;
    if (const int tries = tally->tries(); tries > 0 && reason) {
        wish.lastTry = tries >= mostTries(reason->code, m_settings.retries);
        wish.broke = reason->code == ErrorCode::ConnectionLost || reason->code == ErrorCode::BodyTooShort;
    }
    reason.reset();
    m_data.error.reset();
    if (!candidate.isEmpty())
        note(tr("Asking the new address for what is on disk."));
    else
        note(onDisk == 0 ? tr("Started.") : tr("Continuing from %1.").arg(sizeInWords(onDisk)));

    Running running;
    running.job = std::make_unique<FetchJob>(m_data, m_settings, m_tools, std::move(wish), this);
    running.tick = std::make_unique<QTimer>(this);
    connect(running.tick.get(), &QTimer::timeout, this, &DownloadTask::onTick);
    running.tick->start(kTick);
    const QPointer<FetchJob> job(running.job.get());
    follow(job);
    changeState(TaskState::Running, std::move(running));
    if (job) // it may be stopped already, and says so then
        job->start();
}

void DownloadTask::follow(FetchJob *job)
{
    connect(job, &FetchJob::dataChanged, this, [this, job] {
        takeFrom(*job);
        if (!m_live->onRecorded)
            record(Durability::Written);
    });
    connect(job, &FetchJob::mustRecord, this, [this, job](Durability durability) {
        const QUrl old = m_data.url;
        takeFrom(*job);
        m_live->onRecorded = [job] { job->proceed(); };
        if (m_data.url != old)
            tellOfMove(old);
        else
            askToRecord(durability);
    });
    connect(job, &FetchJob::noted, this, &DownloadTask::tell);
    connect(job, &FetchJob::detailed, this, &DownloadTask::note);
    connect(job, &FetchJob::ended, this, &DownloadTask::onJobEnded);
}

void DownloadTask::takeFrom(const FetchJob &job)
{
    ResumeData data = job.data();
    data.state = m_data.state;
    data.unseen = m_data.unseen;
    m_data = std::move(data);
}

void DownloadTask::onTick()
{
    const auto &job = std::get<Running>(m_live->stage).job;
    m_live->tally->tick(job->fetched());
    takeFrom(*job);
    if (m_keeper)
        m_keeper->progressChanged(this);
    Q_EMIT progressChanged();
}

void DownloadTask::onJobEnded(const std::optional<Error> &error)
{
    const auto &running = std::get<Running>(m_live->stage);
    takeFrom(*running.job);
    m_live->tally->endRun(running.job->fetched(), running.job->stored(), m_data.received.size());
    if (running.pausing) {
        note(tr("Paused."));
        changeState(TaskState::Paused);
    } else if (!error) {
        verify(running.job->takePart());
    } else if (running.yielding
               && (error->code == ErrorCode::Interrupted || remedyFor(error->code) != Remedy::GiveUp)) {
        queue();
    } else {
        retryOrFail(*error);
    }
}

void DownloadTask::retryOrFail(const Error &error)
{
    if (mayBeOffline(error.code) && hold() == Hold::Offline) {
        m_live->reason = error;
        queue();
        return;
    }
    const auto decision = decideRetry(error, m_live->tally->countTry(), m_settings.retries,
                                      QRandomGenerator::global()->generateDouble());
    if (const auto *giveUp = std::get_if<GiveUp>(&decision)) {
        fail(giveUp->error);
        return;
    }
    m_live->reason = error;
    m_live->tally->countRetry();
    waitFor(std::get<WaitThenRetry>(decision).delay);
}

void DownloadTask::waitFor(std::chrono::milliseconds delay)
{
    tell(
        tr("%1 Trying again in %2 s.").arg(message(*m_live->reason)).arg(double(delay.count()) / 1000, 0, 'f', 1));
    Waiting waiting{std::make_unique<QTimer>(this)};
    waiting.timer->setSingleShot(true);
    connect(waiting.timer.get(), &QTimer::timeout, this, &DownloadTask::queue);
    waiting.timer->start(delay);
    changeState(TaskState::Waiting, std::move(waiting));
}

void DownloadTask::queue()
{
    changeState(TaskState::Queued, InLine());
    reviewHold();
}

void DownloadTask::reviewHold()
{
    const Hold now = hold();
    if (auto *running = std::get_if<Running>(&live().stage); running && now != Hold::None) {
        running->yielding = true;
        running->job->stop();
    } else if (auto *inLine = std::get_if<InLine>(&m_live->stage);
               inLine && std::exchange(inLine->told, now) != now) {
        if (now != Hold::None)
            tell(now == Hold::Offline ? tr("Waiting for the network.")
                                      : tr("Waiting for an unmetered network."));
        if (m_keeper)
            m_keeper->holdChanged(this);
        Q_EMIT holdChanged();
    }
}

// `part` is null when the file was finished before, or renamed by a process that died before it could record it.
void DownloadTask::verify(std::unique_ptr<PartFile> part)
{
    const bool digest = m_data.options.digest.has_value();
    std::unique_ptr<Finishing> work;
    if (part || digest) {
        work = std::make_unique<Finishing>(std::move(part), m_data,
                                           m_data.options.conflict.value_or(m_settings.conflict),
                                           m_tools.ioThreads);
        connect(work.get(), &Finishing::failed, this, &DownloadTask::fail);
        connect(work.get(), &Finishing::finished, this, &DownloadTask::finish);
        connect(work.get(), &Finishing::mustRecord, this, [this, w = work.get()](const QString &target) {
            m_data.durable = m_data.received;
            m_data.targetPath = target;
            record(Durability::Synced, [w] { w->proceed(); });
        });
    }
    if (digest)
        note(tr("Checking the file."));
    const QPointer<Finishing> started(work.get());
    changeState(TaskState::Verifying, Verifying{std::move(work)});
    if (state() != TaskState::Verifying) // by a listener
        return;
    if (started)
        started->start();
    else
        finish(m_data.targetPath);
}

void DownloadTask::finish(const QString &path)
{
    m_data.targetPath = path;
    m_data.partPath.clear();
    if (!m_data.completed.isValid())
        m_data.completed = QDateTime::currentDateTimeUtc();
    const auto time = m_live->tally->duration();
    const qint64 rate = m_live->tally->fetched() * 1000 / std::max<qint64>(1, time.count());
    note(tr("Completed: %1 in %2, %3.")
             .arg(sizeInWords(m_data.received.size()),
                  timeInWords(std::chrono::duration_cast<std::chrono::seconds>(time)), rateInWords(rate)));
    changeState(TaskState::Completed, Idle(), [this] { end(report()); });
}

void DownloadTask::fail(const Error &error)
{
    m_data.error = error;
    if (m_data.received.isEmpty() && !m_data.partPath.isEmpty()) { // an empty part file is of no use
        m_tools.ioThreads.start([part = m_data.partPath] { QFile::remove(part); });
        m_data.partPath.clear();
        m_data.targetPath.clear();
    }
    note(tr("Failed: %1").arg(message(error)));
    enter(TaskState::Failed, Idle());
    const TaskReport outcome = report();
    tellOfState(TaskState::Failed);
    end(outcome);
}

void DownloadTask::pause()
{
    switch (m_data.state) {
    case TaskState::Running: {
        auto &running = std::get<Running>(m_live->stage);
        running.pausing = true;
        running.job->stop();
        return;
    }
    case TaskState::Queued:
    case TaskState::Waiting:
    case TaskState::Verifying:
        note(tr("Paused."));
        changeState(TaskState::Paused);
        return;
    case TaskState::Paused:
    case TaskState::Completed:
    case TaskState::Failed: return;
    }
}

void DownloadTask::resume()
{
    if (!isAtRest(state()))
        return;
    if (m_data.error && m_data.error->code == ErrorCode::ChecksumMismatch) {
        startOver(); // the bytes are whole, and not what is wanted
        return;
    }
    recorded(); // completed() of the round before
    m_data.error.reset();
    live().reason.reset();
    queue();
}

void DownloadTask::startOver()
{
    if (!isAtRest(state()))
        return;
    recorded(); // as in resume(), before what it tells is gone
    note(tr("Starting over: what was received is forgotten."));
    forgetBytes();
    m_data.completed = {};
    resume();
}

void DownloadTask::forgetBytes()
{
    m_data.received.clear();
    m_data.durable.clear();
    m_data.entity = {};
    m_data.error.reset();
    if (m_data.partPath.isEmpty()) // else the part file is written again
        m_data.targetPath.clear();
}

void DownloadTask::readdress(const QUrl &url)
{
    Q_ASSERT(state() == TaskState::Paused || state() == TaskState::Failed);
    note(tr("New address: %1").arg(shownUrl(url)));
    // Bytes that could not be gone on with are not worth a proof.
    if (m_data.entity.encoded || (m_data.error && m_data.error->code == ErrorCode::ChecksumMismatch))
        forgetBytes();
    m_data.error.reset();
    live().reason.reset();
    if (m_data.received.isEmpty()) {
        const QUrl old = m_data.url;
        longhaul::readdress(&m_data, url);
        m_data.entity = {};
        tellOfMove(old);
    } else {
        m_live->candidate = url;
    }
    queue();
}

void DownloadTask::tellOfMove(const QUrl &old)
{
    m_live->candidate.clear();
    if (m_keeper)
        m_keeper->moved(this, old);
}

void DownloadTask::setOptions(const TaskOptions &options)
{
    const bool otherDigest = options.digest != m_data.options.digest;
    if (otherDigest && m_data.error && m_data.error->code == ErrorCode::ChecksumMismatch)
        m_data.error.reset();
    m_data.options = options;
    askToRecord(Durability::Written);
    reviewHold();
}

} // namespace longhaul
