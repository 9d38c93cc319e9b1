// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"

class QThreadPool;

namespace longhaul {

class ControlClient;

// The commands that talk to the Longhaul that is running: `add` and `adopt` start one where none is, `list`
// and `remove` then read the store themselves, the others say that none runs. They block, print, and give the
// exit code.
int run(const AddCommand &command, QThreadPool &ioThreads);
int run(const ListCommand &command, QThreadPool &ioThreads);
int run(const RemoveCommand &command, QThreadPool &ioThreads);
int run(const PauseCommand &command, QThreadPool &ioThreads);
int run(const LimitCommand &command, QThreadPool &ioThreads);
int run(const ReaddressCommand &command, QThreadPool &ioThreads);
int run(const AdoptCommand &command, QThreadPool &ioThreads);

// Says that there is nobody to ask; the exit code.
int failForNobody();

// Hands what the window was to do to the Longhaul that runs; the exit code. Nothing when none runs, or it
// ended before it could answer.
std::optional<int> handOver(const WindowCommand &command, ControlClient &client);

} // namespace longhaul
