// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <future>
#include <thread>

namespace longhaul {

// Hands over make(0), make(1) ... make(count - 1) to `take`, in order, on the calling thread. They are made
// on others, as many at a time as there are processors, and no more than that are ahead; a single one is
// made on the calling thread. Let each take some milliseconds: for each there is a thread.
template <typename T>
void makeAhead(size_t count, const std::function<T(size_t)> &make, const std::function<void(T)> &take)
{
    if (count == 1)
        take(make(0));
    if (count <= 1)
        return;
    const size_t most = std::max(1U, std::thread::hardware_concurrency());
    std::deque<std::future<T>> ahead;
    for (size_t next = 0; next < count || !ahead.empty();) {
        if (next < count && ahead.size() < most) {
            // Or, where no thread is to be had, here when it is taken.
            ahead.push_back(
                std::async(std::launch::async | std::launch::deferred, [&make, next] { return make(next); }));
            ++next;
            continue;
        }
        take(ahead.front().get());
        ahead.pop_front();
    }
}

} // namespace longhaul
