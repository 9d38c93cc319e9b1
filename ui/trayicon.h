// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>

#include <optional>

namespace longhaul {

// `base` above a bar that is filled to `percent` (0..100); `base` alone where there is none. Painted sharply
// at every size.
QIcon trayIcon(const QIcon &base, std::optional<int> percent);

} // namespace longhaul
