// SPDX-License-Identifier: MIT
#include "resumestore.h"

#include "ahead.h"
#include "checksum.h"
#include "plainurl.h"
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

constexpr int kSyncSoon = 400;    // ms
constexpr qsizetype kPiece = 512; // records that one thread makes values of

bool isKey(const QByteArray &key)
{
    if (isPlainUrl(key))
        return true;
    const QUrl url(QString::fromUtf8(key), QUrl::StrictMode);
    return !url.scheme().isEmpty() && !url.host().isEmpty() && storeKey(url) == key;
}

// A task that got a new address has its new record before the old one is removed. Of two records that a crash
// left behind, the one that remembers more addresses is the newer. False when there were such.
bool dropMoved(storeformat::Records *records)
{
    QByteArrayList dropped;
    for (const QByteArray &text : std::as_const(*records)) {
        const auto data = text.contains("\"earlierUrls\":") ? resumeDataFromJson(storeformat::recordOf(text))
                                                            : std::optional<ResumeData>();
        for (const QUrl &url : data ? data->earlierUrls : QList<QUrl>()) {
            const QByteArray key = storeKey(url);
            const auto old = resumeDataFromJson(storeformat::recordOf(records->value(key)));
            const bool same =
                old && (old->added.isValid() ? old->added == data->added : old->partPath == data->partPath);
            if (same && old->earlierUrls.size() < data->earlierUrls.size())
                dropped.append(key);
        }
    }
    for (const QByteArray &key : std::as_const(dropped))
        records->remove(key);
    return dropped.isEmpty();
}

// Up to kPiece of them; what is no record is passed over.
std::vector<ResumeData> readPiece(storeformat::Records::const_iterator at,
                                  storeformat::Records::const_iterator end)
{
    std::vector<ResumeData> piece;
    piece.reserve(size_t(kPiece));
    for (qsizetype n = 0; at != end && n < kPiece; ++at, ++n) {
        auto data = resumeDataFromJson(storeformat::recordOf(*at));
        if (!data)
            continue;
        if (!piece.empty())
            shareMemory(&*data, piece.back());
        if (data->url.text() == at.key())
            data->url = UrlText(at.key());
        piece.push_back(std::move(*data));
    }
    return piece;
}

} // namespace

