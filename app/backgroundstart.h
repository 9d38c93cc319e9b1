// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace longhaul {

class ControlClient;

// Starts "longhaul --background", with `stateDir` unless that is empty, as a process of its own and waits
// until `client` is connected to it. Blocks, at most some seconds. Empty, or why it could not be started and
// what to do, as a sentence.
QString startInBackground(const QString &stateDir, ControlClient &client);

} // namespace longhaul
