// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace longhaul {

class ControlClient;
struct AddCommand;

// Starts "longhaul --background" as a process of its own and waits until `client` is connected to it. Blocks,
// at most some seconds. Empty, or why it could not be started and what to do, as a sentence.
QString startInBackground(const AddCommand &command, ControlClient &client);

} // namespace longhaul
