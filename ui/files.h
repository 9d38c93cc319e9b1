// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

namespace longhaul {

// What the window does with finished files. Nothing here blocks: disks are asked on an I/O thread. One
// thread.
class Files : public QObject
{
    Q_OBJECT

public:
    explicit Files(QThreadPool &ioThreads, QObject *parent = nullptr);

    // Opens it with the desktop's program; failed() when it is not there.
    void open(const QString &path);
    // org.freedesktop.FileManager1.ShowItems, else opens the folder; failed() when that is not there.
    void showInFolder(const QString &path);
    // Moves the file to the trash.
    void trash(const QString &path);
    // Bytes free on the disk of `folder` -> freeSpace(); nothing is emitted where it cannot be known.
    void askFreeSpace(const QString &folder);

Q_SIGNALS:
    void trashed(const QString &path);
    void failed(const QString &sentence);
    void freeSpace(const QString &folder, qint64 bytes);
};

} // namespace longhaul
