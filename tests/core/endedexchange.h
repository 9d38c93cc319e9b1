// SPDX-License-Identifier: MIT
#pragma once

#include "core/settling.h"
#include "planrun.h"

// Exchanges that are over, as a plan gets to see them.
namespace longhaul::planrun {

// An answer that brought all up to `position`, the end of which was marked.
inline Ended ended(BodySink::Mode mode, const Accepted &accepted, qint64 position)
{
    Ended result;
    result.mode = mode;
    result.answered = true;
    result.accepted = accepted;
    result.finalUrl = QUrl(QStringLiteral("http://h/a.zip"));
    result.position = position;
    result.fetched = position - accepted.begin;
    return result;
}

inline Ended broken(Ended end, ErrorCode code)
{
    end.error = error(code, 0);
    return end;
}

inline Ended withoutMark(Ended end)
{
    end.unmarked = true;
    return end;
}

// The code of the error that it leaves; 0: go on.
inline int settled(Run &run, const Ended &end)
{
    const auto error = settle(end, run.plan, run.data);
    return error ? int(error->code) : 0;
}

} // namespace longhaul::planrun
