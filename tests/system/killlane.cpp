// SPDX-License-Identifier: MIT
#include "killlane.h"

#include "core/resumestore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;

namespace longhaul::test {

namespace {

constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 kTraffic = 16 * MiB; // bytes per second, of all connections together
constexpr int kConnections = 16;
constexpr int kSendBuffer = 64 * 1024; // so that what the server has sent has nearly all arrived
constexpr int kLook = 10;              // ms
constexpr qint64 kPatience = 60'000;   // ms for one life of the program

// What the program would find, without changing it.
std::unique_ptr<ResumeStore> copyOfStore(const QString &folder, const QString &copy, QThreadPool &threads)
{
    QDir(copy).removeRecursively();
    QDir().mkpath(copy);
    const QStringList names = QDir(folder).entryList({u"downloads*"_s}, QDir::Files);
    for (const QString &name : names)
        QFile::copy(folder + u'/' + name, copy + u'/' + name);
    auto store = std::make_unique<ResumeStore>(copy, threads);
    return store->open() == ResumeStore::OpenResult::Opened ? std::move(store) : nullptr;
}

bool holds(const QString &path, const Content &content, const RangeSet &ranges)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly)
           && std::all_of(ranges.ranges().begin(), ranges.ranges().end(), [&](const ByteRange &range) {
                  return file.seek(range.begin)
                         && file.read(range.size()) == content.read(range.begin, range.size());
              });
}

qint64 sizeOf(const QList<RangeSet> &sets)
{
    qint64 size = 0;
    for (const RangeSet &set : sets)
        size += set.size();
    return size;
}

QByteArray number(qint64 n) { return QByteArray::number(n); }

} // namespace

KillLane::KillLane(quint64 seed, int &kills, const QStringList &options, QObject *parent)
    : QObject(parent)
    , m_seed(seed)
    , m_kills(kills)
    , m_options(options)
    , m_random(quint32(seed))
{
    m_look.setTimerType(Qt::PreciseTimer);
    connect(&m_look, &QTimer::timeout, this, &KillLane::look);
}

KillLane::~KillLane() = default;

void KillLane::start()
{
    beginSet();
    run();
}

void KillLane::beginSet()
{
    m_files.clear();
    m_recorded.clear();
    m_total = 0;
    for (int files = m_random.bounded(1, 4); files > 0; --files) {
        m_files.append(Content::random(m_random.bounded(6, 24) * MiB + m_random.bounded(int(MiB)),
                                       m_random.generate64()));
        m_recorded.append(RangeSet());
        m_total += m_files.last().size();
    }
    m_first = 0;
    m_open = 0;
    m_server = std::make_unique<ScriptedServer>([this](const Request &request) { return answer(request); },
                                                ServerOptions{.sendBufferBytes = kSendBuffer});
    m_work = std::make_unique<QTemporaryDir>();
    prepareStore();
}

// The entries are there before the program starts: no kill may lose one.
void KillLane::prepareStore() const
{
    QThreadPool threads;
    ResumeStore store(path(u"state"_s), threads);
    if (store.open() != ResumeStore::OpenResult::Opened)
        qFatal("cannot make a test's store");
    for (int file = 0; file < m_files.size(); ++file) {
        ResumeData data;
        data.url = normalized(url(file));
        data.options.folder = path(u"downloads"_s);
        data.options.connections = kConnections;
        data.added = QDateTime::currentDateTimeUtc();
        store.put(data, Durability::Written);
    }
}

QUrl KillLane::url(int file) const { return m_server->url(u"/file%1.bin"_s.arg(file)); }

Answer KillLane::answer(const Request &request) const
{
    const int file = request.path.mid(qstrlen("/file"), 1).toInt();
    Answer answer = Answer::honest(request, m_files.value(file), {.etag = "\"a\""});
    const qint64 rate = kTraffic / (m_many ? kConnections : qint64(m_files.size()));
    return answer.rate(m_unpaced ? 0 : rate);
}

void KillLane::run()
{
    m_first = m_server->requestCount();
    m_samples.clear();
    m_killed = false;
    m_unpaced = m_kills <= 0;
    const double kind = m_random.generateDouble();
    if (kind < 0.25) // while it starts
        m_moment = {0, m_random.bounded(200)};
    else if (kind < 0.8)
        m_moment = {0, m_random.bounded(200, 2500)};
    else // while it finishes
        m_moment = {1, m_random.bounded(30)};
    m_program = std::make_unique<Program>(m_work->path());
    QStringList arguments{u"get"_s,         u"--json"_s, u"--state-dir"_s,
                          path(u"state"_s), u"-d"_s,     path(u"downloads"_s)};
    arguments << m_options;
    for (int file = 0; file < m_files.size(); ++file)
        arguments << url(file).toString();
    m_clock.start();
    m_sinceMoment.invalidate();
    if (m_program->start(arguments))
        m_look.start(kLook);
    else
        fail("the program does not start");
}

