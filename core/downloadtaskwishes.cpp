// SPDX-License-Identifier: MIT
// What the user changes of a DownloadTask, beside its state: its address, its options, its name, its place.
#include "downloadtask.h"

#include "filename.h"
#include "platformfile.h"
#include "words.h"

#include <QDir>
#include <QFileInfo>
#include <QFuture>
#include <QPromise>

#include <utility>

namespace longhaul {

void DownloadTask::readdress(const QUrl &url)
{
    Q_ASSERT(state() == TaskState::Paused || state() == TaskState::Failed);
    note(tr("New address: %1").arg(shownUrl(url)));
    // Bytes that could not be gone on with are not worth a proof.
    if (m_data.entity.encoded || (m_data.error && m_data.error->code == ErrorCode::ChecksumMismatch))
        forgetBytes();
    m_data.error.reset();
    live().reason.reset();
    if (m_data.received.isEmpty()) { // also when a file that is to be continued was not proved
        const QUrl old = m_data.url;
        longhaul::readdress(&m_data, url);
        m_data.entity = {};
        tellOfMove(old);
    } else {
        m_live->candidate = url;
    }
    queue();
}

void DownloadTask::tellOfMove(const QUrl &old)
{
    m_live->candidate.clear();
    if (m_keeper)
        m_keeper->moved(this, old);
}

void DownloadTask::setOptions(const TaskOptions &options)
{
    const bool otherDigest = options.digest != m_data.options.digest;
    if (otherDigest && m_data.error && m_data.error->code == ErrorCode::ChecksumMismatch)
        m_data.error.reset();
    m_data.options = options;
    if (const auto *running = stage<Running>())
        running->limiter->setLimit(options.rateLimit);
    askToRecord(Durability::Written);
    reviewHold();
    reviewConnections();
}

void DownloadTask::rename(const QString &name)
{
    const QString safe = safeName(name);
    if (!isAtRest(state()) || safe.isEmpty() || safe == shownName(m_data))
        return;
    const QString &path = m_data.targetPath;
    const QString renamed = path.isEmpty() ? QString() : QFileInfo(path).dir().filePath(safe);
    if (state() == TaskState::Completed) {
        renameFile(renamed);
        return;
    }
    m_data.options.name = safe;
    m_data.targetPath = renamed;
    askToRecord(Durability::Written);
}

void DownloadTask::renameFile(const QString &to)
{
    const auto promise = std::make_shared<QPromise<int>>();
    promise->start();
    promise->future().then(this, [this, from = m_data.targetPath, to](int error) {
        if (error != 0) {
            tell(tr("The file could not be renamed: %1.").arg(platformfile::errorText(error)));
        } else if (state() == TaskState::Completed && m_data.targetPath == from) {
            m_data.targetPath = to;
            askToRecord(Durability::Written);
        }
    });
    m_tools.ioThreads.start([promise, from = m_data.targetPath, to] {
        promise->addResult(platformfile::renameWithoutReplacing(from, to));
        promise->finish();
    });
}

void DownloadTask::setUnseen(bool unseen)
{
    if (std::exchange(m_data.unseen, unseen) != unseen)
        askToRecord(Durability::Written);
}

void DownloadTask::setPlace(qint64 place)
{
    if (std::exchange(m_data.place, place) != place)
        askToRecord(Durability::Written);
}

} // namespace longhaul
