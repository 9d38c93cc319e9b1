// SPDX-License-Identifier: MIT
// How a FetchJob leaves its part file, and knows whether it finds it so.
#include "fetchjob.h"

#include <utility>

namespace longhaul {

// Somebody may have written to it, or put it there, since a run has left it.
void FetchJob::doubtPart(const QByteArray &stamp)
{
    Q_EMIT noted(tr("The part file is not as it was left: comparing it with the server's."));
    if (m_data.doubtful.isEmpty()) {
        m_data.partDoubted = true;
    } else { // a repair, which compares all of it, also what it had compared
        m_data.doubtful = m_data.received;
        m_data.partStamp = stamp;
    }
    Q_EMIT dataChanged();
}

// The part file is no longer as a run has left it. One that is doubted keeps its stamp, so that the next run
// doubts it as well.
void FetchJob::unstamp()
{
    if (m_plan.doubts())
        return;
    m_data.partDoubted = false;
    if (!std::exchange(m_data.partStamp, {}).isEmpty())
        Q_EMIT dataChanged();
}

void FetchJob::leaveAs(const QByteArray &stamp)
{
    if (!m_data.partDoubted && m_data.foreignPath.isEmpty())
        m_data.partStamp = stamp;
}

void FetchJob::onPartFailed(const Error &error, const QByteArray &stamp)
{
    m_broken = true;
    if (!stamp.isEmpty())
        leaveAs(stamp);
    const bool isForeign = error.code == ErrorCode::PartReplaced && !m_data.foreignPath.isEmpty();
    end(isForeign ? Error{ErrorCode::NotAdoptable, 0, {}, {}} : error);
}

void FetchJob::endStopped() { end(Error{ErrorCode::Interrupted, 0, {}, {}}); }

void FetchJob::end(const std::optional<Error> &error)
{
    if (m_over)
        return;
    m_checkpoint.stop();
    retireSegments(); // deleted later, as is the exchange: `error` may live in it
    retireExchange();
    const bool isOurs = m_part && !m_broken && !m_data.received.isEmpty() && m_data.foreignPath.isEmpty();
    const bool isLeft = error && m_data.durable == m_data.received && !m_data.partStamp.isEmpty();
    if (isOurs && !isLeft && !std::exchange(m_resting, true)) {
        m_last = error;
        m_part->rest(error ? std::nullopt : m_data.entity.total);
        Q_EMIT dataChanged(); // it may take long
        return;
    }
    m_over = true;
    Q_EMIT ended(m_data.foreignPath.isEmpty() ? error : letGoOfForeign(error));
}

} // namespace longhaul
