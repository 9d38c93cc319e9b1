// SPDX-License-Identifier: MIT
#include "storefiles.h"

#include "platformfile.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

const auto kOwnerFile = QFile::ReadOwner | QFile::WriteOwner;
const auto kOwnerFolder = kOwnerFile | QFile::ExeOwner;
// Some ten million records: what is larger was not written by us.
constexpr qint64 kLargestFile = qint64(8) << 30;
constexpr int kMostSetAside = 5;
constexpr qsizetype kMostUnconfirmed = 8 << 20; // bytes

QString snapshotName() { return u"downloads.json"_s; }
QString newName() { return u"downloads.json.new"_s; }
QString oldSnapshotName() { return u"downloads.json.1"_s; }
QString journalName() { return u"downloads.journal"_s; }
QString oldJournalName() { return u"downloads.journal.1"_s; }

bool isThere(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

} // namespace

StoreFiles::StoreFiles(const QString &folder)
    : m_folder(QDir::cleanPath(QDir(folder).absolutePath()))
    , m_journal(path(journalName()))
{}

QString StoreFiles::path(const QString &name) const { return m_folder + u'/' + name; }

bool StoreFiles::fail(const QString &what, int error)
{
    m_errorString = error == 0 ? what + u'.' : what + ": "_L1 + platformfile::errorText(error) + u'.';
    return false;
}

bool StoreFiles::makeFolder()
{
    errno = 0;
    return platformfile::makeOwnFolder(m_folder)
           || fail(tr("The folder %1 cannot be made").arg(m_folder), errno);
}

void StoreFiles::closeFolderToOthers(const QString &ownFile)
{
    std::error_code error;
    const auto mode = std::filesystem::status(QFileInfo(m_folder).filesystemFilePath(), error).permissions();
    const bool shared = (mode & std::filesystem::perms::sticky_bit) != std::filesystem::perms::none;
    if (!error && !shared && QFileInfo(m_folder).ownerId() == QFileInfo(ownFile).ownerId())
        QFile::setPermissions(m_folder, kOwnerFolder);
}

StoreFiles::Content StoreFiles::read(const QString &name)
{
    Content content;
    content.exists = isThere(path(name));
    const QFileInfo info(path(name));
    QFile file(path(name));
    if (!info.isFile() || info.size() > kLargestFile)
        return content;
    errno = 0;
    if (!file.open(QIODevice::ReadOnly)) {
        m_cannotRead = true;
        fail(tr("The list of downloads in %1 cannot be read").arg(m_folder), errno);
        return content;
    }
    content.text = file.readAll();
    content.readable = file.error() == QFile::NoError;
    return content;
}

// Under the first free "NAME.SUFFIX-N"; when all are taken the oldest makes room.
void StoreFiles::setAside(const QString &name, const QString &suffix, bool copy, QStringList *notices)
{
    QString aside;
    QDateTime oldest;
    for (int n = 1; n <= kMostSetAside; ++n) {
        const QString candidate = u"%1.%2-%3"_s.arg(name, suffix).arg(n);
        if (!isThere(path(candidate))) {
            aside = candidate;
            break;
        }
        const QDateTime age = QFileInfo(path(candidate)).lastModified();
        if (aside.isEmpty() || age < oldest) {
            aside = candidate;
            oldest = age;
        }
    }
    QFile::remove(path(aside));
    bool kept = copy && QFile::copy(path(name), path(aside));
    if (kept) {
        QFile file(path(aside));
        file.setPermissions(kOwnerFile);
        kept = file.open(QIODevice::ReadWrite) && platformfile::syncData(file.handle()) == 0;
    }
    // What cannot be copied is moved: the new file must not replace it.
    if (!kept)
        kept = platformfile::renameReplacing(path(name), path(aside)) == 0;
    notices->append(kept ? tr("The file %1 was kept as %2.").arg(name, aside)
                         : tr("The file %1 could not be kept.").arg(name));
}

