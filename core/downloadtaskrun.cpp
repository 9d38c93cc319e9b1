// SPDX-License-Identifier: MIT
// The runs of a DownloadTask, from start() to their end.
#include "downloadtask.h"

#include "linklife.h"
#include "words.h"

#include <QFile>
#include <QPointer>
#include <QRandomGenerator>

#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr auto kTick = 250ms;

} // namespace

void DownloadTask::start()
{
    const qint64 onDisk = m_data.received.size();
    auto &[stage, reason, onRecorded, candidate, parsed, tally, lines, dies, lateTicks, lateTold] = live();
    if (!tally || tally->isOver())
        tally = std::make_unique<Tally>(onDisk - m_data.doubtful.size());
    dies = candidate.isEmpty() ? linkDies(m_data) : linkDies(candidate);
    lateTicks = 0;
    lateTold = false;
    tally->beginRun();
    FetchJob::Wish wish;
    wish.candidate = candidate;
    if (m_keeper) {
        wish.othersParts = [this] { return m_keeper->partsOfOthers(this); };
        wish.othersFiles = [this] { return m_keeper->filesOfOthers(this); };
    }
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
    running.limiter = std::make_unique<RateLimiter>(m_tools.limiter, this);
    running.limiter->setLimit(m_data.options.rateLimit);
    const FetchTools tools{m_tools.connections, *running.limiter, m_tools.ioThreads};
    running.job = std::make_unique<FetchJob>(m_data, m_settings, tools, std::move(wish), this);
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
        const UrlText old = m_data.url;
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
    // What may change while it runs.
    data.options.allowMetered = m_data.options.allowMetered;
    data.options.connections = m_data.options.connections;
    data.options.rateLimit = m_data.options.rateLimit;
    data.options.priority = m_data.options.priority;
    data.place = m_data.place;
    m_data = std::move(data);
}

void DownloadTask::onTick()
{
    const auto &job = std::get<Running>(m_live->stage).job;
    m_live->tally->tick(job->fetched());
    takeFrom(*job);
    reviewLateness();
    reviewHold(); // what was thought to be all there may be gone
    if (m_keeper)
        m_keeper->progressChanged(this);
    Q_EMIT progressChanged();
}

