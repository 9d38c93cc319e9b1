// SPDX-License-Identifier: MIT
#pragma once

namespace longhaul {

// Makes the calling thread, and threads that it starts from now on, let whoever has the processor end its
// turn when they are woken (SCHED_BATCH, sched(7)): for work that nobody waits for by the millisecond.
// Threads that hand pieces to each other then do more at a time, and are switched between far less: over TLS
// that saves a tenth of the processor time (measured). On Linux, where the program runs as programs usually
// do (SCHED_OTHER); else nothing.
void preferThroughput();

// Makes QThread::LowPriority, with which the calling thread was started, mean something on Linux, where Qt's
// priorities alone mean nothing: it then has a tenth of the share of others while they want the processor,
// and all of it when they do not (nice 10; among the programs that the system groups together), and prefers
// throughput. For good; as often as one likes. With another priority, and on other systems, nothing.
void heedPriority();

} // namespace longhaul
