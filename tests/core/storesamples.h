// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"
#include "core/storefiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

// Records and files for the tests of the store.
namespace longhaul::storesamples {

using namespace Qt::StringLiterals;
using storeformat::Records;

// Number 1 has secrets, 2 has numbers that no double holds, 3 is not ASCII.
inline ResumeData makeData(int i)
{
    ResumeData data;
    data.url = QUrl(u"http://h.example/file%1"_s.arg(i));
    data.added = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + i, Qt::UTC);
    data.partPath = u"/d/file%1.part"_s.arg(i);
    data.received.add({0, 100 + i});
    data.bootId = u"boot"_s;
    data.entity.validators.etag = "\"e" + QByteArray::number(i) + '"';
    if (i == 1) {
        data.url = QUrl(u"http://user:secret@h.example/file1"_s);
        data.options.headers = {{"Authorization", "Basic eDp5"},
                                {"X", "{\"sum\":\"0123456789abcdef\",\"\xff"}};
    } else if (i == 2) {
        data.entity.total = (qint64(1) << 53) + 3;
        data.received.add({(qint64(1) << 53) + 1, (qint64(1) << 53) + 3});
    } else if (i == 3) {
        data.targetPath = u"/d/Übergröße \U0001F600 \"quoted\" {\n}"_s;
    }
    return data;
}

inline Records makeRecords(int count)
{
    Records records;
    for (int i = 0; i < count; ++i)
        records.insert(storeKey(makeData(i).url), storeformat::recordText(toJson(makeData(i))));
    return records;
}

inline QByteArray journalOf(int from, int to)
{
    QByteArray text;
    for (int i = from; i < to; ++i)
        text += storeformat::recordLine(toJson(makeData(i)));
    return text;
}

inline QByteArray fileText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void setFileText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write a test's file");
}

// A folder for a store, new for each test.
class Folder
{
public:
    using Files = QList<std::pair<const char *, QByteArray>>;

    QString name() const { return m_temp.filePath(u"a/b/store"_s); }
    QString outside(const char *file) const { return m_temp.filePath(QLatin1String(file)); }
    QString path(const char *file) const { return name() + u'/' + QLatin1String(file); }
    QByteArray text(const char *file) const { return fileText(path(file)); }

    // Nothing but these files.
    void build(const Files &files) const
    {
        QDir(name()).removeRecursively();
        QDir().mkpath(name());
        for (const auto &[file, content] : files)
            setFileText(path(file), content);
    }

    Records load(QStringList *notices = nullptr) const
    {
        StoreFiles files(name());
        StoreFiles::Loaded loaded = files.load();
        if (notices)
            *notices = loaded.notices;
        return loaded.records;
    }

private:
    QTemporaryDir m_temp;
};

} // namespace longhaul::storesamples