void DownloadTask::onJobEnded(const std::optional<Error> &error)
{
    const auto &running = std::get<Running>(m_live->stage);
    takeFrom(*running.job);
    const bool doubted = doubtBytes(error);
    m_live->tally->endRun(running.job->fetched(), running.job->stored(),
                          m_data.received.size() - m_data.doubtful.size());
    if (running.pausing) {
        if (doubted)
            tell(message(*error));
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

// Whether the error takes bytes back: the system may have dropped what a sync could not write, and says so
// once only; another file holds none of ours.
bool DownloadTask::doubtBytes(const std::optional<Error> &error)
{
    const auto is = [&](ErrorCode code) { return error && error->code == code; };
    if (is(ErrorCode::PartReplaced)) {
        forgetPart();
    } else if (is(ErrorCode::SyncFailed)) {
        m_data.received = m_data.durable;
        m_data.doubtful = m_data.doubtful.intersected(m_data.received);
    }
    return is(ErrorCode::PartReplaced) || is(ErrorCode::SyncFailed);
}

void DownloadTask::retryOrFail(const Error &error)
{
    if (mayBeOffline(error.code) && hold() == Hold::Offline) {
        m_live->reason = error;
        queue();
        return;
    }
    const int tries = remedyFor(error.code) == Remedy::Wait ? 1 : m_live->tally->countTry();
    const auto decision =
        decideRetry(error, tries, m_settings.retries, QRandomGenerator::global()->generateDouble());
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
    tell(tr("%1 Trying again in %2 s.")
             .arg(message(*m_live->reason))
             .arg(double(delay.count()) / 1000, 0, 'f', 1));
    Waiting waiting{std::make_unique<QTimer>(this)};
    waiting.timer->setSingleShot(true);
    waiting.timer->setTimerType(Qt::PreciseTimer); // others may come early, and a server's wish is obeyed
    connect(waiting.timer.get(), &QTimer::timeout, this, &DownloadTask::queue);
    waiting.timer->start(delay);
    changeState(TaskState::Waiting, std::move(waiting));
}

// Its link, by what it says itself, dies before the file is there at this speed: said once a run.
void DownloadTask::reviewLateness()
{
    const QDateTime &dies = m_live->dies;
    const auto left = progress().timeLeft;
    const bool late = dies.isValid() && left && QDateTime::currentDateTimeUtc().addSecs(left->count()) > dies;
    m_live->lateTicks = late ? std::min(m_live->lateTicks + 1, kLateTicks) : 0;
    if (isLate() && !std::exchange(m_live->lateTold, true))
        tell(tr("At this speed the link dies before the file is there: it is good until %1 (UTC).")
                 .arg(dies.toString(Qt::ISODate)));
}

// `part` is null when the file was finished before, or renamed by a process that died before it could record
// it.
void DownloadTask::verify(std::unique_ptr<PartFile> part)
{
    if (!part || !seeksChecksum()) {
        check(std::move(part));
        return;
    }
    auto search = std::make_unique<ChecksumSearch>(m_data, m_settings, m_tools.connections, this);
    connect(search.get(), &ChecksumSearch::done, this, &DownloadTask::onSought);
    note(tr("Looking for a checksum beside the file."));
    part->setParent(nullptr); // it outlives the job
    part->forgetRest();       // by then others may have written to it
    const QPointer<ChecksumSearch> started(search.get());
    changeState(TaskState::Verifying, Verifying{std::move(search), std::move(part), nullptr});
    if (started)
        started->start();
}

bool DownloadTask::seeksChecksum() const
{
    return m_settings.findChecksums && !m_data.options.digest && !m_data.entity.digest
           && !m_data.entity.encoded;
}

void DownloadTask::onSought(const std::optional<FoundDigest> &found)
{
    m_data.entity.digest = found;
    check(std::move(std::get<Verifying>(m_live->stage).part));
}

void DownloadTask::check(std::unique_ptr<PartFile> part)
{
    const bool digest = wantedDigest(m_data).has_value();
    std::unique_ptr<Finishing> work;
    if (part || digest) {
        work = std::make_unique<Finishing>(std::move(part), m_data,
                                           m_data.options.conflict.value_or(m_settings.conflict),
                                           m_tools.ioThreads);
        connect(work.get(), &Finishing::failed, this, &DownloadTask::onCheckFailed);
        connect(work.get(), &Finishing::finished, this, &DownloadTask::finish);
        connect(work.get(), &Finishing::mustRecord, this, [this, w = work.get()](const QString &target) {
            m_data.durable = m_data.received;
            m_data.targetPath = target;
            m_data.partStamp.clear(); // what is found there may be it
            record(Durability::Synced, [w] { w->proceed(); });
        });
    }
    if (digest && !m_data.options.digest)
        note(tr("Checking the file: %1 told its checksum.")
                 .arg(digestSourceName(m_data.entity.digest->source)));
    else if (digest)
        note(tr("Checking the file."));
    else if (m_data.twice && m_data.entity.digest)
        tell(tr("A second copy is the same: %1 is of something else, and the file is kept.")
                 .arg(digestSourceName(m_data.entity.digest->source)));
    const QPointer<Finishing> started(work.get());
    if (auto *verifying = std::get_if<Verifying>(&m_live->stage)) { // it has been sought
        verifying->search.release()->deleteLater();                 // it is emitting
        verifying->work = std::move(work);
    } else {
        changeState(TaskState::Verifying, Verifying{nullptr, nullptr, std::move(work)});
    }
    if (state() != TaskState::Verifying) // by a listener
        return;
    if (started)
        started->start();
    else
        finish(m_data.targetPath);
}

void DownloadTask::onCheckFailed(Error error, const QByteArray &stamp)
{
    if (!m_data.partPath.isEmpty())
        m_data.partStamp = stamp;
    if (error.code == ErrorCode::ChecksumMismatch && m_data.twice && m_data.doubtful.isEmpty())
        error.detail = tr("a second copy is the same");
    else if (error.code == ErrorCode::ChecksumMismatch && !m_data.options.digest && m_data.entity.digest)
        error.detail = digestSourceName(m_data.entity.digest->source);
    fail(error);
}

void DownloadTask::finish(const QString &path)
{
    m_data.targetPath = path;
    m_data.partPath.clear();
    m_data.partStamp.clear();
    if (!m_data.completed.isValid() || m_live->tally->fetched() > 0) // not by checking it again
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
    doubtBytes(error);
    m_data.error = error;
    // An empty part file is of no use; after a sync that failed it is not empty, and may be an adopted one.
    if (m_data.received.isEmpty() && !m_data.partPath.isEmpty() && m_data.foreignPath.isEmpty()
        && error.code != ErrorCode::SyncFailed) {
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

} // namespace longhaul
