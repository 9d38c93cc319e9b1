// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

#include <optional>

namespace longhaul {

// `base` with a bar at its foot that is filled to `percent` (0..100), in every size in which trays show
// icons; `base` in these sizes alone where there is no percent.
QIcon trayIcon(const QIcon &base, std::optional<int> percent);

} // namespace longhaul
