// SPDX-License-Identifier: MIT
#include "diskmodel.h"

#include <QDataStream>
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <algorithm>

namespace longhaul::test {

using diskwatch::Entry;
using diskwatch::Op;

namespace {

constexpr qsizetype kPage = 4096;
constexpr int kSector = 512;

QString folderOf(const QString &path) { return path.section(u'/', 0, -2); }

QString text(const std::string &path) { return QFile::decodeName(QByteArray::fromStdString(path)); }

qsizetype pagesOf(qsizetype size) { return (size + kPage - 1) / kPage; }

} // namespace

bool saveTrace(const DiskTrace &trace, const QString &path)
{
    QFile file(path);
    QDataStream stream(&file);
    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    if (!file.open(QIODevice::WriteOnly))
        return false;
    for (const Entry &entry : trace)
        stream << int(entry.op) << qint64(entry.at) << quint64(entry.file) << qint64(entry.offset)
               << bytes(entry.path) << bytes(entry.to) << bytes(entry.bytes);
    return stream.status() == QDataStream::Ok;
}

DiskTrace loadTrace(const QString &path)
{
    QFile file(path);
    QDataStream stream(&file);
    DiskTrace trace;
    for (bool open = file.open(QIODevice::ReadOnly); open && !stream.atEnd();) {
        int op = 0;
        qint64 at = 0;
        quint64 number = 0;
        qint64 offset = 0;
        QByteArray name;
        QByteArray to;
        QByteArray bytes;
        stream >> op >> at >> number >> offset >> name >> to >> bytes;
        trace.push_back(
            {Op(op), at, number, offset, name.toStdString(), to.toStdString(), bytes.toStdString()});
    }
    return trace;
}

DiskState DiskState::of(const QString &folder)
{
    DiskState state;
    QDirIterator entries(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString path = entries.next();
        if (entries.fileInfo().isDir()) {
            state.folders.insert(path);
            continue;
        }
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            state.files.insert(path, file.readAll());
    }
    return state;
}

bool DiskState::write(const QString &folder) const
{
    QDir(folder).removeRecursively();
    bool good = QDir().mkpath(folder);
    QStringList inOrder(folders.begin(), folders.end());
    std::sort(inOrder.begin(), inOrder.end());
    for (const QString &path : std::as_const(inOrder))
        good = QDir().mkpath(path) && good;
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        QFile file(it.key());
        good =
            file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(*it) == it->size() && good;
    }
    return good;
}

DiskState DiskState::moved(const QString &from, const QString &to) const
{
    DiskState state;
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        if (it.key().startsWith(from + u'/'))
            state.files.insert(to + it.key().mid(from.size()), *it);
    }
    return state;
}

void DiskModel::change(Names *names, const NameChange &change)
{
    switch (change.op) {
    case Op::Create: names->files.insert(change.path, change.file); break;
    case Op::Link: names->files.insert(change.to, change.file); break;
    case Op::Unlink: names->files.remove(change.path); break;
    case Op::Rename:
        names->files.remove(change.path);
        names->files.insert(change.to, change.file);
        break;
    case Op::MakeFolder: names->folders.insert(change.path); break;
    case Op::RemoveFolder: names->folders.remove(change.path); break;
    case Op::Write:
    case Op::Resize:
    case Op::Sync:
    case Op::SyncFolder:
    case Op::Mark: break;
    }
}

void DiskModel::change(QByteArray *bytes, const Entry &entry)
{
    const auto offset = qsizetype(entry.offset);
    if (entry.op == Op::Resize) {
        bytes->resize(offset, '\0');
        return;
    }
    const auto size = qsizetype(entry.bytes.size());
    if (bytes->size() < offset + size)
        bytes->resize(offset + size, '\0');
    std::copy_n(entry.bytes.data(), size, bytes->data() + offset);
}

void DiskModel::changeName(const NameChange &change)
{
    DiskModel::change(&m_now, change);
    m_since.push_back(change);
}

void DiskModel::apply(const Entry &entry)
{
    const QString path = text(entry.path);
    const QString to = text(entry.to);
    switch (entry.op) {
    case Op::Create:
        m_files[entry.file] = {};
        changeName({entry.op, path, {}, entry.file});
        break;
    case Op::Rename:
    case Op::Link:
        if (const auto file = m_now.files.constFind(path); file != m_now.files.constEnd())
            changeName({entry.op, path, to, *file});
        break;
    case Op::Unlink:
        if (m_now.files.contains(path))
            changeName({entry.op, path, {}, 0});
        break;
    case Op::MakeFolder:
    case Op::RemoveFolder: changeName({entry.op, path, {}, 0}); break;
    case Op::Write:
    case Op::Resize: m_files[entry.file].since.push_back(entry); break;
    case Op::Sync: {
        File &file = m_files[entry.file];
        for (const Entry &earlier : file.since)
            change(&file.synced, earlier);
        file.since.clear();
        break;
    }
    case Op::SyncFolder: syncFolder(path); break;
    case Op::Mark: break;
    }
}

