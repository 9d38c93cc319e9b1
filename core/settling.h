// SPDX-License-Identifier: MIT
#pragma once

#include "bodysink.h"
#include "fetchplan.h"

#include <optional>

namespace longhaul {

// How one exchange came to its end.
struct Ended {
    BodySink::Mode mode = BodySink::Mode::Append;
    bool answered = false;      // else `error` says why not
    Accepted accepted;          // the answer, when there was one
    QUrl finalUrl;              // who gave it
    std::optional<Error> error; // how the transfer broke
    qint64 position = 0;        // offset in the file behind its last byte
    qint64 fetched = 0;         // bytes of its body
    bool unmarked = false;      // nothing marked the end of the body: it may be cut
    qint64 copyEnd = -1;        // where an earlier whole copy had shown that all on disk before is equal
    qint64 overlapEnd = -1;     // where this answer had shown that it continues what is on disk
};

// What an exchange that is over says of the file: taken into `data` and `plan`. Nothing: go on (all may be
// there now; else ask again). Pure, but for its arguments.
std::optional<Error> settle(const Ended &ended, FetchPlan &plan, ResumeData &data);

} // namespace longhaul
