// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"

#include <chrono>
#include <variant>

namespace longhaul {

// What to do about an error.
enum class Remedy {
    Retry,      // try again after a while
    RetryTwice, // the same, but it rarely helps: give up after two tries in a row
    Wait,       // what is missing comes by itself: try again every kWait, without end
    GiveUp,     // only the user can help
};
Remedy remedyFor(ErrorCode code);

// How many tries in a row without progress end a task that meets this error; `most` is the user's limit.
int mostTries(ErrorCode code, int most);

// Errors that are what an absent network looks like: with the network down they burn no try.
bool mayBeOffline(ErrorCode code);

constexpr std::chrono::seconds kWait{15};

// A server's Retry-After is obeyed up to this; a longer one ends the task with RetryTooLate.
constexpr std::chrono::seconds kLongestRetryAfter{300};

// The time to wait before try number `tries` + 1, `tries` >= 1 being those in a row that brought no new
// byte: 1 s doubled with each, at most 60 s, times 0.5 to 1 by `jitter` in [0, 1]. Never less than the
// server's Retry-After.
std::chrono::milliseconds backoff(int tries, double jitter);

struct WaitThenRetry {
    std::chrono::milliseconds delay;
};
struct GiveUp {
    Error error;
};
// Pure. `tries` as above, `most` the user's limit.
std::variant<WaitThenRetry, GiveUp> decideRetry(const Error &error, int tries, int most, double jitter);

} // namespace longhaul
