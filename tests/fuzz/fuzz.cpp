// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include "targets.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace longhaul::fuzz {

namespace {

constexpr std::array kTargets{
    NamedTarget{"answers", answers},
    NamedTarget{"aria2", aria2},
    NamedTarget{"control", control},
    NamedTarget{"digest", digest},
    NamedTarget{"disposition", disposition},
    NamedTarget{"fields", fields},
    NamedTarget{"filename", filename},
    NamedTarget{"hashlist", hashlist},
    NamedTarget{"httpauth", httpauth},
    NamedTarget{"journal", journal},
    NamedTarget{"json", json},
    NamedTarget{"linkfile", linkfile},
    NamedTarget{"linklife", linklife},
    NamedTarget{"markup", markup},
    NamedTarget{"plist", plist},
    NamedTarget{"record", record},
    NamedTarget{"redirect", redirect},
    NamedTarget{"response", response},
    NamedTarget{"settings", settings},
    NamedTarget{"snapshot", snapshot},
    NamedTarget{"answerreader", answerreader},
    NamedTarget{"store", store},
    NamedTarget{"userinput", userinput},
};

} // namespace

std::span<const NamedTarget> targets() { return kTargets; }

const NamedTarget *findTarget(const QByteArray &name)
{
    const auto *found = std::find_if(kTargets.begin(), kTargets.end(),
                                     [&](const NamedTarget &target) { return name == target.name; });
    return found == kTargets.end() ? nullptr : found;
}

QList<QByteArray> lines(const QByteArray &bytes, qsizetype count)
{
    QList<QByteArray> result;
    qsizetype at = 0;
    while (result.size() < count - 1) {
        const qsizetype newline = bytes.indexOf('\n', at);
        const qsizetype end = newline < 0 ? bytes.size() : newline;
        result.append(bytes.mid(at, end - at));
        at = std::min(end + 1, bytes.size());
    }
    return result << bytes.mid(at);
}

void fail(const char *condition, const char *file, int line)
{
    std::fprintf(stderr, "%s:%d: not true: %s\n", file, line, condition);
    std::abort();
}

} // namespace longhaul::fuzz
