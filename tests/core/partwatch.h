// SPDX-License-Identifier: MIT
#pragma once

#include "core/partfile.h"
#include "core/platformfile.h"

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

// A part file whose answers are kept as text, and a folder to have it in.
namespace longhaul::partwatch {

inline QString textOf(const RangeSet &set)
{
    QString text;
    for (const ByteRange &range : set.ranges())
        text += QStringLiteral("[%1,%2)").arg(range.begin).arg(range.end);
    return text;
}

inline QString textOf(ByteRange range) { return textOf(RangeSet(range)); }

class Watch : public QObject
{
public:
    explicit Watch(const QString &folder)
        : m_folder(folder)
        , m_file(std::make_unique<PartFile>(m_threads))
    {
        connect(m_file.get(), &PartFile::opened, this,
                [this](const QString &target, const QString &part, const RangeSet &holds) {
                    m_part = part;
                    note(
                        QStringLiteral("opened %1 | %2 | %3").arg(below(target), below(part), textOf(holds)));
                });
        connect(m_file.get(), &PartFile::missing, this, [this](std::optional<qint64> size) {
            note(QStringLiteral("missing %1").arg(size.value_or(-1)));
        });
        connect(m_file.get(), &PartFile::written, this,
                [this](ByteRange range) { note(QStringLiteral("written ") + textOf(range)); });
        connect(m_file.get(), &PartFile::compared, this, [this](ByteRange range, qint64 equal) {
            note(QStringLiteral("compared %1 %2").arg(textOf(range)).arg(equal));
        });
        connect(m_file.get(), &PartFile::synced, this, [this] { note(QStringLiteral("synced")); });
        connect(m_file.get(), &PartFile::rested, this, [this](const QByteArray &stamp) {
            m_stamp = stamp;
            note(QStringLiteral("rested"));
        });
        connect(m_file.get(), &PartFile::verified, this, [this] { note(QStringLiteral("verified")); });
        connect(m_file.get(), &PartFile::committed, this,
                [this](const QString &target) { note(QStringLiteral("committed ") + below(target)); });
        connect(m_file.get(), &PartFile::targetTaken, this,
                [this](const QString &next) { note(QStringLiteral("taken, next ") + below(next)); });
        connect(m_file.get(), &PartFile::failed, this, [this](const Error &error, const QByteArray &stamp) {
            m_error = error;
            m_stamp = stamp;
            note(QStringLiteral("failed %1").arg(int(error.code)));
        });
    }

    PartFile *operator->() { return m_file.get(); }

    // The next answer; "nothing" when none comes.
    QString next()
    {
        const bool came = QTest::qWaitFor([this] { return !m_log.isEmpty(); }, 30'000);
        return came ? m_log.takeFirst() : QStringLiteral("nothing");
    }
    // True when everything is answered and no answer is left unread.
    bool isQuiet()
    {
        return QTest::qWaitFor([this] { return m_file->isIdle(); }, 30'000) && m_log.isEmpty();
    }
    void destroyFile() { m_file.reset(); }
    void waitForDisk() { m_threads.waitForDone(); }

    const Error &error() const { return m_error; }
    const QString &part() const { return m_part; }      // absolute
    const QByteArray &stamp() const { return m_stamp; } // the last one told
    QString path(const char *name) const { return m_folder + u'/' + QString::fromUtf8(name); }

private:
    void note(const QString &line) { m_log.append(line); }
    QString below(const QString &path) const { return QDir(m_folder).relativeFilePath(path); }

    QString m_folder;
    QThreadPool m_threads;
    std::unique_ptr<PartFile> m_file;
    QStringList m_log;
    QString m_part;
    QByteArray m_stamp;
    Error m_error{ErrorCode::Interrupted, 0, {}, {}};
};

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

inline bool makeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.write(content) == content.size();
}

inline QByteArray stampOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? platformfile::stampOf(file.handle()) : QByteArray();
}

// "name" is a file, "name/" a folder, "name@" a link that leads nowhere.
inline void populate(const QString &folder, const QStringList &entries)
{
    for (const QString &entry : entries) {
        const QString path =
            folder + u'/' + entry.chopped(entry.endsWith(u'/') || entry.endsWith(u'@') ? 1 : 0);
        if (entry.endsWith(u'/'))
            QVERIFY(QDir().mkdir(path));
        else if (entry.endsWith(u'@'))
            QVERIFY(QFile::link(folder + QStringLiteral("/nowhere"), path));
        else
            QVERIFY(makeFile(path, "old"));
    }
}

} // namespace longhaul::partwatch
