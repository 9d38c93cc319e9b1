// SPDX-License-Identifier: MIT
#pragma once

#include "diskfiles.h"
#include "diskworld.h"
#include "tests/support/diskmodel.h"

namespace longhaul::test {

// What of DiskScenario's list must be there, and what must not, when the power goes at a moment of a trace.
class ExpectedList
{
public:
    explicit ExpectedList(const DiskTrace &trace);

    // The entries that are certain after the first `cut` steps, the next one not yet begun.
    struct Entries {
        QSet<int> there, gone;
    };
    Entries at(size_t cut) const;

private:
    struct Mark {
        size_t index;
        qint64 at;
        bool added;
        int file;
    };

    std::vector<qint64> m_times;
    std::vector<Mark> m_marks;
    qint64 m_allowed = 1'000'000; // microseconds
};

// What a start would find wrong in `store` and the files of `disk`: empty when nothing is. Bytes that are
// trusted must be the server's, and so must files that are called complete, or would be.
QByteArray wrongRecords(const ResumeStore &store, const DiskState &disk, const DiskFiles &files,
                        const ExpectedList::Entries &expected);

// Lets `world`, which has begun, go on to the end, and ends it: empty when each file is the server's then.
QByteArray wrongEnd(DiskWorld &world, const DiskFiles &files);

} // namespace longhaul::test
