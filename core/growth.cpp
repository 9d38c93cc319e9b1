// SPDX-License-Identifier: MIT
#include "growth.h"

#include <algorithm>
#include <bit>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

constexpr auto kStep = 3ms;          // between two connections, at least
constexpr auto kJudgedStep = 5ms;    // the same, where it is measured what they add
constexpr int kJudgedFrom = 8;       // connections: over less time and fewer of them chance says as much
constexpr double kWorthwhile = 1.15; // times the speed for twice the connections
constexpr double kShare = 0.3;       // of a connection's share of the speed: what another one must add
constexpr double kFull = 0.7;        // the same: then the next ones follow closely again
constexpr auto kShortPause = 2s;
constexpr auto kLongPause = 32s;
constexpr auto kTrial = 2s;

} // namespace

double Growth::Mark::rateUntil(Time now, qint64 total) const
{
    return double(total - bytes) / double(std::max<qint64>(1, (now - at).count()));
}

void Growth::step(Time now, qint64 bytes)
{
    m_lastStep = {now, bytes};
    ++m_wanted;
}

void Growth::review(Time now, qint64 bytes, int delivering, int most, bool held)
{
    if (!m_begun) {
        m_begun = true;
        m_lastStep = m_lastDoubling = {now, bytes};
    }
    if (m_wanted > most) {
        m_wanted = most;
        m_trying = false;
    }
    if (delivering < m_wanted)
        return;
    if (m_slow) {
        reviewSlowly(now, bytes, most, held);
        return;
    }
    const bool judged = m_wanted >= kJudgedFrom;
    if (held || now - m_lastStep.at < (judged ? kJudgedStep : kStep) || m_wanted >= most)
        return;
    if (std::has_single_bit(unsigned(m_wanted))) {
        const double rate = m_lastDoubling.rateUntil(now, bytes);
        m_slow = judged && rate < kWorthwhile * m_rateBefore;
        m_rateBefore = rate;
        m_lastDoubling = {now, bytes};
        if (m_slow) {
            m_wanted /= 2;
            m_lastStep = m_lastDoubling;
            m_pause = kShortPause;
            return;
        }
    }
    step(now, bytes);
}

void Growth::reviewSlowly(Time now, qint64 bytes, int most, bool held)
{
    if (now - m_lastStep.at < (m_trying ? kTrial : m_pause))
        return;
    const double rate = m_lastStep.rateUntil(now, bytes);
    const bool added = rate > m_rateBefore * (1 + kShare / std::max(1, m_wanted - 1));
    if (m_trying && !added) {
        --m_wanted;
        m_trying = false;
        m_pause = std::min<Time>(2 * m_pause, kLongPause);
        m_lastStep = {now, bytes};
        return;
    }
    m_slow = !m_trying || rate < m_rateBefore * (1 + kFull / std::max(1, m_wanted - 1));
    m_rateBefore = rate;
    m_lastStep = m_lastDoubling = {now, bytes};
    m_trying = m_slow && !held && m_wanted < most;
    m_pause = kShortPause;
    if (m_trying)
        step(now, bytes);
}

void Growth::stopAt(int working)
{
    m_wanted = std::max(1, working);
    m_slow = true;
    m_trying = false;
    m_pause = kLongPause;
}

} // namespace longhaul