void KillLane::look()
{
    const qint64 sent = m_server->bodyBytesSent();
    m_samples.push_back({m_clock.elapsed(), sent});
    m_mostConnections = std::max(m_mostConnections, m_server->answering());
    m_many = m_many || m_server->answering() > m_files.size();
    if (!m_program->isRunning()) {
        m_look.stop();
        if (m_killed && m_program->hasCrashed())
            onKilled();
        else
            onEnded();
        return;
    }
    if (m_clock.elapsed() > kPatience) {
        fail("the program comes to no end");
        return;
    }
    const double share = double(sizeOf(m_recorded) + sent - m_samples.front().sent) / double(m_total);
    if (!m_sinceMoment.isValid() && share >= m_moment.share)
        m_sinceMoment.start();
    if (!m_killed && m_kills > 0 && m_sinceMoment.isValid() && m_sinceMoment.elapsed() >= m_moment.after) {
        --m_kills;
        m_killed = true;
        m_program->sendSignal(SIGKILL);
    }
}

// What was served in the second before.
qint64 KillLane::lastSecond() const
{
    const auto last = m_samples.back();
    const auto first = std::find_if(m_samples.begin(), m_samples.end(),
                                    [&](const Sample &sample) { return sample.at > last.at - 1000; });
    return last.sent - (first == m_samples.begin() ? first : std::prev(first))->sent;
}

RangeSet KillLane::served(int file) const
{
    RangeSet ranges;
    const QByteArray path = url(file).path().toLatin1();
    const QList<Request> requests = m_server->requests();
    for (qsizetype i = m_first; i < requests.size(); ++i) {
        const qint64 begin = requests[i].range ? requests[i].range->begin : 0;
        if (requests[i].path == path)
            ranges.add({begin, begin + m_server->bodyBytesSent(int(i))});
    }
    return ranges;
}

// What this life fetched although the one before had recorded it: that was lost, too.
bool KillLane::countAgain()
{
    for (int file = 0; file < m_files.size(); ++file)
        m_open += served(file).intersected(m_recorded[file]).size();
    m_mostLost = std::max(m_mostLost, m_open);
    m_lost += m_open;
    if (m_open > m_allowed)
        fail("one kill lost " + number(m_open) + " bytes of " + number(m_allowed) + " that it may");
    return m_failure.isEmpty();
}

void KillLane::onKilled()
{
    if (!countAgain() || !checkRecords())
        return;
    m_open = 0;
    for (int file = 0; file < m_files.size(); ++file) {
        RangeSet lost = served(file);
        for (const ByteRange &range : m_recorded[file].ranges())
            lost.remove(range);
        m_open += lost.size();
    }
    m_allowed = lastSecond() + m_server->mostOpenConnections() * MiB;
    if (m_open > m_allowed)
        fail("after a kill " + number(m_open) + " bytes are lost of " + number(m_allowed) + " that may be");
    else
        run();
}

// All entries are there, and the bytes that they tell of are right.
bool KillLane::checkRecords()
{
    QThreadPool threads;
    const std::unique_ptr<ResumeStore> store = copyOfStore(path(u"state"_s), path(u"copy"_s), threads);
    m_finished.clear();
    for (int file = 0; file < m_files.size() && m_failure.isEmpty(); ++file) {
        const std::optional<ResumeData> data = store ? store->find(url(file)) : std::nullopt;
        if (!data) {
            fail("an entry is lost");
            return false;
        }
        if (data->received.intersected(m_recorded[file]) != m_recorded[file])
            fail("what was recorded of file " + number(file) + " is forgotten");
        m_recorded[file] = data->received;
        const bool named = data->state == TaskState::Completed || !QFile::exists(data->partPath);
        if (data->state == TaskState::Completed)
            m_finished.insert(data->targetPath);
        if (data->received.isEmpty())
            continue;
        if (named ? !m_files[file].matchesFile(data->targetPath)
                  : !holds(data->partPath, m_files[file], data->received))
            fail("wrong bytes are recorded of " + data->targetPath.toUtf8());
    }
    return m_failure.isEmpty();
}

void KillLane::onEnded()
{
    if (m_program->exitCode() != 0) {
        fail("a download failed");
        return;
    }
    if (!countAgain() || !checkRecords())
        return;
    if (m_finished.size() != m_files.size())
        fail("a download that ended well is not recorded as completed");
    // A kill between the making of a part file and its record leaves that behind, empty.
    const QFileInfoList left = QDir(path(u"downloads"_s)).entryInfoList(QDir::Files);
    for (const QFileInfo &info : left) {
        if (!m_finished.contains(info.filePath()) && (info.suffix() != u"part"_s || info.size() > 0))
            fail("another file is left: " + info.fileName().toUtf8());
    }
    if (!m_failure.isEmpty())
        return;
    if (m_kills > 0)
        start();
    else
        Q_EMIT done();
}

void KillLane::fail(const QByteArray &what)
{
    m_look.stop();
    if (!m_failure.isEmpty())
        return;
    m_failure = "seed " + number(qint64(m_seed)) + ": " + what + "; the last run: " + m_program->account();
    const QList<Request> requests = m_server->requests();
    for (qsizetype i = 0; i < requests.size(); ++i) {
        m_failure += '\n' + number(i) + (i == m_first ? " (the last run) " : " ") + requests[i].path + ' '
                     + requests[i].header("Range") + ": " + number(m_server->bodyBytesSent(int(i)));
    }
    Q_EMIT done();
}

} // namespace longhaul::test