ResumeStore::ResumeStore(const QString &folder, QThreadPool &threads, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_threads(threads)
    , m_writer(newWriter())
{
    m_syncSoon.setSingleShot(true);
    m_syncSoon.setInterval(kSyncSoon);
    m_syncSoon.callOnTimeout(this, &ResumeStore::syncNow);
}

std::unique_ptr<StoreWriter> ResumeStore::newWriter()
{
    return std::make_unique<StoreWriter>(m_folder, this, [this] { deliver(); });
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
    if (isOpen())
        return OpenResult::Opened;
    m_notices.clear();
    // The thread where OpenSSL is first used must stay: what it keeps there for errors is lost with a thread
    // that ends.
    const Hasher first(DigestAlgorithm::Sha1);
    auto writer = newWriter();
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
    if (!repair(&loaded.records))
        files.requireRebuild();
    writer->begin(std::move(loaded.records), loaded.journalBytes);
    m_writer = std::move(writer);
    m_io = std::make_unique<IoQueue>(m_threads);
    post(m_writer->files.needsRebuild());
    return OpenResult::Opened;
}

// True when they are as they should be. Only the keys are looked at, for there may be a hundred thousand.
bool ResumeStore::repair(storeformat::Records *records)
{
    QByteArrayList strange;
    QByteArrayList leftOut;
    for (auto it = records->keyBegin(); it != records->keyEnd(); ++it) {
        if (!isKey(*it))
            strange.append(*it);
    }
    for (const QByteArray &key : std::as_const(strange)) {
        const auto data = resumeDataFromJson(storeformat::recordOf(records->take(key)));
        if (!data)
            leftOut.append(key);
        else if (const QByteArray better = data->url.text(); !records->contains(better))
            records->insert(better, storeformat::recordText(toJson(*data))); // an earlier version's spelling
    }
    if (leftOut.size() == 1)
        m_notices.append(
            tr("A download was left out: \"%1\" is no address.").arg(QString::fromUtf8(leftOut.first())));
    else if (!leftOut.isEmpty())
        m_notices.append(
            tr("%n download(s) were left out: what they have is no address.", nullptr, int(leftOut.size())));
    return dropMoved(records) && strange.isEmpty();
}

void ResumeStore::post(bool wanted)
{
    if (wanted)
        m_io->post([writer = m_writer.get()] { writer->work(); });
}

const storeformat::Records &ResumeStore::settledRecords() const
{
    if (isOpen() && m_writer->isBehind())
        m_io->drain();
    return m_writer->records();
}

int ResumeStore::count() const { return int(settledRecords().size()); }

void ResumeStore::forEachRecord(const std::function<void(ResumeData)> &take) const
{
    const storeformat::Records &records = settledRecords();
    std::vector<storeformat::Records::const_iterator> starts;
    qsizetype n = 0;
    for (auto it = records.cbegin(); it != records.cend(); ++it) {
        if (n++ % kPiece == 0)
            starts.push_back(it);
    }
    makeAhead<std::vector<ResumeData>>(
        starts.size(), [&](size_t piece) { return readPiece(starts[piece], records.cend()); },
        [&take](std::vector<ResumeData> piece) {
            for (ResumeData &data : piece)
                take(std::move(data));
        });
}

void ResumeStore::forEachWithPart(const std::function<void(const ResumeData &)> &take) const
{
    for (const QByteArray &packed : settledRecords()) {
        const auto data = storeformat::mayHavePart(packed) ? resumeDataFromJson(storeformat::recordOf(packed))
                                                           : std::nullopt;
        if (data && !ownPart(*data).isEmpty())
            take(*data);
    }
}

QList<ResumeData> ResumeStore::records() const
{
    std::vector<ResumeData> list;
    list.reserve(size_t(count()));
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

std::optional<ResumeData> ResumeStore::find(const QUrl &url) const { return m_writer->find(storeKey(url)); }

quint64 ResumeStore::put(const ResumeData &data, Durability durability)
{
    const quint64 number = ++m_lastNumber;
    if (!isOpen())
        return number;
    const QByteArray key = data.url.text();
    Q_ASSERT(key == storeKey(data.url));
    const bool isNew = !m_writer->has(key);
    // The part file of one that was removed may be another's soon: its old record must not come back then.
    const bool sync = m_removed || durability == Durability::Synced;
    if (sync) { // all before it, too
        m_syncSoon.stop();
        m_removed = false;
    }
    post(m_writer->put(number, key, data, sync));
    if (isNew)
        syncSoon();
    return number;
}

quint64 ResumeStore::remove(const QUrl &url)
{
    const quint64 number = ++m_lastNumber;
    if (!isOpen())
        return number;
    post(m_writer->remove(number, storeKey(url)));
    syncSoon();
    m_removed = true;
    return number;
}

// Many may come and go at once: one sync for all of them.
void ResumeStore::syncSoon()
{
    if (!m_syncSoon.isActive())
        m_syncSoon.start();
}

void ResumeStore::syncNow()
{
    m_syncSoon.stop();
    m_removed = false;
    if (isOpen())
        post(m_writer->sync());
}

void ResumeStore::deliver()
{
    const std::vector<StoreWriter::Outcome> outcomes = m_writer->takeOutcomes();
    const QPointer<ResumeStore> self(this); // a listener may delete the store
    for (const StoreWriter::Outcome &outcome : outcomes) {
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
    if (!isOpen())
        return;
    const QPointer<ResumeStore> self(this); // a listener may delete the store
    if (m_syncSoon.isActive())
        syncNow();
    m_io->drain();
    deliver();
    if (!self || !isOpen())
        return;
    m_io->post([writer = m_writer.get(), inAHurry] { writer->work(!inAHurry); }); // and what failed so far
    m_io->drain();
    m_io.reset();
    m_writer->files.close();
    m_lock.reset();
    deliver();
}

} // namespace longhaul
