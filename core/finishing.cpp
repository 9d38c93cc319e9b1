// SPDX-License-Identifier: MIT
#include "finishing.h"

#include <utility>

namespace longhaul {

Finishing::Finishing(std::unique_ptr<PartFile> part, const ResumeData &data, ConflictPolicy conflict,
                     QThreadPool &ioThreads, QObject *parent)
    : QObject(parent)
    , m_part(std::move(part))
    , m_inPlace(!m_part)
    , m_conflict(conflict)
    , m_total(data.entity.total.value_or(0))
    , m_digest(wantedDigest(data))
    , m_target(data.targetPath)
    , m_stamp(data.partStamp)
{
    if (m_inPlace)
        m_part = std::make_unique<PartFile>(ioThreads);
    m_part->setParent(nullptr); // one owner
    connect(m_part.get(), &PartFile::failed, this, [this](const Error &error, const QByteArray &stamp) {
        Q_EMIT failed(error, stamp.isEmpty() || m_stamp.isEmpty() ? stamp : m_stamp);
    });
    connect(m_part.get(), &PartFile::committed, this, &Finishing::finished);
    connect(m_part.get(), &PartFile::verified, this, [this] {
        if (m_inPlace)
            Q_EMIT finished(m_target);
        else
            Q_EMIT mustRecord(m_target);
    });
    connect(m_part.get(), &PartFile::targetTaken, this, [this](const QString &next) {
        m_target = next;
        Q_EMIT mustRecord(m_target);
    });
}

bool Finishing::isChecked() const { return !m_inPlace && !m_digest && m_part->restedSize() == m_total; }

void Finishing::start()
{
    if (isChecked()) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT mustRecord(m_target); }, Qt::QueuedConnection);
        return;
    }
    if (m_inPlace)
        m_part->openFinished(m_target);
    m_part->verify(m_total, m_digest);
}

void Finishing::proceed() { m_part->commit(m_target, m_conflict); }

} // namespace longhaul
