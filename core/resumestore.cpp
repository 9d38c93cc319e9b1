// SPDX-License-Identifier: MIT
#include "resumestore.h"

#include "storepacking.h"
#include "storewriter.h"

#include <QDir>
#include <QFile>
#include <QPointer>

#include <algorithm>
#include <utility>
#include <vector>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kCompactAt = 1 << 20; // while running
constexpr qint64 kCompactAtClose = 64 << 10;
constexpr int kSyncSoon = 400; // ms

bool isKey(const QByteArray &key)
{
    if (storeformat::isPlainKey(key))
        return true;
    const QUrl url(QString::fromUtf8(key), QUrl::StrictMode);
    return !url.scheme().isEmpty() && !url.host().isEmpty() && storeKey(url).toUtf8() == key;
}

} // namespace

ResumeStore::ResumeStore(const QString &folder, QThreadPool &threads, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_threads(threads)
{
    m_syncSoon.setSingleShot(true);
    m_syncSoon.setInterval(kSyncSoon);
    m_syncSoon.callOnTimeout(this, &ResumeStore::syncNow);
}

ResumeStore::~ResumeStore()
{
    const QSignalBlocker quiet(this);
    close();
}

bool ResumeStore::lock()
{
    m_lock = std::make_unique<QLockFile>(QDir(m_folder).filePath(u"lock"_s));
    m_lock->setStaleLockTime(0);
    if (m_lock->tryLock())
        return true;
    qint64 pid = 0;
    QString host;
    QString program;
    // A process id says little: in a container, a dead owner may have had the very id of this process, and on
    // another day any program may have it. Its lock on the file itself went with it, though, and Qt removes
    // the file only when it gets that. The owner writes its id after it has that lock; a file that stays
    // without one was cut short by a crash.
    if (m_lock->error() == QLockFile::LockFailedError) {
        const bool named = m_lock->getLockInfo(&pid, &host, &program);
        if (!named && m_lock->tryLock(500))
            return true;
        if (m_lock->removeStaleLockFile() && m_lock->tryLock())
            return true;
    }
    return false;
}

ResumeStore::OpenResult ResumeStore::open()
{
    if (m_writer)
        return OpenResult::Opened;
    m_notices.clear();
    auto writer = std::make_unique<StoreWriter>(m_folder, this, [this] { deliver(); });
    StoreFiles &files = writer->files;
    if (!files.makeFolder()) {
        m_errorString = files.errorString();
        return OpenResult::NotWritable;
    }
    if (!lock()) {
        const bool other = m_lock->error() == QLockFile::LockFailedError;
        m_errorString = other ? tr("The list of downloads in %1 is in use by another process.").arg(m_folder)
                              : tr("The folder %1 cannot be written to.").arg(m_folder);
        m_lock.reset();
        return other ? OpenResult::LockedByOther : OpenResult::NotWritable;
    }
    files.closeFolderToOthers(m_lock->fileName());
    QFile::setPermissions(m_lock->fileName(), QFile::ReadOwner | QFile::WriteOwner);
    StoreFiles::Loaded loaded = files.load();
    if (!files.isOpen()) {
        m_errorString = files.errorString();
        m_lock.reset();
        return OpenResult::NotWritable;
    }
    m_notices = loaded.notices;
    m_records.clear();
    const bool asTheyWere = takeRecords(std::move(loaded.records));
    m_snapshotBytes = loaded.snapshotBytes;
    m_journalBytes = loaded.journalBytes;
    m_writer = std::move(writer);
    m_io = std::make_unique<IoQueue>(m_threads);
    if (loaded.rebuild || !asTheyWere)
        compact(true);
    return OpenResult::Opened;
}

// True when they are as they should be. Only the keys are looked at, for there may be a hundred thousand.
bool ResumeStore::takeRecords(storeformat::Records records)
{
    QByteArrayList strange;
    QByteArrayList leftOut;
    for (auto it = records.keyBegin(); it != records.keyEnd(); ++it) {
        if (!isKey(*it))
            strange.append(*it);
    }
    for (const QByteArray &key : std::as_const(strange)) {
        const auto data = resumeDataFromJson(storeformat::recordOf(records.take(key)));
        if (!data)
            leftOut.append(key);
        else if (const QByteArray better = storeKey(data->url).toUtf8(); !records.contains(better))
            records.insert(better, storeformat::recordText(toJson(*data))); // an earlier version's spelling
    }
    if (leftOut.size() == 1)
        m_notices.append(
            tr("A download was left out: \"%1\" is no address.").arg(QString::fromUtf8(leftOut.first())));
    else if (!leftOut.isEmpty())
        m_notices.append(
            tr("%n download(s) were left out: what they have is no address.", nullptr, int(leftOut.size())));
    m_records = std::move(records);
    return dropMoved() && strange.isEmpty();
}

// A task that got a new address has its new record before the old one is removed. Of two records that a crash
// left behind, the one that remembers more addresses is the newer. False when there were such.
bool ResumeStore::dropMoved()
{
    QByteArrayList dropped;
    for (const QByteArray &text : std::as_const(m_records)) {
        const auto data = text.contains("\"earlierUrls\":") ? resumeDataFromJson(storeformat::recordOf(text))
                                                            : std::optional<ResumeData>();
        for (const QUrl &url : data ? data->earlierUrls : QList<QUrl>()) {
            const auto old = find(url);
            const bool same =
                old && (old->added.isValid() ? old->added == data->added : old->partPath == data->partPath);
            if (same && old->earlierUrls.size() < data->earlierUrls.size())
                dropped.append(storeKey(url).toUtf8());
        }
    }
    for (const QByteArray &key : std::as_const(dropped))
        m_records.remove(key);
    return dropped.isEmpty();
}

void ResumeStore::forEachRecord(const std::function<void(ResumeData)> &take) const
{
    ResumeData last;
    for (auto it = m_records.cbegin(); it != m_records.cend(); ++it) {
        auto data = resumeDataFromJson(storeformat::recordOf(*it));
        if (!data)
            continue;
        shareMemory(&*data, last);
        if (data->url.text() == it.key())
            data->url = UrlText(it.key());
        last = *data;
        take(std::move(*data));
    }
}

void ResumeStore::forEachWithPart(const std::function<void(const ResumeData &)> &take) const
{
    for (const QByteArray &packed : m_records) {
        const auto data = storeformat::mayHavePart(packed) ? resumeDataFromJson(storeformat::recordOf(packed))
                                                           : std::nullopt;
        if (data && !ownPart(*data).isEmpty())
            take(*data);
    }
}

QList<ResumeData> ResumeStore::records() const
{
    std::vector<ResumeData> list;
    list.reserve(size_t(m_records.size()));
    forEachRecord([&](ResumeData data) { list.push_back(std::move(data)); });
    std::vector<std::pair<AddedOrder, ResumeData *>> order; // they are large: moved once
    for (ResumeData &data : list)
        order.emplace_back(addedOrder(data), &data);
    std::sort(order.begin(), order.end());
    QList<ResumeData> sorted;
    for (const auto &[key, data] : order)
        sorted.append(std::move(*data));
    return sorted;
}

std::optional<ResumeData> ResumeStore::find(const QUrl &url) const
{
    const auto it = m_records.constFind(storeKey(url).toUtf8());
    return it == m_records.constEnd() ? std::optional<ResumeData>()
                                      : resumeDataFromJson(storeformat::recordOf(*it));
}

quint64 ResumeStore::put(const ResumeData &data, Durability durability)
{
    const QByteArray line = storeformat::recordLine(toJson(data));
    const qsizetype before = m_records.size();
    m_records.insert(storeKey(data.url).toUtf8(), storeformat::packed(QByteArrayView(line).chopped(1)));
    // The part file of one that was removed may be another's soon: its old record must not come back then.
    const quint64 number = append(line, m_removed ? Durability::Synced : durability);
    if (m_records.size() > before)
        syncSoon();
    return number;
}

quint64 ResumeStore::remove(const QUrl &url)
{
    const QString key = storeKey(url);
    m_records.remove(key.toUtf8());
    const quint64 number = append(storeformat::removalLine(key), Durability::Written);
    syncSoon();
    m_removed = true;
    return number;
}

// Many may come and go at once: one sync for all of them.
void ResumeStore::syncSoon()
{
    if (m_writer && !m_syncSoon.isActive())
        m_syncSoon.start();
}

void ResumeStore::syncNow()
{
    m_syncSoon.stop();
    m_removed = false;
    if (!m_writer)
        return;
    m_writer->add({0, {}, true, {}, false});
    m_io->post([writer = m_writer.get()] { writer->work(); });
}

quint64 ResumeStore::append(const QByteArray &line, Durability durability)
{
    const quint64 number = ++m_lastNumber;
    if (!m_writer)
        return number;
    const bool sync = durability == Durability::Synced;
    if (sync) { // all before it, too
        m_syncSoon.stop();
        m_removed = false;
    }
    m_writer->add({number, line, sync, {}, false});
    m_io->post([writer = m_writer.get()] { writer->work(); });
    m_journalBytes += line.size();
    if (m_rebuildDue || (m_journalBytes > kCompactAt && m_journalBytes > m_snapshotBytes))
        compact(m_rebuildDue);
    return number;
}

void ResumeStore::compact(bool rebuild)
{
    m_rebuildDue = false;
    m_journalBytes = 0;
    m_writer->add({0, {}, false, m_records, rebuild});
    m_io->post([writer = m_writer.get()] { writer->work(); });
}

void ResumeStore::deliver()
{
    if (!m_writer)
        return;
    const StoreWriter::Outcomes outcomes = m_writer->takeOutcomes();
    m_snapshotBytes = outcomes.snapshotBytes;
    m_rebuildDue = outcomes.rebuildDue;
    const QPointer<ResumeStore> self(this); // a listener may delete the store
    for (const StoreWriter::Outcome &outcome : outcomes.list) {
        if (!self)
            return;
        if (outcome.recorded)
            Q_EMIT recorded(outcome.recorded);
        else
            Q_EMIT writeFailed(outcome.failure);
    }
}

void ResumeStore::close(bool inAHurry)
{
    if (!m_writer)
        return;
    const QPointer<ResumeStore> self(this); // a listener may delete the store
    if (m_syncSoon.isActive())
        syncNow();
    m_io->drain();
    deliver();
    if (!self || !m_writer)
        return;
    if (!inAHurry && (m_rebuildDue || m_journalBytes > kCompactAtClose))
        compact(m_rebuildDue);
    else
        m_io->post([writer = m_writer.get()] { writer->work(); }); // what failed so far
    m_io->drain();
    deliver();
    if (!self || !m_writer)
        return;
    m_io.reset();
    m_writer.reset();
    m_lock.reset();
}

} // namespace longhaul
