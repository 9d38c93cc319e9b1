// SPDX-License-Identifier: MIT
// How a FetchJob takes over a file that another program has left unfinished.
#include "fetchjob.h"

#include "filename.h"

#include <QDir>
#include <QFileInfo>
#include <QFuture>
#include <QPromise>

#include <utility>

namespace longhaul {

void FetchJob::survey()
{
    Q_EMIT noted(tr("Looking at what is in “%1”.").arg(QFileInfo(m_data.foreignPath).fileName()));
    using Found = std::variant<ForeignBytes, Error>;
    m_survey = std::make_shared<std::atomic_bool>(false);
    const auto promise = std::make_shared<QPromise<Found>>();
    promise->start();
    promise->future().then(this, [this](const Found &found) { onSurveyed(found); });
    m_tools.ioThreads.start([promise, cancelled = m_survey, path = m_data.foreignPath,
                             movedTo = m_data.partPath, others = m_wish.othersFiles()] {
        promise->addResult(surveyForeign(path, movedTo, others, *cancelled));
        promise->finish();
    });
}

void FetchJob::onSurveyed(const std::variant<ForeignBytes, Error> &found)
{
    m_survey.reset();
    if (m_stopping) {
        endStopped();
        return;
    }
    if (const auto *error = std::get_if<Error>(&found)) {
        end(*error);
        return;
    }
    const auto &bytes = std::get<ForeignBytes>(found);
    m_foreignAt = bytes.path;
    Entity entity;
    entity.total = bytes.total;
    adopt(entity, bytes.holds);
    makePart();
    m_part->openExisting(m_foreignAt, {}, bytes.holds);
}

// It is a part of the file: from now on it is ours, and has a name as ours have, beside the target. Where it
// goes is recorded first, so that it is found whenever the program ends.
void FetchJob::takeOver(const std::function<void()> &then, int number)
{
    const QDir folder(m_data.options.folder);
    m_data.targetPath = folder.filePath(m_data.options.name);
    if (number > 1 || m_data.partPath != m_foreignAt) // else a run before had moved it
        m_data.partPath = folder.filePath(partName(numberedName(m_data.options.name, number)));
    m_onMoved = then;
    m_onTaken = [this, then, number] { takeOver(then, number + 1); };
    mustRecordThen(Durability::Synced, [this] {
        sync();
        m_part->moveTo(m_data.partPath, m_wish.othersParts());
    });
}

void FetchJob::onMoved()
{
    const auto then = std::exchange(m_onMoved, nullptr);
    const QString name = QFileInfo(std::exchange(m_data.foreignPath, {})).fileName();
    Q_EMIT noted(tr("“%1” is a part of the file at the address: continuing it.").arg(name));
    if (m_stopping) {
        endStopped();
    } else {
        mustRecordThen(Durability::Synced, then);
    }
}

// It was not proved to be a part of the file: nothing of it is believed, and nothing was changed.
std::optional<Error> FetchJob::letGoOfForeign(std::optional<Error> error)
{
    adopt({}, {});
    if (m_data.partPath.isEmpty())
        m_data.targetPath.clear();
    if (error && error->code == ErrorCode::OtherFile)
        error->code = ErrorCode::NotOfThisFile;
    return error;
}

} // namespace longhaul