storeformat::Loaded StoreFiles::loadSnapshots(Loaded *loaded)
{
    const Content present = read(snapshotName());
    storeformat::Loaded snapshot = storeformat::loadSnapshot(present.text);
    m_snapshotBytes = present.text.size();
    const bool newer = present.exists && snapshot.version > storeformat::kVersion;
    if ((snapshot.whole && present.readable && !newer) || m_cannotRead)
        return snapshot;

    // Not there (killed while compacting), damaged, or of a newer version.
    const Content olderSnapshot = read(oldSnapshotName());
    const Content olderJournal = read(oldJournalName());
    if (m_cannotRead)
        return snapshot;
    storeformat::Loaded older = storeformat::loadSnapshot(olderSnapshot.text);
    const bool olderIsWhole = older.whole;
    older = storeformat::loadJournal(olderJournal.text, older.records);
    snapshot = storeformat::loadSnapshot(present.text, older.records);
    m_needsRebuild = present.exists || olderSnapshot.exists || olderJournal.exists;
    if (newer) {
        loaded->notices.append(
            tr("The list of downloads was written by a newer version of Longhaul; what this "
               "version does not know may be lost."));
        setAside(snapshotName(), u"version%1"_s.arg(snapshot.version), present.readable, &loaded->notices);
    } else if (present.exists) {
        loaded->notices.append(
            olderIsWhole
                ? tr("The list of downloads was damaged; what was missing came from the one before it.")
                : tr("The list of downloads was damaged; some downloads may be missing from it."));
        setAside(snapshotName(), u"damaged"_s, present.readable, &loaded->notices);
    } else if (olderSnapshot.exists && !olderIsWhole) {
        loaded->notices.append(
            tr("The list of downloads was damaged; some downloads may be missing from it."));
        setAside(oldSnapshotName(), u"damaged"_s, olderSnapshot.readable, &loaded->notices);
    }
    return snapshot;
}

StoreFiles::Loaded StoreFiles::load()
{
    Loaded loaded;
    m_cannotRead = false;
    m_needsRebuild = false;
    const Content journal = read(journalName());
    storeformat::Loaded snapshot = loadSnapshots(&loaded);
    if (m_cannotRead)
        return loaded;
    const storeformat::Loaded changes = storeformat::loadJournal(journal.text, snapshot.records);
    loaded.records = changes.records;
    if (changes.damaged > 0 || (QFileInfo(path(journalName())).isFile() && !journal.readable)) {
        loaded.notices.append(
            tr("Some of the latest changes to the list of downloads were damaged; a download "
               "may go on from an earlier point."));
        setAside(journalName(), u"damaged"_s, journal.readable, &loaded.notices);
        m_needsRebuild = true;
    }
    if (!openJournal())
        return loaded;
    if (m_journal.size() > changes.goodEnd && m_journal.resize(changes.goodEnd))
        m_journalEnd = m_unconfirmed.begin = changes.goodEnd;
    loaded.journalBytes = m_journalEnd;
    return loaded;
}

bool StoreFiles::openJournal()
{
    const bool isNew = !QFileInfo::exists(path(journalName()));
    errno = 0;
    if (!m_journal.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered, kOwnerFile))
        return fail(tr("The list of downloads in %1 cannot be written").arg(m_folder), errno);
    m_journal.setPermissions(kOwnerFile);
    m_journalEnd = m_journal.size();
    m_unconfirmed = {m_journalEnd, {}, true};
    m_lost = false;
    m_atLineStart = m_journalEnd == 0; // else nobody knows; an empty line does no harm
    m_nameIsSafe = m_nameIsSafe && !isNew;
    return true;
}

bool StoreFiles::writeAll(QFile *file, const QByteArray &bytes)
{
    // A short write says nothing of why: the next one does.
    for (qint64 done = 0; done < bytes.size();) {
        errno = 0;
        const qint64 n = file->write(bytes.constData() + done, bytes.size() - done);
        if (n <= 0)
            return fail(tr("The list of downloads could not be written"), errno);
        done += n;
    }
    return true;
}

StoreFiles::Appended StoreFiles::append(const QByteArray &lines, bool sync)
{
    if (!m_journal.isOpen() && !openJournal())
        return Appended::Failed;
    m_lost = m_lost && !writeAgain();
    if (m_lost)
        return Appended::Failed;
    const QByteArray bytes = m_atLineStart || lines.isEmpty() ? lines : '\n' + lines;
    if (!writeAll(&m_journal, bytes)) {
        m_atLineStart = m_journal.resize(m_journalEnd) && m_atLineStart;
        m_unconfirmed.isWhole = m_unconfirmed.isWhole && m_atLineStart;
        return Appended::Failed;
    }
    m_journalEnd = m_journal.size();
    m_atLineStart = m_atLineStart || !bytes.isEmpty();
    if (!QFileInfo::exists(m_journal.fileName())) {
        m_needsRebuild = true;
        m_journal.close();
        fail(tr("The list of downloads was removed while it was in use"), 0);
        return Appended::Failed;
    }
    m_unconfirmed.add(bytes);
    return !sync || syncJournal() ? Appended::Done : Appended::Unconfirmed;
}

