// SPDX-License-Identifier: MIT
#pragma once

namespace longhaul {

// Asks the system to let the calling thread, which draws the window, and those that help it draw run soon
// once they have something to do, before threads that have been computing for long: with twenty downloads at
// full speed on two processors the window would else wait for a tenth of a second for its turn. They get no
// larger share for it. Once, before the first window is shown. Linux from 6.12 on; elsewhere nothing.
void letWindowGoFirst();

} // namespace longhaul
