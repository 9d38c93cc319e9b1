// SPDX-License-Identifier: MIT
#include "dripwatch.h"

#include <utility>

namespace longhaul {

using std::chrono::milliseconds;

void DripWatch::setHeld(bool held, milliseconds now)
{
    if (std::exchange(m_held, held) == held)
        return;
    if (held)
        m_heldSince = now;
    else
        m_heldFor += now - m_heldSince;
}

bool DripWatch::endWindow(qint64 bytes, int connections, milliseconds now)
{
    const bool held = m_held;
    setHeld(false, now);
    const milliseconds window = now - std::exchange(m_begin, now);
    const milliseconds waited = window - std::exchange(m_heldFor, milliseconds(0));
    const qint64 came = bytes - std::exchange(m_bytesBefore, bytes);
    setHeld(held, now);
    return 2 * waited > window && came * 1000 * connections < kFloor * waited.count();
}

} // namespace longhaul
