// SPDX-License-Identifier: MIT
#pragma once

#include "partfile.h"
#include "resumedata.h"

#include <QObject>

#include <memory>
#include <optional>

namespace longhaul {

// Brings a part file that is whole to its name: size and digest are checked, it is synced, unless it has just
// rested, and renamed.
// Owner's thread; exactly one of finished() and failed() comes, from the event loop.
class Finishing : public QObject
{
    Q_OBJECT

public:
    // `part` is open; null when the finished file is at data.targetPath already: then only its digest is
    // checked.
    Finishing(std::unique_ptr<PartFile> part, const ResumeData &data, ConflictPolicy conflict,
              QThreadPool &ioThreads, QObject *parent = nullptr);

    // There is nothing to check: the part file was left whole just now, and no digest is wanted.
    bool isChecked() const;
    void start();
    // The record that mustRecord() asked for is made.
    void proceed();

Q_SIGNALS:
    // All bytes are safe; that, and where they are going, must be on the disk (Synced) before the name is
    // given: call proceed() then. Again when another file has taken that name.
    void mustRecord(const QString &targetPath);
    void finished(const QString &targetPath);
    // `stamp`: see PartFile. That of data, where there was one: whoever has written to it since is to be
    // found out. Empty when the file may have got its name.
    void failed(const longhaul::Error &error, const QByteArray &stamp);

private:
    std::unique_ptr<PartFile> m_part;
    const bool m_inPlace;
    const ConflictPolicy m_conflict;
    const qint64 m_total;
    const std::optional<ExpectedDigest> m_digest;
    QString m_target;
    const QByteArray m_stamp;
};

} // namespace longhaul
