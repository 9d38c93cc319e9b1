// SPDX-License-Identifier: MIT
#pragma once

#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>

namespace longhaul {

// A strand: jobs posted to it run one after another, in order, on threads of a pool that strands share.
// Used for everything that may block on a disk, so that no event loop ever does. Let the pool have more
// threads than processors: they mostly wait, and one slow disk should leave some to the others. A strand that
// has waited for 2 ms gets a thread of its own, if the pool has one left; until then one thread serves all of
// them.
//
// Threads: all functions belong to the owner's thread; jobs run on a pool thread.
// Life: jobs that were posted run even when the queue is gone, so a job must not touch its owner: it shares
// what it needs, and hands its result back in a way that bears the owner's death.
class IoQueue
{
public:
    // `threads` must outlive the queue, and belong to the owner's thread.
    explicit IoQueue(QThreadPool &threads);
    Q_DISABLE_COPY_MOVE(IoQueue)

    void post(std::function<void()> job);

    // Blocks until every job posted so far has run. For shutdown.
    void drain();

private:
    struct Shared;
    class Ready;
    Ready &m_ready;
    std::shared_ptr<Shared> m_shared;
};

} // namespace longhaul