void DiskModel::syncFolder(const QString &folder)
{
    std::vector<NameChange> left;
    for (const NameChange &change : m_since) {
        if (folderOf(change.path) == folder || (!change.to.isEmpty() && folderOf(change.to) == folder))
            DiskModel::change(&m_synced, change);
        else
            left.push_back(change);
    }
    m_since = std::move(left);
}

DiskState DiskModel::stateOf(const Names &names, const std::function<QByteArray(const File &)> &bytes) const
{
    DiskState state;
    const auto isThere = [&](const QString &path) {
        for (QString folder = folderOf(path); m_now.folders.contains(folder); folder = folderOf(folder)) {
            if (!names.folders.contains(folder))
                return false;
        }
        return true;
    };
    for (const QString &folder : names.folders) {
        if (isThere(folder))
            state.folders.insert(folder);
    }
    for (auto it = names.files.cbegin(); it != names.files.cend(); ++it) {
        if (isThere(it.key()))
            state.files.insert(it.key(), bytes(m_files.at(it.value())));
    }
    return state;
}

DiskState DiskModel::now() const
{
    return stateOf(m_now, [](const File &file) {
        QByteArray bytes = file.synced;
        for (const Entry &entry : file.since)
            change(&bytes, entry);
        return bytes;
    });
}

DiskState DiskModel::afterCut(QRandomGenerator &random) const
{
    return stateOf(namesAfterCut(random), [&](const File &file) { return bytesAfterCut(file, random); });
}

DiskModel::Names DiskModel::namesAfterCut(QRandomGenerator &random) const
{
    Names names = m_synced;
    enum { None, All, First, Any };
    const int kind = random.bounded(4);
    const auto first = size_t(random.bounded(int(m_since.size()) + 1));
    for (size_t i = 0; i < m_since.size(); ++i) {
        if (kind == All || (kind == First && i < first) || (kind == Any && random.bounded(2) == 0))
            change(&names, m_since[i]);
    }
    return names;
}

QByteArray DiskModel::bytesAfterCut(const File &file, QRandomGenerator &random)
{
    enum { None, All, First, Any };
    const int kind = random.bounded(4);
    if (kind == Any)
        return anyPages(file, random);
    QByteArray bytes = file.synced;
    const auto most = kind == None  ? 0
                      : kind == All ? file.since.size()
                                    : size_t(random.bounded(int(file.since.size()) + 1));
    for (size_t i = 0; i < most; ++i)
        change(&bytes, file.since[i]);
    return bytes;
}

// Each page as it was after some of the changes, whatever became of the others.
QByteArray DiskModel::anyPages(const File &file, QRandomGenerator &random)
{
    const auto changes = qsizetype(file.since.size());
    qsizetype longest = file.synced.size();
    QList<qsizetype> sizes{longest};
    for (const Entry &entry : file.since) {
        const auto end = qsizetype(entry.offset + qint64(entry.bytes.size()));
        sizes.append(entry.op == Op::Resize ? end : std::max(sizes.last(), end));
        longest = std::max(longest, sizes.last());
    }
    QList<qsizetype> known(pagesOf(longest)); // how many changes have reached each page
    for (qsizetype &changesKnown : known)
        changesKnown =
            random.bounded(3) == 0 ? random.bounded(int(changes) + 1) : random.bounded(2) * changes;
    const qsizetype torn = known.isEmpty() ? -1 : random.bounded(int(known.size()));
    QByteArray bytes = file.synced;
    bytes.resize(longest, '\0');
    for (qsizetype i = 0; i < changes; ++i) {
        const Entry &entry = file.since[size_t(i)];
        const auto offset = qsizetype(entry.offset);
        const QByteArray data = entry.op == Op::Resize ? QByteArray(longest - offset, '\0')
                                                       : QByteArray::fromStdString(entry.bytes);
        for (qsizetype at = offset; at < offset + data.size();) {
            const qsizetype page = at / kPage;
            const qsizetype end = std::min((page + 1) * kPage, offset + data.size());
            // The last change that reaches a torn page ends at a sector.
            const bool half = page == torn && i == known[page] - 1;
            const qsizetype stop =
                half ? std::clamp(page * kPage + random.bounded(8) * kSector, at, end) : end;
            if (i < known[page])
                std::copy_n(data.data() + (at - offset), stop - at, bytes.data() + at);
            at = end;
        }
    }
    bytes.resize(sizes[random.bounded(int(sizes.size()))]);
    return bytes;
}

} // namespace longhaul::test