bool StoreFiles::syncJournal()
{
    if (const int error = platformfile::syncData(m_journal.handle())) {
        m_needsRebuild = true;
        m_lost = !writeAgain();
        return fail(tr("The disk did not confirm that the list of downloads is safe"), error);
    }
    m_unconfirmed = {m_journalEnd, {}, true};
    m_nameIsSafe = m_nameIsSafe || syncFolder();
    return m_nameIsSafe;
}

void StoreFiles::Unconfirmed::add(const QByteArray &appended)
{
    bytes += appended;
    if (isWhole && bytes.size() <= kMostUnconfirmed)
        return;
    isWhole = false;
    bytes = {};
}

// A disk that does not confirm what it was given may have lost it, and what an older record tells of a part
// file may be lost with it. For a start before the system ends the newer ones are there: the same bytes in
// the same place.
bool StoreFiles::writeAgain()
{
    if (!m_unconfirmed.isWhole || m_unconfirmed.bytes.isEmpty())
        return true; // it stays as it is
    QFile file(m_journal.fileName());
    errno = 0;
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered)
        || !file.seek(m_unconfirmed.begin))
        return fail(tr("The list of downloads could not be written"), errno);
    return writeAll(&file, m_unconfirmed.bytes);
}

bool StoreFiles::syncFolder()
{
    const int error = platformfile::syncFolder(m_folder);
    return error == 0 || fail(tr("The disk did not confirm that the list of downloads is safe"), error);
}

bool StoreFiles::rename(const QString &from, const QString &to)
{
    const int error = platformfile::renameReplacing(path(from), path(to));
    if (error != 0)
        return fail(tr("The list of downloads could not be renamed to %1").arg(to), error);
    return syncFolder();
}

bool StoreFiles::removeIfThere(const QString &name)
{
    errno = 0;
    return !isThere(path(name)) || QFile::remove(path(name))
           || fail(tr("The file %1 could not be removed").arg(name), errno);
}

bool StoreFiles::writeNew(const storeformat::Records &records)
{
    QFile file(path(newName()));
    errno = 0;
    // Made anew: what lies there may be a link, or have other permissions.
    if (!removeIfThere(newName())
        || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered, kOwnerFile))
        return fail(tr("The list of downloads in %1 cannot be written").arg(m_folder), errno);
    file.setPermissions(kOwnerFile);
    if (!storeformat::writeSnapshot(records, [&](const QByteArray &piece) { return writeAll(&file, piece); }))
        return false;
    if (const int error = platformfile::syncData(file.handle()))
        return fail(tr("The disk did not confirm that the list of downloads is safe"), error);
    m_snapshotBytes = file.size();
    return true;
}

// One whole snapshot in the place of everything else.
bool StoreFiles::replaceAll(const storeformat::Records &records)
{
    if (!makeFolder() || !writeNew(records) || !rename(newName(), snapshotName()))
        return false;
    m_journal.close();
    if (!removeIfThere(journalName()) || !removeIfThere(oldJournalName()) || !removeIfThere(oldSnapshotName())
        || !syncFolder())
        return false;
    m_needsRebuild = false;
    return true;
}

bool StoreFiles::compact(const storeformat::Records &records, bool rebuild)
{
    // Without a whole snapshot at hand the older generation is still needed and must not be overwritten.
    if ((rebuild || m_needsRebuild || !QFileInfo(path(snapshotName())).isFile()) && !replaceAll(records))
        return false;
    if (!writeNew(records) || !rename(snapshotName(), oldSnapshotName()))
        return false;
    m_journal.close();
    const bool moved = isThere(path(journalName())) ? rename(journalName(), oldJournalName())
                                                    : removeIfThere(oldJournalName()) && syncFolder();
    return moved && rename(newName(), snapshotName());
}

} // namespace longhaul
