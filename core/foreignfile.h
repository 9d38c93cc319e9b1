// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"
#include "error.h"

#include <atomic>
#include <optional>
#include <variant>

class QIODevice;

namespace longhaul {

// A file that another program has left unfinished: what it seems to hold, which must be proved before it is
// believed.

// The name that the file is meant to get, from the name it has: "a.iso" for "a.iso.crdownload", .part,
// .partial, .opdownload and .download; otherwise its own. Empty where the program did not know the name yet
// ("Unconfirmed 123.crdownload"). Pure.
QString nameOfForeign(const QString &fileName);
// Whether programs call what they have not finished so: by these suffixes, and .aria2. Pure.
bool isForeignPartial(const QString &fileName);

// "a.iso.aria2" is beside "a.iso", which is meant; other paths as they are. Pure.
QString foreignPathOf(const QString &path);

struct ForeignBytes {
    QString path;                // where it is
    RangeSet holds;              // not empty
    std::optional<qint64> total; // size of the whole file, where its program has noted it
};

// Looks at the file at `path`, or, where it is gone, at `movedTo`. What it holds is what the control file of
// aria2 says that stands beside `path`; without one, the stretches (at most 64, the largest) between zeros:
// space that was reserved and not written reads as zeros, so neither those at the end nor a KiB of them
// anywhere count. It must be none of `others`, the files of other tasks, by whatever links. Blocks, reads all
// of it: for an I/O thread; ends early when `cancelled` is true. The Error is NotAdoptable.
std::variant<ForeignBytes, Error> surveyForeign(const QString &path, const QString &movedTo,
                                                const QStringList &others, const std::atomic_bool &cancelled);

// The stretches between zeros, as above.
RangeSet writtenIn(QIODevice &file, const std::atomic_bool &cancelled);

} // namespace longhaul
