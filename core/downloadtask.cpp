// SPDX-License-Identifier: MIT
#include "downloadtask.h"

#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

// An object that may be emitting just now: silent from here on, deleted when that is over.
template <typename T>
void retire(std::unique_ptr<T> &object)
{
    if (object) {
        object->disconnect();
        object.release()->deleteLater();
    }
}

// Checking it and giving it its name needs no network.
bool isWhole(const ResumeData &data)
{
    return data.entity.total && data.received.size() == *data.entity.total && data.doubtful.isEmpty()
           && data.foreignPath.isEmpty() && !data.partDoubted;
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
    m_data.state = stateFound(m_data.state);
    if (m_data.state == TaskState::Queued)
        live().stage = InLine();
}

DownloadTask::~DownloadTask() = default;

DownloadTask::Live &DownloadTask::live()
{
    if (!m_live)
        m_live = std::make_unique<Live>();
    return *m_live;
}

QUrl DownloadTask::url() const
{
    const bool isOften = stage<Running>() || stage<Verifying>();
    return isOften ? m_live->url.of(m_data.url) : QUrl(m_data.url);
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
    report.url = url();
    report.finalUrl = m_data.entity.finalUrl == m_data.url ? report.url : QUrl(m_data.entity.finalUrl);
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
    if (candidate().isEmpty() && isWhole(m_data))
        return Hold::None;
    return m_network.holdFor(candidate().isEmpty() ? url() : candidate(),
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
    // Begun, it has nothing to say yet: found as queued, it begins again. A part file that was left whole is
    // about to be recorded as such.
    const auto *verifying = std::get_if<Verifying>(&m_live->stage);
    const bool isNextRecorded = verifying && verifying->work && verifying->work->isChecked();
    if (to != TaskState::Running && !isNextRecorded)
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
        retire(running->limiter); // after it: it may ask for its share until then
        retire(running->tick);
    } else if (auto *waiting = std::get_if<Waiting>(&stage)) {
        retire(waiting->timer);
    } else if (auto *verifying = std::get_if<Verifying>(&stage)) {
        retire(verifying->search);
        retire(verifying->work);
    }
    m_live->onRecorded = nullptr;
    m_live->url = {};
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

void DownloadTask::reviewConnections()
{
    if (const auto *running = stage<Running>())
        running->job->setConnections(m_data.options.connections.value_or(m_settings.connectionsPerTask));
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

void DownloadTask::leave()
{
    if (stage<Verifying>()) // how the part file was left may not have been recorded
        askToRecord(Durability::Written);
    auto *running = m_live ? std::get_if<Running>(&m_live->stage) : nullptr;
    if (!running || running->pausing)
        return;
    running->yielding = true;
    running->job->stop();
}

bool DownloadTask::isPausing() const
{
    const auto *running = m_live ? std::get_if<Running>(&m_live->stage) : nullptr;
    return running && running->pausing;
}

void DownloadTask::resume()
{
    if (isPausing()) { // Queued, once it has stopped
        auto &running = std::get<Running>(m_live->stage);
        running.pausing = false;
        running.yielding = true;
        return;
    }
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

void DownloadTask::repair()
{
    if (mayRepair(m_data)) {
        note(tr("Repairing: comparing what is there with a second copy."));
        m_data.doubtful = m_data.received;
        m_data.twice = true; // as long as nothing differs
        m_data.error.reset();
    }
    resume();
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
    askToRecord(Durability::Synced); // or a power cut brings it back, when others have written there
}

void DownloadTask::losePart()
{
    note(tr("Another download has its part file: starting over."));
    const std::optional<Error> error = m_data.error;
    forgetPart();
    m_data.error = error;
}

void DownloadTask::forgetPart()
{
    m_data.partPath.clear(); // it is not ours any more
    m_data.partStamp.clear();
    forgetBytes();
}

void DownloadTask::forgetBytes()
{
    m_data.received.clear();
    m_data.durable.clear();
    m_data.entity = {};
    m_data.error.reset();
    if (!std::exchange(m_data.foreignPath, {}).isEmpty()) // what has the name it was to get is not ours
        m_data.partPath.clear();
    m_data.doubtful.clear();
    m_data.twice = false;
    if (m_data.partPath.isEmpty()) // else the part file is written again
        m_data.targetPath.clear();
}

} // namespace longhaul
