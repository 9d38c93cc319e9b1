// SPDX-License-Identifier: MIT
#include "diskjudge.h"

#include <QFile>

#include <algorithm>

namespace longhaul::test {

using namespace Qt::StringLiterals;

namespace {

bool isComplete(const RangeSet &ranges, const ResumeData &data)
{
    return data.entity.total && ranges.contains({0, *data.entity.total});
}

// What FetchJob would believe of the record.
QByteArray wrongRecord(const ResumeData &data, const DiskState &disk, const Content &content)
{
    const QString target = data.targetPath;
    if (data.state == TaskState::Completed)
        return disk.files.value(target) == content.readAll() ? "" : "a completed file is wrong";
    const RangeSet trusted = data.trusted(currentBootId());
    const auto part = disk.files.constFind(data.partPath);
    if (part == disk.files.constEnd()) {
        const bool believed = isComplete(data.durable, data) && isComplete(trusted, data)
                              && disk.files.contains(target)
                              && disk.files.value(target).size() == *data.entity.total;
        return believed && disk.files.value(target) != content.readAll() ? "another file is taken for it"
                                                                         : "";
    }
    const RangeSet holds = trusted.intersected({0, part->size()});
    for (const ByteRange &range : holds.ranges()) {
        if (part->mid(range.begin, range.size()) != content.read(range.begin, range.size()))
            return "bytes are trusted that are not on disk, in " + QByteArray::number(range.begin) + " to "
                   + QByteArray::number(range.end);
    }
    return {};
}

// Who does not rest, and what it said last.
QByteArray restless(const DownloadManager &manager)
{
    QString who;
    for (const auto &task : manager.tasks()) {
        if (isAtRest(task->state()))
            continue;
        const QList<LogLine> log = task->log();
        who += u"; %1 is %2: %3"_s.arg(task->url().path(), stateName(task->state()),
                                       log.isEmpty() ? QString() : log.constLast().text);
    }
    return who.toUtf8();
}

} // namespace

ExpectedList::ExpectedList(const DiskTrace &trace)
{
    for (size_t i = 0; i < trace.size(); ++i) {
        m_times.push_back(trace[i].at);
        if (trace[i].op != diskwatch::Op::Mark)
            continue;
        const QByteArray text = QByteArray::fromStdString(trace[i].path);
        const int number = text.mid(text.indexOf(' ')).toInt();
        if (text.startsWith("late "))
            m_allowed += number;
        else
            m_marks.push_back({i, trace[i].at, text.startsWith("added "), number});
    }
}

ExpectedList::Entries ExpectedList::at(size_t cut) const
{
    // The cut comes as late as it can.
    const bool atEnd = cut >= m_times.size();
    const qint64 now = atEnd ? m_times.back() + m_allowed : m_times[cut];
    Entries entries;
    for (const Mark &mark : m_marks) {
        if (mark.index >= cut)
            continue;
        const bool certain = now - mark.at > m_allowed;
        entries.there.remove(mark.file);
        if (certain)
            (mark.added ? entries.there : entries.gone).insert(mark.file);
    }
    return entries;
}

QByteArray wrongRecords(const ResumeStore &store, const DiskState &disk, const DiskFiles &files,
                        const ExpectedList::Entries &expected)
{
    for (int file = 0; file < DiskFiles::Count; ++file) {
        const auto data = store.find(files.url(file));
        const QByteArray name = files.url(file).path().toUtf8() + ": ";
        if (!data && expected.there.contains(file))
            return name + "the entry is lost";
        if (data && expected.gone.contains(file))
            return name + "the entry was removed, and is there again";
        if (const QByteArray wrong = data ? wrongRecord(*data, disk, files.recorded(*data)) : "";
            !wrong.isEmpty())
            return name + wrong;
    }
    return {};
}

QByteArray wrongEnd(DiskWorld &world, const DiskFiles &files)
{
    const bool rests = world.runToRest(2);
    QByteArray wrong = rests ? "" : "it comes to no end" + restless(world.manager());
    QSet<QString> own;
    for (const auto &task : world.manager().tasks()) {
        const int file = files.fileOf(task->url());
        const ResumeData &data = task->resumeData();
        own.insert(data.targetPath);
        if (file < 0 || !wrong.isEmpty())
            continue;
        const QByteArray name = files.url(file).path().toUtf8() + ": ";
        if (data.state != TaskState::Completed)
            wrong = name + "not completed, " + (task->reason() ? message(*task->reason()).toUtf8() : "");
        else if (!files.recorded(data).matchesFile(data.targetPath))
            wrong = name + "the file is wrong";
    }
    world.end();
    // What has no entry: finished files of removed ones, and part files that nobody knows of.
    const DiskState left = wrong.isEmpty() ? DiskState::of(world.files()) : DiskState();
    for (auto it = left.files.cbegin(); it != left.files.cend(); ++it) {
        // The one that is replaced, or as much of it as was safe when a cut came before it was made.
        const bool isOld =
            it.key().endsWith("/over.bin"_L1) && it->count('o') + it->count('\0') == it->size();
        if (!own.contains(it.key()) && !it.key().endsWith(".part"_L1) && !isOld && !files.isWhole(*it))
            return "a file is left that is nobody's: " + it.key().toUtf8();
    }
    return wrong;
}

} // namespace longhaul::test
