// SPDX-License-Identifier: MIT
#include "goingfirst.h"

#include <QImage>
#include <QPainter>
#include <QThread>
#include <QThreadPool>

#ifdef Q_OS_LINUX
#include <cstdint>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace longhaul {

#if defined(Q_OS_LINUX) && defined(SYS_sched_setattr)

namespace {

// struct sched_attr of sched_setattr(2), which has no header that all systems have.
struct SchedulingWish {
    uint32_t size = 0;
    uint32_t policy = 0;
    uint64_t flags = 0;
    int32_t niceness = 0;
    uint32_t priority = 0;
    uint64_t runtime = 0; // nanoseconds; since Linux 6.12 the slice that an ordinary thread wants
    uint64_t deadline = 0;
    uint64_t period = 0;
};

constexpr uint64_t kSlice = 100'000;  // the shortest there is; a shorter one is served sooner
constexpr uint64_t kNotInherited = 1; // SCHED_FLAG_RESET_ON_FORK

void goFirst()
{
    SchedulingWish wish;
    wish.size = sizeof wish;
    wish.policy = SCHED_OTHER;
    wish.flags = kNotInherited;
    wish.niceness = ::getpriority(PRIO_PROCESS, 0); // of this thread, on Linux
    wish.runtime = kSlice;
    ::syscall(SYS_sched_setattr, 0, &wish, 0U); // a wish: without it all is as it was
}

} // namespace

#else

namespace {

void goFirst() {}

} // namespace

#endif

namespace {

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)

// Qt looks for the variable at the first large fill, and never again. Programs that are started from here are
// not to inherit it.
void drawAlone()
{
    constexpr char noHelpers[] = "QT_NO_GUI_THREADPOOL";
    if (qEnvironmentVariableIsSet(noHelpers))
        return;
    qputenv(noHelpers, "1");
    QImage image(2, 256, QImage::Format_RGB32);
    QPainter(&image).fillRect(image.rect(),
                              QLinearGradient(0, 0, image.width(), 0)); // a vertical one is no work
    qunsetenv(noHelpers);
}

#else

// Its helpers come from the pool of everybody, and cannot be done without: there is one, that goes first too.
void drawAlone()
{
    QThreadPool *helpers = QThreadPool::globalInstance();
    helpers->setMaxThreadCount(1);
    helpers->setExpiryTimeout(-1);
    helpers->start(&goFirst);
}

#endif

} // namespace

void letWindowGoFirst(QThreadPool &helpers)
{
    helpers.setThreadPriority(QThread::LowPriority);
    goFirst();
    drawAlone();
}

} // namespace longhaul
