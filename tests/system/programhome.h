// SPDX-License-Identifier: MIT
#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

// Where a process of the program is at home: a folder of its own, with its downloads in it.
namespace longhaul {

class ProgramHome
{
public:
    QString home() const { return m_dir.path(); }
    QString files() const { return m_dir.filePath(QStringLiteral("files")); }
    QString inHome(const QString &name) const { return m_dir.filePath(name); }
    QStringList names() const // of what is among the downloads
    {
        return QDir(files()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    }
    // Makes a file there; its path.
    QString put(const QString &name, const QByteArray &bytes) const
    {
        const QString path = files() + u'/' + name;
        QFile file(path);
        if (!QDir().mkpath(files()) || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write a test's file");
        return path;
    }

private:
    QTemporaryDir m_dir;
};

} // namespace longhaul
