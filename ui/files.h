// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace longhaul {

// What the window does with finished files. Nothing here blocks: disks are asked on an I/O thread. One
// thread.
class Files : public QObject
{
    Q_OBJECT

public:
    explicit Files(QThreadPool &ioThreads, QObject *parent = nullptr);
    ~Files() override; // what was asked for is still done, but no longer told

    // Opens it with the desktop's program; failed() when it is not there.
    void open(const QString &path);
    // org.freedesktop.FileManager1.ShowItems, else opens the folder; failed() when that is not there.
    void showInFolder(const QString &path);
    // Moves the file to the trash.
    void trash(const QString &path);
    // Bytes free on the disk of `folder`, or of the folder that will hold it -> freeSpace(); nothing is
    // emitted where it cannot be known. While a disk does not answer, it is not asked again.
    void askFreeSpace(const QString &folder);

Q_SIGNALS:
    void trashed(const QString &path);
    void failed(const QString &sentence);
    void freeSpace(const QString &folder, qint64 bytes);

private:
    using Then = std::function<void()>; // runs on the owner's thread
    struct Mailbox;

    void onIoThread(std::function<Then()> job);
    void openUrl(const QString &path, const QString &otherwise);
    void askFileManager(const QString &path, const QString &folder);

    QThreadPool &m_ioThreads;
    std::shared_ptr<Mailbox> m_mailbox; // jobs find us there as long as we live
    QSet<QString> m_askedFor;           // folders whose disk has not answered yet
};

} // namespace longhaul
