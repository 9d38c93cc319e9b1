// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace longhaul {

// Whether the bytes of an answer only drip: over a whole window fewer come than the floor asks for the time
// in which they were waited for. Time in which the reader was held up itself, by a limit or the disk, does
// not count; a window of which that was the greater part says nothing. A value; `now`: since it was made.
class DripWatch
{
public:
    static constexpr qint64 kFloor = 1 << 10; // bytes per second, of all connections to a server together

    void setHeld(bool held, std::chrono::milliseconds now);
    // A window is over: how it was. The next one begins. `bytes`: read so far; `connections`: to that
    // server, >= 1: where the line is slow for all of them, none is to blame.
    bool endWindow(qint64 bytes, int connections, std::chrono::milliseconds now);

private:
    std::chrono::milliseconds m_begin{0}; // of the window
    std::chrono::milliseconds m_heldSince{0};
    std::chrono::milliseconds m_heldFor{0};
    qint64 m_bytesBefore = 0;
    bool m_held = false;
};

} // namespace longhaul
