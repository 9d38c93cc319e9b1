// SPDX-License-Identifier: MIT
#pragma once

namespace longhaul {

// Makes QThread::LowPriority, with which the calling thread was started, mean something on Linux, where Qt's
// priorities alone mean nothing: it then has a tenth of the share of others while they want the processor,
// and all of it when they do not (nice 10; among the programs that the system groups together). For good; as
// often as one likes. With another priority, and on other systems, nothing.
void heedPriority();

} // namespace longhaul
