// SPDX-License-Identifier: MIT
#pragma once

class QThreadPool;

namespace longhaul {

// Asks the system to let the calling thread, which draws the window, run soon once it has something to do,
// before threads that have been computing for long: with twenty downloads at full speed on two processors the
// window would else wait for a tenth of a second for its turn (Linux from 6.12 on). The threads of `helpers`,
// none of which has begun, and of the network give way to it and to other programs: what they have for the
// window comes faster than it can take it, else. And Qt is told to draw with that thread alone: it would
// share each large fill out among others and wait for them, which takes far longer than the fill. With Qt 6.4
// these come from QThreadPool::globalInstance(), which gets a single thread: nothing else is to use it. Once,
// before the first window is shown.
void letWindowGoFirst(QThreadPool &helpers);

} // namespace longhaul
