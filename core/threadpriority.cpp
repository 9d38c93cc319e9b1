// SPDX-License-Identifier: MIT
#include "threadpriority.h"

#include <QThread>

#include <algorithm>
#include <utility>

#ifdef Q_OS_LINUX
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace longhaul {

void preferThroughput()
{
#ifdef Q_OS_LINUX
    const sched_param none{};
    if (::sched_getscheduler(0) == SCHED_OTHER) // of the calling thread; else somebody has chosen another
        ::sched_setscheduler(0, SCHED_BATCH, &none);
#endif
}

void heedPriority()
{
#ifdef Q_OS_LINUX
    constexpr int kLow = 10;
    static thread_local bool heeded = false;
    if (std::exchange(heeded, true) || QThread::currentThread()->priority() != QThread::LowPriority)
        return;
    preferThroughput();
    const auto thread = id_t(::gettid()); // what Linux takes for a process here
    ::setpriority(PRIO_PROCESS, thread, std::max(kLow, ::getpriority(PRIO_PROCESS, thread)));
#endif
}

} // namespace longhaul
