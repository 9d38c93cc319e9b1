// SPDX-License-Identifier: MIT
#include "storewriter.h"

#include "storepacking.h"

#include <algorithm>
#include <utility>

namespace longhaul {

namespace {

constexpr qint64 kCompactAt = 1 << 20; // bytes, while running
constexpr qint64 kCompactAtEnd = 64 << 10;
constexpr qint64 kLongJournal = 16 << 20; // bytes: to read more would delay the start

// How long a journal may be beside a snapshot of that size (bytes): several times as long, or a list that
// grows would be written out again and again.
qint64 mostJournal(qint64 snapshot) { return std::max(snapshot, std::min(4 * snapshot, kLongJournal)); }

// Packed; one that will soon be another one stays as it is, which unpacks to itself.
QByteArray inMemory(const ResumeData &data, QByteArrayView text)
{
    const bool isBrief = data.state == TaskState::Running || data.state == TaskState::Verifying;
    return isBrief ? text.toByteArray() : storeformat::packed(text);
}

} // namespace

StoreWriter::StoreWriter(const QString &folder, QObject *owner, std::function<void()> news)
    : files(folder)
    , m_owner(owner)
    , m_news(std::move(news))
    , m_compactAt(kCompactAt)
{}

void StoreWriter::begin(storeformat::Records records, qint64 journalBytes)
{
    m_records = std::move(records);
    m_journalBytes = journalBytes;
}

bool StoreWriter::put(quint64 number, const QByteArray &key, const ResumeData &data, bool sync)
{
    const QMutexLocker lock(&m_mutex);
    const auto older = m_added.latest.constFind(key);
    ResumeData *waiting = older == m_added.latest.constEnd() ? nullptr : m_added.changes[*older].data.get();
    if (!waiting || waiting->partPath != data.partPath)
        return add({number, key, std::make_unique<ResumeData>(data), sync});
    *waiting = data;
    return add({number, {}, {}, sync});
}

bool StoreWriter::remove(quint64 number, const QByteArray &key)
{
    const QMutexLocker lock(&m_mutex);
    return add({number, key, {}, false});
}

bool StoreWriter::sync()
{
    const QMutexLocker lock(&m_mutex);
    return add({0, {}, {}, true});
}

bool StoreWriter::add(Change change)
{
    if (!change.key.isEmpty())
        m_added.latest.insert(change.key, m_added.changes.size());
    m_added.changes.push_back(std::move(change));
    return m_added.changes.size() == 1;
}

// Of those that are not among the records yet; null when there is none.
const StoreWriter::Change *StoreWriter::latest(const QByteArray &key) const
{
    for (const Batch *batch : {&m_added, &m_taken}) {
        if (const auto it = batch->latest.constFind(key); it != batch->latest.constEnd())
            return &batch->changes[*it];
    }
    return nullptr;
}

bool StoreWriter::has(const QByteArray &key) const
{
    const QMutexLocker lock(&m_mutex);
    const Change *change = latest(key);
    return change ? change->data != nullptr : m_records.contains(key);
}

std::optional<ResumeData> StoreWriter::find(const QByteArray &key) const
{
    QMutexLocker lock(&m_mutex);
    if (const Change *change = latest(key))
        return change->data ? std::optional(*change->data) : std::nullopt;
    const QByteArray text = m_records.value(key);
    lock.unlock();
    return resumeDataFromJson(storeformat::recordOf(text));
}

bool StoreWriter::isBehind() const
{
    const QMutexLocker lock(&m_mutex);
    return !m_added.changes.empty() || !m_taken.changes.empty();
}

std::vector<StoreWriter::Outcome> StoreWriter::takeOutcomes()
{
    const QMutexLocker lock(&m_mutex);
    m_told = false;
    return std::exchange(m_outcomes, {});
}

void StoreWriter::work(bool last)
{
    takeAdded();
    // A rebuild writes all there is, whatever became of the journal.
    if (files.needsRebuild())
        rebuild();
    const bool written = writeLines() && !files.needsRebuild();
    if (written
        && m_journalBytes
               > (last ? kCompactAtEnd : std::max(m_compactAt, mostJournal(files.snapshotBytes()))))
        compact();
    {
        const QMutexLocker lock(&m_mutex);
        if (m_outcomes.empty() || std::exchange(m_told, true))
            return;
    }
    QMetaObject::invokeMethod(m_owner, m_news, Qt::QueuedConnection);
}

// The text is made without the lock, for the owner may be looking for a record.
void StoreWriter::takeAdded()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_taken = std::exchange(m_added, {});
    }
    std::vector<QByteArray> texts; // packed; empty: it is removed, or there is none
    for (const Change &change : m_taken.changes) {
        Line line{change.number, {}, change.sync};
        if (change.data)
            line.text = storeformat::recordLine(toJson(*change.data));
        else if (!change.key.isEmpty())
            line.text = storeformat::removalLine(change.key);
        texts.push_back(change.data ? inMemory(*change.data, QByteArrayView(line.text).chopped(1))
                                    : QByteArray());
        m_lines.push_back(std::move(line));
    }
    Batch done;
    const QMutexLocker lock(&m_mutex);
    done = std::exchange(m_taken, {});
    for (size_t i = 0; i < texts.size(); ++i) {
        const QByteArray &key = done.changes[i].key;
        if (!texts[i].isEmpty())
            m_records.insert(key, texts[i]);
        else if (!key.isEmpty())
            m_records.remove(key);
    }
}

void StoreWriter::rebuild()
{
    if (!files.compact(m_records, true))
        reportFailure();
    if (files.needsRebuild())
        return; // the lines go to the journal for now; the next change tries again
    m_journalBytes = 0;
    reportAll();
}

bool StoreWriter::writeLines()
{
    QByteArray text;
    bool sync = false;
    for (const Line &line : m_lines) {
        text += line.text;
        sync = sync || line.sync;
    }
    using enum StoreFiles::Appended;
    const auto appended = text.isEmpty() && !sync ? Done : files.append(text, sync);
    if (appended != Failed)
        m_journalBytes += text.size();
    if (appended == Done) {
        reportAll();
        return true;
    }
    if (appended == Unconfirmed) { // to be synced later, not to be written
        for (Line &line : m_lines)
            line.text.clear();
    }
    reportFailure();
    return false;
}

// All lines are written: the records are what the files say.
void StoreWriter::compact()
{
    if (files.compact(m_records, false)) {
        m_journalBytes = 0;
        m_compactAt = kCompactAt;
    } else { // not with each change from now on
        m_compactAt = m_journalBytes + kCompactAt;
        reportFailure();
    }
}

void StoreWriter::reportAll()
{
    const QMutexLocker lock(&m_mutex);
    for (const Line &line : m_lines) {
        if (line.number != 0)
            m_outcomes.push_back({line.number, {}});
    }
    m_lines.clear();
}

void StoreWriter::reportFailure()
{
    const QMutexLocker lock(&m_mutex);
    m_outcomes.push_back({0, files.errorString()});
}

} // namespace longhaul
