// SPDX-License-Identifier: MIT
#include "overall.h"

#include "core/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Overall)
};

} // namespace

Overall overallOf(const DownloadManager &manager)
{
    Overall overall;
    double onDisk = 0; // real: a sum of sizes that servers claim may exceed 64 bits
    double total = 0;
    for (const auto &task : manager.tasks()) {
        const TaskState state = task->state();
        overall.paused += state == TaskState::Paused;
        if (isAtRest(state))
            continue;
        const bool active = state == TaskState::Running || state == TaskState::Verifying;
        (active ? overall.active : overall.waiting) += 1;
        const TaskProgress progress = task->progress();
        if (active)
            overall.rate += progress.rate;
        if (progress.total) {
            onDisk += double(std::min(progress.onDisk, *progress.total));
            total += double(*progress.total);
        }
    }
    if (total > 0)
        overall.percent = int(100 * onDisk / total);
    return overall;
}

QString inWords(const Overall &overall)
{
    if (overall.active == 0 && overall.waiting == 0)
        return QStringLiteral("Longhaul");
    if (overall.active == 0)
        return Text::tr("%n download(s) waiting", nullptr, overall.waiting);
    const QString rate = rateInWords(overall.rate);
    if (!overall.percent)
        return Text::tr("%n download(s), %1", nullptr, overall.active).arg(rate);
    return Text::tr("%n download(s), %1 %, %2", nullptr, overall.active)
        .arg(QString::number(*overall.percent), rate);
}

} // namespace longhaul
